"""Runs MOSS programs for a host: in a worker process, with a spare one ready for when the first is ended."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from bolt_agent.moss.worker.process import WorkerDied, WorkerProcess
from bolt_agent.moss.worker.protocol import Answer, Call, Done, Program, Request, Setup
from drivers.clock import Clock

__all__ = ["Executor", "Host", "Outcome"]

GRACE = 2.0
"""Seconds of wall time beyond its own limit after which a worker that still computes is ended from outside."""


class Host(Protocol):
    """The robot's side of a program. What it raises is raised in the program, at the line that asked."""

    async def answer(self, what: str, args: dict[str, Any]) -> Any:
        """Do or tell what a program asks for; arguments and answer are plain data."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a program: what it printed, and the text that its author should see if it failed."""

    output: str = ""
    error: str | None = None


class Executor:
    """Runs programs one after another against a host.

    setup: the MOSS file and its limits.   clock: stands still while a program computes.
    """

    def __init__(self, setup: Setup, host: Host, clock: Clock) -> None:
        self._setup = setup
        self._host = host
        self._clock = clock
        self._worker: WorkerProcess | None = None
        self._spare: WorkerProcess | None = None
        self._keep_spare = False
        self._running = False
        self._blank: WorkerProcess | None = None

    async def open(self, *, spare: bool = False) -> list[str]:
        """Start the worker, and a spare one if wanted. The walls that stand.

        Raises WorkerDied, with what is wrong, when the MOSS file does not compile.
        """
        ready = await self._current().ready()
        if ready.error is not None:
            self.close()
            raise WorkerDied(f"the MOSS file {self._setup.module} does not compile: {ready.error}")
        self._keep_spare = spare
        self._refill()
        return ready.walls

    async def run(self, code: str) -> Outcome:
        """Run code that defines `run(moss)`."""
        return await self._perform(Program(code=code))

    async def call(self, function: str, args: list[str]) -> Outcome:
        """Call a function of the MOSS file."""
        return await self._perform(Call(function=function, args=args))

    def stop(self) -> None:
        """End the program that runs, at once; the next one runs in the spare worker."""
        if self._worker is not None and self._running:
            self._worker.kill()
            self._worker, self._spare = self._spare, None
            self._refill()

    def prepare(self) -> None:
        """Keep a worker ready for another text of the MOSS file, so that `renew` takes no time."""
        if self._blank is None or not self._blank.alive:
            self._blank = WorkerProcess(trusted=self._setup.trusted)

    def renew(self, setup: Setup) -> None:
        """End what runs, and go on with another text of the MOSS file; variables that were kept are forgotten."""
        blank, self._blank = self._blank, None
        self.close()
        self._setup = setup
        if blank is not None and blank.alive:
            blank.begin(setup)
            self._worker = blank

    def close(self) -> None:
        """End every worker."""
        for worker in (self._worker, self._spare, self._blank):
            if worker is not None:
                worker.kill()
        self._worker = self._spare = self._blank = None

    def _current(self) -> WorkerProcess:
        if self._worker is None or not self._worker.alive:
            self._worker, self._spare = self._spare or WorkerProcess(self._setup), None
        return self._worker

    def _refill(self) -> None:
        if self._keep_spare and self._spare is None:
            self._spare = WorkerProcess(self._setup)

    async def _perform(self, task: Program | Call) -> Outcome:
        worker = self._current()
        try:
            with self._clock.held():
                ready = await worker.ready()
            if ready.error is not None:
                return Outcome(error=ready.error)
            self._running = True
            worker.tell(task)
            return await self._attend(worker)
        except WorkerDied as error:
            return Outcome(error=str(error))
        finally:
            self._running = False

    async def _attend(self, worker: WorkerProcess) -> Outcome:
        """Answer a program's requests until it is done or has used up a limit."""
        limits = self._setup.limits
        calls, waited = 0, 0.0
        while True:
            try:
                async with asyncio.timeout(limits.cpu + GRACE):
                    with self._clock.held():
                        message = await worker.hear()
            except TimeoutError:
                return self._end(worker, f"it computed for {limits.cpu:.0f} s without an end")
            if isinstance(message, Done):
                self._setup = self._setup.model_copy(update={"context": message.context})
                return Outcome(message.output[: limits.output], message.error)
            if not isinstance(message, Request):
                return self._end(worker, "it spoke out of turn")
            calls += 1
            if calls > limits.calls:
                return self._end(worker, f"it called the robot more than {limits.calls} times")
            began = self._clock.now()
            try:
                async with self._clock.timeout(limits.motion - waited):
                    answer = await self._answer(message)
            except TimeoutError:
                return self._end(worker, f"it kept the robot busy for more than {limits.motion:.0f} s")
            waited += self._clock.now() - began
            worker.tell(answer)

    async def _answer(self, request: Request) -> Answer:
        try:
            return Answer(value=await self._host.answer(request.what, request.args))
        except Exception as error:  # whatever the host refuses is the program's to handle
            return Answer(error=str(error), refusal=type(error).__name__)

    def _end(self, worker: WorkerProcess, why: str) -> Outcome:
        worker.kill()
        return Outcome(error=f"the program was ended: {why}")
