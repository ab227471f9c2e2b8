"""The virtual Sphero BOLT: emulated firmware that speaks API v2 packets, over a ball in a physics world.

Synchronous and deterministic: no threads, no wall clock. Importing it imports no physics engine; making a
`VirtualBolt` does.
"""

from simulator.bolt import VirtualBolt
from simulator.record import Pose, Record, TrailPoint
from simulator.world import (
    WORLD_NAMES,
    BadWorld,
    Rectangle,
    UnknownWorld,
    WorldError,
    WorldSpec,
    list_worlds,
    load_world,
)

__all__ = [
    "WORLD_NAMES",
    "BadWorld",
    "Pose",
    "Record",
    "Rectangle",
    "TrailPoint",
    "UnknownWorld",
    "VirtualBolt",
    "WorldError",
    "WorldSpec",
    "list_worlds",
    "load_world",
]
