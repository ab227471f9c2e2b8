"""What a brain is told of the turns before: the latest as they were, the older ones in a summary that keeps facts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from bolt_agent.brains.brain import Exchange
from bolt_agent.ghost.history.records import Summary

__all__ = ["Past", "Summarize"]

LEAST, MOST = 20, 30
"""Turns that are told word for word. Reaching MOST, the oldest become a summary until LEAST are left: a few at a time,
so that from turn to turn what a model reads begins with the same words, and its provider's cache hits."""

ROOM_FOR_FACTS, ROOM_FOR_REST = 1500, 700
"""Characters of a summary: for what people said that is to be kept, and for what was done last."""

LONGEST_SAID = 160

Summarize: TypeAlias = Callable[[str, Sequence[Exchange]], Awaitable[str]]
"""Makes a new summary of the one so far and of the turns that go into it."""

_FACT = re.compile(
    r"\b(?:my|our|i'm|i am|we are|we're|his|her|their|this is|that is|it's called|call (?:me|it|him|her)|named?|"
    r"remember|don't forget|always|never|prefer|favou?rite|likes?|hates?|allergic|birthday|lives?|is (?:to|on|at|in) )"
    r"|我|他叫|她叫|它叫|叫做|名字|记住|别忘|总是|从不|不要|喜欢|讨厌|生日|住在|这是|那是",
    re.IGNORECASE,
)
"""What people say about themselves and their world, in words that commands have not."""


class Past:
    """The turns before this one.

    >>> past = Past()
    >>> past.add(Exchange("my name is Mia", "Hello Mia!", None, "ok"))
    >>> for number in range(40):
    ...     past.add(Exchange(f"roll {number}", "Rolling.", None, "ok"))
    >>> past.turns, len(past.exchanges) <= MOST, "Mia" in past.summary
    (41, True, True)

    exchanges: told word for word.   summary: of those before.   turns: how many there were in all.
    """

    def __init__(self, summary: str = "") -> None:
        self.exchanges: list[Exchange] = []
        self.summary = summary
        self.turns = 0
        self._basis = self._told = summary
        self._folded: list[Exchange] = []

    def add(self, exchange: Exchange) -> None:
        """A turn is over."""
        self.exchanges.append(exchange)
        self.turns += 1
        if len(self.exchanges) < MOST:
            return
        folded, self.exchanges = self.exchanges[:-LEAST], self.exchanges[-LEAST:]
        self._folded += folded
        self.summary = extract(self.summary, folded)

    def news(self) -> Summary | None:
        """The summary, if it has changed since this was asked the last time."""
        if self.summary == self._told:
            return None
        self._told = self.summary
        return Summary(text=self.summary, covers=self.turns - len(self.exchanges))

    @property
    def rough(self) -> bool:
        """Whether there is something in the summary that `improve` has not seen."""
        return bool(self._folded)

    async def improve(self, summarize: Summarize) -> None:
        """Have the summary written by somebody who understands what was said. Raises what that raises."""
        folded, self._folded = self._folded, []
        written = (await summarize(self._basis, folded)).strip()
        if not written or self._folded:  # nothing, or too late: more has been added meanwhile
            self._folded = folded + self._folded
            return
        self._basis = self.summary = written[: 2 * (ROOM_FOR_FACTS + ROOM_FOR_REST)]


def extract(summary: str, folded: Iterable[Exchange]) -> str:
    """A summary made of what was said: facts are kept the longest, and of what was done the latest."""
    facts, rest = _parts(summary)
    for exchange in folded:
        said = _short(exchange.say)
        if _FACT.search(exchange.say):
            facts.append(said)
        elif said:
            rest.append(said if exchange.status == "ok" else f"{said} ({exchange.status})")
    facts, rest = _newest(dict.fromkeys(facts), ROOM_FOR_FACTS), _newest(rest, ROOM_FOR_REST)
    return "\n".join([*(f"- They said: {fact}" for fact in facts), *(f"- Asked for: {done}" for done in rest)])


def _parts(summary: str) -> tuple[list[str], list[str]]:
    lines = [line.removeprefix("- ") for line in summary.splitlines()]
    rest = [line.removeprefix("Asked for: ") for line in lines if line.startswith("Asked for: ")]
    return [line.removeprefix("They said: ") for line in lines if not line.startswith("Asked for: ")], rest


def _newest(lines: Iterable[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in reversed(list(lines)):
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept[::-1]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SAID else text[: LONGEST_SAID - 1] + "…"
