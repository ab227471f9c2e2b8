"""Drawing a report: the arena from above with the paths, and the face and the lights beside it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from PIL import Image, ImageDraw

__all__ = ["HEIGHT", "WIDTH", "Show", "draw", "draw_frames"]

ARENA, PANEL, EDGE = 480, 240, 24
"""Pixels: the side of the arena, the width beside it, and the rim that stays free."""

WIDTH, HEIGHT = ARENA + PANEL, ARENA

NARROWEST = 100.0
"""cm that the arena shows at least, so that a short roll looks short."""

PAPER, GRID, INK, WALL, DARK = "#14161c", "#242833", "#c8ccd8", "#8a6d4b", "#1d2029"
TRAILS = ("#50b4ff", "#e0703f", "#4fb05a", "#b05fd0", "#d0b030", "#30b8b8", "#d0507a", "#8a8f98")
"""Of the robot, and of the others in its world."""

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Show:
    """What there is to draw. report: as bolt-report/1.   walls: what stands in its world, seen from above."""

    report: dict[str, Any]
    walls: Sequence[Any] = ()
    paths: list[list[Sequence[float]]] = field(init=False)
    """(t, x, y, heading, speed) of the robot, and of the others."""

    def __post_init__(self) -> None:
        robots = [self.report, *self.report.get("others", {}).values()]
        object.__setattr__(self, "paths", [robot["path"] for robot in robots])

    @property
    def began(self) -> float:
        """The time of the first thing in the report."""
        turns = self.report["turns"]
        return float(turns[0]["t_start"] if turns else self.paths[0][0][0])

    @property
    def seconds(self) -> float:
        """How long it took."""
        turns = self.report["turns"]
        return float(turns[-1]["t_end"] if turns else self.paths[0][-1][0]) - self.began


def draw(show: Show, *, until: float = math.inf) -> Image.Image:
    """Everything as it is at a moment; by default at the end."""
    return _Canvas(show).picture(until)


def draw_frames(show: Show, step: float) -> Iterator[Image.Image]:
    """The pictures of a moving one, so many seconds apart; the last one is the end."""
    canvas = _Canvas(show)
    for number in range(max(1, math.ceil(show.seconds / step))):
        yield canvas.picture(show.began + number * step)
    yield canvas.picture(math.inf)


class _Canvas:
    """The arena with the paths as far as they are drawn; time only goes on."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._view = _View([(x, y) for path in show.paths for _, x, y, *_ in path])
        self._image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        self._pen = ImageDraw.Draw(self._image)
        self._view.grid(self._pen)
        for wall in show.walls:
            self._pen.polygon([self._view.at(corner) for corner in _corners(wall)], fill=WALL)
        self._times = [[point[0] for point in path] for path in show.paths]
        self._drawn = [0] * len(show.paths)
        for path in show.paths:
            _mark(self._pen, self._view.at((path[0][1], path[0][2])))

    def picture(self, until: float) -> Image.Image:
        ends = [max(0, bisect_right(times, until) - 1) for times in self._times]
        for number, end in enumerate(ends):
            self._go_on(number, end)
        image = self._image.copy()
        pen = ImageDraw.Draw(image)
        for path, end in zip(self._show.paths, ends, strict=True):
            _, x, y, heading, *_ = path[end]
            _ball(pen, self._view.at((x, y)), math.radians(heading))
        self._panel(pen, until)
        return image

    def _go_on(self, number: int, end: int) -> None:
        """Draw the next piece of a path."""
        piece = self._show.paths[number][self._drawn[number] : end + 1]
        self._drawn[number] = end
        trail = [self._view.at((x, y)) for _, x, y, *_ in piece]
        if len(trail) > 1:
            self._pen.line(trail, fill=TRAILS[number % len(TRAILS)], width=3, joint="curve")

    def _panel(self, pen: ImageDraw.ImageDraw, until: float) -> None:
        report, show = self._show.report, self._show
        pen.rectangle((ARENA, 0, WIDTH, HEIGHT), fill=PAPER)
        _face(pen, _at(report["matrix_log"], until) or ["#000000"] * 64)
        for row, which in enumerate(("front", "back")):
            log = [[time, color] for time, light, color in report["led_log"] if light == which]
            _light(pen, which, _at(log, until) or "#000000", row)
        lasted = max(0.0, min(until - show.began, show.seconds))
        pen.text((ARENA + EDGE, ARENA - 3 * EDGE), f"{lasted:.1f} s", fill=INK, font_size=16)
        pen.text((ARENA + EDGE, ARENA - 2 * EDGE), f"one square is {self._view.square:.0f} cm", fill=INK, font_size=12)


