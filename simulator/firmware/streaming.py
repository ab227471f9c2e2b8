"""Sensor streaming: which numbers a mask asks for, in which order and unit, and when they leave."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from simulator.firmware.quirks import Quirks
from simulator.firmware.schedule import Due, Schedule
from simulator.firmware.sensing import SATURATION, Imu
from simulator.world.physics import BallBody

__all__ = ["EXTENDED", "MAIN", "Locator", "Sample", "Streaming", "take_sample"]

FIRST_SAMPLE = 20
"""ms from the command to the first sample."""
SHORTEST_INTERVAL = 33
"""ms; Sphero's documents know no faster rate."""
LIGHT_NOISE = 0.01
"""Of the brightness."""


@dataclass
class Locator:
    """Dead reckoning: metres right and forward, in the frame of the last reset of the heading."""

    x: float = 0.0
    y: float = 0.0
    _at: tuple[float, float] = (0.0, 0.0)
    _aim: float = 0.0

    def moved(self, x: float, y: float) -> tuple[float, float]:
        """Where the locator says a ball at (x, y) of the world is."""
        right, forward = turned(x - self._at[0], y - self._at[1], self._aim)
        return self.x + right, self.y + forward

    def reset(self, x: float, y: float) -> None:
        """Call this place (0, 0)."""
        self.x = self.y = 0.0
        self._at = (x, y)

    def aim(self, x: float, y: float, heading: float) -> None:
        """From here on count along a heading of the world (radians)."""
        self.x, self.y = self.moved(x, y)
        self._at, self._aim = (x, y), heading


class Sample(NamedTuple):
    """What the sensors say, in the units of the wire."""

    quaternion: tuple[float, float, float, float]
    """x, y, z, w."""
    attitude: tuple[float, float, float]
    """Pitch (nose up), roll (right side down), yaw (counter-clockwise), degrees."""
    acceleration: tuple[float, float, float]
    """g; the BOLT counts x to its left and y backward here."""
    locator: tuple[float, float]
    """m."""
    velocity: tuple[float, float]
    """m/s, in the locator's frame."""
    time: int
    """ms since the start."""
    gyroscope: tuple[float, float, float]
    """Degrees/s about right, forward and up."""
    light: float
    """lux."""


class _Value(NamedTuple):
    bit: int
    read: Callable[[Sample], float]


MAIN = (
    _Value(0x2000000, lambda s: s.quaternion[0]),
    _Value(0x1000000, lambda s: s.quaternion[1]),
    _Value(0x800000, lambda s: s.quaternion[2]),
    _Value(0x400000, lambda s: s.quaternion[3]),
    _Value(0x40000, lambda s: s.attitude[0]),
    _Value(0x20000, lambda s: s.attitude[1]),
    _Value(0x10000, lambda s: s.attitude[2]),
    _Value(0x8000, lambda s: s.acceleration[0]),
    _Value(0x4000, lambda s: s.acceleration[1]),
    _Value(0x2000, lambda s: s.acceleration[2]),
    _Value(0x200, lambda s: 1000 * math.sqrt(math.fsum(a * a for a in s.acceleration))),
    _Value(0x40, lambda s: s.locator[0]),
    _Value(0x20, lambda s: s.locator[1]),
    _Value(0x10, lambda s: s.velocity[0]),
    _Value(0x8, lambda s: s.velocity[1]),
    _Value(0x4, lambda s: math.sqrt(s.velocity[0] ** 2 + s.velocity[1] ** 2)),
    _Value(0x2, lambda s: float(s.time)),
)
"""What the main mask can ask for, in the order of the wire: falling bits."""

EXTENDED = (
    _Value(0x2000000, lambda s: s.gyroscope[0]),
    _Value(0x1000000, lambda s: s.gyroscope[1]),
    _Value(0x800000, lambda s: s.gyroscope[2]),
    _Value(0x40000, lambda s: s.light),
)
"""What the extended mask can ask for; these follow the main ones."""


class Streaming:
    """Sends samples at an interval, by two masks. take: measures.   send: sends the data of one notification."""

    def __init__(
        self, schedule: Schedule, take: Callable[[], Sample], send: Callable[[bytes], None], quirks: Quirks
    ) -> None:
        self.interval = self.count = self.mask = self.extended_mask = 0
        self._schedule, self._take, self._send, self._quirks = schedule, take, send, quirks
        self._left: int | None = None
        self._next: Due | None = None

    def configure(self, interval: int, count: int, mask: int) -> None:
        """Send the values of a mask every `interval` ms, `count` times (0: for ever). Interval 0 stops."""
        self.interval, self.count, self.mask = interval, count, mask
        self._left = count or None
        self._restart()

    def extend(self, mask: int) -> None:
        """Send the values of an extended mask too."""
        self.extended_mask = mask
        self._restart()

    def stop(self) -> None:
        """Send nothing more."""
        self.configure(0, 0, 0)
        self.extended_mask = 0

    def _restart(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None
        if self.interval and (self.mask or self.extended_mask):
            self._next = self._schedule.after(FIRST_SAMPLE, self._tick)

    def _tick(self) -> None:
        sample = self._take()
        values = [value.read(sample) for value in MAIN if value.bit & self.mask]
        values += [value.read(sample) for value in EXTENDED if value.bit & self.extended_mask]
        self._send(struct.pack(f">{len(values)}f", *values))
        if self._left is not None:
            self._left -= 1
        if self._left != 0:
            self._next = self._schedule.after(self._quirks.interval(max(SHORTEST_INTERVAL, self.interval)), self._tick)


def take_sample(
    ball: BallBody,
    imu: Imu,
    locator: Locator,
    aim: float,
    *,
    now: int,
    light: float,
    rng: Random,
    quirks: Quirks,
) -> Sample:
    """Measure everything. aim: the heading of the world (radians) that counts as 0."""
    w, x, y, z = ball.quaternion
    # the same turn seen from the aim: turned back about the vertical
    half_sin, half_cos = math.sin(aim / 2), math.cos(aim / 2)
    relative = (half_cos * x - half_sin * y, half_cos * y + half_sin * x, half_cos * z + half_sin * w)
    scalar = half_cos * w - half_sin * z
    yaw = math.remainder(aim - ball.heading, 2 * math.pi)
    right, forward, up = imu.body()
    across, along = locator.moved(ball.x, ball.y)
    return Sample(
        quaternion=(*relative, scalar),
        attitude=(
            math.degrees(math.asin(min(1.0, max(-1.0, ball.r21)))) + quirks.level[0],
            math.degrees(math.atan2(-ball.r20, ball.r22)) + quirks.level[1],
            math.degrees(yaw),
        ),
        acceleration=(_noisy(-right, rng, quirks), _noisy(-forward, rng, quirks), _noisy(up, rng, quirks)),
        locator=(quirks.locator_scale * across, quirks.locator_scale * along),
        velocity=turned(ball.vx, ball.vy, aim),
        time=now,
        gyroscope=(math.degrees(ball.spin[0]), math.degrees(ball.spin[1]), math.degrees(ball.spin[2])),
        light=light * (1 + rng.gauss(0, LIGHT_NOISE)),
    )


def turned(x: float, y: float, heading: float) -> tuple[float, float]:
    """A vector of the world as right and forward of a heading (radians)."""
    sine, cosine = math.sin(heading), math.cos(heading)
    return x * cosine - y * sine, x * sine + y * cosine


def _noisy(g: float, rng: Random, quirks: Quirks) -> float:
    return min(SATURATION, max(-SATURATION, g + rng.gauss(0, quirks.accelerometer)))
