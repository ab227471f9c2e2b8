"""What really happened: measured in the world and at the emulated firmware, never taken from a plan."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

from simulator.firmware.lights import LIGHTS, as_hex
from simulator.firmware.pictures import DARK, SIDE, Picture

__all__ = ["PATH_INTERVAL", "Pose", "Record", "TrailPoint"]

PATH_INTERVAL = 20
"""ms between the points of a path."""
TOLERANCE = 1e-6
"""s; times given as floats may be this far off the millisecond that is meant."""


class Pose(NamedTuple):
    """Where a ball is. x (right) and y (forward) in cm; heading in degrees clockwise, 0 <= heading < 360, 0 = +y."""

    x: float
    y: float
    heading: float


class TrailPoint(NamedTuple):
    """A point of the trail: time in s, place in cm, heading in degrees (unwrapped: it counts whole turns), cm/s."""

    t: float
    x: float
    y: float
    heading: float
    speed: float


class Record:
    """Keeps path, pictures, lights, texts and events with their times.

    path: the trail, a point every 0.02 s while the ball moves; while it rests there are none, the last one holds.
    """

    def __init__(self) -> None:
        self.path: list[TrailPoint] = []
        self.pictures: list[tuple[float, Picture]] = []
        """(t, picture) at each change of the face, 64 colours as 0xRRGGBB."""
        self.lights: list[tuple[float, str, str]] = []
        """(t, "front" or "back", "#rrggbb") at each change."""
        self.texts: list[tuple[float, str, str]] = []
        """(t, text, "#rrggbb") for each text scrolled and each character shown."""
        self.events: list[tuple[float, str]] = []
        """(t, name): collision, freefall, landing, charging, not_charging."""
        self._most: int | None = None

    def report(self, since: float, until: float) -> dict[str, Any]:
        """The part of a bolt-report/1 that the simulator knows, for a span of simulated time in s."""
        points = list(self._points(since, until))
        first, last = points[0], points[-1]
        return {
            "pose": {"x": _round(last.x), "y": _round(last.y), "heading": _compass(last.heading)},
            "path": [[round(p.t, 3), _round(p.x), _round(p.y), _compass(p.heading), _round(p.speed)] for p in points],
            "spun": _round(last.heading - first.heading),
            "matrix": rows_of_hex(self._picture_at(until)),
            "matrix_log": [
                [t, [as_hex(color) for color in picture]] for t, picture in _between(self.pictures, since, until)
            ],
            "texts": [list(entry) for entry in _between(self.texts, since, until)],
            **{f"{light}_led": self._light_at(light, until) for light in LIGHTS},
            "led_log": [list(entry) for entry in _between(self.lights, since, until)],
            "events": [list(entry) for entry in _between(self.events, since, until)],
        }

    def keep_last(self, entries: int) -> None:
        """Forget the oldest from now on, so that each list has at least (and at most twice) so many entries."""
        self._most = entries

    def copy(self) -> Record:
        """The same, which does not go on with this one."""
        other = Record()
        other.take_over(self)
        return other

    def take_over(self, other: Record) -> None:
        """Be a copy of another record."""
        for name, entries in vars(other).items():
            setattr(self, name, list(entries) if isinstance(entries, list) else entries)

    def __deepcopy__(self, memo: object) -> Record:
        return self.copy()  # the entries are values

    def moved(self, now: int, x: float, y: float, heading: float, speed: float) -> None:
        """The ball is here (m, m, radians, m/s)."""
        point = TrailPoint(now / 1000, 100 * x, 100 * y, math.degrees(heading), 100 * speed)
        if not self.path or point[1:] != self.path[-1][1:]:
            self.path.append(point)
            self._forget(self.path)

    def picture(self, now: int, picture: Picture) -> None:
        """The face shows something else."""
        self.pictures.append((now / 1000, picture))
        self._forget(self.pictures)

    def light(self, now: int, light: str, color: int) -> None:
        """A light has another colour."""
        self.lights.append((now / 1000, light, as_hex(color)))
        self._forget(self.lights)

    def text(self, now: int, text: str, color: int) -> None:
        """A text is scrolled or a character shown."""
        self.texts.append((now / 1000, text, as_hex(color)))
        self._forget(self.texts)

    def event(self, now: int, name: str) -> None:
        """Something happened to the ball."""
        self.events.append((now / 1000, name))
        self._forget(self.events)

    def _forget(self, entries: list[Any]) -> None:
        if self._most is not None and len(entries) > 2 * self._most:
            del entries[: -self._most]

    def _points(self, since: float, until: float) -> Iterable[TrailPoint]:
        """A point every PATH_INTERVAL from the first at or after `since` to the last at or before `until`."""
        first = math.ceil((since - TOLERANCE) * 1000 / PATH_INTERVAL)
        last = math.floor((until + TOLERANCE) * 1000 / PATH_INTERVAL)
        index = 0
        for number in range(first, max(first, last) + 1):
            t = number * PATH_INTERVAL / 1000
            while index + 1 < len(self.path) and self.path[index + 1].t <= t + TOLERANCE:
                index += 1
            yield self.path[index]._replace(t=t)

    def _picture_at(self, until: float) -> Picture:
        index = bisect_right(self.pictures, until + TOLERANCE, key=lambda entry: entry[0])
        return self.pictures[index - 1][1] if index else DARK

    def _light_at(self, light: str, until: float) -> str:
        colors = [color for _, which, color in _between(self.lights, 0.0, until) if which == light]
        return colors[-1] if colors else as_hex(0)


def rows_of_hex(picture: Picture) -> list[list[str]]:
    """A picture as 8 rows from the top of 8 '#rrggbb'."""
    return [[as_hex(color) for color in picture[row * SIDE : (row + 1) * SIDE]] for row in range(SIDE)]


def _between(entries: Iterable[Any], since: float, until: float) -> Iterable[Any]:
    return (entry for entry in entries if since - TOLERANCE <= entry[0] <= until + TOLERANCE)


def _round(value: float) -> float:
    """Two digits, and no minus zero."""
    return round(value, 2) + 0.0


def _compass(heading: float) -> float:
    return _round(heading) % 360
