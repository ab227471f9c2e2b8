"""Performing a function of a MOSS file where nothing is at stake: on a virtual BOLT of its own, on the fast clock."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.ghost.messages import Result, Tail
from drivers.clock import Clock
from simulator import Rectangle

__all__ = ["Rehearsal", "rehearse"]


@dataclasses.dataclass(frozen=True)
class Rehearsal:
    """What came of it.

    output: what the function printed.   error: how it failed, with the lines of the file.
    report: what the robot did, as bolt-report/1.   walls: what stands in its world.
    """

    function: str
    output: str
    error: str | None
    report: dict[str, Any]
    walls: Sequence[Rectangle] = ()

    @property
    def began(self) -> float:
        """The time of the first thing in the report."""
        return float(self.report["turns"][0]["t_start"])

    @property
    def seconds(self) -> float:
        """How long it took the robot."""
        return float(self.report["turns"][0]["t_end"]) - self.began


def rehearse(options: Options, function: str = "run", args: Sequence[str] = ()) -> Rehearsal:
    """Call a function of `options.moss_file` in a fresh world. Raises MossError for a file that does not compile."""
    options = dataclasses.replace(options, driver="sim", brain="reflex", clock="fast", trusted=True)
    container = assemble(options)

    async def perform() -> Rehearsal:
        output = ""
        async with opened(container) as assembly:
            async for item in assembly.session.call(function, list(args)):
                if isinstance(item, Tail) and isinstance(item.message, Result):
                    output += item.message.text
            bolt = assembly.virtual_bolt
            walls = bolt.world.rectangles() if bolt is not None else ()
            return Rehearsal(function, output, assembly.session.turns[-1].error, assembly.report(), walls)

    clock: Clock = container.force_fetch(Clock)
    return clock.run(perform())
