"""A program while its brain writes it: executed as it comes, and given up as soon as it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from bolt_agent.moss.worker.executor import Executor, Feed, Outcome

__all__ = ["Writing"]

T = TypeVar("T")


class Writing:
    """The programs of one answer, one after another. Leaving the block ends what still runs.

    streamed: execute a program while it is being written. One that comes in a single piece is executed whole all
    the same: it is there before anything could be gained.
    """

    def __init__(self, executor: Executor, *, streamed: bool) -> None:
        self._executor = executor
        self._streamed = streamed
        self._feed = Feed()
        self._pieces = 0
        self._running: asyncio.Task[Outcome] | None = None

    @property
    def text(self) -> str:
        """The program so far."""
        return self._feed.text

    async def __aenter__(self) -> Writing:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._running is not None:
            self._executor.stop()
            self._running.cancel()
            await asyncio.wait({self._running})

    def add(self, code: str) -> None:
        """The next piece of the program."""
        self._feed.add(code)
        self._pieces += 1
        if self._streamed and self._pieces == 2:
            self._running = asyncio.create_task(self._executor.run(self._feed))

    async def finish(self) -> Outcome | None:
        """The program is whole: what came of it. None when there was none."""
        if not self._feed.text:
            return None
        self._feed.end()
        running = self._running or asyncio.create_task(self._executor.run(self._feed.text))
        self._running = running
        try:
            return await running
        finally:
            if running.done():
                self._running, self._feed, self._pieces = None, Feed(), 0

    async def unless_it_failed(self, writing: Awaitable[T | None]) -> T | None:
        """Wait for the brain's next part, or give up (None) when the program it is writing has failed already."""
        if self._running is None:
            return await writing
        part = asyncio.ensure_future(writing)
        try:
            await asyncio.wait({part, self._running}, return_when=asyncio.FIRST_COMPLETED)
            return part.result() if part.done() else None
        finally:
            if not part.done():
                part.cancel()
                await asyncio.wait({part})
