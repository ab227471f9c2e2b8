"""Trying a program out where nothing is at stake: on a virtual BOLT of its own, in simulated time, in this thread."""

from __future__ import annotations

from dataclasses import dataclass

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.robot.motions import Motion
from drivers.clock import Clock

__all__ = ["Trial", "thinned", "try_program"]

TURN = "def run(moss):\n    moss.body.new_move(run=True).turn_to({heading})\n    moss.body.wait()\n"

MOST_POINTS = 300
"""Of a path that is only drawn."""


@dataclass(frozen=True)
class Trial:
    """What came of it.

    motions: what it asked of the robot.   path: where the ball was, in cm.   error: why it failed.
    """

    motions: list[Motion]
    path: list[tuple[float, float]]
    error: str | None


def try_program(code: str, heading: float = 0.0) -> Trial:
    """Run a program as a ghost would, locked in a worker, on an empty floor; it moves nobody's robot.

    heading: the way the ball faces at its begin.
    """
    container = assemble(Options(brain="reflex", clock="fast", approve="never", history=None))

    async def perform() -> Trial:
        async with opened(container) as assembly:
            for program in (TURN.format(heading=heading), code) if heading else (code,):
                async for _ in assembly.session.run(program):
                    pass
            path = [(x, y) for _, x, y, *_ in assembly.report()["path"]]
            return Trial(assembly.session.account().motions, path, assembly.session.turns[-1].error)

    clock: Clock = container.force_fetch(Clock)
    return clock.run(perform())


def thinned(path: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Some points of a path, the last one among them."""
    return [*path[:: len(path) // MOST_POINTS + 1], *path[-1:]]
