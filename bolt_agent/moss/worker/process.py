"""One worker, seen from the host: start it, talk to it, kill it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from contextlib import suppress

from pydantic import ValidationError

from bolt_agent.moss.errors import MossError
from bolt_agent.moss.worker.protocol import Answer, Call, Done, FromWorker, Program, Ready, Request, Setup

__all__ = ["Worker", "WorkerDied", "WorkerProcess"]

LONGEST_LINE = 8 * 2**20
"""Bytes of one message: a million characters that a program printed, however they are written."""

START_TIME = 20.0
"""Seconds of wall time within which a worker must have compiled the MOSS file."""

_BOOT = """
import sys
sys.path[:] = {path!r}
from bolt_agent.moss.worker.child import main
main()
"""


_DEATHS = {
    -24: "the program was ended: it used up its computing time (limit cpu)",
    -11: "the program crashed Python itself",
}
"""By exit status of the process; a negative one is the signal that ended it."""


class WorkerDied(MossError):
    """The worker process ended, or said something that is not in the protocol."""


class Worker(ABC):
    """Runs one program after another when it has been told the MOSS file."""

    def __init__(self) -> None:
        self._ready: Ready | None = None

    def begin(self, setup: Setup) -> None:
        """Give it the MOSS file, once. Raises WorkerDied."""
        self.tell(setup)

    async def ready(self) -> Ready:
        """Wait until it has compiled the MOSS file. Raises WorkerDied."""
        if self._ready is None:
            try:
                async with asyncio.timeout(START_TIME):
                    message = await self.hear()
            except TimeoutError:
                self.kill()
                raise WorkerDied(f"the worker did not start within {START_TIME:.0f} s") from None
            if not isinstance(message, Ready):
                raise WorkerDied("the worker began with something else than being ready")
            self._ready = message
        return self._ready

    @property
    @abstractmethod
    def alive(self) -> bool:
        """Whether it still runs."""

    @abstractmethod
    def tell(self, message: Setup | Program | Call | Answer) -> None:
        """Send a message. Raises WorkerDied."""

    @abstractmethod
    async def hear(self) -> Ready | Request | Done:
        """The next message. Raises WorkerDied when there will be none, or when it is no message."""

    @abstractmethod
    def kill(self) -> None:
        """End it now, whatever it does."""


class WorkerProcess(Worker):
    """A Python process without environment or site packages that runs MOSS programs.

    Reading is done by a thread, so that it works under every event loop and on every system.

    setup: what it begins with; without one it waits, its libraries loaded, until `begin`.
    trusted: for a process that is told its setup later, whether that will be trusted.
    """

    def __init__(self, setup: Setup | None = None, *, trusted: bool = False) -> None:
        super().__init__()
        trusted = setup.trusted if setup is not None else trusted
        boot = _BOOT.format(path=[entry for entry in sys.path if entry])
        isolation = [] if trusted else ["-I", "-S"]
        self._process = subprocess.Popen(
            [sys.executable, *isolation, "-X", "utf8", "-c", boot],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if trusted else subprocess.DEVNULL,
            env=None if trusted else _bare_environment(),
            bufsize=0,
        )
        self._loop = asyncio.get_running_loop()
        self._lines: asyncio.Queue[bytes] = asyncio.Queue()
        threading.Thread(target=self._read, name="worker reader", daemon=True).start()
        self._killed = False
        if setup is not None:
            self.begin(setup)

    @property
    def alive(self) -> bool:
        return not self._killed and self._process.poll() is None

    def tell(self, message: Setup | Program | Call | Answer) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(message.model_dump_json().encode() + b"\n")
        except OSError:
            raise WorkerDied("the worker is gone") from None

    async def hear(self) -> Ready | Request | Done:
        line = await self._lines.get()
        if not line:
            raise WorkerDied(self._obituary())
        try:
            return FromWorker.validate_json(line)
        except ValidationError:
            self.kill()
            raise WorkerDied("the worker said something that is no message; it was ended") from None

    def kill(self) -> None:
        self._killed = True
        self._process.kill()
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe, os.fdopen(os.dup(pipe.fileno()), "rb") as lines:
            line = b"-"
            while line:
                line = lines.readline(LONGEST_LINE)
                with suppress(RuntimeError):  # the loop has closed: nobody listens any more
                    self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
        self._process.wait()

    def _obituary(self) -> str:
        if self._killed:
            return "the program was stopped"
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        return _DEATHS.get(self._process.returncode, "the program ended its own process")


def _bare_environment() -> dict[str, str]:
    """Nothing of the person's environment; Windows cannot start Python without knowing where it lives."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
