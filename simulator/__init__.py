"""The virtual Sphero BOLT: emulated firmware that speaks API v2 packets, over a ball in a physics world.

Synchronous and deterministic: no threads, no wall clock. Importing it imports no physics engine; making a
`VirtualBolt` does.
"""

from simulator.bolt import VirtualBolt
from simulator.firmware.quirks import Quirks
from simulator.firmware.settings import Settings
from simulator.record import Pose, Record, TrailPoint
from simulator.virtual_world import VirtualWorld
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
    "Quirks",
    "Record",
    "Rectangle",
    "Settings",
    "TrailPoint",
    "UnknownWorld",
    "VirtualBolt",
    "VirtualWorld",
    "WorldError",
    "WorldSpec",
    "list_worlds",
    "load_world",
]
