"""A brain whose programs are rehearsed first: what they would do is shown, and done only when it is accepted."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import pairwise

from bolt_agent.assembly import Options
from bolt_agent.authoring.predicting import describe
from bolt_agent.authoring.rehearsal import Rehearsal, rehearse_program
from bolt_agent.brains.brain import Brain, Code, Part, Refuse, Situation
from bolt_agent.robot.limits import Fence
from bolt_agent.robot.stage import BodyState

__all__ = ["ForeseeingBrain", "Foreseen"]

LARGE_WAY, LARGE_TIME = 100.0, 10.0
"""cm and seconds; what goes farther or lasts longer is a large motion."""

NOT_DONE = "All right, I leave it."


@dataclass(frozen=True)
class Foreseen:
    """What a program would do. start: where the robot is now."""

    rehearsal: Rehearsal
    start: BodyState
    fence: Fence | None

    @property
    def large(self) -> bool:
        """Whether it goes far or lasts long."""
        return self._way > LARGE_WAY or self.rehearsal.seconds > LARGE_TIME

    def words(self) -> Iterator[str]:
        """One sentence after another, in the present, as of here."""
        yield from describe(self.rehearsal)
        if self.fence is not None:
            distances = [self.fence.beyond(self.start.x + x, self.start.y + y) for x, y in self._places]
            if max(distances) > 0:
                yield f"That leads {max(distances):.0f} cm out of the fence ({self.fence}), so it will be refused."
            else:
                yield f"It ends {-distances[-1]:.0f} cm from the fence ({self.fence})."
        if self.rehearsal.error is not None:
            yield f"Then it would fail: {self.rehearsal.error.splitlines()[-1]}"

    @property
    def _places(self) -> list[tuple[float, float]]:
        return [(x, y) for _, x, y, *_ in self.rehearsal.report["path"]]

    @property
    def _way(self) -> float:
        return sum(math.dist(here, there) for here, there in pairwise(self._places))


class ForeseeingBrain:
    """Around another brain. accept: is shown what a program would do, and says whether it may.

    An answer is held back until its programs are whole, so nothing is performed while it is still being written.
    """

    def __init__(self, inner: Brain, options: Options, accept: Callable[[Foreseen], Awaitable[bool]]) -> None:
        self.inner = inner
        self.name, self.tries = inner.name, inner.tries
        self._options = options
        self._accept = accept

    def warm_up(self) -> None:
        """So that the first answer is as quick as the others."""
        if (warm_up := getattr(self.inner, "warm_up", None)) is not None:
            warm_up()

    async def reply(self, text: str, situation: Situation) -> AsyncGenerator[Part, None]:
        """The inner brain's answer, or a refusal."""
        async with aclosing(self.inner.reply(text, situation)) as answer:
            parts = _joined([part async for part in answer])
        code = "".join(part.text for part in parts if isinstance(part, Code))
        if code:
            rehearsal = await asyncio.to_thread(rehearse_program, self._options, code, situation.state)
            if not await self._accept(Foreseen(rehearsal, situation.state, self._options.safety.fence)):
                yield Refuse(NOT_DONE)
                return
        for part in parts:
            yield part


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Pieces of a program that follow one another as one."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, Code) and joined and isinstance(joined[-1], Code):
            joined[-1] = Code(joined[-1].text + part.text)
        else:
            joined.append(part)
    return joined
