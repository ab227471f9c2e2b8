"""The motions of one track: a queue that performs them one after another, and can be cleared at any moment."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Literal, NamedTuple, TypeAlias

from bolt_agent.robot.motions import Motion

__all__ = ["Item", "Perform", "Phase", "Queue"]

Perform: TypeAlias = Callable[[Motion], Awaitable[None]]
Phase: TypeAlias = Literal["began", "ended"]
"""How far a motion has come; one that is broken off or dropped never ends."""


class Item(NamedTuple):
    """A motion, the number of the move it belongs to, and the line of the program that asked for it."""

    move: int
    motion: Motion
    line: int | None = None


class Queue:
    """The motions of one track, performed one after another.

    failed: told why one could not be performed.   passed: told of each that begins, and that ends by itself.
    """

    def __init__(
        self, perform: Perform, failed: Callable[[Exception], None], passed: Callable[[Item, Phase], None]
    ) -> None:
        self._perform = perform
        self._failed = failed
        self._passed = passed
        self._items: deque[Item] = deque()
        self._idle = asyncio.Event()
        self._idle.set()
        self._runner: asyncio.Task[None] | None = None
        self.current: Item | None = None

    def add(self, item: Item, *, first: bool = False) -> None:
        """Perform it after the others, or before them."""
        if first:
            self._items.appendleft(item)
        else:
            self._items.append(item)
        self._start()

    def peek(self) -> Motion | None:
        """The motion that comes next."""
        return self._items[0].motion if self._items else None

    def clear(self, *, move: int | None = None) -> None:
        """Forget what is planned (of one move only, when it is named) and break off what is being done."""
        self._items = deque(item for item in self._items if move is not None and item.move != move)
        if self._runner is not None:
            self._runner.cancel()
            self._runner = None
        self.current = None
        if self._items:
            self._start()
        else:
            self._idle.set()

    @property
    def busy(self) -> bool:
        """Whether anything is left to do."""
        return not self._idle.is_set()

    async def done(self) -> None:
        """Wait until nothing is left to do."""
        await self._idle.wait()

    async def close(self) -> None:
        """Forget everything, and end."""
        runner = self._runner
        self.clear()
        if runner is not None:
            await asyncio.wait({runner})

    def _start(self) -> None:
        self._idle.clear()
        if self._runner is None and self._items:
            self._runner = asyncio.create_task(self._run())

    async def _run(self) -> None:
        me = asyncio.current_task()
        while self._items:
            item = self.current = self._items.popleft()
            self._passed(item, "began")
            try:
                await self._perform(item.motion)
                self._passed(item, "ended")
            except Exception as error:  # even a defect must not leave the others waiting
                self._failed(error)
            if self._runner is not me:
                return  # cleared from within: another run may be under way
        self.current = None
        self._runner = None
        self._idle.set()
