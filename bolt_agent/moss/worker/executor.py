"""Runs MOSS programs for a host: in a worker process, with a spare one ready for when the first is ended."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from bolt_agent.moss.worker.process import Worker, WorkerDied, WorkerProcess
from bolt_agent.moss.worker.protocol import Answer, Call, Done, Limits, Program, Request, Setup
from drivers.clock import Clock

__all__ = ["Executor", "Feed", "Host", "Outcome"]

ROOM = 100
"""Characters that a worker may add to what was printed, to say that there was more."""

GRACE = 2.0
"""Seconds of wall time beyond its own limit after which a worker that still computes is ended from outside."""


QUICK = {"cut", "delete_move", "perform", "program", "save_move", "state"}
"""Requests that are answered at once, or when a person has said yes; none waits for the robot."""


class Host(Protocol):
    """The robot's side of a program. What it raises is raised in the program, at the line that asked."""

    async def answer(self, what: str, args: dict[str, Any]) -> Any:
        """Do or tell what a program asks for; arguments and answer are plain data."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a program: what it printed, and the text that its author should see if it failed.

    operator: what it returned to say what comes next, as plain data.
    lines: how many lines of one that failed had been carried out before.
    """

    output: str = ""
    error: str | None = None
    operator: dict[str, Any] | None = None
    lines: int = 0


class Feed:
    """A program that is still being written: text goes in at one end, the worker asks for it at the other."""

    def __init__(self) -> None:
        self.text = ""
        self._waiting = ""
        self._ended = False
        self._news = asyncio.Event()

    def add(self, text: str) -> None:
        """The next piece of the program."""
        self.text += text
        self._waiting += text
        self._news.set()

    def end(self) -> None:
        """The program is whole."""
        self._ended = True
        self._news.set()

    async def more(self) -> str | None:
        """What has come since the last time, when there is something; None at the end."""
        while not self._waiting and not self._ended:
            self._news.clear()
            await self._news.wait()
        text, self._waiting = self._waiting, ""
        return text or None


class Executor:
    """Runs programs one after another against a host.

    setup: the MOSS file and its limits.   clock: stands still while a program computes.
    inline: run them in a thread of this process, for programs that are trusted like the file.
    """

    def __init__(self, setup: Setup, host: Host, clock: Clock, *, inline: bool = False) -> None:
        self._setup = setup
        self._host = host
        self._clock = clock
        self._inline = inline
        self._worker: Worker | None = None
        self._spare: Worker | None = None
        self._keep_spare = False
        self._attending: asyncio.Task[Outcome] | None = None

    async def open(self, *, spare: bool = False) -> list[str]:
        """Start the worker, and keep a spare one if wanted. The walls that stand.

        Raises WorkerDied, with what is wrong, when the MOSS file does not compile.
        """
        ready = await self._current().ready()
        if ready.error is not None:
            self.close()
            raise WorkerDied(f"the MOSS file {self._setup.module} does not compile: {ready.error}")
        self._keep_spare = spare
        self._refill()
        return ready.walls

    async def run(self, program: str | Feed) -> Outcome:
        """Run code that defines `run(moss)`, or acts as it stands; from a feed, while it is being written."""
        if isinstance(program, Feed):
            return await self._perform(Program(streamed=True), program)
        return await self._perform(Program(code=program))

    async def call(self, function: str, args: list[str]) -> Outcome:
        """Call a function of the MOSS file."""
        return await self._perform(Call(function=function, args=args))

    def stop(self) -> None:
        """End the program that runs, at once; the next one runs in the spare worker."""
        if self._attending is not None:
            self._attending.cancel()
            self._replace()

    def renew(self, setup: Setup) -> None:
        """End what runs, and go on with another text of the MOSS file; variables that were kept are forgotten."""
        self._setup = setup
        self._replace()

    @property
    def context(self) -> dict[str, Any]:
        """The PyContext that the last program left, as plain data; setting it goes on from another one."""
        return self._setup.context

    @context.setter
    def context(self, context: dict[str, Any]) -> None:
        self.renew(self._setup.model_copy(update={"context": context}))

    def close(self) -> None:
        """End every worker."""
        for worker in (self._worker, self._spare):
            if worker is not None:
                worker.kill()
        self._worker = self._spare = None

    def _replace(self) -> None:
        if self._worker is not None:
            self._worker.kill()
        self._current()
        self._refill()

    def _current(self) -> Worker:
        if self._worker is None or not self._worker.alive:
            spare, self._spare = self._spare, None
            self._worker = spare if spare is not None and spare.alive else self._start()
            self._worker.begin(self._setup)  # only now: it gets the variables as they are
        return self._worker

    def _refill(self) -> None:
        if self._keep_spare and self._spare is None:
            self._spare = self._start()

    def _start(self) -> Worker:
        if self._inline:
            from bolt_agent.moss.worker.inline import InlineWorker  # it brings all of MOSS into this process

            return InlineWorker()
        return WorkerProcess(trusted=self._setup.trusted)

    async def _perform(self, task: Program | Call, feed: Feed | None = None) -> Outcome:
        worker = self._current()
        try:
            with self._clock.held():
                ready = await worker.ready()
            if ready.error is not None:
                return Outcome(error=ready.error)
            worker.tell(task)
            attendance = _Attendance(worker, self._host, self._clock, self._setup.limits, feed)
            self._attending = asyncio.create_task(attendance.attend(self._keep))
            return await self._attending
        except WorkerDied as error:
            return Outcome(error=str(error))
        except asyncio.CancelledError:
            waiting = asyncio.current_task()
            if waiting is not None and waiting.cancelling():  # whoever waits was told to give up
                if worker.alive:
                    self._replace()
                raise
            return Outcome(error="the program was stopped")
        finally:
            self._attending = None

    def _keep(self, context: dict[str, Any]) -> None:
        self._setup = self._setup.model_copy(update={"context": context})


