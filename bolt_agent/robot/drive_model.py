"""How a BOLT answers to speed and heading: what the player reckons with so that what was asked happens.

A ball starts late, gathers speed, and rolls out after the stop. The model is that of a real BOLT's rolls measured by
tape (68 rolls of a ball of Purdue's sphero-swarm, CC0): steady speed 0.698 cm/s for each unit of the speed byte less
11.9, reached with a time constant of 0.26 s and at most 100 cm/s²; braking at 118 cm/s², time constant 0.15 s.

>>> model = DriveModel()
>>> round(model.steady_speed(100))
58
>>> hold = model.hold_for_distance(90, 50.0)
>>> round(model.roll(90, hold).distance)
50
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

__all__ = ["DriveModel", "Roll"]

STEP = 0.005
"""Seconds of integration; a hundredth of the shortest roll that matters."""

SEEN, AT_REST = 4.0, 1.0
"""cm/s; slower than the first it does not look like rolling, slower than the second it has arrived."""


class Roll(NamedTuple):
    """A roll from rest to rest: how far in cm, and for how many seconds it could be seen to move."""

    distance: float
    moving: float


@dataclass(frozen=True)
class DriveModel:
    """The numbers of one ball.

    slope, offset: steady speed in cm/s is `slope * byte - offset`.
    time_constant (s), acceleration (cm/s²): speeding up; brake_constant, braking: slowing down.
    latency: s from a command until the ball obeys; breakaway: s more that a resting ball needs until it moves.
    turn_rate: degrees/s it keeps up when spinning.   turn_settle: s until a turn on the spot has settled, besides.
    """

    slope: float = 0.698
    offset: float = 11.9
    time_constant: float = 0.26
    acceleration: float = 100.0
    brake_constant: float = 0.15
    braking: float = 118.0
    latency: float = 0.06
    breakaway: float = 0.06
    turn_rate: float = 500.0
    turn_settle: float = 0.25

    def steady_speed(self, byte: int) -> float:
        """Speed in cm/s that a speed byte (0..255) leads to."""
        return max(0.0, self.slope * abs(byte) - self.offset)

    @lru_cache(maxsize=4096)  # noqa: B019 - models are few, and live as long as the program
    def roll(self, byte: int, hold: float) -> Roll:
        """What a roll from rest comes to when the stop is sent `hold` seconds after the start."""
        target = self.steady_speed(byte)
        speed = distance = moving = 0.0
        time = self.breakaway  # the latency of start and stop is the same
        while time < hold or speed > AT_REST:
            if time < hold:
                speed += STEP * min(self.acceleration, (target - speed) / self.time_constant)
            else:
                speed -= STEP * min(self.braking, speed / self.brake_constant)
            distance += STEP * speed
            time += STEP
            moving += STEP if speed > SEEN else 0.0
        return Roll(distance, moving)

    @lru_cache(maxsize=4096)  # noqa: B019
    def hold_for_time(self, byte: int, seconds: float) -> float:
        """How long to hold a speed so that the ball is seen to move for that long."""
        return _solve(lambda hold: self.roll(byte, hold).moving, seconds, longest=seconds + self.breakaway)

    @lru_cache(maxsize=4096)  # noqa: B019
    def hold_for_distance(self, byte: int, distance: float) -> float:
        """How long to hold a speed to come to rest after `distance` cm."""
        longest = 1.0 + distance / max(1.0, self.steady_speed(byte)) + self.time_constant
        return _solve(lambda hold: self.roll(byte, hold).distance, distance, longest=longest)

    def byte_for_distance(self, byte: int, distance: float) -> int:
        """The wanted speed byte, or a lower one where so short a way leaves no time to reach it."""
        slowest = round((self.offset + 12.0) / self.slope)
        while byte > slowest and self.hold_for_distance(byte, distance) < 0.3:
            byte -= 10
        return max(byte, min(byte, slowest))

    def brake_time(self, byte: int) -> float:
        """Seconds from the stop command until a ball that had reached the speed of `byte` is at rest."""
        return self.latency + self.steady_speed(byte) / self.braking + 2 * self.brake_constant

    @property
    def dead_time(self) -> float:
        """Seconds from the command to the first motion of a resting ball."""
        return self.latency + self.breakaway

    def turn_time(self, angle: float) -> float:
        """Seconds that a turn on the spot by `angle` degrees takes to settle."""
        return self.turn_settle + abs(angle) / self.turn_rate


def _solve(result: Callable[[float], float], wanted: float, *, longest: float) -> float:
    """The argument between 0 and `longest` for which a growing function gives what is wanted."""
    low, high = 0.0, longest
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if result(middle) < wanted else (low, middle)
    return (low + high) / 2
