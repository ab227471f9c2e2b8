"""Conversations of which only words and programs are kept: the history's, performed again to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.studio.protocol import Conversation
from bolt_agent.studio.robots import NotThere
from drivers.clock import Clock

__all__ = ["THREAD", "kept_threads", "perform_again"]

THREAD = "thread-"
"""How the ids of the history's conversations begin."""

MOST_THREADS = 50


def kept_threads(url: str | None) -> list[Conversation]:
    """The conversations of a history, the newest first; none where it cannot be read."""
    if url is None:
        return []
    from bolt_agent.ghost.history.store import Store

    try:
        store = Store(url)
    except HistoryError:
        return []
    try:
        return [
            Conversation(
                id=f"{THREAD}{thread.id}",
                ended=thread.began,
                title=thread.say,
                turns=thread.turns,
                seconds=0.0,
                world=thread.about.get("world"),
            )
            for thread in store.threads(MOST_THREADS)
        ]
    finally:
        store.close()


def perform_again(url: str | None, number: int) -> dict[str, Any]:
    """Run the programs of a conversation once more on a virtual BOLT, in simulated time; the report of that.

    Raises NotThere, HistoryError.
    """
    turns, about = _read(url, number)
    names = {name: about[name] for name in ("world", "seed") if name in about}
    container = assemble(Options(brain="reflex", clock="fast", approve="never", history=None, **names))

    async def perform() -> dict[str, Any]:
        async with opened(container) as assembly:
            for turn in turns:
                async for _ in assembly.session.run(turn["code"] or "def run(moss): pass"):
                    pass
            report = assembly.report()
            report["turns"] = [{**done, **said} for done, said in zip(report["turns"], turns, strict=True)]
            return report

    clock: Clock = container.force_fetch(Clock)
    return clock.run(perform())


def _read(url: str | None, number: int) -> tuple[Sequence[dict[str, Any]], dict[str, Any]]:
    """What was said, answered and run; and driver, brain, world and seed."""
    if url is None:
        raise NotThere("no history is kept here")
    from bolt_agent.ghost.history.store import Store

    store = Store(url)
    try:
        thread = store.thread(number)
        records = store.conversation(thread.head) if thread is not None else []
    finally:
        store.close()
    if thread is None or not records:
        raise NotThere(f"conversation {number} has no turns")
    return [record.model_dump(include={"say", "reply", "code"}) for record in records], thread.about
