"""Questions that a program's wishes raise, put to the person at the terminal."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator

from bolt_agent.ghost.messages import ApprovalAsked, Item
from bolt_agent.ghost.turns.approval import read_answer
from bolt_agent.ghost.turns.session import Session

__all__ = ["answered", "yes_or_no"]


async def answered(items: AsyncIterator[Item], session: Session) -> AsyncIterator[Item]:
    """The items, as they are; where one is a question, the next thing that the person types answers it."""
    async for item in items:
        yield item
        if isinstance(item, ApprovalAsked):
            session.answer(item.id, await yes_or_no())


async def yes_or_no() -> bool:
    """What the next line that is typed says; no where there is none any more."""
    while True:
        line = await _line()
        answer = read_answer(line) if line else False  # the terminal has gone: nobody said yes
        if answer is not None:
            return answer


async def _line() -> str:
    """The next line of standard input, read in a daemon thread: one that never comes holds up nobody."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Future[str] = loop.create_future()

    def tell(line: str) -> None:
        if not arrived.done():
            arrived.set_result(line)

    threading.Thread(
        target=lambda: loop.call_soon_threadsafe(tell, sys.stdin.readline()), name="answer", daemon=True
    ).start()
    return await arrived
