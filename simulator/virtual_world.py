"""Several virtual BOLTs in one world."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.arena import Arena, Snapshot
from simulator.bolt import VirtualBolt
from simulator.firmware.quirks import Quirks
from simulator.firmware.settings import Settings
from simulator.world.files import load_world
from simulator.world.physics import Thing
from simulator.world.spec import WorldSpec

__all__ = ["VirtualWorld"]


class VirtualWorld:
    """Several BOLTs in one world, with one time. Their names are SB-0001, SB-0002 and so on, unless they are given.

    >>> world = VirtualWorld("open", balls=2)
    >>> [bolt.name for bolt in world.bolts]
    ['SB-0001', 'SB-0002']

    balls: how many; None: as many as the world has starts.
    """

    def __init__(
        self,
        world: str | Path = "open",
        *,
        balls: int | None = None,
        names: Sequence[str] | None = None,
        seed: int = 0,
        quirks: Quirks | str = "ideal",
        settings: Settings | None = None,
    ) -> None:
        if names is None:
            count = len(load_world(world).balls) if balls is None else balls
            names = [f"SB-{number:04X}" for number in range(1, count + 1)]
        if not names or len(set(names)) != len(names):
            raise ValueError("a world needs at least one ball, and every ball a name of its own")
        self.arena = Arena(world, names=names, seed=seed, quirks=quirks, settings=settings or Settings())
        self.bolts = tuple(VirtualBolt.of(self.arena, number, str(world)) for number in range(len(names)))

    @property
    def spec(self) -> WorldSpec:
        """What its file says."""
        return self.arena.spec

    @property
    def time(self) -> float:
        """Seconds of simulated time since the start."""
        return self.arena.schedule.now / 1000

    @property
    def things(self) -> list[Thing]:
        """The blocks and pins, where they are now."""
        return self.arena.physics.things

    def advance(self, until: float) -> None:
        """Live until that moment, all balls together."""
        self.arena.advance(until)

    def wake_at(self) -> float:
        """When `advance` should be called next, at the latest."""
        return self.arena.wake_at()

    def snapshot(self) -> Snapshot:
        """All state, to go back to with `restore`."""
        return self.arena.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a snapshot of this world."""
        self.arena.restore(snapshot)
