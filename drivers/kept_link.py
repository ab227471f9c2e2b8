"""A link kept by a process of its own, which stops the robot when the process that drives it dies.

A BOLT goes on for 2.75 s after the last command, and its firmware takes no other time. So the radio is held by a small
process (`drivers.link_keeper`) that outlives a killed program by the moment it needs to send the stop.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from drivers.errors import Disconnected, DisconnectReason, LinkError, NotFound

__all__ = ["KeptLink"]

CLOSE_TIME = 4.0
"""Seconds of wall time for letting the robot go."""

LONGEST_LINE = 1 << 20


class KeptLink:
    """The link that `drivers.link_keeper` makes of some words: 'ble', 'SB-1234', or 'tcp', 'localhost', '50004'."""

    def __init__(self, kind: str, *words: str, name: str | None = None) -> None:
        self.name = name
        self._words = (kind, *words)
        self._keeper: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._numbers = itertools.count()
        self._answers: dict[int, asyncio.Future[str | None]] = {}
        self._notified: Callable[[bytes], None] = lambda _: None
        self._lost: Callable[[Disconnected], None] = lambda _: None

    async def open(self) -> None:
        await self.close()
        words = [*self._words, self.name or ""]
        alone: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for us, not for the keeper
        if sys.platform == "win32":
            alone = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        self._keeper = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "drivers.link_keeper", *words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            limit=LONGEST_LINE,
            **alone,
        )
        self._listening = asyncio.create_task(self._listen(self._keeper), name="kept link")
        try:
            self.name = await self._ask("open") or self.name
        except BaseException:
            await self.close()
            raise

    async def write(self, packet: bytes) -> None:
        await self._ask("write", packet.hex())

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        self._notified = callback

    def on_lost(self, callback: Callable[[Disconnected], None]) -> None:
        self._lost = callback

    async def close(self) -> None:
        keeper, listening = self._keeper, self._listening
        if keeper is None or listening is None:
            return
        with suppress(LinkError, TimeoutError):
            async with asyncio.timeout(CLOSE_TIME):
                await self._ask("close")
        self._keeper = self._listening = None
        if keeper.returncode is None:
            with suppress(ProcessLookupError):
                keeper.kill()
        await keeper.wait()
        listening.cancel()
        await asyncio.wait({listening})

    async def _ask(self, what: str, data: str = "") -> str | None:
        keeper = self._keeper
        if keeper is None or keeper.stdin is None or keeper.returncode is not None:
            raise Disconnected("the link is not open", DisconnectReason.CLOSED)
        number = next(self._numbers)
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            keeper.stdin.write(json.dumps([number, what, data]).encode() + b"\n")
            with suppress(OSError):  # then nobody answers, and it is told by the one who listens
                await keeper.stdin.drain()
            return await answer
        finally:
            del self._answers[number]

    async def _listen(self, keeper: asyncio.subprocess.Process) -> None:
        assert keeper.stdout is not None
        while line := await keeper.stdout.readline():
            what, *rest = json.loads(line)
            if what == "heard":
                self._notified(bytes.fromhex(rest[0]))
            elif what == "lost":
                self._lost(Disconnected(rest[0], DisconnectReason[rest[1]]))
            else:
                self._settle(rest[0], what, *rest[1:])
        gone = Disconnected("the process that keeps the link has ended", DisconnectReason.CLOSED)
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(gone)
        if self._keeper is keeper:  # else we have ended it ourselves
            self._keeper = None
            self._lost(gone)

    def _settle(self, number: int, what: str, text: str, reason: str = "") -> None:
        answer = self._answers.get(number)
        if answer is None or answer.done():
            return
        if what == "done":
            answer.set_result(text)
        elif reason:
            answer.set_exception(Disconnected(text, DisconnectReason[reason]))
        else:
            answer.set_exception(NotFound(text))