class _View:
    """Where a place on the floor is in the picture; up is forward."""

    def __init__(self, path: Sequence[Point]) -> None:
        xs, ys = [x for x, _ in path], [y for _, y in path]
        self._span = max(NARROWEST, 1.1 * (max(xs) - min(xs)), 1.1 * (max(ys) - min(ys)))
        self._center = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
        self._scale = (ARENA - 2 * EDGE) / self._span
        self.square = 10.0 ** math.floor(math.log10(self._span / 2))

    def at(self, place: Point) -> Point:
        x, y = place
        return (
            ARENA / 2 + (x - self._center[0]) * self._scale,
            ARENA / 2 - (y - self._center[1]) * self._scale,
        )

    def grid(self, pen: ImageDraw.ImageDraw) -> None:
        half = self._span / 2 + EDGE / self._scale
        for axis in (0, 1):
            first = math.ceil((self._center[axis] - half) / self.square)
            for number in range(first, first + math.ceil(2 * half / self.square) + 1):
                where = self.at((number * self.square, number * self.square))
                ends = (where[0], 0, where[0], ARENA) if axis == 0 else (0, where[1], ARENA, where[1])
                pen.line(ends, fill=GRID)


def _corners(wall: Any) -> list[Point]:
    angle = math.radians(wall.heading)
    halves = [(sx * wall.width / 2, sy * wall.depth / 2) for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return [
        (wall.x + dx * math.cos(angle) + dy * math.sin(angle), wall.y - dx * math.sin(angle) + dy * math.cos(angle))
        for dx, dy in halves
    ]


def _mark(pen: ImageDraw.ImageDraw, at: Point) -> None:
    pen.ellipse((at[0] - 4, at[1] - 4, at[0] + 4, at[1] + 4), outline=INK, width=2)


def _ball(pen: ImageDraw.ImageDraw, at: Point, heading: float) -> None:
    pen.ellipse((at[0] - 9, at[1] - 9, at[0] + 9, at[1] + 9), fill=INK)
    pen.line((at, (at[0] + 16 * math.sin(heading), at[1] - 16 * math.cos(heading))), fill=INK, width=3)


def _face(pen: ImageDraw.ImageDraw, colors: Sequence[str]) -> None:
    cell = (PANEL - 2 * EDGE) / 8
    for number, color in enumerate(colors):
        left, top = ARENA + EDGE + (number % 8) * cell, EDGE + (number // 8) * cell
        pen.ellipse((left + 1, top + 1, left + cell - 2, top + cell - 2), fill=color if color != "#000000" else DARK)


def _light(pen: ImageDraw.ImageDraw, which: str, color: str, row: int) -> None:
    top = PANEL + row * EDGE
    pen.ellipse((ARENA + EDGE, top, ARENA + EDGE + 14, top + 14), fill=color if color != "#000000" else DARK)
    pen.text((ARENA + 2 * EDGE, top), which, fill=INK, font_size=12)


def _at(log: Sequence[Sequence[Any]], moment: float) -> Any:
    """The newest entry of a log at a moment."""
    index = bisect_right(log, moment, key=lambda entry: entry[0])
    return log[index - 1][1] if index else None
