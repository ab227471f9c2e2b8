"""What a world file may say: floor, walls, boxes, where the ball starts. Only values; nothing here moves.

Lengths are in centimetres, angles in degrees clockwise from +y, the way the ball faces in most worlds; x is to its
right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["Box", "Floor", "Rectangle", "Start", "Wall", "WorldSpec"]

Length = Annotated[float, Field(gt=0, le=10_000)]
Place = Annotated[float, Field(ge=-10_000, le=10_000)]
Point = tuple[Place, Place]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rectangle(_Part):
    """Something upright, seen from above: its middle, its extent, how far it is turned, how high it is."""

    x: float
    y: float
    width: float
    """Along x before it is turned."""
    depth: float
    """Along y before it is turned."""
    heading: float = 0.0
    height: float = 20.0


class Floor(_Part):
    """What the ball rolls on; it goes on beyond its edges, which only say what to draw."""

    width: Length = 800.0
    depth: Length = 800.0
    friction: Annotated[float, Field(gt=0, le=2)] = 0.8
    """How well the shell grips: 0.8 is a hard floor, 0.3 a slippery one."""


class Wall(_Part):
    """A straight wall between two points along its middle."""

    start: Point = Field(alias="from")
    end: Point = Field(alias="to")
    thickness: Length = 4.0
    height: Length = 20.0

    @model_validator(mode="after")
    def _has_length(self) -> Wall:
        if self.start == self.end:
            raise ValueError("a wall needs two different ends")
        return self

    def rectangle(self) -> Rectangle:
        (x1, y1), (x2, y2) = self.start, self.end
        return Rectangle(
            x=(x1 + x2) / 2,
            y=(y1 + y2) / 2,
            width=math.dist(self.start, self.end),
            depth=self.thickness,
            heading=-math.degrees(math.atan2(y2 - y1, x2 - x1)),
            height=self.height,
        )


class Box(_Part):
    """A box that stays where it is."""

    at: Point
    size: tuple[Length, Length]
    """Width and depth before it is turned."""
    heading: float = 0.0
    height: Length = 20.0

    def rectangle(self) -> Rectangle:
        (x, y), (width, depth) = self.at, self.size
        return Rectangle(x=x, y=y, width=width, depth=depth, heading=self.heading, height=self.height)


class Start(_Part):
    """Where a ball is put down, and which way it faces."""

    at: Point = (0.0, 0.0)
    heading: float = 0.0


class WorldSpec(_Part):
    """A world, as its file says.

    >>> WorldSpec(boxes=[Box(at=(50, 0), size=(10, 10))]).rectangles()[0].x
    50.0
    """

    about: str = ""
    """One sentence for people who choose a world."""
    floor: Floor = Floor()
    walls: tuple[Wall, ...] = ()
    boxes: tuple[Box, ...] = ()
    balls: Annotated[tuple[Start, ...], Field(min_length=1)] = (Start(),)
    light: Annotated[float, Field(ge=0, le=120_000)] = 300.0
    """Brightness in lux; 300 is a lit room."""
    north: float = 0.0
    """The heading of magnetic north."""

    def rectangles(self) -> tuple[Rectangle, ...]:
        """Everything upright, seen from above: for viewers and for the physics alike."""
        return tuple(self._rectangles())

    def _rectangles(self) -> Iterator[Rectangle]:
        for wall in self.walls:
            yield wall.rectangle()
        for box in self.boxes:
            yield box.rectangle()
