"""The shapes a ball can roll: corners for polygons and outlines, curves for what is round. Data and geometry only."""

from __future__ import annotations

import math
from typing import NamedTuple

__all__ = ["CURVES", "Stretch", "is_shape", "outline"]

CORNERS = {"triangle": 3, "square": 4, "pentagon": 5, "hexagon": 6, "heptagon": 7, "octagon": 8}

ROUND_TRIP = 120.0
"""cm around a polygon of the usual size: a square of 30 cm."""

OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "heart": ((0, 0), (-5, 6), (-5, 8.5), (-3, 10), (-1, 9.5), (0, 8), (1, 9.5), (3, 10), (5, 8.5), (5, 6)),
}
"""Corners (x to the right, y forward) of other closed shapes, on a grid ten wide."""

OUTLINE_SIZE = 50.0
"""cm across a shape from OUTLINES."""

USUAL_SIZES = {"rectangle": 50.0, "star": 45.0, "diamond": 30.0, "zigzag": 25.0, "circle": 50.0, "eight": 40.0,
               "spiral": 60.0}  # fmt: skip
"""cm: the long side, the side, the leg, the diameter."""

CURVES = frozenset({"circle", "eight", "spiral"})
ZIGZAG_LEGS = 6


class Stretch(NamedTuple):
    """A straight part of an outline: degrees clockwise from forward, and cm."""

    heading: int
    cm: int


def is_shape(name: str) -> bool:
    """Whether the ball can roll it."""
    return name in CORNERS or name in OUTLINES or name in USUAL_SIZES


def usual_size(name: str) -> float:
    """cm of a side, or across, when nothing is said."""
    if name in CORNERS:
        return ROUND_TRIP / CORNERS[name]
    return USUAL_SIZES.get(name, OUTLINE_SIZE)


def outline(name: str, size: float, width: float | None = None, *, clockwise: bool = True) -> list[Stretch]:
    """The straight parts of a shape, corner to corner."""
    if name == "zigzag":
        legs = [Stretch(45 if leg % 2 == 0 else 315, round(size)) for leg in range(ZIGZAG_LEGS)]
    elif name == "rectangle":
        sides = (round(size), round(size / 2 if width is None else width))
        legs = [Stretch(90 * corner, sides[corner % 2]) for corner in range(4)]
    elif name == "star":
        legs = [Stretch((18 + 144 * corner) % 360, round(size)) for corner in range(5)]
    elif name == "diamond":
        legs = [Stretch(45 + 90 * corner, round(size)) for corner in range(4)]
    elif name in CORNERS:
        corners = CORNERS[name]
        legs = [Stretch(round(360 * corner / corners), round(size)) for corner in range(corners)]
    else:
        legs = _around(OUTLINES[name], size / 10)
    return legs if clockwise else [Stretch(-leg.heading % 360, leg.cm) for leg in legs]


def _around(corners: tuple[tuple[float, float], ...], scale: float) -> list[Stretch]:
    legs = []
    for (x, y), (to_x, to_y) in zip(corners, (*corners[1:], corners[0]), strict=True):
        heading = math.degrees(math.atan2(to_x - x, to_y - y)) % 360
        legs.append(Stretch(round(heading), max(1, round(scale * math.hypot(to_x - x, to_y - y)))))
    return legs
