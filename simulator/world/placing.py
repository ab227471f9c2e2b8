"""Room for more balls than a world has starts: beside the first one, where nothing stands."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulator.world.spec import Rectangle, Start, WorldSpec

__all__ = ["with_balls"]

STEP = 30.0
"""cm between the middles of balls."""
CLEARANCE = 8.0
"""cm between the middle of a ball and the nearest thing: its radius, and as much again."""
COLUMNS, ROWS = 3, 40
"""To each side, and behind and before."""


def with_balls(world: WorldSpec, count: int) -> WorldSpec:
    """The same world with that many balls. Raises ValueError where they do not fit."""
    starts = list(world.balls[:count])
    places = _places(world)
    while len(starts) < count:
        place = next(places, None)
        if place is None:
            raise ValueError(f"only {len(starts)} balls fit into this world")
        if all(math.dist(place, start.at) >= STEP - 1 for start in starts):
            starts.append(Start(at=place, heading=world.balls[0].heading))
    return world.model_copy(update={"balls": tuple(starts)})


def _places(world: WorldSpec) -> Iterator[tuple[float, float]]:
    """Free places around the first start: to its sides, then behind it, and only then before it, in its way."""
    x0, y0 = world.balls[0].at
    base = world.ground_at(x0, y0)
    rows = [*range(ROWS), *range(-1, -ROWS, -1)]
    for row, column in ((row, column) for row in rows for column in _out_from_zero(COLUMNS)):
        x, y = x0 + column * STEP, y0 - row * STEP
        inside = abs(x) < world.floor.width / 2 - CLEARANCE and abs(y) < world.floor.depth / 2 - CLEARANCE
        if inside and world.ground_at(x, y) == base and not any(_near(x, y, part) for part in world.obstacles()):
            yield x, y


def _out_from_zero(most: int) -> Iterator[int]:
    """0, 1, -1, 2, -2 and so on."""
    yield 0
    for number in range(1, most + 1):
        yield from (number, -number)


def _near(x: float, y: float, part: Rectangle) -> bool:
    turn = math.radians(part.heading)
    dx, dy = x - part.x, y - part.y
    across = dx * math.cos(turn) - dy * math.sin(turn)
    along = dx * math.sin(turn) + dy * math.cos(turn)
    beside = max(0.0, abs(across) - part.width / 2), max(0.0, abs(along) - part.depth / 2)
    return math.hypot(*beside) < CLEARANCE
