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
from bolt_agent.cli.chat_turns import ChatSession, is_stop
from bolt_agent.cli.picture import Scene
from bolt_agent.ghost.messages import Item, TurnEnded
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

    Lines that are there already are a script and taken in order. A line that comes later, while a turn runs, and
    means stop, stops the robot at once. With a clock, simulated time stands still between the turns.
    """
    await _PlainChat(session, console, clock).run(read_lines(lines, live_after))


class _PlainChat:
    def __init__(self, session: ChatSession, console: Console, clock: Clock | None) -> None:
        self._session = session
        self._console = console
        self._clock = clock
        self._busy = False
        self._waiting: asyncio.Queue[str | None] = asyncio.Queue()

    async def run(self, lines: AsyncIterator[tuple[str, bool]]) -> None:
        self._print(self._session.greeting)
        reading = asyncio.create_task(self._read(lines))
        try:
            while (line := await self._next()) is not None:
                self._print(f"> {line}")
                self._busy = True
                await self._take(line)
                self._busy = False
            await reading  # says so if the lines could not be read
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await reading

    async def _read(self, lines: AsyncIterator[tuple[str, bool]]) -> None:
        try:
            async for line, live in lines:
                if live and self._busy and is_stop(line):
                    self._print(f"> {line}")
                    while not self._waiting.empty():  # what waits belongs to what is stopped
                        self._waiting.get_nowait()
                    await self._stop()
                else:
                    self._waiting.put_nowait(line)
        finally:
            self._waiting.put_nowait(None)

    async def _next(self) -> str | None:
        with self._clock.held() if self._clock is not None else nullcontext():
            return await self._waiting.get()

    async def _take(self, line: str) -> None:
        try:
            await _show(self._session.say(line), self._console)
        except Exception as error:  # the conversation goes on, whatever a turn does
            self._print(f"error: {' '.join(f'{type(error).__name__}: {error}'.split())}")
            await self._stop()

    async def _stop(self) -> None:
        try:
            await self._session.stop()
        except Exception as error:
            self._print(f"error: stopping failed: {type(error).__name__}: {error}")

    def _print(self, text: str) -> None:
        print_line(self._console, printable(text))


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
