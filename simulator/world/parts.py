"""The parts of a world: what can stand, lie, hang or start in it. Only values; nothing here moves.

Lengths are in centimetres, angles in degrees clockwise from +y, the way the ball faces in most worlds; x is to its
right.
"""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "Block", "Box", "Cradle", "Floor", "Lamp", "Ledge", "Line", "Part", "Pin", "Ramp", "Rectangle", "Start", "Wall",
    "Zone",
]  # fmt: skip

Length = Annotated[float, Field(gt=0, le=10_000)]
Place = Annotated[float, Field(ge=-10_000, le=10_000)]
Point = tuple[Place, Place]
Color = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


class Part(BaseModel):
    """Something that a world file may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Rectangle(Part):
    """Something upright, seen from above: its middle, its extent, how far it is turned, how high it is."""

    x: float
    y: float
    width: float
    """Along x before it is turned."""
    depth: float
    """Along y before it is turned."""
    heading: float = 0.0
    height: float = 20.0


class Floor(Part):
    """What the ball rolls on; it goes on beyond its edges, which only say what to draw."""

    width: Length = 800.0
    depth: Length = 800.0
    friction: Annotated[float, Field(gt=0, le=2)] = 0.8
    """How well the shell grips: 0.8 is a hard floor, 0.3 a slippery one."""


class Wall(Part):
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


class _Area(Part):
    """A rectangle on the floor."""

    at: Point
    """Its middle."""
    size: tuple[Length, Length]
    """Width and depth before it is turned."""
    heading: float = 0.0

    def covers(self, x: float, y: float) -> bool:
        """Whether a place lies in it."""
        turn = math.radians(self.heading)
        dx, dy = x - self.at[0], y - self.at[1]
        across = dx * math.cos(turn) - dy * math.sin(turn)
        along = dx * math.sin(turn) + dy * math.cos(turn)
        return abs(across) <= self.size[0] / 2 and abs(along) <= self.size[1] / 2

    def rectangle(self) -> Rectangle:
        (x, y), (width, depth) = self.at, self.size
        height = getattr(self, "height", 0.0)
        return Rectangle(x=x, y=y, width=width, depth=depth, heading=self.heading, height=height)


class Box(_Area):
    """A box that stays where it is."""

    height: Length = 20.0


class Ramp(_Area):
    """A slope: it rises along its heading over its depth, from the floor to its height."""

    height: Length = 5.0


class Ledge(_Area):
    """A platform with sharp edges. A ball that starts above it starts on it."""

    height: Length = 30.0


class Block(_Area):
    """A box that can be pushed."""

    height: Length = 8.0
    mass: Annotated[float, Field(gt=0, le=5000)] = 50.0
    """Grams."""


class Pin(Part):
    """An upright cylinder that can be pushed over."""

    at: Point
    height: Length = 15.0
    radius: Length = 2.5
    mass: Annotated[float, Field(gt=0, le=5000)] = 40.0
    """Grams."""

    def rectangle(self) -> Rectangle:
        side = 2 * self.radius
        return Rectangle(x=self.at[0], y=self.at[1], width=side, depth=side, height=self.height)


class Cradle(Part):
    """An inductive charger that lies flat; a ball within its radius charges."""

    at: Point
    radius: Length = 4.0

    def holds(self, x: float, y: float) -> bool:
        """Whether a ball with its middle there lies in it."""
        return math.dist(self.at, (x, y)) <= self.radius


class Zone(_Area):
    """A coloured part of the floor."""

    color: Color = "#3060c0"
    name: str = ""


class Line(Part):
    """A line on the floor, from point to point."""

    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    width: Length = 2.0
    color: Color = "#000000"


class Lamp(Part):
    """A light that hangs over the floor; its brightness falls with the square of the distance."""

    at: Point
    height: Length = 150.0
    lux: Annotated[float, Field(gt=0, le=100_000)] = 500.0
    """At one metre."""

    def light_at(self, x: float, y: float) -> float:
        """What it adds at a place of the floor, in lux."""
        dx, dy = x - self.at[0], y - self.at[1]
        return self.lux * 10_000 / (dx * dx + dy * dy + self.height * self.height)


class Start(Part):
    """Where a ball is put down, and which way it faces."""

    at: Point = (0.0, 0.0)
    heading: float = 0.0
