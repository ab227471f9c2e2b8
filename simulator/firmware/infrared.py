"""Infrared between balls: broadcasts that others follow or evade, and messages. Light is faster than a tick.

A BOLT has four emitters and four receivers; near is under 1 m and far under 3 m (Sphero's documents). Walls are in
the way of light.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.firmware.schedule import Due, Schedule

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware

__all__ = ["STRONGEST", "Air", "Infrared"]

NEAR, FAR = 1.0, 3.0
"""m that the near and the far channel of a broadcast reach."""
STRONGEST = 64
"""The strength of an emitter that reaches FAR."""
INTERVAL = 100
"""ms between two looks of a ball that follows or evades."""
KEEP = 0.25
"""m between the middles that a follower keeps."""
FOLLOW_SPEED, EVADE_SPEED = 90, 110
"""The fastest speed bytes."""
RECEIVED = 0x2C
SENSOR = 0x18
EMITTERS = (0.0, -90.0, 90.0, 180.0)
"""Degrees to the right of forward of the four emitters, in the order of a message: front, left, right, back."""
RECEIVERS = (-45.0, 45.0, 135.0, -135.0)
"""The same of the receivers, in the order of a reading's bytes from the lowest: front left, front right, back right,
back left."""


@dataclass
class Infrared:
    """What one ball was told about infrared."""

    broadcasting: tuple[int, int] | None = None
    """Far and near channel."""
    following: tuple[int, int] | None = None
    evading: tuple[int, int] | None = None
    listening: dict[int, int | None] = field(default_factory=dict)
    """For each code that is listened for, until when (ms); None: for ever."""
    air: Air | None = None

    def reset(self) -> None:
        """Forget all of it, as when it falls asleep."""
        self.broadcasting = self.following = self.evading = None
        self.listening = {}


class Air:
    """What carries the light of all balls of a world. sees: whether light gets from one ball (by number) to another."""

    def __init__(self, schedule: Schedule, balls: Sequence[Firmware], sees: Callable[[int, int], bool]) -> None:
        self._schedule = schedule
        self._balls = list(balls)
        self._sees = sees
        self._next: Due | None = None

    def look(self) -> None:
        """Somebody begins to follow or to evade: keep looking for whom."""
        if self._next is None:
            self._next = self._schedule.after(INTERVAL, self._look)

    def send(self, sender: Firmware, code: int, strengths: Sequence[int]) -> None:
        """A message: whoever listens for its code and is reached by the light of an emitter gets it."""
        for number, ball in enumerate(self._balls):
            if ball is sender or not ball.awake or not _listens(ball, code):
                continue
            distance, bearing = _from_to(sender, ball)
            reach = FAR * max(
                strength / STRONGEST * _overlap(bearing, angle)
                for strength, angle in zip(strengths, EMITTERS, strict=True)
            )
            if distance <= reach and self._sees(self._balls.index(sender), number):
                ball.notify(SENSOR, RECEIVED, bytes((code,)))

    def readings(self, ball: Firmware) -> bytes:
        """What the four receivers see of broadcasts, 0..255 each, the most significant byte first."""
        values = [0.0] * 4
        for other in self._in_sight(ball):
            distance, bearing = _from_to(ball, other)
            for place, angle in enumerate(RECEIVERS):
                values[place] += 255 * max(0.0, 1 - distance / FAR) * _overlap(bearing, angle)
        return bytes(min(255, round(value)) for value in reversed(values))

    def _look(self) -> None:
        self._next = None
        busy = False
        for ball in self._balls:
            infrared = ball.infrared
            channels = infrared.following or infrared.evading
            if channels is not None and ball.awake:
                busy = True
                self._chase(ball, channels, away=infrared.following is None)
        if busy:
            self.look()

    def _chase(self, ball: Firmware, channels: tuple[int, int], *, away: bool) -> None:
        """Drive towards (or away from) the nearest ball that broadcasts on these channels."""
        seen = [(*_from_to(ball, other), other) for other in self._in_sight(ball)]
        heard = [entry[:2] for entry in seen if _hears(entry[2].infrared.broadcasting, channels, entry[0])]
        if not heard:
            ball.motion.steer(0, 0.0)
            return
        distance, bearing = min(heard)
        if away:
            ball.motion.steer(EVADE_SPEED, bearing + 180)
        else:
            ball.motion.steer(round(min(1.0, max(0.0, 2 * (distance - KEEP))) * FOLLOW_SPEED), bearing)

    def _in_sight(self, ball: Firmware) -> list[Firmware]:
        here = self._balls.index(ball)
        return [
            other
            for number, other in enumerate(self._balls)
            if number != here and other.awake and other.infrared.broadcasting and self._sees(here, number)
        ]


def _hears(broadcast: tuple[int, int] | None, channels: tuple[int, int], distance: float) -> bool:
    """Whether one of the channels reaches so far. Both pairs are (far, near)."""
    if broadcast is None:
        return False
    return (broadcast[0] in channels and distance <= FAR) or (broadcast[1] in channels and distance <= NEAR)


def _listens(ball: Firmware, code: int) -> bool:
    until = ball.infrared.listening.get(code, -1)
    return until is None or until > ball.schedule.now


def _from_to(one: Firmware, other: Firmware) -> tuple[float, float]:
    """Metres between two balls, and degrees to the right of the first one's forward where the second is."""
    dx, dy = other.ball.x - one.ball.x, other.ball.y - one.ball.y
    bearing = math.degrees(math.atan2(dx, dy) - one.ball.heading)
    return math.sqrt(dx * dx + dy * dy), math.remainder(bearing, 360)


def _overlap(bearing: float, angle: float) -> float:
    """How much of an emitter's or a receiver's lobe points there: 1 straight on, 0 from a right angle on."""
    return math.sqrt(max(0.0, math.cos(math.radians(bearing - angle))))
