"""Pictures of 8x8 colours, and the few ways to make one from another. A picture is a value; nothing here moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simulator.firmware.font import HEIGHT, WIDTH, glyph

__all__ = [
    "DARK",
    "SIDE",
    "Picture",
    "blend",
    "columns",
    "draw",
    "filled",
    "from_planes",
    "letter",
    "line",
    "rectangle",
    "ribbon",
    "rotated",
]

SIDE = 8
Picture = tuple[int, ...]
"""64 colours 0xRRGGBB, row by row from the top left, the robot's forward up."""
DARK: Picture = (0,) * SIDE * SIDE
PLANES = 4
"""A stored frame has a palette index of 4 bits for each point, one bit in each plane."""

Point = tuple[int, int]
"""x from the left, y from the bottom, as the commands count."""


def filled(color: int) -> Picture:
    """One colour everywhere."""
    return (color,) * SIDE * SIDE


def draw(picture: Picture, points: Iterable[Point], color: int) -> Picture:
    """The picture with some points in a colour."""
    dots = list(picture)
    for x, y in points:
        dots[(SIDE - 1 - y) * SIDE + x] = color
    return tuple(dots)


def rectangle(x1: int, y1: int, x2: int, y2: int) -> Iterator[Point]:
    """The points of a filled rectangle between two corners."""
    for y in range(min(y1, y2), max(y1, y2) + 1):
        for x in range(min(x1, x2), max(x1, x2) + 1):
            yield x, y


def line(x1: int, y1: int, x2: int, y2: int) -> Iterator[Point]:
    """The points of a straight line, ends included.

    >>> list(line(0, 0, 3, 1))
    [(0, 0), (1, 0), (2, 1), (3, 1)]
    """
    steps = max(abs(x2 - x1), abs(y2 - y1))
    if not steps:
        yield x1, y1
        return
    for step in range(steps + 1):
        # rounded half up in whole numbers
        yield (
            x1 + (2 * step * (x2 - x1) + steps) // (2 * steps),
            y1 + (2 * step * (y2 - y1) + steps) // (2 * steps),
        )


def from_planes(frame: bytes, palette: Sequence[int]) -> Picture:
    """A stored frame: byte `plane * 8 + y` holds row y from the bottom, the left point in its highest bit."""
    dots = []
    for y in reversed(range(SIDE)):
        for x in range(SIDE):
            index = 0
            for plane in range(PLANES):
                index |= (frame[plane * SIDE + y] >> (SIDE - 1 - x) & 1) << plane
            dots.append(palette[index] if index < len(palette) else 0)
    return tuple(dots)


def letter(character: str, color: int) -> Picture:
    """One letter in the middle."""
    left = (SIDE - WIDTH) // 2
    return columns(_columns(character), -left, color)


def columns(dots: Sequence[Sequence[bool]], first: int, color: int) -> Picture:
    """Eight columns of a ribbon of letters, from column `first` on; beyond its ends it is dark."""
    picture = list(DARK)
    for x in range(SIDE):
        if 0 <= first + x < len(dots):
            for row, dot in enumerate(dots[first + x]):
                if dot:
                    picture[row * SIDE + x] = color
    return tuple(picture)


def ribbon(text: str) -> tuple[tuple[bool, ...], ...]:
    """A text as columns of dots, with a dark one between letters."""
    gap = ((False,) * HEIGHT,)
    dots: tuple[tuple[bool, ...], ...] = ()
    for character in text:
        dots += (gap if dots else ()) + _columns(character)
    return dots


def blend(one: Picture, other: Picture, part: int, whole: int) -> Picture:
    """The first picture part/whole of the way to the other."""
    if not part or one == other:
        return one
    return tuple(_mix(a, b, part, whole) for a, b in zip(one, other, strict=True))


def rotated(picture: Picture, quarters: int) -> Picture:
    """The picture turned clockwise by quarter turns."""
    for _ in range(quarters % 4):
        picture = tuple(picture[(SIDE - 1 - x) * SIDE + y] for y in range(SIDE) for x in range(SIDE))
    return picture


def _columns(character: str) -> tuple[tuple[bool, ...], ...]:
    return tuple(zip(*glyph(character), strict=True))


def _mix(one: int, other: int, part: int, whole: int) -> int:
    color = 0
    for shift in (16, 8, 0):
        a, b = one >> shift & 0xFF, other >> shift & 0xFF
        color |= ((a * (whole - part) + b * part) // whole) << shift
    return color
