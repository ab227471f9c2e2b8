"""The control loop: turns a wanted heading and speed into motor torques, as a BOLT's own control system does.

The figures come from tape-measured rolls of a real ball (68 rolls from Purdue's sphero-swarm, CC0): steady speed
0.698 cm/s for each unit of the speed byte less 11.9, at most 1.0 m/s² when speeding up and 1.18 when braking.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from simulator.world.mjcf import MASS, RADIUS, SHELL_INERTIA
from simulator.world.physics import BallBody

__all__ = ["CALM", "Controller", "Style", "steady_speed"]

SPEED_SLOPE, SPEED_OFFSET = 0.00698, 0.119
"""m/s for each unit of the speed byte, and what friction takes: below byte 18 the ball stays where it is."""
GAIN, ACCELERATION = 0.26, 1.0
"""Speeding up: time constant in s, limit in m/s²."""
BRAKE_GAIN, BRAKING = 0.15, 1.18
"""Slowing down: the same."""
SIDE_GAIN = 0.11
"""s; how quickly sliding to the side is caught."""
GRIP = 1.2
"""m/s² sideways: how sharply a curve can be taken before the chassis leans too far."""
MOST = 1.3
"""m/s² in all; the chassis leans 47 degrees then."""
BREAKAWAY = 0.06
"""s that a resting ball needs until it moves; with the command's latency this is the dead time."""

TURBO_ACCELERATION = 1.25
"""m/s², with the flag turbo: nearly all that the chassis can lean."""
DRIFT_GRIP = 0.35
"""m/s² sideways, with the flag drift: the ball slides on where it went while it turns."""
FAST_TURN = 1.25
"""Times as fast as usual, with the flag fast turn: 900 degrees a second on the spot."""

TURN_RATE, TURN_ACCELERATION = math.radians(720), math.radians(6000)
"""On the spot. A full turn takes 0.65 s; the fastest seen of a real ball is about 0.45 s."""
STEER_RATE, STEER_ACCELERATION = math.radians(500), math.radians(5000)
"""While rolling."""
HEADING_STIFFNESS, HEADING_DAMPING = 0.02, 1.2e-3
"""N m/rad and N m s/rad."""
MOST_TURNING_TORQUE = 0.01
"""N m."""
HALF_TURN_TIE = math.radians(0.5)
"""A half turn goes clockwise, whatever the last digit of the heading."""
TURN_FIRST = math.radians(10)
"""A resting ball turns to within this of the wanted heading before it drives off."""

LEAN_DAMPING = 0.9e-3
"""N m s/rad; with it the chassis swings once and leans some 25 degrees when starting at byte 50, as measured."""
UPRIGHT = 0.2
"""Cosine of the lean beyond which the motors only wait for the chassis to come back: after a hard hit."""
SLOW, MOVING, ROLLING = 0.02, 0.1, 0.15
"""m/s: as good as at rest; steering rather than turning; too fast to stop for a turn."""

INERTIA = MASS * RADIUS + SHELL_INERTIA / RADIUS
"""N m of torque for each m/s² of acceleration."""
YAW_INERTIA = 3e-5
RAW_SPEED, RAW_GAIN = 1.66, 0.02
"""m/s of a free wheel at full power, and N m for each m/s that it lags."""
RAW_TURN, RAW_TURN_GAIN = 10.0, 6e-4
"""rad/s with full power on opposite wheels, and N m for each rad/s that it lags."""

STILL_SPEED, STILL_TURN, STILL_LEAN = 1e-4, 1e-3, 0.99999
"""m/s, rad/s and the cosine of the lean: nobody could see any of these."""
STILL_TIME = 0.1
"""s of stillness after which a ball counts as at rest."""


def steady_speed(byte: int) -> float:
    """m/s that a speed byte (0..255) leads to.

    >>> steady_speed(10)
    0.0
    """
    return max(0.0, SPEED_SLOPE * byte - SPEED_OFFSET)


class Style(NamedTuple):
    """How a drive command wants to be obeyed. Sphero names these flags and gives no figures; those above are ours."""

    turbo: bool = False
    fast_turn: bool = False
    drift: bool = False


CALM = Style()


