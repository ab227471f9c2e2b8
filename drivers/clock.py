"""Time as everything above the simulator sees it: a clock that keeps wall time, and one that skips the waiting.

Waiting for a robot always goes through a `Clock`; waiting for the real world (a model's answer, a worker's
message) is ordinary asyncio. Under `FastClock` simulated time jumps to the next timer as soon as nobody has
anything left to do, so a minute of dancing takes as long as the machine needs to compute it, and the same
program gives the same times, exactly, on every run.

>>> clock = FastClock()
>>> async def nap() -> float:
...     await clock.sleep(3600)
...     return clock.now()
>>> clock.run(nap())
3600.0
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import selectors
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Protocol, TypeVar

__all__ = ["Clock", "FastClock", "RealClock", "Timer"]

T = TypeVar("T")


class Timer(Protocol):
    """A call that waits for its time."""

    def cancel(self) -> None:
        """Forget the call; harmless when it has happened."""


class Clock:
    """Seconds since the clock was made, and ways to wait for them. Use `RealClock` or `FastClock`."""

    def now(self) -> float:
        """Seconds since the start of this clock."""
        raise NotImplementedError

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        """Call `callback` at time `when`, or at once if that has passed."""
        raise NotImplementedError

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        """Run a program under this clock, as `asyncio.run` does."""
        raise NotImplementedError

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep simulated time still while something outside of it (a worker, a model) is busy."""
        yield

    @contextmanager
    def released(self) -> Iterator[None]:
        """Inside of `held`: let simulated time pass after all, such as while a scripted mind sleeps by this clock."""
        yield

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds; zero or less still lets others run."""
        await self.sleep_until(self.now() + seconds)

    async def sleep_until(self, when: float) -> None:
        """Wait for a moment of this clock."""
        due = asyncio.Event()
        timer = self.call_at(when, due.set)
        try:
            await due.wait()
        finally:
            timer.cancel()

    @asynccontextmanager
    async def timeout(self, seconds: float) -> AsyncIterator[None]:
        """Raise TimeoutError inside the block when it takes longer than that on this clock."""
        limit = asyncio.Timeout(None)
        loop = asyncio.get_running_loop()
        async with limit:
            timer = self.call_at(self.now() + seconds, lambda: limit.reschedule(loop.time()))
            try:
                yield
            finally:
                timer.cancel()


class RealClock(Clock):
    """Wall time, from a monotonic source."""

    def __init__(self) -> None:
        self._start: float | None = None

    def now(self) -> float:
        time = asyncio.get_running_loop().time()
        if self._start is None:
            self._start = time
        return time - self._start

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        now = self.now()
        return asyncio.get_running_loop().call_later(max(0.0, when - now), callback)

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        return asyncio.run(main)


class FastClock(Clock):
    """Simulated time that passes only when every task waits for it.

    Ordinary asyncio timers (`asyncio.timeout`, a HTTP client's) still run on wall time, so that a hung server is
    noticed. While the clock is `held`, simulated time stands still.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._holds = 0
        self._order = itertools.count()  # equal times fire in the order they were asked for
        self._timers: list[_FastTimer] = []

    def now(self) -> float:
        return self._now

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        timer = _FastTimer(max(when, self._now), next(self._order), callback)
        heapq.heappush(self._timers, timer)
        return timer

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        def make_loop() -> asyncio.AbstractEventLoop:
            return asyncio.SelectorEventLoop(_IdleSelector(self._skip))

        with asyncio.Runner(loop_factory=make_loop) as runner:
            return runner.run(main)

    @contextmanager
    def held(self) -> Iterator[None]:
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1

    @contextmanager
    def released(self) -> Iterator[None]:
        self._holds -= 1
        try:
            yield
        finally:
            self._holds += 1

    def _skip(self) -> bool:
        """Nobody has anything to do: go to the next moment at which somebody has. False when there is none."""
        if self._holds:
            return False
        while self._timers:
            timer = heapq.heappop(self._timers)
            if timer.callback is not None:
                self._now = timer.when
                callback, timer.callback = timer.callback, None
                callback()
                return True
        return False


class _FastTimer:
    __slots__ = ("callback", "order", "when")

    def __init__(self, when: float, order: int, callback: Callable[[], object]) -> None:
        self.when = when
        self.order = order
        self.callback: Callable[[], object] | None = callback

    def __lt__(self, other: _FastTimer) -> bool:
        return (self.when, self.order) < (other.when, other.order)

    def cancel(self) -> None:
        self.callback = None


class _IdleSelector(selectors.DefaultSelector):
    """A selector that offers to skip time before it would sleep: asyncio selects with a timeout only when idle."""

    def __init__(self, skip: Callable[[], bool]) -> None:
        super().__init__()
        self._skip = skip

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        return [] if self._skip() else super().select(timeout)
