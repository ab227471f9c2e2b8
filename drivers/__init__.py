"""The driver of a Sphero BOLT and the links it can use. One driver, several links; knows nothing of moves or MOSS."""

from drivers.bolt import BoltDriver
from drivers.link import Link
from drivers.memory import MemoryLink

__all__ = ["BoltDriver", "Link", "MemoryLink"]
