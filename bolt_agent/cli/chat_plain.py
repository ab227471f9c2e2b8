"""Turns shown line by line: on a terminal with colours and a live picture, elsewhere as plain text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext, suppress
from typing import TextIO

from rich.console import Console

from bolt_agent.cli.chat_conversation import printable
from bolt_agent.cli.chat_display import Display, LiveDisplay, PlainDisplay, print_line
from bolt_agent.cli.chat_lines import LIVE_AFTER, read_lines
from bolt_agent.cli.chat_turns import ChatSession
from bolt_agent.cli.picture import Scene
from bolt_agent.ghost.messages import Item, Tail, Text, TurnBegan, TurnEnded
from drivers.clock import Clock

__all__ = ["plain_chat", "show_turn"]

FRAME = 1 / 12
"""Seconds between two pictures."""


async def show_turn(items: AsyncIterator[Item], console: Console, scene: Callable[[], Scene] | None = None) -> None:
    """Print a turn as it happens; on a terminal with colours, and with a live picture below if there is a scene.

    Why a turn failed, where it was not its program, is left to the caller: it is in the TurnEnded.
    """

    async def without_the_end() -> AsyncIterator[Item]:
        async for item in items:
            if not isinstance(item, TurnEnded):
                yield item

    await _show(without_the_end(), console, scene)


async def plain_chat(
    session: ChatSession,
    lines: AsyncIterator[str] | TextIO,
    console: Console,
    *,
    clock: Clock | None = None,
    live_after: float = LIVE_AFTER,
) -> None:
    """Take a turn for each line, to the end of the lines. No failure of a turn ends it.

    Lines that are there already are a script and taken in order. A line that comes later, while a turn runs, does
    what the conversation's policy says. With a clock, simulated time stands still between the turns.
    """
    await _PlainChat(session, console, clock).run(read_lines(lines, live_after))


class _PlainChat:
    """The lines of a script wait here for their turn; a line typed meanwhile is said at once, and its stream waits."""

    def __init__(self, session: ChatSession, console: Console, clock: Clock | None) -> None:
        self._greeting = session.greeting
        self._conversation = session.conversation
        self._console = console
        self._clock = clock
        self._waiting: asyncio.Queue[str | AsyncIterator[Item] | None] = asyncio.Queue()

    async def run(self, lines: AsyncIterator[tuple[str, bool]]) -> None:
        self._print(self._greeting)
        reading = asyncio.create_task(self._read(lines))
        try:
            while (entered := await self._next()) is not None:
                items = self._conversation.talk(entered) if isinstance(entered, str) else entered
                await _show(_with_the_words(items), self._console)
            await reading  # says so if the lines could not be read
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await reading

    async def _read(self, lines: AsyncIterator[tuple[str, bool]]) -> None:
        try:
            async for line, live in lines:
                self._waiting.put_nowait(self._conversation.talk(line) if live and self._conversation.busy else line)
        finally:
            self._waiting.put_nowait(None)

    async def _next(self) -> str | AsyncIterator[Item] | None:
        with self._clock.held() if self._clock is not None else nullcontext():
            return await self._waiting.get()

    def _print(self, text: str) -> None:
        print_line(self._console, printable(text))


async def _with_the_words(items: AsyncIterator[Item]) -> AsyncIterator[Item]:
    """A turn, with what the person said as its first message."""
    async for item in items:
        yield item
        if isinstance(item, TurnBegan):
            yield Tail(message=Text(id=f"{item.turn}.0", role="person", text=item.say))


async def _show(items: AsyncIterator[Item], console: Console, scene: Callable[[], Scene] | None = None) -> None:
    with LiveDisplay(console, scene) if console.is_terminal else PlainDisplay(console) as display:
        drawing = asyncio.create_task(_redraw(display)) if scene is not None else None
        try:
            async for item in items:
                display.add(item)
        finally:
            if drawing is not None:
                drawing.cancel()


async def _redraw(display: Display) -> None:
    while True:
        display.refresh()
        await asyncio.sleep(FRAME)
