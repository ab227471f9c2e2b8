"""Keeps a conversation while it goes on: every message as it is whole, every turn before it is shown as done."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.ghost.history.records import Account, now
from bolt_agent.ghost.messages import Head, Item, Line, Message, Result, Tail, TurnBegan

if TYPE_CHECKING:
    from bolt_agent.ghost.history.store import Store

__all__ = ["Keeper", "StoreKeeper", "Timing"]

log = logging.getLogger(__name__)

T = TypeVar("T")


class Keeper:
    """Follows a conversation. This one keeps nothing."""

    def warm_up(self) -> None:
        """Get ready for the first turn while nothing else is to be done. Does not wait."""

    def note(self, item: Item) -> None:
        """Something happened in a turn. Never waits."""

    async def settle(self, account: Account) -> str | None:
        """A turn is over: return when it is kept. What the person should be told, once, if it cannot be."""
        del account
        return None

    async def ask(self, question: Callable[[Store], T]) -> T:
        """Ask the store something, after all that has been noted. Raises HistoryError."""
        del question
        raise HistoryError("no history is kept here (--store off), and so nothing can be remembered")

    async def close(self) -> None:
        """Write what is left to write."""


class Timing:
    """When things came in a turn: seconds of wall time since its begin, on a clock that nobody sets."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._began = clock()
        self.marks: dict[str, float] = {}

    def note(self, item: Item) -> None:
        """Take in an item; the first of each kind counts."""
        match item:
            case Head() | Tail():
                self.mark("first_item")
                if (item.kind if isinstance(item, Head) else item.message.kind) == "code":
                    self.mark("first_code")
            case Line():
                self.mark("first_packet")
            case _:
                pass

    def mark(self, name: str) -> None:
        """This is now, if it was not before."""
        self.marks.setdefault(name, round(self._clock() - self._began, 6))


class StoreKeeper(Keeper):
    """Writes into a store, in order, in a thread of its own: a slow disk holds up neither robot nor model.

    When the store fails, the conversation goes on without a history, and says so once.

    opened: opens the store; called in that thread.   about: driver, brain, world, seed.
    thread, head: the thread to go on with and its newest turn; None for a new thread.
    """

    def __init__(
        self,
        opened: Callable[[], Store],
        about: Mapping[str, Any],
        *,
        thread: int | None = None,
        head: int | None = None,
    ) -> None:
        self._opened = opened
        self._about = about
        self._thread = thread
        self._turn = head
        self._store: Store | None = None
        self._timing = Timing()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._jobs: deque[Callable[[Store], None]] = deque()
        self._problem: str | None = None
        self._told = False

    def warm_up(self) -> None:
        self._writer.submit(self._write)

    def note(self, item: Item) -> None:
        if isinstance(item, TurnBegan):
            self._timing = Timing()
            self._jobs.append(partial(self._begin, item, now()))
        self._timing.note(item)
        if isinstance(item, Tail):
            self._jobs.append(partial(self._add, item.message))
        # The first turn waits with opening until its program has ended: the robot moves first.
        if self._store is not None or (isinstance(item, Tail) and isinstance(item.message, Result)):
            self._writer.submit(self._write)

    async def settle(self, account: Account) -> str | None:
        self._timing.mark("end")
        self._jobs.append(partial(self._end, account, dict(self._timing.marks)))
        await asyncio.wrap_future(self._writer.submit(self._write))
        if self._problem is None or self._told:
            return None
        self._told = True
        return f"This conversation is not kept any more: {self._problem}."

    async def ask(self, question: Callable[[Store], T]) -> T:
        def answer() -> T:
            self._write()
            if self._store is None:
                raise HistoryError(self._problem)
            return question(self._store)

        return await asyncio.wrap_future(self._writer.submit(answer))

    async def close(self) -> None:
        await asyncio.wrap_future(self._writer.submit(self._end_writing))
        self._writer.shutdown()

    # ---- in the writer's thread -------------------------------------------------------------------------------

    def _write(self) -> None:
        """Do what is to be written; never raises."""
        try:
            if self._store is None and self._problem is None:
                self._store = self._opened()
            while self._jobs and self._store is not None:
                self._jobs.popleft()(self._store)
        except HistoryError as error:
            self._give_up(str(error))
        except Exception as error:  # a defect of ours must not end the conversation
            log.exception("the history failed")
            self._give_up(f"{type(error).__name__}: {error}")
        if self._problem is not None:
            self._jobs.clear()

    def _give_up(self, problem: str) -> None:
        self._problem = problem
        if self._store is not None:
            self._store.close()
            self._store = None

    def _end_writing(self) -> None:
        if self._jobs or self._store is not None:
            self._write()
        if self._store is not None:
            self._store.close()

    def _begin(self, began: TurnBegan, when: str, store: Store) -> None:
        if self._thread is None:
            self._thread = store.begin_thread(self._about)
        self._turn, self._thread = store.begin_turn(self._thread, self._turn, began.turn, began.say, when)

    def _add(self, message: Message, store: Store) -> None:
        if self._turn is not None:
            store.add_message(self._turn, message)

    def _end(self, account: Account, timing: Mapping[str, float], store: Store) -> None:
        if self._turn is not None:
            store.end_turn(self._turn, account, timing)
