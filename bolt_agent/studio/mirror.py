"""A mirror for a robot whose face nobody can see from here: a virtual BOLT that hears what the real one is told."""

from __future__ import annotations

from collections.abc import Callable

from drivers.clock import Clock
from drivers.errors import Disconnected
from drivers.link import Link
from drivers.packets import Framer
from simulator import VirtualBolt

__all__ = ["Mirror"]

WORN = frozenset({0x13, 0x1A})
"""Devices whose commands change how a robot looks: power, and lights with the face. The mirror never rolls."""


class Mirror:
    """A link around a link. What it carries to the robot about its looks, its double is told as well.

    So it shows what the robot was told, with scrolling, fading and all, whether or not the robot does it.
    """

    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._double = VirtualBolt()
        self._since = clock.now()

    @property
    def double(self) -> VirtualBolt:
        """How the robot should look now."""
        self._double.advance(self._clock.now() - self._since)
        return self._double

    @property
    def name(self) -> str | None:
        """The robot's."""
        return self._link.name

    async def open(self) -> None:
        await self._link.open()

    async def write(self, packet: bytes) -> None:
        await self._link.write(packet)
        if any(read.did in WORN for read in Framer().feed(packet)):
            self.double.write(packet)

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        self._link.on_notify(callback)

    def on_lost(self, callback: Callable[[Disconnected], None]) -> None:
        self._link.on_lost(callback)

    async def close(self) -> None:
        await self._link.close()
