"""The driver of a Sphero BOLT and the links it can use. One driver, several links; knows nothing of moves or MOSS."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.ble import BleLink
    from drivers.bolt import BoltDriver
    from drivers.kept_link import KeptLink
    from drivers.link import Link
    from drivers.memory import MemoryLink
    from drivers.tcp import TcpLink

__all__ = ["BleLink", "BoltDriver", "KeptLink", "Link", "MemoryLink", "TcpLink"]

_HOMES = {
    "BleLink": "drivers.ble",
    "BoltDriver": "drivers.bolt",
    "KeptLink": "drivers.kept_link",
    "Link": "drivers.link",
    "MemoryLink": "drivers.memory",
    "TcpLink": "drivers.tcp",
}


def __getattr__(name: str) -> Any:
    """Load what is used, when it is used: a worker that needs the error classes need not load the packet codec."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'drivers' has no attribute {name!r}")
