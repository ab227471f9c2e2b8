"""Several brains in a row: the first that has an answer gives it, and the person is told who stood in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing

from bolt_agent.brains.brain import Brain, Exchange, Note, Part, Situation
from bolt_agent.brains.errors import BrainError

__all__ = ["FallbackBrain"]


class FallbackBrain:
    """Asks its brains in their order, each when those before it have no answer.

    brains: by the name that a person knows them by. A brain that fails when it has begun to answer fails the turn:
    what it said and did cannot be taken back.
    """

    def __init__(self, brains: Mapping[str, Brain]) -> None:
        self._brains = dict(brains)
        first = next(iter(self._brains.values()))
        self.name = first.name
        self.tries = first.tries

    async def reply(self, text: str, situation: Situation) -> AsyncGenerator[Part, None]:
        """The answer of the first that has one. Raises the BrainError of the last."""
        *earlier, last = self._brains.items()
        for name, brain in earlier:
            begun = False
            try:
                async with aclosing(brain.reply(text, situation)) as parts:
                    async for part in parts:
                        begun = True
                        yield part
                return
            except BrainError as error:
                if begun:
                    raise
                following = list(self._brains)[list(self._brains).index(name) + 1]
                yield Note(f"{name} has no answer ({error}), so {following} answers")
        async with aclosing(last[1].reply(text, situation)) as parts:
            async for part in parts:
                yield part

    async def summarize(self, summary: str, turns: Sequence[Exchange]) -> str:
        """A new summary of a conversation, by the first brain that writes such. Raises the BrainError of the last."""
        writers = [brain.summarize for brain in self._brains.values() if hasattr(brain, "summarize")]
        for number, write in enumerate(writers, 1):
            try:
                return str(await write(summary, turns))
            except BrainError:
                if number == len(writers):
                    raise
        return ""

    def warm_up(self) -> None:
        """Get those ready that take a moment for it."""
        for brain in self._brains.values():
            getattr(brain, "warm_up", lambda: None)()
