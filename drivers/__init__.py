"""The driver of a Sphero BOLT and the links it can use. One driver, several links; knows nothing of moves or MOSS."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.bolt import BoltDriver
    from drivers.link import Link
    from drivers.memory import MemoryLink

__all__ = ["BoltDriver", "Link", "MemoryLink"]

_HOMES = {"BoltDriver": "drivers.bolt", "Link": "drivers.link", "MemoryLink": "drivers.memory"}


def __getattr__(name: str) -> Any:
    """Load what is used, when it is used: a worker that needs the error classes need not load the packet codec."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'drivers' has no attribute {name!r}")
