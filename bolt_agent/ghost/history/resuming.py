"""Goes on with a conversation of an earlier run: its words for the brain, its variables for the code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bolt_agent.ghost.history.records import ThreadRecord, TurnRecord
from bolt_agent.ghost.history.summary import MOST, Past
from bolt_agent.ghost.messages import Item, Tail, TurnBegan

__all__ = ["Resumed", "resume"]

LOOKED_AT = 3 * MOST
"""Turns that are read; the summary lies among them, unless many turns have been deleted."""


@dataclass(frozen=True)
class Resumed:
    """Where a conversation goes on; without a thread, it begins."""

    thread: ThreadRecord | None = None
    turns: list[TurnRecord] = field(default_factory=list)

    def past(self) -> Past:
        """What a brain is told of it."""
        summaries = [turn.summary for turn in self.turns if turn.summary is not None]
        covered = summaries[-1].covers if summaries else 0
        past = Past(summaries[-1].text if summaries else "")
        for turn in self.turns:
            if turn.number > covered:
                past.add(turn.exchange)
        past.turns = self.turns[-1].number if self.turns else 0
        return past

    def context(self) -> dict[str, Any] | None:
        """The variables that its code had kept; None where it had none."""
        return next((turn.context for turn in reversed(self.turns) if turn.context), None)

    def items(self) -> Iterator[Item]:
        """What was said and done, as it was streamed then."""
        for turn in self.turns:
            yield TurnBegan(turn=turn.number, say=turn.say)
            for message in turn.messages:
                yield Tail(message=message)


def resume(url: str, thread: int | None = None) -> Resumed:
    """The thread of that number, or the one that was used last; nothing where there is none yet.

    Raises HistoryError, and UnknownNumber for a number that does not exist.
    """
    from bolt_agent.ghost.history.store import Store

    store = Store(url)
    try:
        found = store.thread(thread)
        return Resumed(found, store.conversation(found.head, LOOKED_AT)) if found is not None else Resumed()
    finally:
        store.close()
