"""What the ball feels: acceleration as its IMU measures it, hits, free fall and landing."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from simulator.world.physics import BallBody

__all__ = ["SATURATION", "CollisionSettings", "G", "Hit", "Imu"]

G = 9.81
SATURATION = 8.19
"""g; a BOLT's accelerometer reads no more."""
WINDOW = 5
"""Control ticks over which acceleration is averaged: a low-pass of 10 ms, since an impact peaks at 70 g for 1 ms."""

NOTICEABLE = 0.09
"""g²; below this no setting can make a hit of a sideways push. Rolling, braking and curves stay under 0.14 g."""
POWER = 100.0
"""Units of impact power in 1 g."""
TOP_SPEED = 1.66
"""m/s at which the speed byte of a collision is 255."""
SHORTEST_DEAD_TIME = 100
"""ms; a bounce is one collision, whatever dead time is asked for."""

RECORD_DEAD_TIME = 500
"""ms; in the record a hit and the small bounces after it are one collision."""

WEIGHTLESS, FALL_TIME = 0.3, 100
"""g, and ms of less than that which make a fall."""
IMPACT = 1.5
"""g that end one."""
MOST_SPIN = math.radians(2000)
"""rad/s at which the gyroscope is at its limit."""


class Hit(NamedTuple):
    """A collision. Accelerations in g to the robot's right, forward and up; speed in m/s when it happened."""

    right: float
    forward: float
    up: float
    axes: int
    speed: float

    @property
    def speed_byte(self) -> int:
        """As a collision reports it."""
        return min(255, round(255 * self.speed / TOP_SPEED))


@dataclass
class CollisionSettings:
    """How hard a hit counts: threshold + speed part * speed, in hundredths of g, for either axis.

    method: 0 is off.   dead_time: ms in which a second hit does not count.
    """

    method: int = 0
    x_threshold: int = 90
    x_speed: int = 130
    y_threshold: int = 90
    y_speed: int = 130
    dead_time: int = 0

    def __post_init__(self) -> None:
        self.quiet_until = 0

    def feel(self, now: int, hit: Hit) -> Hit | None:
        """The hit with the axes that it exceeds, or None when it does not count."""
        if not self.method or now < self.quiet_until:
            return None
        share = hit.speed / TOP_SPEED
        axes = (POWER * abs(hit.right) > self.x_threshold + self.x_speed * share) + 2 * (
            POWER * abs(hit.forward) > self.y_threshold + self.y_speed * share
        )
        if not axes:
            return None
        self.quiet_until = now + max(SHORTEST_DEAD_TIME, self.dead_time)
        return hit._replace(axes=axes)


class Imu:
    """Averages acceleration and notices events. Accelerations are in g, in the world's axes, gravity included.

    collided: with a hit that counts for the settings of the program.   event: with what really happened, by the
    settings a BOLT starts with.   overspun: with the axes (bits +x -x +y -y +z -z) that turn too fast to measure.
    misses: whether a hit at a speed (m/s) goes unnoticed by the program.
    """

    def __init__(
        self,
        ball: BallBody,
        *,
        collided: Callable[[Hit], None],
        event: Callable[[str], None],
        overspun: Callable[[int], None],
        misses: Callable[[float], bool] = lambda _speed: False,
    ) -> None:
        self.settings = CollisionSettings()
        self.watch_spin = False
        self.ax = self.ay = 0.0
        self.az = 1.0
        self._ball = ball
        self._usual = CollisionSettings(method=1, dead_time=RECORD_DEAD_TIME)
        self._collided, self._event, self._overspun, self._misses = collided, event, overspun, misses
        self._speeds: deque[tuple[float, float, float]] = deque([(0.0, 0.0, 0.0)] * WINDOW, maxlen=WINDOW)
        self._weightless = 0
        self._falling = False
        self._overspun_axes = 0

    def feel(self, now: int, milliseconds: int) -> None:
        """Take a sample; to be called after every control tick, so many ms after the last one."""
        ball = self._ball
        vx, vy, vz = self._speeds[0]
        per_g = WINDOW * milliseconds / 1000 * G
        self.ax, self.ay = ax, ay = (ball.vx - vx) / per_g, (ball.vy - vy) / per_g
        self.az = az = (ball.vz - vz) / per_g + 1.0
        sideways = ax * ax + ay * ay
        if sideways > NOTICEABLE:
            self._feel_hit(now, math.sqrt(vx * vx + vy * vy))
        force = sideways + az * az
        if self._falling or force < WEIGHTLESS * WEIGHTLESS:
            self._feel_fall(force, milliseconds)
        elif self._weightless:
            self._weightless = 0
        if self.watch_spin:
            self._feel_spin()
        self._speeds.append((ball.vx, ball.vy, ball.vz))

    def body(self) -> tuple[float, float, float]:
        """The acceleration along the chassis' right, forward and up axes, as far as the sensor goes."""
        b, ax, ay, az = self._ball, self.ax, self.ay, self.az
        return (
            _saturated(b.r00 * ax + b.r10 * ay + b.r20 * az),
            _saturated(b.r01 * ax + b.r11 * ay + b.r21 * az),
            _saturated(b.r02 * ax + b.r12 * ay + b.r22 * az),
        )

    def _feel_hit(self, now: int, speed: float) -> None:
        fx, fy = math.sin(self._ball.heading), math.cos(self._ball.heading)
        right, forward = self.ax * fy - self.ay * fx, self.ax * fx + self.ay * fy
        hit = Hit(_saturated(right), _saturated(forward), _saturated(self.az), 0, speed)
        if self._usual.feel(now, hit):
            self._event("collision")
        if (counted := self.settings.feel(now, hit)) and not self._misses(speed):
            self._collided(counted)

    def _feel_fall(self, force: float, milliseconds: int) -> None:
        if force < WEIGHTLESS * WEIGHTLESS:
            self._weightless += milliseconds
            if not self._falling and self._weightless >= FALL_TIME:
                self._falling = True
                self._event("freefall")
        elif force > IMPACT * IMPACT:
            self._falling, self._weightless = False, 0
            self._event("landing")

    def _feel_spin(self) -> None:
        axes = 0
        for axis, rate in enumerate(self._ball.spin):
            if abs(rate) > MOST_SPIN:
                axes |= (1 if rate > 0 else 2) << 2 * axis
        if axes & ~self._overspun_axes:  # told once, when it begins
            self._overspun(axes)
        self._overspun_axes = axes


def _saturated(g: float) -> float:
    return min(SATURATION, max(-SATURATION, g))
