"""Worlds: what their files say, and the physics of a ball in them. Importing this imports no physics engine."""

from simulator.world.errors import BadWorld, UnknownWorld, WorldError
from simulator.world.files import WORLD_NAMES, list_worlds, load_world
from simulator.world.parts import Box, Floor, Rectangle, Start, Wall
from simulator.world.spec import WorldSpec

__all__ = [
    "WORLD_NAMES",
    "BadWorld",
    "Box",
    "Floor",
    "Rectangle",
    "Start",
    "UnknownWorld",
    "Wall",
    "WorldError",
    "WorldSpec",
    "list_worlds",
    "load_world",
]
