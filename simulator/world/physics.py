"""The physics of a world: steps MuJoCo, and says where the balls are. Knows nothing of packets or headings wanted."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from simulator.world.mjcf import build_mjcf
from simulator.world.spec import WorldSpec

__all__ = ["BallBody", "Physics", "Thing"]

POSITIONS, SPEEDS, MOTORS = 11, 9, 3
"""What each ball takes of MuJoCo's state: chassis 7 + shell 4 coordinates, 6 + 3 speeds, 3 motors."""
THING_POSITIONS, THING_SPEEDS = 7, 6
"""The same of each thing that can be pushed."""
STILL = 0.005
"""m/s and rad/s; what moves less is at rest."""
TOPPLED = math.cos(math.radians(30))
BODIES_PER_BALL = 2


class BallBody:
    """One ball in a world: its state, refreshed by `sense`, and the motors between chassis and shell.

    Metres, metres/second and radians, in the world's axes: x right, y forward, z up.
    """

    __slots__ = (
        "_controls",
        "_positions",
        "_speeds",
        "heading",
        "r00",
        "r01",
        "r02",
        "r10",
        "r11",
        "r12",
        "r20",
        "r21",
        "r22",
        "spin",
        "vx",
        "vy",
        "vz",
        "wx",
        "wy",
        "wz",
        "x",
        "y",
        "z",
    )

    def __init__(self, positions: Any, speeds: Any, controls: Any, heading: float) -> None:
        self._positions = positions
        self._speeds = speeds
        self._controls = controls
        self.heading = math.radians(heading)
        """Clockwise from +y and unwrapped: it counts whole turns."""
        self.spin = (0.0, 0.0, 0.0)
        """Turning rate about the chassis' right, forward and up axes: what its gyroscope measures."""
        self.sense()

    def sense(self) -> None:
        """Read the state from MuJoCo."""
        self.x, self.y, self.z, w, i, j, k, *_ = self._positions.tolist()
        self.vx, self.vy, self.vz, a, b, c, *_ = self._speeds.tolist()
        # The heading is the turn about the vertical alone (the twist of the quaternion), so leaning does not change it.
        turned = -2.0 * math.atan2(k, w) - self.heading
        self.heading += turned - 2.0 * math.pi * round(turned / (2.0 * math.pi))
        self.r00, self.r01, self.r02 = 1 - 2 * (j * j + k * k), 2 * (i * j - w * k), 2 * (i * k + w * j)
        self.r10, self.r11, self.r12 = 2 * (i * j + w * k), 1 - 2 * (i * i + k * k), 2 * (j * k - w * i)
        self.r20, self.r21, self.r22 = 2 * (i * k - w * j), 2 * (j * k + w * i), 1 - 2 * (i * i + j * j)
        self.spin = (a, b, c)
        self.wx = self.r00 * a + self.r01 * b + self.r02 * c
        self.wy = self.r10 * a + self.r11 * b + self.r12 * c
        self.wz = self.r20 * a + self.r21 * b + self.r22 * c

    def push(self, tx: float, ty: float, tz: float) -> None:
        """Let the motors turn the shell by this torque (N m, world axes); the chassis feels the opposite."""
        controls = self._controls
        controls[0] = self.r00 * tx + self.r10 * ty + self.r20 * tz
        controls[1] = self.r01 * tx + self.r11 * ty + self.r21 * tz
        controls[2] = self.r02 * tx + self.r12 * ty + self.r22 * tz

    def twirl(self, rate: float) -> None:
        """Turn about the vertical at once, at so many rad/s, clockwise: a hand does it."""
        self._speeds[5] = -rate

    def saved(self) -> dict[str, Any]:
        """What was sensed, for `load`."""
        return {name: getattr(self, name) for name in self.__slots__ if not name.startswith("_")}

    def load(self, saved: dict[str, Any]) -> None:
        """Be as it was when it was saved."""
        for name, value in saved.items():
            setattr(self, name, value)

    @property
    def lean(self) -> tuple[float, float]:
        """Degrees that the chassis leans forward and to the right."""
        sine, cosine = math.sin(self.heading), math.cos(self.heading)
        forward = self.r02 * sine + self.r12 * cosine
        right = self.r02 * cosine - self.r12 * sine
        return math.degrees(math.atan2(forward, self.r22)), math.degrees(math.atan2(right, self.r22))

    @property
    def speed(self) -> float:
        """m/s over the ground."""
        return math.sqrt(self.vx * self.vx + self.vy * self.vy)

    @property
    def quaternion(self) -> tuple[float, float, float, float]:
        """How the chassis is turned: w, x, y, z."""
        w, x, y, z = self._positions[3:7].tolist()
        return w, x, y, z


