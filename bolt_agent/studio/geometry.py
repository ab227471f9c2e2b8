"""A world as pages draw it: what stands in it and what lies on its floor, from the world's file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

from bolt_agent.robot.limits import Fence as Limit
from bolt_agent.studio.protocol import Fence, FloorLine, Point, Shape, World, WorldName, Zone
from simulator import Pose, WorldSpec, list_worlds, load_world
from simulator.world.spec import Rectangle

__all__ = ["describe_world", "fence_from", "placed", "worlds"]


def describe_world(name: str, spec: WorldSpec) -> World:
    """The world for a page."""
    return World(
        name=name,
        about=spec.about,
        width=spec.floor.width,
        depth=spec.floor.depth,
        shapes=list(_fixed(spec)),
        loose=[
            *(_shape("block", block.rectangle()) for block in spec.blocks),
            *(_shape("pin", pin.rectangle()) for pin in spec.pins),
        ],
        zones=[
            Zone(**zone.rectangle().model_dump(exclude={"height"}), color=zone.color.lower(), name=zone.name)
            for zone in spec.zones
        ],
        lines=[FloorLine(points=list(line.points), width=line.width, color=line.color.lower()) for line in spec.lines],
    )


@cache
def worlds() -> tuple[WorldName, ...]:
    """The worlds that are shipped; the first time they are read."""
    specs = ((name, load_world(name)) for name in list_worlds())
    return tuple(WorldName(name=name, about=spec.about, balls=len(spec.balls)) for name, spec in specs)


def placed(x: float, y: float, start: Pose) -> Point:
    """A place that a robot knows from its start, in the world's axes.

    >>> placed(0, 100, Pose(10, 0, 90))
    (110.0, 0.0)
    """
    turn = math.radians(start.heading)
    return (
        round(start.x + x * math.cos(turn) + y * math.sin(turn), 1),
        round(start.y - x * math.sin(turn) + y * math.cos(turn), 1),
    )


def fence_from(limit: Limit | None, start: Pose) -> Fence | None:
    """The fence of a robot, in the world's axes."""
    if limit is None:
        return None
    corners = None if limit.corners is None else [placed(x, y, start) for x, y in limit.corners]
    return Fence(x=start.x, y=start.y, radius=limit.radius, corners=corners)


def _fixed(spec: WorldSpec) -> Iterator[Shape]:
    for kind in ("wall", "box", "ramp"):
        for part in getattr(spec, kind + ("es" if kind == "box" else "s")):
            yield _shape(kind, part.rectangle())
    for ledge in spec.ledges:
        yield _shape("ledge", ledge.rectangle())
    for cradle in spec.cradles:
        (x, y), side = cradle.at, 2 * cradle.radius
        yield Shape(kind="cradle", x=x, y=y, width=side, depth=side)


def _shape(kind: str, seen: Rectangle) -> Shape:
    return Shape.model_validate({"kind": kind, **seen.model_dump()})
