"""Puts together what outlives a run: the history, the conversation that goes on, and what is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from bolt_agent.container import Container, ProviderAdapter
from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.ghost.history.keeper import Keeper, StoreKeeper
from bolt_agent.ghost.history.resuming import Resumed, resume
from bolt_agent.ghost.memory import Memories
from drivers.clock import Clock

if TYPE_CHECKING:
    from bolt_agent.ghost.history.store import Store

__all__ = ["register_history"]


def register_history(
    container: Container, url: str | None, thread: int | Literal["last"] | None, about: Mapping[str, Any]
) -> None:
    """Let the container build them.

    url: of the database; None: nothing is kept.   thread: to go on with.   about: driver, brain, world, seed.
    """
    container.register(ProviderAdapter(Resumed, lambda _: _resumed(url, thread)))
    container.register(ProviderAdapter(Keeper, lambda con: _keeper(con.force_fetch(Resumed), url, about)))
    container.register(ProviderAdapter(Memories, lambda con: Memories(con.force_fetch(Keeper), con.force_fetch(Clock))))


def _resumed(url: str | None, thread: int | Literal["last"] | None) -> Resumed:
    if thread is None:
        return Resumed()
    if url is None:
        raise HistoryError("no history is kept, so no conversation can be continued: leave --store off out")
    return resume(url, None if thread == "last" else thread)


def _keeper(resumed: Resumed, url: str | None, about: Mapping[str, Any]) -> Keeper:
    if url is None:
        return Keeper()

    def store() -> Store:
        from bolt_agent.ghost.history.store import Store

        return Store(url)

    thread = resumed.thread
    number, head = (thread.id, thread.head) if thread is not None else (None, None)
    return StoreKeeper(store, about, thread=number, head=head)
