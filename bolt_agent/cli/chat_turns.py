"""The turns of a chat: what is typed goes into the conversation, and what happens there is shown, whoever began it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from typing import Protocol

from bolt_agent.cli.chat_conversation import ChatLog
from bolt_agent.cli.picture import Scene
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.messages import Item, Tail, TurnBegan
from drivers.clock import Clock

__all__ = ["ChatSession", "ChatTurns"]

LONGEST_STOP = 3.0
"""Seconds of wall time that leaving waits for a stop."""


class ChatSession(Protocol):
    """What a chat needs of a robot."""

    greeting: str
    """The first line shown."""
    conversation: Conversation

    def scene(self) -> Scene:
        """What there is to see now. Asked for many times a second."""


class ChatTurns:
    """Says the entered lines, and keeps what a screen shows; no failure of a turn ends it. Used as a context.

    While nobody asks for anything, simulated time stands still.   changed: called when a screen should draw.
    """

    def __init__(self, session: ChatSession, clock: Clock, changed: Callable[[], None]) -> None:
        self.log = ChatLog()
        for message in session.conversation.transcript.messages:  # of a conversation that goes on
            self.log.add(Tail(message=message))
        self.log.note("speech", session.greeting)
        self._conversation = session.conversation
        self._clock = clock
        self._changed = changed
        self._still = ExitStack()
        self._lines: set[asyncio.Task[None]] = set()
        self._stops: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether a turn is under way."""
        return self._conversation.busy

    def __enter__(self) -> ChatTurns:
        self._unwatch = self._conversation.watch(self._show)
        self._let_time_pass()
        return self

    def __exit__(self, *_: object) -> None:
        self._unwatch()
        self._still.close()
        for task in (*self._lines, *self._stops):
            task.cancel()

    def enter(self, line: str) -> None:
        """A line from the person."""
        line = " ".join(line.split())
        if line:
            self.log.waiting.append(line)
            self._keep(self._lines, self._follow(line, self._conversation.talk(line)))

    def stop(self) -> None:
        """Stop the robot now, and forget the lines that wait: they belong to what was stopped."""
        self._keep(self._stops, self._stop())

    async def settled(self) -> None:
        """Wait until every stop has been carried out, but not for ever: the robot may be out of reach."""
        if self._stops:
            await asyncio.wait(self._stops, timeout=LONGEST_STOP)

    async def _follow(self, line: str, items: AsyncIterator[Item]) -> None:
        async for _ in items:
            pass  # shown by whoever watches
        self._waits_no_more(line)

    async def _stop(self) -> None:
        try:
            await self._conversation.stop()
        except Exception as error:
            self.log.note("failed", " ".join(f"stopping failed: {type(error).__name__}: {error}".split()))
            self._changed()

    def _show(self, item: Item) -> None:
        if isinstance(item, TurnBegan) and item.say:
            self._waits_no_more(item.say)
            self.log.note("person", item.say)
        else:
            self.log.add(item)
        self._let_time_pass()
        self._changed()

    def _waits_no_more(self, line: str) -> None:
        if line in self.log.waiting:
            self.log.waiting.remove(line)

    def _keep(self, tasks: set[asyncio.Task[None]], work: asyncio._CoroutineLike[None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        task.add_done_callback(lambda _: self._let_time_pass())
        self.log.version += 1
        self._let_time_pass()
        self._changed()

    def _let_time_pass(self) -> None:
        """Or not: it stands still between the turns. A stop, too, may need some."""
        self._still.close()
        if not self.busy and not self._stops:
            self._still.enter_context(self._clock.held())
