"""The process that keeps a link for another: `python -m drivers.link_keeper ble|tcp [WORD ...] NAME`.

Lines of JSON come in, `[number, "open" | "write" | "close", data]`, and go out: `["done" | "failed", number, text,
reason]`, `["heard", data]`, `["lost", text, reason]`. When the input ends without a close, its owner has died: then
the robot is told to stop.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from contextlib import suppress
from typing import Any

from drivers.ble import BleLink
from drivers.errors import Disconnected, DisconnectReason, LinkError
from drivers.link import Link
from drivers.packets import Packet
from drivers.tcp import TcpLink

__all__ = ["Keeper", "main"]

DRIVE = (0x16, 0x07)

STOP_TRIES, STOP_PAUSE = 3, 0.15
"""How often the stop of an orphaned robot is sent, and the seconds between: nobody waits for its answers."""


class Keeper:
    """Does what is asked on a link, and remembers how the robot rolls."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._open = False
        self._drive: Packet | None = None
        """The newest drive command, while the robot rolls by it."""
        self._tasks: set[asyncio.Task[None]] = set()
        link.on_notify(lambda data: _say("heard", data.hex()))
        link.on_lost(lambda why: _say("lost", str(why), why.reason.name))

    async def serve(self, lines: asyncio.Queue[str]) -> None:
        """Until the input ends."""
        while line := await lines.get():
            number, what, data = json.loads(line)
            task = asyncio.create_task(self._do(number, what, data))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._open:
            await self._stop()
            with suppress(LinkError):
                await self._link.close()

    async def _do(self, number: int, what: str, data: str) -> None:
        try:
            if what == "open":
                await self._link.open()
                self._open = True
            elif what == "write":
                packet = bytes.fromhex(data)
                self._note(packet)
                await self._link.write(packet)
            else:
                self._open = False
                await self._link.close()
        except LinkError as error:
            _say("failed", number, str(error), error.reason.name if isinstance(error, Disconnected) else "")
        except Exception as error:  # whatever it is, its owner must not wait for ever
            _say("failed", number, f"the link has a defect: {error!r}", DisconnectReason.CLOSED.name)
        else:
            _say("done", number, self._link.name or "")

    def _note(self, data: bytes) -> None:
        """Remember a drive command, and forget it when the robot is told to stand."""
        packet = Packet.parse_response(data)
        if (packet.did, packet.cid) == DRIVE:
            self._drive = packet if packet.data[0] else None

    async def _stop(self) -> None:
        """Its owner is gone: the robot keeps its heading and stands."""
        drive = self._drive
        if drive is None:
            return
        for number in range(STOP_TRIES):
            data = bytearray((0, *drive.data[1:3], 0))
            stop = Packet(drive.flags, *DRIVE, number, drive.tid, drive.sid, data)
            with suppress(LinkError):
                await self._link.write(bytes(stop.build()))
            await asyncio.sleep(STOP_PAUSE)


def main(words: list[str]) -> None:
    """Keep the link that the words describe."""
    kind, *rest = words
    name = rest.pop() or None
    link: Link = BleLink(name) if kind == "ble" else TcpLink(rest[0], int(rest[1]), name=name)
    asyncio.run(_run(Keeper(link)))


async def _run(keeper: Keeper) -> None:
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        with suppress(RuntimeError):  # the loop has ended before
            loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, name="owner", daemon=True).start()
    await keeper.serve(lines)


def _say(*words: Any) -> None:
    with suppress(OSError, ValueError):  # nobody listens any more
        print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
