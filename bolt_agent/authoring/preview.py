"""Drawing what a rehearsed function would make the robot do: a picture, or one that moves."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from bolt_agent.authoring.rehearsal import Rehearsal

__all__ = ["SUFFIXES", "draw", "draw_frames", "save_preview"]

SUFFIXES = (".gif", ".png")

ARENA, PANEL, EDGE = 480, 240, 24
"""Pixels: the side of the arena, the width beside it, and the rim that stays free."""

FRAMES_A_SECOND, MOST_FRAMES = 10, 400
"""Of a moving picture; a longer performance is shown with longer steps."""

NARROWEST = 100.0
"""cm that the arena shows at least, so that a short roll looks short."""

PAPER, GRID, INK, TRAIL, WALL, DARK = "#14161c", "#242833", "#c8ccd8", "#50b4ff", "#8a6d4b", "#1d2029"

Point = tuple[float, float]


def save_preview(rehearsal: Rehearsal, file: Path) -> None:
    """Draw into a file, which its name says to be a .png or a .gif. Raises ValueError, OSError."""
    if file.suffix.lower() == ".png":
        draw(rehearsal).save(file)
    elif file.suffix.lower() == ".gif":
        drawn, step = draw_frames(rehearsal)
        frames = [frame.quantize(128, Image.Quantize.FASTOCTREE) for frame in drawn]  # Pillow's own choice takes 5 x
        frames[0].save(file, save_all=True, append_images=frames[1:], duration=round(1000 * step), loop=0)
    else:
        raise ValueError(f"a preview is a {' or '.join(SUFFIXES)} file, not {file.name!r}")


def draw(rehearsal: Rehearsal, *, until: float = math.inf) -> Image.Image:
    """The path and the face as they are at a moment; by default at the end."""
    report = rehearsal.report
    image = Image.new("RGB", (ARENA + PANEL, ARENA), PAPER)
    pen = ImageDraw.Draw(image)
    view = _View([(x, y) for _, x, y, *_ in report["path"]])
    view.grid(pen)
    for wall in rehearsal.walls:
        pen.polygon([view.at(corner) for corner in _corners(wall)], fill=WALL)
    pen.rectangle((ARENA, 0, ARENA + PANEL, ARENA), fill=PAPER)
    path = [point for point in report["path"] if point[0] <= until] or report["path"][:1]
    trail = [view.at((x, y)) for _, x, y, *_ in path]
    if len(trail) > 1:
        pen.line(trail, fill=TRAIL, width=3, joint="curve")
    _mark(pen, view.at((report["path"][0][1], report["path"][0][2])))
    _ball(pen, trail[-1], math.radians(path[-1][3]))
    _face(pen, _at(report["matrix_log"], until) or ["#000000"] * 64)
    for row, which in enumerate(("front", "back")):
        color = _at([[time, color] for time, light, color in report["led_log"] if light == which], until) or "#000000"
        _light(pen, which, color, row)
    lasted = min(until, path[-1][0] if until < math.inf else rehearsal.began + rehearsal.seconds) - rehearsal.began
    pen.text((ARENA + EDGE, ARENA - 3 * EDGE), f"{max(0.0, lasted):.1f} s", fill=INK, font_size=16)
    pen.text((ARENA + EDGE, ARENA - 2 * EDGE), f"one square is {view.square:.0f} cm", fill=INK, font_size=12)
    return image


def draw_frames(rehearsal: Rehearsal) -> tuple[list[Image.Image], float]:
    """The pictures of a moving one, and how many seconds each stands."""
    count = max(1, min(MOST_FRAMES, math.ceil(rehearsal.seconds * FRAMES_A_SECOND)))
    step = max(1 / FRAMES_A_SECOND, rehearsal.seconds / count)
    moments = [rehearsal.began + number * step for number in range(count)]
    return [draw(rehearsal, until=moment) for moment in moments] + [draw(rehearsal)], step


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
