"""Simulated time for a program with threads: one of them runs at a time, and time passes when all of them wait.

Python's own locks, threads, queues, sleeps and clocks are replaced in this process, so that a program that was written
for real time runs as fast as the machine can, and in the same order every time. Time is in whole milliseconds, as the
simulator counts it.
"""

from __future__ import annotations

import _thread
import heapq
import math
import queue
import selectors
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

__all__ = ["EPOCH", "HeldTime"]

EPOCH = 1_750_000_000
"""What `time.time()` says at the start of every run, in seconds: the same each time."""

LOOK = 0.1
"""ms that a look at a clock takes, so that a loop that waits by looking comes to its end."""

POLL = 10
"""ms between the looks of a program that waits for files or sockets."""

STUCK = 10.0
"""s of wall time that a program may keep time still before it is told why nothing moves."""

STUCK_HINT = (
    "bolt-agent: the program computes, or waits in a loop that neither sleeps nor looks at a clock; the ball's time "
    "stands still meanwhile"
)

_RealLock = _thread.allocate_lock
_start_real_thread = _thread.start_new_thread
_sleep_really = time.sleep


class Turn:
    """A thread of the program, as the schedule sees it."""

    __slots__ = ("ended", "gate", "joiners", "round", "waiting", "woken")

    def __init__(self) -> None:
        self.gate = _RealLock()
        self.gate.acquire()
        self.waiting = False
        self.woken = False
        self.round = 0
        """How often it has waited: a timer of an earlier round is void."""
        self.ended = False
        self.joiners: list[Turn] = []


