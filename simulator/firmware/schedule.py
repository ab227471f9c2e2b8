"""What is due when: simulated time in whole milliseconds, so that every run counts alike."""

from __future__ import annotations

import heapq
from collections.abc import Callable

__all__ = ["Due", "Schedule"]


class Due:
    """Something that will be done at a moment, unless it is cancelled."""

    __slots__ = ("action",)

    def __init__(self, action: Callable[[], object]) -> None:
        self.action: Callable[[], object] | None = action

    def cancel(self) -> None:
        """Do not do it; harmless when it has been done."""
        self.action = None


class Schedule:
    """The time, and what is to be done later. Things due at the same moment are done in the order they were asked for.

    >>> schedule, done = Schedule(), []
    >>> _ = schedule.after(20, lambda: done.append("twenty"))
    >>> schedule.run(until=25), done
    (None, ['twenty'])
    """

    def __init__(self) -> None:
        self.now = 0
        """Milliseconds since the start."""
        self._order = 0
        self._waiting: list[tuple[int, int, Due]] = []

    def after(self, delay: int, action: Callable[[], object]) -> Due:
        """Do something that many milliseconds from now."""
        due = Due(action)
        heapq.heappush(self._waiting, (self.now + max(0, delay), self._order, due))
        self._order += 1
        return due

    def next_due(self) -> int | None:
        """When something is due next."""
        while self._waiting and self._waiting[0][2].action is None:
            heapq.heappop(self._waiting)
        return self._waiting[0][0] if self._waiting else None

    def run(self, until: int, live: Callable[[int], object] | None = None) -> None:
        """Let time pass and do what is due. live: is called with each moment up to which nothing is due."""
        while True:
            due = self.next_due()
            stop = until if due is None else min(until, due)
            if live is not None and stop > self.now:
                live(stop)
            self.now = max(self.now, stop)
            if due is None or due > self.now:
                return
            self._do(heapq.heappop(self._waiting)[2])

    def _do(self, due: Due) -> None:
        action = due.action
        due.cancel()
        if action is not None:
            action()
