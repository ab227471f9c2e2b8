"""Performing a MOSS file again each time it is saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from bolt_agent.assembly import Assembly, moss_setup
from bolt_agent.ghost.messages import Item
from bolt_agent.moss.worker.executor import Executor
from drivers.clock import Clock

__all__ = ["Saves", "perform_on_save"]

LOOK = 0.02
"""Seconds of wall time between two looks at the file. A save counts when two looks agree: it is written whole."""


class Saves:
    """Notices when a file is saved, however its editor does it: over the old file, or by putting another there."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = self._look()

    async def next(self) -> None:
        """Wait until the file is another than last time."""
        before = self._seen
        while True:
            await asyncio.sleep(LOOK)
            now = self._look()
            if now is not None and now == before and now != self._seen:
                self._seen = now
                return
            before = now

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None  # between two saves of an editor that renames
        return found.st_mtime_ns, found.st_size, found.st_ino


async def perform_on_save(
    assembly: Assembly,
    perform: Callable[[], AsyncIterator[Item]],
    show: Callable[[AsyncIterator[Item]], Awaitable[None]],
    waiting: Callable[[], None],
) -> None:
    """Perform now and after each save, for ever; a save ends what is being performed.

    perform: takes the turn.   show: shows it.   waiting: is told when a performance is over.
    """
    options = assembly.options
    assert options.moss_file is not None
    executor, clock = assembly.container.force_fetch(Executor), assembly.container.force_fetch(Clock)
    saves = Saves(options.moss_file)
    while True:
        turn = asyncio.create_task(_in_full(show, perform()))
        saved = asyncio.create_task(saves.next())
        try:
            await asyncio.wait({turn, saved}, return_when=asyncio.FIRST_COMPLETED)
            if turn.done():
                await turn
                waiting()
                with clock.held():  # nobody asks for time to pass meanwhile
                    await saved
            else:
                await assembly.session.stop()
                await turn
        finally:
            turn.cancel()
            saved.cancel()
        executor.renew(moss_setup(options))


async def _in_full(show: Callable[[AsyncIterator[Item]], Awaitable[None]], events: AsyncIterator[Item]) -> None:
    await show(events)
