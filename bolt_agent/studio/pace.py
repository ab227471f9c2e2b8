"""A clock for virtual robots that people watch: wall time at a rate, which can be changed, and can stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from drivers.clock import Clock, Timer

__all__ = ["PacedClock"]

T = TypeVar("T")

LATEST = 0.02
"""Seconds of wall time that a call may come late; of more than that, the rest is lost: the clock does not run on.

A computer that is too slow for the rate, or was asleep, would else compute ever longer stretches at once, and hear
nobody who says stop meanwhile.
"""


PRECISION = 0.002
"""Seconds of this clock by which an event loop may call too early."""


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
        if self.paused:
            return self._then
        now = self._then + self.rate * (time - self._since)
        if self._timers:
            late = (now - min(timer.when for timer in self._timers)) / self.rate - LATEST
            if late > 0:
                self._since += late
                now -= self.rate * late
        return now

    def call_at(self, when: float, callback: Callable[[], object]) -> Timer:
        timer = _PacedTimer(self, max(when, self.now()), callback)
        self._timers.add(timer)
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

    def forget(self, timer: _PacedTimer) -> None:
        """Nobody waits for that any more."""
        self._timers.discard(timer)

    def _arm(self, timer: _PacedTimer) -> None:
        now = self.now()
        timer.disarm()
        if not self.paused:
            delay = max(0.0, timer.when - now) / self.rate
            timer.handle = asyncio.get_running_loop().call_later(delay, self._fire, timer)

    def _fire(self, timer: _PacedTimer) -> None:
        if self.now() < timer.when - PRECISION:  # time was lost meanwhile
            self._arm(timer)
        else:
            self._timers.discard(timer)
            timer.callback()


class _PacedTimer:
    __slots__ = ("_clock", "callback", "handle", "when")

    def __init__(self, clock: PacedClock, when: float, callback: Callable[[], object]) -> None:
        self.when = when
        self.callback = callback
        self.handle: asyncio.TimerHandle | None = None
        self._clock = clock

    def cancel(self) -> None:
        self.disarm()
        self._clock.forget(self)

    def disarm(self) -> None:
        if self.handle is not None:
            self.handle.cancel()
            self.handle = None
