"""A clock for virtual robots that people watch: wall time at a rate, which can be changed, and can stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from drivers.clock import Clock, Timer

__all__ = ["PacedClock"]

T = TypeVar("T")


class PacedClock(Clock):
    """Real time, faster or slower.

    rate: seconds of this clock in a second.   paused: it stands still, and whatever waits for it waits on.
    """

    def __init__(self, rate: float = 1.0) -> None:
        self.rate = rate
        self.paused = False
        self._then = 0.0
        self._since: float | None = None
        """The moment of the event loop at which this clock showed `_then`; None before the first look at it."""
        self._timers: set[_PacedTimer] = set()
        self._step: Timer | None = None

    def now(self) -> float:
        time = asyncio.get_running_loop().time()
        if self._since is None:
            self._since = time
        return self._then if self.paused else self._then + self.rate * (time - self._since)

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        timer = _PacedTimer(when, callback, self._timers)
        self._arm(timer)
        return timer

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        return asyncio.run(main)

    def change(self, *, rate: float | None = None, paused: bool | None = None) -> None:
        """Go on at another rate, stand still, or go on. None: as it was."""
        if self._step is not None:
            self._step.cancel()
            self._step = None
        self._then = self.now()
        self._since = asyncio.get_running_loop().time()
        self.rate = self.rate if rate is None else rate
        self.paused = self.paused if paused is None else paused
        for timer in list(self._timers):
            self._arm(timer)

    def step(self, seconds: float, done: Callable[[], object] = lambda: None) -> None:
        """Go on for that long, then stand still and tell so."""

        def end() -> None:
            self.change(paused=True)
            done()

        self.change(paused=False)
        self._step = self.call_at(self.now() + seconds, end)

    def _arm(self, timer: _PacedTimer) -> None:
        now = self.now()
        timer.disarm()
        if not self.paused:
            delay = max(0.0, timer.when - now) / self.rate
            timer.handle = asyncio.get_running_loop().call_later(delay, timer.fire)


class _PacedTimer:
    __slots__ = ("_callback", "_waiting", "handle", "when")

    def __init__(self, when: float, callback: Callable[[], object], waiting: set[_PacedTimer]) -> None:
        self.when = when
        self.handle: asyncio.TimerHandle | None = None
        self._callback = callback
        self._waiting = waiting
        waiting.add(self)

    def cancel(self) -> None:
        self.disarm()
        self._waiting.discard(self)

    def disarm(self) -> None:
        if self.handle is not None:
            self.handle.cancel()
            self.handle = None

    def fire(self) -> None:
        self._waiting.discard(self)
        self._callback()