class _Attendance:
    """One program under way: its requests are answered until it is done or has used up a limit."""

    def __init__(self, worker: Worker, host: Host, clock: Clock, limits: Limits, feed: Feed | None) -> None:
        self._worker = worker
        self._host = host
        self._clock = clock
        self._limits = limits
        self._feed = feed
        self._calls = 0
        self._waited = 0.0

    async def attend(self, keep: Any) -> Outcome:
        """To its end; `keep` is given the variables that it leaves."""
        while True:
            try:
                async with asyncio.timeout(self._limits.cpu + GRACE):
                    with self._clock.held():
                        message = await self._worker.hear()
            except TimeoutError:
                return self._end(f"it used up its computing time, {self._limits.cpu:g} s (limit cpu)")
            if isinstance(message, Done):
                keep(message.context)
                return Outcome(
                    message.output[: self._limits.output + ROOM], message.error, message.operator, message.lines
                )
            if not isinstance(message, Request):
                return self._end("it spoke out of turn")
            if message.what == "more" and self._feed is not None:
                with self._clock.held():  # the model writes in the world's time, not in the robot's
                    answer = Answer(value=await self._feed.more())
            else:
                self._calls += 1
                if self._calls > self._limits.calls:
                    return self._end(f"it called the robot more than {self._limits.calls} times (limit calls)")
                try:
                    answer = await (self._answer if message.what in QUICK else self._in_time)(message)
                except TimeoutError:
                    return self._end(f"it kept the robot busy for more than {self._limits.seconds:g} s (limit seconds)")
            self._worker.tell(answer)

    async def _in_time(self, request: Request) -> Answer:
        began = self._clock.now()
        try:
            async with self._clock.timeout(self._limits.seconds - self._waited):
                return await self._answer(request)
        finally:
            self._waited += self._clock.now() - began

    async def _answer(self, request: Request) -> Answer:
        try:
            return Answer(value=await self._host.answer(request.what, request.args))
        except Exception as error:  # whatever the host refuses is the program's to handle
            return Answer(error=str(error), refusal=type(error).__name__)

    def _end(self, why: str) -> Outcome:
        self._worker.kill()
        return Outcome(error=f"the program was ended: {why}")
