"""The turns of a chat: one after another, with lines that wait, and a stop that does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext, suppress
from typing import Protocol

from bolt_agent.cli.chat_conversation import Conversation
from bolt_agent.cli.picture import Scene
from bolt_agent.ghost.messages import Item
from drivers.clock import Clock

__all__ = ["ChatSession", "ChatTurns", "is_stop"]

LONGEST_STOP = 3.0
"""Seconds of wall time that leaving waits for a stop."""


class ChatSession(Protocol):
    """What a chat needs of a session."""

    greeting: str
    """The first line shown."""

    def say(self, text: str) -> AsyncIterator[Item]:
        """Take one turn; the items end with TurnEnded."""

    async def stop(self) -> None:
        """Emergency stop: the robot stands still, the turn under way ends."""

    def scene(self) -> Scene:
        """What there is to see now. Asked for many times a second."""


class ChatTurns:
    """Takes the entered lines as turns and keeps the conversation; no failure of a turn ends it.

    changed: called after every change that a screen should show.
    """

    def __init__(self, session: ChatSession, clock: Clock, changed: Callable[[], None]) -> None:
        self.conversation = Conversation(session.greeting)
        self.busy = False
        self._session = session
        self._clock = clock
        self._changed = changed
        self._entered = asyncio.Event()
        self._stops: set[asyncio.Task[None]] = set()

    def enter(self, line: str) -> None:
        """A line from the person: its turn comes after those before it. Words that mean stop act at once."""
        line = " ".join(line.split())
        if not line:
            return
        if self.busy and is_stop(line):
            self.conversation.note("person", line)
            self.stop()
            return
        self.conversation.waiting.append(line)
        self.conversation.version += 1
        self._entered.set()
        self._changed()

    def stop(self) -> None:
        """Stop the robot now, and forget the lines that wait: they belong to what was stopped."""
        stopping = asyncio.create_task(self._stop())
        self._stops.add(stopping)
        stopping.add_done_callback(self._has_stopped)
        self._entered.set()  # lets time pass, which a stop may need
        if self.conversation.waiting:
            dropped = len(self.conversation.waiting)
            self.conversation.waiting.clear()
            self.conversation.note("notice", f"{dropped} waiting line{'s' * (dropped > 1)} dropped")
        self._changed()

    async def settled(self) -> None:
        """Wait until every stop has been carried out, but not for ever: the robot may be out of reach."""
        if self._stops:
            await asyncio.wait(self._stops, timeout=LONGEST_STOP)

    async def run(self) -> None:
        """Take turns until cancelled."""
        while True:
            while not self.conversation.waiting:
                self._entered.clear()
                # While nobody asks for anything, simulated time stands still.
                with nullcontext() if self._stops else self._clock.held():
                    await self._entered.wait()
            line = self.conversation.waiting.pop(0)
            self.conversation.note("person", line)
            self.busy = True
            self._changed()
            try:
                await self._take(line)
            finally:
                self.busy = False
                self._changed()

    async def _take(self, line: str) -> None:
        try:
            async for item in self._session.say(line):
                self.conversation.add(item)
                self._changed()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            self._went_wrong("the turn was cancelled")
        except Exception as error:  # the conversation goes on, whatever a turn does
            self._went_wrong(f"{type(error).__name__}: {error}")
            with suppress(Exception):
                await self._session.stop()

    def _has_stopped(self, stopping: asyncio.Task[None]) -> None:
        self._stops.discard(stopping)
        self._entered.set()

    async def _stop(self) -> None:
        try:
            await self._session.stop()
        except Exception as error:
            self._went_wrong(f"stopping failed: {type(error).__name__}: {error}")
            self._changed()

    def _went_wrong(self, what: str) -> None:
        self.conversation.note("failed", " ".join(f"Something went wrong: {what}".split()))


def is_stop(line: str) -> bool:
    """Whether a line means stop."""
    from bolt_agent.brains import reflex  # a grammar: loaded when somebody speaks while the robot is busy

    return reflex.is_stop(line)
