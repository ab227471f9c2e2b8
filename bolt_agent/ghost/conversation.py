"""A conversation: one thread of turns that people and programs enter from everywhere, and that everybody watches."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import TypeAlias

from bolt_agent.brains.errors import BrainError
from bolt_agent.brains.reflex import means_stop
from bolt_agent.ghost.artifact import Artifact
from bolt_agent.ghost.context import Context
from bolt_agent.ghost.history.keeper import Keeper
from bolt_agent.ghost.history.summary import Summarize
from bolt_agent.ghost.interruptions import Conduct, Policy, conduct
from bolt_agent.ghost.messages import ApprovalAsked, Event, Item, Notice, Tail, Transcript, Turn, TurnEnded
from bolt_agent.ghost.turns.approval import read_answer
from bolt_agent.ghost.turns.session import Session
from drivers.clock import Clock

__all__ = ["INTERRUPTED", "Conversation"]

log = logging.getLogger(__name__)

Turns: TypeAlias = Callable[[], AsyncIterator[Item]]
"""Begins a turn."""

INTERRUPTED = "interrupted"
"""The name of the Event that ends speech and everything else of a turn whose place another one takes."""

LONGEST_TRANSCRIPT = 500
"""Messages that a late comer is shown; the history has them all."""


class Conversation:
    """A thread of turns between people and a ghost; every page, terminal and microphone of one robot shares one.

    A turn that was entered is taken to its end, whether or not somebody reads its stream. While it is under way, a
    message waits, interrupts it or is dropped, by the policy (see `interruptions`); "stop" always acts at once.
    Whoever speaks aloud falls silent at an Event named "stop" or "interrupted".

    session: what takes the turns.   transcript: what was said and done lately.   keeper: writes the history.
    summarize: writes the summary of a long conversation; without it, the summary is made of what was said.
    artifact: gives what the conversation has made so far.
    """

    def __init__(
        self,
        session: Session,
        clock: Clock,
        *,
        keeper: Keeper | None = None,
        policy: Policy = "queue",
        summarize: Summarize | None = None,
        artifact: Callable[[], Artifact | None] = lambda: None,
    ) -> None:
        self.session = session
        self.transcript = Transcript(most=LONGEST_TRANSCRIPT)
        self._clock = clock
        self._keeper = keeper or Keeper()
        self._policy = policy
        self._summarize = summarize
        self._artifact = artifact
        self._summarizing: asyncio.Task[None] | None = None
        self._current: _Entry | None = None
        self._waiting: deque[_Entry] = deque()
        self._taking: asyncio.Task[None] | None = None
        self._stopping: set[asyncio.Task[None]] = set()
        self._listeners: list[Callable[[Item], None]] = []
        self._notices = 0
        self._asked: str | None = None
        """What waits for a yes or no."""

    @property
    def busy(self) -> bool:
        """Whether a turn is under way or waits."""
        return self._current is not None or bool(self._waiting)

    @property
    def stopped(self) -> bool:
        """Whether the emergency stop is latched: nothing moves until `release` or the next command."""
        return self.session.stopped

    def talk(self, text: str, context: Context | None = None) -> AsyncIterator[Item]:
        """Say something: one turn, from TurnBegan to TurnEnded.

        A message that is not taken yields a Notice alone. "Stop", and the answer to an ApprovalAsked, belong to the
        turn under way: they are in its stream, and yield nothing here.
        context: what else the ghost should know now, such as what the person is looking at.
        """
        entry = _Entry(lambda: self.session.say(text, context))
        if not self.busy:
            self._enter(entry)
        elif means_stop(text):
            self._hear_stop(entry, text)
        elif self._asked is not None and (yes := read_answer(text)) is not None:
            self.session.overhear(text)
            self.answer(self._asked, yes)
            entry.end()
        else:
            self._enter(entry, conduct(self._policy, text))
        return entry.stream()

    def run(self, code: str) -> AsyncIterator[Item]:
        """Take a turn with a program instead of words; it waits for the turns before it."""
        return self._enter(_Entry(lambda: self.session.run(code))).stream()

    def call(self, function: str, args: list[str]) -> AsyncIterator[Item]:
        """Take a turn with a function of the MOSS file; it waits for the turns before it."""
        return self._enter(_Entry(lambda: self.session.call(function, args))).stream()

    def tell(self, text: str) -> AsyncIterator[Item]:
        """Let the robot say something by itself: a turn that waits for those before it."""
        return self._enter(_Entry(lambda: self.session.tell(text))).stream()

    def get_artifact(self) -> Artifact | None:
        """What the conversation has made so far, where its ghost makes something (see `Artifact`)."""
        return self._artifact()

    async def stop(self) -> None:
        """Emergency stop, latched: motion, program, model and speech end together, and what waits is dropped."""
        dropped = self._take_waiting()  # none of them may begin now, and take the latch off
        stopping = asyncio.ensure_future(self.session.stop())
        await asyncio.sleep(0)  # the robot first, then what is to be told
        if self._current is None:
            self._publish(Tail(message=Event(id=self._notice_id(), name="stop", text="stopped")))
        self._tell_dropped(dropped)
        await stopping

    def release(self) -> None:
        """Take the latch of the emergency stop off; the next command does so too."""
        self.session.release()

    def answer(self, approval_id: str, yes: bool) -> None:
        """Answer an ApprovalAsked. Raises LookupError when nothing waits for it."""
        self._asked = None
        self.session.answer(approval_id, yes)

    def watch(self, listener: Callable[[Item], None]) -> Callable[[], None]:
        """Call back with every item of every turn, whoever began it. What is returned ends that."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    async def close(self) -> None:
        """End the turn under way, and write what is left to write."""
        if self.busy:
            await self.stop()
        if self._summarizing is not None:
            self._summarizing.cancel()
        await asyncio.gather(*filter(None, (self._taking, self._summarizing)), return_exceptions=True)
        await self.session.close()
        with self._clock.held():
            await self._keeper.close()

    # ---- which turn is next -----------------------------------------------------------------------------------

    def _enter(self, entry: _Entry, how: Conduct = Conduct()) -> _Entry:  # noqa: B008  frozen
        if not how.is_taken:
            self._refuse([entry], "not taken: the robot is busy")
            return entry
        if how.drops_waiting:
            self._tell_dropped(self._take_waiting())
        if how.ends_turn:
            self._waiting.appendleft(entry)
            if self._current is not None:
                self.session.interrupt(INTERRUPTED)
        else:
            self._waiting.append(entry)
        if self._taking is None or self._taking.done():
            self._taking = asyncio.create_task(self._take_turns())
        return entry

    def _hear_stop(self, entry: _Entry, text: str) -> None:
        """Somebody says stop: it belongs to the turn it ends, and makes none of its own."""
        self.session.overhear(text)
        entry.end()
        stopping = asyncio.create_task(self.stop())
        self._stopping.add(stopping)
        stopping.add_done_callback(self._stopping.discard)

    def _take_waiting(self) -> list[_Entry]:
        waiting = list(self._waiting)
        self._waiting.clear()
        return waiting

    def _tell_dropped(self, dropped: list[_Entry]) -> None:
        if dropped:
            self._refuse(dropped, f"{len(dropped)} waiting message{'s' * (len(dropped) > 1)} dropped")

    def _refuse(self, entries: list[_Entry], why: str) -> None:
        notice = Tail(message=Notice(id=self._notice_id(), text=why))
        self._publish(notice)
        for entry in entries:
            entry.add(notice)
            entry.end()

    async def _take_turns(self) -> None:
        while self._waiting:
            self._current = entry = self._waiting.popleft()
            try:
                await self._take(entry)
            except Exception as error:  # a defect of ours must not end the conversation
                log.exception("a turn ended without its end")
                await self.session.stop()
                why = " ".join(f"{type(error).__name__}: {error}".split())
                self._publish(TurnEnded(turn=Turn(say="", status="error", error=why)), entry)
            finally:
                self._current = None
                entry.end()

    async def _take(self, entry: _Entry) -> None:
        async for item in entry.take():
            self._keeper.note(item)
            if isinstance(item, TurnEnded):
                await self._settle(entry)
                self._current = None  # who answers at once does not interrupt it
            self._publish(item, entry)

    async def _settle(self, entry: _Entry) -> None:
        """The turn is in the history before anybody is shown that it is done."""
        with self._clock.held():
            problem = await self._keeper.settle(self.session.account())
        if self._summarize is not None and self.session.past.rough and self._summarizing is None:
            self._summarizing = asyncio.create_task(self._improve_summary(self._summarize))
        if problem is not None:
            self._publish(Tail(message=Notice(id=self._notice_id(), text=problem)), entry)

    async def _improve_summary(self, summarize: Summarize) -> None:
        try:
            await self.session.past.improve(summarize)
        except BrainError as error:  # the summary stays as it was made of what was said
            log.info("no summary: %s", error)
        finally:
            self._summarizing = None

    def _publish(self, item: Item, entry: _Entry | None = None) -> None:
        if isinstance(item, ApprovalAsked):
            self._asked = item.id
        elif isinstance(item, TurnEnded):
            self._asked = None
        self.transcript.add(item)
        if entry is not None:
            entry.add(item)
        for listener in list(self._listeners):
            try:
                listener(item)
            except Exception:  # one page that fails must not end a turn
                log.exception("a listener failed")

    def _notice_id(self) -> str:
        self._notices += 1
        return f"0.{self._notices}"


class _Entry:
    """A turn that was asked for, and the stream of whoever asked."""

    def __init__(self, take: Turns) -> None:
        self.take = take
        self._items: asyncio.Queue[Item | None] = asyncio.Queue()

    def add(self, item: Item) -> None:
        self._items.put_nowait(item)

    def end(self) -> None:
        self._items.put_nowait(None)

    async def stream(self) -> AsyncGenerator[Item, None]:
        while (item := await self._items.get()) is not None:
            yield item
