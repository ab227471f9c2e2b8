"""The seam between a driver and a robot: what carries the packets, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from drivers.errors import Disconnected

__all__ = ["Link"]


class Link(Protocol):
    """Carries API v2 packets to one robot and notifications back. Knows nothing of what they mean.

    A fault that a test needs is a link around a link, never a flag inside one.
    """

    @property
    def name(self) -> str | None:
        """The robot's name, such as 'SB-1234'; None where it is not known yet."""

    async def open(self) -> None:
        """Reach the robot; after a loss, the same robot again. Raises NotFound or Disconnected."""

    async def write(self, packet: bytes) -> None:
        """Send one whole packet. Raises Disconnected."""

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        """Call back with whatever bytes the robot sends, in whatever slices they arrive."""

    def on_lost(self, callback: Callable[[Disconnected], None]) -> None:
        """Call back when the link breaks by itself, once for each `open`; `close` is no loss."""

    async def close(self) -> None:
        """Let the robot go; harmless when already closed."""
