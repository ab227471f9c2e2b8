"""What the sensor stream of a BOLT says: where it is, how it lies, and whether it falls."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

from drivers.events import Reading, RobotEvent

__all__ = ["STREAM_INTERVAL", "STREAM_MASK", "Senses"]

STREAM_INTERVAL = 60
"""Milliseconds between sensor samples."""

STREAM_MASK = 0x70000 | 0xE000 | 0x60 | 0x18
"""Attitude (pitch, roll, yaw), accelerometer (x, y, z), locator (x, y), velocity (x, y), in this order."""

STREAM_FORMAT = ">10f"

WEIGHTLESS, IMPACT = 0.35, 1.3
"""In g: two samples in a row below the first are a fall; after it, one above the second is a landing."""


class Senses:
    """Keeps the newest sample, tells whoever watches, and tells of falls and landings, which a BOLT does not report."""

    def __init__(self, tell: Callable[[RobotEvent], None]) -> None:
        self._tell = tell
        self._weightless = 0
        self._falling = False
        self.reading = Reading()
        self.watchers: list[Callable[[Reading], None]] = []

    def sampled(self, data: bytes) -> None:
        """A notification of the stream. Raises struct.error where it has another shape."""
        pitch, roll, yaw, ax, ay, az, x, y, vx, vy = sample = struct.unpack(STREAM_FORMAT, data)
        if not all(map(math.isfinite, sample)):
            return
        # yaw turns counter-clockwise, headings clockwise; positions come in metres
        self.reading = Reading(
            x=100 * x,
            y=100 * y,
            heading=-yaw % 360,
            speed=100 * math.hypot(vx, vy),
            acceleration=(ax, ay, az),
            tilt=math.degrees(math.acos(math.cos(math.radians(pitch)) * math.cos(math.radians(roll)))),
        )
        for watcher in self.watchers:
            watcher(self.reading)
        self._feel(math.hypot(ax, ay, az))

    def _feel(self, g: float) -> None:
        self._weightless = self._weightless + 1 if g < WEIGHTLESS else 0
        if not self._falling and self._weightless >= 2:
            self._falling = True
            self._tell(RobotEvent("freefall"))
        elif self._falling and g > IMPACT:
            self._falling = False
            self._tell(RobotEvent("landing", strength=g))
