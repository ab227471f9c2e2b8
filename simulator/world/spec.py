"""What a world file may say: the world as a whole. Its parts are in `parts`. Only values; nothing here moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from simulator.world.parts import (
    Block,
    Box,
    Cradle,
    Floor,
    Lamp,
    Ledge,
    Line,
    Part,
    Pin,
    Ramp,
    Rectangle,
    Start,
    Wall,
    Zone,
)

__all__ = [
    "Block", "Box", "Cradle", "Floor", "Lamp", "Ledge", "Line", "Pin", "Ramp", "Rectangle", "Start", "Wall",
    "WorldSpec", "Zone",
]  # fmt: skip


class WorldSpec(Part):
    """A world, as its file says.

    >>> WorldSpec(boxes=[Box(at=(50, 0), size=(10, 10))]).rectangles()[0].x
    50.0
    """

    about: str = ""
    """One sentence for people who choose a world."""
    floor: Floor = Floor()
    walls: tuple[Wall, ...] = ()
    boxes: tuple[Box, ...] = ()
    ramps: tuple[Ramp, ...] = ()
    ledges: tuple[Ledge, ...] = ()
    blocks: tuple[Block, ...] = ()
    pins: tuple[Pin, ...] = ()
    cradles: tuple[Cradle, ...] = ()
    zones: tuple[Zone, ...] = ()
    lines: tuple[Line, ...] = ()
    lamps: tuple[Lamp, ...] = ()
    balls: Annotated[tuple[Start, ...], Field(min_length=1)] = (Start(),)
    light: Annotated[float, Field(ge=0, le=120_000)] = 300.0
    """Brightness in lux, without the lamps; 300 is a lit room."""
    north: float = 0.0
    """The heading of magnetic north."""

    def rectangles(self) -> tuple[Rectangle, ...]:
        """Everything upright that stays where it is, seen from above: for viewers."""
        return tuple(self._rectangles())

    def obstacles(self) -> tuple[Rectangle, ...]:
        """All that a ball could bump into, or roll up, where it is at the start."""
        areas = [area.rectangle() for area in (*self.blocks, *self.ramps)]
        return (*self._rectangles(), *areas, *(pin.rectangle() for pin in self.pins))

    def ground_at(self, x: float, y: float) -> float:
        """How high (cm) the ground is there: the top of a ledge, or 0."""
        return max((ledge.height for ledge in self.ledges if ledge.covers(x, y)), default=0.0)

    def cradle_at(self, x: float, y: float) -> Cradle | None:
        """The cradle that a ball with its middle there lies in."""
        return next((cradle for cradle in self.cradles if cradle.holds(x, y)), None)

    def zone_at(self, x: float, y: float) -> Zone | None:
        """The coloured zone there; the one that is named last in the file lies on top."""
        return next((zone for zone in reversed(self.zones) if zone.covers(x, y)), None)

    def light_at(self, x: float, y: float) -> float:
        """Brightness there in lux."""
        light = self.light
        for lamp in self.lamps:
            light += lamp.light_at(x, y)
        return light

    def _rectangles(self) -> Iterator[Rectangle]:
        for wall in self.walls:
            yield wall.rectangle()
        for box in self.boxes:
            yield box.rectangle()
