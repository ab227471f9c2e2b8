"""The way to a virtual robot that people may spoil: packets get lost, late or broken, and the robot out of reach."""

from __future__ import annotations

from collections.abc import Callable

from bolt_agent.studio.protocol import Faults
from drivers.clock import Clock
from drivers.errors import Disconnected
from drivers.memory import MemoryLink
from simulator import VirtualBolt
from simulator.radio import Fault, FaultyRadio

__all__ = ["StudioRadio"]

SHARES = ("corrupt", "drop", "duplicate", "reorder")


class StudioRadio:
    """A link to a virtual robot, with faults that can be changed at any time."""

    def __init__(self, bolt: VirtualBolt, clock: Clock) -> None:
        self.faults = Faults()
        self._radio = FaultyRadio(bolt, ())
        self._link = MemoryLink(self._radio, clock)
        self._lost: list[Callable[[Disconnected], None]] = []

    def change(self, faults: Faults) -> None:
        """From now on it has these faults, and no others."""
        left = self.faults.reach and not faults.reach
        self.faults = faults
        wrong = [Fault(kind, probability=share) for kind in SHARES if (share := getattr(faults, kind))]
        if faults.delay:
            wrong.append(Fault("delay", probability=1.0, seconds=faults.delay))
        self._radio.change(wrong)
        if left:
            self._radio.lose()
            for lost in self._lost:
                lost(Disconnected())

    @property
    def name(self) -> str | None:
        """The robot's."""
        return self._link.name

    async def open(self) -> None:
        self._need_reach()
        self._radio.connect()
        await self._link.open()

    async def write(self, packet: bytes) -> None:
        self._need_reach()
        await self._link.write(packet)

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        self._link.on_notify(callback)

    def on_lost(self, callback: Callable[[Disconnected], None]) -> None:
        self._lost.append(callback)

    async def close(self) -> None:
        """The driver lets go of it; the robot lives on."""

    async def end(self) -> None:
        """The robot's time is over, too."""
        await self._link.close()

    def _need_reach(self) -> None:
        if not self.faults.reach:
            raise Disconnected()
