"""The arena from above, in braille dots: walls, the trail, and the ball with its heading."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from rich.text import Text

__all__ = ["Rect", "draw_arena"]

Rect: TypeAlias = tuple[float, float, float, float]
"""x_min, y_min, x_max, y_max in cm."""
Point: TypeAlias = tuple[float, float]

WALL, START, TRAIL, BALL = "#8a6d4b", "#5a5a66", "#3f8fb0", "bold #ffffff"
MARGIN = 15.0
"""cm kept free around the trail and the ball."""
SMALLEST = 100.0
"""Half of the smallest field, cm: 2 x 2 m."""
ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""The field grows in these steps, and ten times them: a picture that zoomed all the time would swim."""
MOST_POINTS = 800
"""A longer trail is thinned out, which keeps a frame under 3 ms."""
FARTHEST = 1e7
BAR_LENGTHS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

_BALL = ((0, -1), (-1, 0), (0, 0), (1, 0), (0, 1))
_NOSE = range(2, 6)
"""The heading: dots at these distances from the ball's middle."""

_BITS = ((0x00, 0x01, 0x08, 0x09), (0x00, 0x02, 0x10, 0x12), (0x00, 0x04, 0x20, 0x24), (0x00, 0x40, 0x80, 0xC0))
"""For each of the 4 rows of a braille character: what its 2 dots, left one in the low bit, add to the code point."""


def draw_arena(
    trail: Sequence[Point], pose: tuple[float, float, float], walls: Sequence[Rect], *, width: int, height: int
) -> Text:
    """The arena in that many columns and lines, the last of which is the scale.

    The view follows by itself: at least 2 x 2 m, and always the whole trail and the ball.
    """
    if width < 1 or height < 1:
        return Text()
    lines = max(1, height - 1)
    trail = trail[:: len(trail) // MOST_POINTS + 1]
    x, y, heading = pose
    view = _fit([*trail, (x, y)], width * 2, lines * 4)
    wall, start, path, ball = (_Dots(width, lines) for _ in range(4))
    for x_min, y_min, x_max, y_max in walls:
        wall.fill(*view.dot(x_min, y_max), *view.dot(x_max, y_min))
    start.stamp(*view.dot(0, 0), _BALL)
    path.path(view.dot(*point) for point in trail)
    column, row = view.dot(x, y)
    turn = math.radians(heading)
    nose = [(round(math.sin(turn) * step), round(-math.cos(turn) * step)) for step in _NOSE]
    ball.stamp(column, row, [*_BALL, *nose])
    layers = [(ball, BALL), (path, TRAIL), (wall, WALL), (start, START)]
    rows = [_draw_line(layers, line) for line in range(lines)]
    if height > 1:
        rows.append(_scale(view, width))
    return Text("\n", no_wrap=True).join(rows)


@dataclass(frozen=True, slots=True)
class _View:
    """Which part of the arena is seen: what lies in the middle, and how many cm a dot is."""

    x: float
    y: float
    cm: float
    columns: int
    rows: int

    def dot(self, x: float, y: float) -> tuple[int, int]:
        """The dot at a place: column from the left, row from the top. It may lie outside."""
        return (
            math.floor((x - self.x) / self.cm + self.columns / 2),
            math.floor((self.y - y) / self.cm + self.rows / 2),
        )


def _fit(points: Sequence[Point], columns: int, rows: int) -> _View:
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    left, right, near, far = min(xs), max(xs), min(ys), max(ys)
    # Around the start as long as that is enough; after that around what there is, moving in steps, not with the ball.
    x = y = 0.0
    reach = SMALLEST - MARGIN
    if max(-left, right, -near, far) > reach:
        x, y = (round((low + high) / 2 / 25) * 25.0 for low, high in ((left, right), (near, far)))
    half_x = max(SMALLEST, _step_up(max(right - x, x - left) + MARGIN))
    half_y = max(SMALLEST, _step_up(max(far - y, y - near) + MARGIN))
    return _View(x, y, max(2 * half_x / columns, 2 * half_y / rows), columns, rows)


def _step_up(length: float) -> float:
    power = SMALLEST
    while length > power * ZOOMS[-1] and power < FARTHEST:
        power *= 10
    return next((power * zoom for zoom in ZOOMS if power * zoom >= length), power * 10)


class _Dots:
    """A canvas of braille dots; each row of dots is one whole number, its leftmost dot the lowest bit."""

    def __init__(self, width: int, lines: int) -> None:
        self.columns = width * 2
        self.rows = [0] * (lines * 4)

    def set(self, column: int, row: int) -> None:
        if 0 <= column < self.columns and 0 <= row < len(self.rows):
            self.rows[row] |= 1 << column

    def stamp(self, column: int, row: int, dots: Iterable[tuple[int, int]]) -> None:
        for right, down in dots:
            self.set(column + right, row + down)

    def fill(self, left: int, top: int, right: int, bottom: int) -> None:
        left, right = max(left, 0), min(right, self.columns - 1)
        if left > right:
            return
        mask = (1 << (right + 1)) - (1 << left)
        for row in range(max(top, 0), min(bottom, len(self.rows) - 1) + 1):
            self.rows[row] |= mask

    def path(self, dots: Iterable[tuple[int, int]]) -> None:
        """Dots joined by straight lines."""
        last: tuple[int, int] | None = None
        for dot in dots:
            if dot == last:
                continue
            column, row = last or dot
            right, down = dot[0] - column, dot[1] - row
            steps = max(abs(right), abs(down), 1)
            for step in range(1, steps + 1):
                self.set(column + round(right * step / steps), row + round(down * step / steps))
            last = dot


def _draw_line(layers: Sequence[tuple[_Dots, str]], line: int) -> Text:
    """One line of characters. A character has one colour: that of the uppermost layer with a dot in it."""
    width = layers[0][0].columns // 2
    codes, styles = [0] * width, [""] * width
    for dots, style in reversed(layers):
        first, second, third, fourth = dots.rows[line * 4 : line * 4 + 4]
        left = first | second | third | fourth
        while left:  # visits only the characters that have dots
            cell = ((left & -left).bit_length() - 1) // 2
            shift = cell * 2
            codes[cell] |= (
                _BITS[0][first >> shift & 3]
                | _BITS[1][second >> shift & 3]
                | _BITS[2][third >> shift & 3]
                | _BITS[3][fourth >> shift & 3]
            )
            styles[cell] = style
            left &= ~(3 << shift)
    text = Text()
    for style, cells in groupby(range(width), styles.__getitem__):
        text.append("".join(chr(0x2800 + codes[cell]) if codes[cell] else " " for cell in cells), style or None)
    return text


def _scale(view: _View, width: int) -> Text:
    """A bar of a round length, with that length beside it."""
    cm_per_column = view.cm * 2
    length = max((size for size in BAR_LENGTHS if size / cm_per_column <= width / 3), default=BAR_LENGTHS[0])
    columns = max(2, round(length / cm_per_column))
    label = f"{length} cm" if length < 100 else f"{length // 100} m"
    bar = f"├{'─' * (columns - 2)}┤ {label}"
    return Text(bar[:width].rjust(width), style="bright_black", no_wrap=True)