class Thing(NamedTuple):
    """A block or a pin, where it is now: x, y, z of its middle in cm, how it is turned (w, x, y, z)."""

    kind: str
    x: float
    y: float
    z: float
    quaternion: tuple[float, float, float, float]

    @property
    def fallen(self) -> bool:
        """Whether it leans by more than 30 degrees."""
        _, i, j, _ = self.quaternion
        return 1 - 2 * (i * i + j * j) < TOPPLED


class Physics:
    """A world that moves."""

    def __init__(self, world: WorldSpec) -> None:
        import numpy

        self._np = numpy
        import mujoco  # takes half a second, and reading a world needs none of it

        self._mujoco = mujoco
        self._step = mujoco.mj_step
        self._model = mujoco.MjModel.from_xml_string(build_mjcf(world))
        self._data = mujoco.MjData(self._model)
        self.balls = [self._ball(number, start.heading) for number, start in enumerate(world.balls)]
        self._kinds = ["block"] * len(world.blocks) + ["pin"] * len(world.pins)
        self._first = len(world.balls) * POSITIONS
        loose = len(world.balls) * SPEEDS
        self._loose = self._data.qvel[loose:] if self._kinds else None
        self._settle()

    @property
    def settled(self) -> bool:
        """Whether nothing moves that is no ball."""
        return self._loose is None or bool(abs(self._loose).max() < STILL)

    @property
    def things(self) -> list[Thing]:
        """The blocks and pins, where they are now."""
        found = []
        for number, kind in enumerate(self._kinds):
            start = self._first + number * THING_POSITIONS
            x, y, z, *quaternion = self._data.qpos[start : start + THING_POSITIONS].tolist()
            found.append(Thing(kind, 100 * x, 100 * y, 100 * z, tuple(quaternion)))
        return found

    def sees(self, one: int, other: int) -> bool:
        """Whether nothing that stays where it is is between two balls (by number)."""
        a, b = self.balls[one], self.balls[other]
        start = (a.x, a.y, a.z)
        way = (b.x - a.x, b.y - a.y, b.z - a.z)
        length = math.sqrt(way[0] ** 2 + way[1] ** 2 + way[2] ** 2)
        if not length:
            return True
        geom = self._np.zeros(1, dtype=self._np.int32)
        arguments = (self._np.array(start), self._np.array(way) / length, None, True)
        distance = self._mujoco.mj_ray(self._model, self._data, *arguments, 2 * one + 2, geom)
        hit = int(geom[0])
        if distance < 0 or distance >= length or hit < 0:
            return True
        # the shells of balls do not hide one another for long; what is fixed belongs to body 0
        return int(self._model.geom_bodyid[hit]) != 0

    def save(self) -> Any:
        """All state of the physics, for `load`."""
        kind = self._mujoco.mjtState.mjSTATE_INTEGRATION
        state = self._np.empty(self._mujoco.mj_stateSize(self._model, kind))
        self._mujoco.mj_getState(self._model, self._data, state, kind)
        return state, [ball.saved() for ball in self.balls]

    def load(self, saved: Any) -> None:
        """Go on from a state that `save` gave."""
        state, balls = saved
        self._mujoco.mj_setState(self._model, self._data, state, self._mujoco.mjtState.mjSTATE_INTEGRATION)
        for ball, values in zip(self.balls, balls, strict=True):
            ball.load(values)

    def _settle(self) -> None:
        """Let loose things be in touch with the ground before time begins."""
        if self._kinds:
            self._mujoco.mj_forward(self._model, self._data)

    def step(self, milliseconds: int) -> None:
        """Let that much time pass."""
        self._step(self._model, self._data, nstep=milliseconds)

    def _ball(self, number: int, heading: float) -> BallBody:
        p, s, m = number * POSITIONS, number * SPEEDS, number * MOTORS
        data = self._data
        return BallBody(data.qpos[p : p + POSITIONS], data.qvel[s : s + SPEEDS], data.ctrl[m : m + MOTORS], heading)
