"""What can be wrong with a world.

* WorldError
  + UnknownWorld (LookupError)   no world of that name, and no such file
  + BadWorld (ValueError)        the file is there, but says something that makes no world
"""

from __future__ import annotations

__all__ = ["BadWorld", "UnknownWorld", "WorldError"]


class WorldError(Exception):
    """Something is wrong with a world."""


class UnknownWorld(WorldError, LookupError):
    """There is no world of that name; the message lists those there are."""


class BadWorld(WorldError, ValueError):
    """A world file cannot be used; the message says where and what to do."""