class Controller:
    """Drives one ball. Headings are radians, clockwise and unwrapped; speeds m/s, negative backward.

    What is wanted is set with `turn_to` and the attributes; `tick` acts on it.
    """

    def __init__(self, ball: BallBody) -> None:
        self.ball = ball
        self.speed = 0.0
        """What is wanted, in m/s."""
        self.style = CALM
        self.raw: tuple[float, float] | None = None
        """Power of the left and right wheel, -1..1, when the motors are driven directly."""
        self.stabilised = True
        """Whether it holds its heading and its speed."""
        self._damps_pitch = self._damps_roll = True
        self.goal = ball.heading
        self._planned, self._rate = ball.heading, 0.0
        self._seen = ball.heading
        self._turning = False
        self._starting = 0.0
        self._still = 0.0

    def stabilise(self, mode: int) -> None:
        """0 nothing is held, 1 everything, 2 pitch, 3 roll, 4 heading, 5 heading and speed."""
        self.stabilised = mode in (1, 4, 5)
        self._damps_pitch, self._damps_roll = mode != 3, mode != 2
        if mode == 0:
            self._damps_pitch = self._damps_roll = True  # what is left is the motors' own friction
        self._still = 0.0

    @property
    def at_rest(self) -> bool:
        """Nothing moves and nothing will, until something else is wanted."""
        return self._still >= STILL_TIME

    def turn_to(self, heading: float, *, direction: int = 0) -> None:
        """Face a heading (radians), the shorter way round; direction 1: clockwise, -1: counter-clockwise."""
        turn = math.remainder(heading - self._planned, 2 * math.pi)
        if turn <= -math.pi + HALF_TURN_TIE:
            turn += 2 * math.pi
        if direction * turn < 0:
            turn += direction * 2 * math.pi
        self.turn_by(turn)

    def turn_by(self, angle: float) -> None:
        """Turn by an angle (radians), which may be more than a turn, from the heading that is planned now."""
        self.goal = self._planned + angle
        self._still = 0.0

    def go(self, speed: float) -> None:
        """Roll at a speed (m/s) from now on."""
        if speed and not self.speed:
            self._turning, self._starting = True, 0.0
        self.speed, self.raw = speed, None
        self._still = 0.0

    def power(self, left: float, right: float) -> None:
        """Drive the wheels directly, -1..1."""
        self.raw, self.speed = (left, right), 0.0
        self._still = 0.0

    def halt(self) -> None:
        """Stop rolling and turning."""
        self.go(0.0)
        self.turn_by(0.0)

    def disturbed(self) -> None:
        """Somebody has moved the ball."""
        self._still = 0.0

    def tick(self, dt: float) -> None:
        """Look at the ball and set its motors for the next `dt` seconds."""
        ball = self.ball
        ball.sense()
        turned, self._seen = ball.heading - self._seen, ball.heading
        # The motors damp the swing of the chassis in every direction.
        tx, ty, tz = *self._damping(), 0.0
        if self.raw is not None and any(self.raw):
            tx, ty, tz = self._raw_torque()
        elif ball.r22 > UPRIGHT and (self.stabilised or self.speed):
            ax, ay = self._acceleration(dt)
            tx -= INERTIA * ay
            ty += INERTIA * ax
            tz = self._turning_torque(turned / dt, dt)
        elif not self.stabilised:
            self._follow()
        ball.push(tx, ty, tz)
        self._watch(dt)

    def _damping(self) -> tuple[float, float]:
        """Torque against the swing of the chassis, forward and back (pitch) and to the sides (roll)."""
        ball = self.ball
        if self._damps_pitch and self._damps_roll:
            return LEAN_DAMPING * ball.wx, LEAN_DAMPING * ball.wy
        fx, fy = math.sin(ball.heading), math.cos(ball.heading)
        # pitch is the swing about the axis to the right (fy, -fx), roll the one about forward (fx, fy)
        pitch = (ball.wx * fy - ball.wy * fx) if self._damps_pitch else 0.0
        roll = (ball.wx * fx + ball.wy * fy) if self._damps_roll else 0.0
        return LEAN_DAMPING * (pitch * fy + roll * fx), LEAN_DAMPING * (roll * fy - pitch * fx)

    def _acceleration(self, dt: float) -> tuple[float, float]:
        """The acceleration to ask for, in m/s² right and forward of the world."""
        ball = self.ball
        fx, fy = math.sin(ball.heading), math.cos(ball.heading)
        ahead, aside = ball.vx * fx + ball.vy * fy, ball.vx * fy - ball.vy * fx
        wanted = self._permitted_speed(dt)
        grip = DRIFT_GRIP if self.style.drift else GRIP
        sideways = min(grip, max(-grip, -aside / SIDE_GAIN))
        missing = wanted - ahead
        if wanted == 0.0:
            forward, limit = missing / BRAKE_GAIN, BRAKING
        else:
            quickest = TURBO_ACCELERATION if self.style.turbo else ACCELERATION
            forward, limit = missing / GAIN, quickest if missing * wanted > 0 else BRAKING
        limit = min(limit, math.sqrt(MOST * MOST - sideways * sideways))
        forward = min(limit, max(-limit, forward))
        return forward * fx + sideways * fy, forward * fy - sideways * fx

    def _permitted_speed(self, dt: float) -> float:
        """The wanted speed, or 0 while a resting ball still turns or has not broken away."""
        if not self.speed:
            return 0.0
        speed = self.ball.speed
        if self._turning and (speed > ROLLING or abs(self.goal - self.ball.heading) < TURN_FIRST):
            self._turning = False
        self._starting = BREAKAWAY if speed > SLOW else self._starting + dt
        return 0.0 if self._turning or self._starting < BREAKAWAY else self.speed

    def _turning_torque(self, rate: float, dt: float) -> float:
        """Follow a planned turn, which keeps to the rates above; the torque on the shell, N m about the vertical."""
        ball = self.ball
        steering = abs(ball.vx) + abs(ball.vy) > MOVING
        fastest, quickest = (STEER_RATE, STEER_ACCELERATION) if steering else (TURN_RATE, TURN_ACCELERATION)
        if self.style.fast_turn:
            fastest, quickest = FAST_TURN * fastest, FAST_TURN * quickest
        left = self.goal - self._planned
        if abs(left) < 0.02:  # near the end a plain proportional approach does not chatter
            wanted = 20.0 * left
        else:
            # the rate from which it can still stop in time, with a sixth in reserve
            wanted = math.copysign(min(fastest, math.sqrt(1.7 * quickest * abs(left))), left)
        change = min(quickest * dt, max(-quickest * dt, wanted - self._rate))
        self._rate += change
        self._planned += self._rate * dt
        torque = (
            HEADING_STIFFNESS * (self._planned - ball.heading)
            + HEADING_DAMPING * (self._rate - rate)
            + YAW_INERTIA * change / dt
        )
        # torque on the shell: the chassis feels the opposite, which is clockwise
        return min(MOST_TURNING_TORQUE, max(-MOST_TURNING_TORQUE, torque))

    def _raw_torque(self) -> tuple[float, float, float]:
        """Two wheels driven without any control: full power makes the chassis lean, but not tumble for ever."""
        assert self.raw is not None
        ball, (left, right) = self.ball, self.raw
        fx, fy = math.sin(ball.heading), math.cos(ball.heading)
        lag = RAW_SPEED * (left + right) / 2 - (ball.vx * fx + ball.vy * fy)
        most = INERTIA * BRAKING
        torque = min(most, max(-most, RAW_GAIN * lag))
        turn = RAW_TURN_GAIN * (RAW_TURN * (left - right) / 2 + ball.wz)
        self._follow()
        return LEAN_DAMPING * ball.wx - torque * fy, LEAN_DAMPING * ball.wy + torque * fx, turn

    def _follow(self) -> None:
        """Want the heading that it has, so that it does not turn back when control returns."""
        self.goal = self._planned = self.ball.heading
        self._rate = 0.0

    def _watch(self, dt: float) -> None:
        """Notice when the ball has come to rest."""
        ball = self.ball
        a, b, c = ball.spin
        still = (
            not self.speed
            and (self.raw is None or not any(self.raw))
            and abs(ball.vx) + abs(ball.vy) + abs(ball.vz) < STILL_SPEED
            and abs(a) + abs(b) + abs(c) + abs(self._rate) < STILL_TURN
            and ball.r22 > STILL_LEAN
            and abs(self.goal - self._planned) < STILL_TURN
        )
        self._still = self._still + dt if still else 0.0
