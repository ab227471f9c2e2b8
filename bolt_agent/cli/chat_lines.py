"""Lines for a chat without a screen: from a file, a pipe or an iterator, each marked as live or there already."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from typing import TextIO

__all__ = ["LIVE_AFTER", "read_lines"]

LIVE_AFTER = 0.1
"""Seconds of waiting for a line after which somebody is typing it; a script's lines are there at once."""


async def read_lines(
    lines: AsyncIterator[str] | TextIO, live_after: float = LIVE_AFTER
) -> AsyncIterator[tuple[str, bool]]:
    """Each line that is not empty, and whether it is live: the first one that had to be waited for, and all after it.

    The very first line does not count: whatever writes the script may be slow to start.
    """
    source = lines if isinstance(lines, AsyncIterator) else _from_file(lines)
    first, live = True, False
    while True:
        since = time.monotonic()
        line = await anext(source, None)
        if line is None:
            return
        live = live or (not first and time.monotonic() - since > live_after)
        first = False
        if line := " ".join(line.split()):
            yield line, live


async def _from_file(file: TextIO) -> AsyncIterator[str]:
    """A file's lines, read in a thread of their own: a daemon, so that a line which never comes holds up nobody."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[str | Exception] = asyncio.Queue()

    def tell(item: str | Exception) -> None:
        try:
            loop.call_soon_threadsafe(arrived.put_nowait, item)
        except RuntimeError:  # the loop has closed: nobody listens any more
            raise SystemExit from None

    def read() -> None:
        try:
            while line := file.readline():
                tell(line)
            tell("")
        except Exception as error:
            tell(error)

    threading.Thread(target=read, name="chat-lines", daemon=True).start()
    while item := await arrived.get():
        if isinstance(item, Exception):
            raise item
        yield item