class HeldTime:
    """The schedule of all threads. live: lets the world live until a moment (ms; None: until it has something to
    say), and says which moment it is then."""

    def __init__(self, live: Callable[[int | None], int]) -> None:
        self.now = 0
        """ms since the start."""
        self._live = live
        self._looks = 0
        self._current = Turn()
        self._ready: deque[Turn] = deque()
        self._timers: list[tuple[int, int, Turn, int]] = []
        self._timers_made = 0
        self._turns_taken = 0
        self._living = False

    # ---- waiting ----------------------------------------------------------------------------------------------

    @property
    def current(self) -> Turn:
        """The thread that runs."""
        return self._current

    def wait(self, seconds: float | None = None) -> bool:
        """Let the others run until this thread is woken (True), or that much time has passed (False)."""
        me = self._current
        me.waiting, me.woken = True, False
        me.round += 1
        if seconds is not None:
            due = self.now + max(0, math.ceil(min(seconds, 1e9) * 1000 - 1e-6))
            heapq.heappush(self._timers, (due, self._timers_made, me, me.round))
            self._timers_made += 1
        self._hand_over(me)
        return me.woken

    def wake(self, turn: Turn) -> bool:
        """Let a waiting thread run, after those that are ready already. False: its time was up before."""
        if not turn.waiting:
            return False
        turn.waiting, turn.woken = False, True
        self._ready.append(turn)
        return True

    def begin(self, function: Callable[..., object], args: tuple[Any, ...], turn: Turn) -> None:
        """What a new thread does: wait for its turn, work, and let those go on that wait for its end."""
        turn.gate.acquire()
        try:
            function(*args)
        finally:
            turn.ended = True
            for joiner in turn.joiners:
                self.wake(joiner)
            self._go_on(self._next())

    def start(self, function: Callable[..., object], args: tuple[Any, ...], starter: Callable[..., Any]) -> Turn:
        """Start a thread, which runs when the others wait. starter: takes a function and its arguments."""
        turn = Turn()
        self._ready.append(turn)
        starter(self.begin, (function, args, turn))
        return turn

    def join(self, turn: Turn, seconds: float | None = None) -> bool:
        """Wait for the end of a thread; whether it came."""
        if not turn.ended:
            turn.joiners.append(self._current)
            self.wait(seconds)
        return turn.ended

    # ---- clocks -----------------------------------------------------------------------------------------------

    def seconds(self) -> float:
        """Seconds since the start."""
        return self.now / 1000

    def look(self) -> float:
        """Seconds since the start, as a program reads them: each look takes a little time."""
        self._looks += 1
        if self._looks * LOOK >= 1:
            self.wait(0.001)
        return (self.now + self._looks * LOOK) / 1000

    def sleep(self, seconds: float) -> None:
        """What stands for `time.sleep`."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self.wait(seconds)

    # ---- the schedule -----------------------------------------------------------------------------------------

    def _hand_over(self, me: Turn) -> None:
        following = self._next()
        if following is not me:
            self._go_on(following)
            me.gate.acquire()

    def _go_on(self, turn: Turn) -> None:
        self._current = turn
        self._turns_taken += 1
        turn.gate.release()

    def _next(self) -> Turn:
        """The thread that runs next. Time passes only here: nobody had anything left to do."""
        while not self._ready:
            due = self._next_due()
            if due is None or due > self.now:
                self._living = True
                now = self._live(due)
                self._living = False
                if now > self.now:
                    self.now, self._looks = now, 0
            self._ring()
        return self._ready.popleft()

    def _next_due(self) -> int | None:
        while self._timers and self._void(self._timers[0]):
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    def _ring(self) -> None:
        """Let those run whose time has come."""
        while self._timers and self._timers[0][0] <= self.now:
            timer = heapq.heappop(self._timers)
            if not self._void(timer):
                timer[2].waiting = False
                self._ready.append(timer[2])

    @staticmethod
    def _void(timer: tuple[int, int, Turn, int]) -> bool:
        _, _, turn, round_ = timer
        return not turn.waiting or turn.round != round_

    # ---- putting it in Python's place -------------------------------------------------------------------------

    def install(self) -> None:
        """Let everything in this process that waits or looks at a clock do it here. Before anything makes a lock."""
        for name, origin in (("time", EPOCH), ("monotonic", 0), ("perf_counter", 0)):
            setattr(time, name, lambda origin=origin: origin + self.look())
            setattr(time, f"{name}_ns", lambda origin=origin: origin * 10**9 + round(self.look() * 1e9))
        setattr(time, "sleep", self.sleep)  # noqa: B010 - its type is not ours to change
        names: Any = threading
        names._time = self.seconds
        names._allocate_lock = names.Lock = lambda: Lock(self)
        names._CRLock = None  # the one in Python is made of our locks
        for name in ("_start_new_thread", "_start_joinable_thread"):
            if hasattr(names, name):
                setattr(names, name, self._starter(getattr(names, name)))
        names.Thread.join, names.Thread.is_alive = self._joiner(threading.Thread.join), _is_alive
        modules: Any = queue
        modules.time = self.seconds
        modules.SimpleQueue = modules._PySimpleQueue
        self._wait_for_sockets()
        _start_real_thread(self._watch, ())

    def finish(self) -> None:
        """Wait for the threads that Python would wait for at the end of a program."""
        while others := [thread for thread in threading.enumerate() if _is_waited_for(thread)]:
            others[0].join()

    def _starter(self, really: Callable[..., Any]) -> Callable[..., Any]:
        def start(function: Any, args: Any = (), **options: Any) -> Any:
            # both kinds of start are given a method of the thread
            result: list[Any] = []
            if not options:  # Python 3.12 and before
                function.__self__._turn = self.start(function, args, lambda *begin: result.append(really(*begin)))
            else:
                function.__self__._turn = self.start(
                    function, (), lambda begin, rest: result.append(really(lambda: begin(*rest), **options))
                )
            return result[0]

        return start

    def _joiner(self, really: Callable[..., None]) -> Callable[..., None]:
        def join(thread: Any, timeout: float | None = None) -> None:
            turn = getattr(thread, "_turn", None)
            if turn is None or turn is self._current or self.join(turn, timeout):
                really(thread)

        return join

    def _wait_for_sockets(self) -> None:
        """Whoever waits for sockets (asyncio does) looks at them now and then."""
        selector: Any = selectors.DefaultSelector
        select = selector.select

        def patient(this: Any, timeout: float | None = None) -> Any:
            end = None if timeout is None else self.now + 1000 * timeout
            while not (ready := select(this, 0)) and (end is None or self.now < end):
                self.wait((POLL if end is None else min(POLL, end - self.now)) / 1000)
            return ready

        selector.select = patient

    def _watch(self) -> None:
        """Say once why nothing moves."""
        seen = -1
        while self._turns_taken != seen or self._living:
            seen = self._turns_taken
            _sleep_really(STUCK)
        print(STUCK_HINT, file=sys.stderr)


class Lock:
    """What stands for `threading.Lock`; whoever has waited longest gets it."""

    def __init__(self, time: HeldTime) -> None:
        self._time = time
        self._held = False
        self._waiting: deque[Turn] = deque()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take it; False when that was not possible at once, or in time."""
        if not self._held:
            self._held = True
            return True
        if not blocking:
            return False
        me = self._time.current
        self._waiting.append(me)
        if self._time.wait(None if timeout < 0 else timeout):
            return True
        if me in self._waiting:
            self._waiting.remove(me)
        return False

    def release(self) -> None:
        """Give it to the next, or to nobody."""
        if not self._held:
            raise RuntimeError("release unlocked lock")
        while self._waiting:
            if self._time.wake(self._waiting.popleft()):
                return  # it is the other's now
        self._held = False

    def locked(self) -> bool:
        """Whether somebody has it."""
        return self._held

    def _at_fork_reinit(self) -> None:
        self._held = False
        self._waiting.clear()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def _is_alive(thread: Any) -> bool:
    """What stands for `Thread.is_alive`: by the schedule, not by the system."""
    turn = getattr(thread, "_turn", None)
    return turn is not None and not turn.ended if thread is not threading.main_thread() else True


def _is_waited_for(thread: threading.Thread) -> bool:
    return not thread.daemon and thread is not threading.current_thread() and thread is not threading.main_thread()
