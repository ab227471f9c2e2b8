"""The link over spherov2's TCP adapter protocol: to `bolt-agent sim`, or to a computer that has the radio.

One connection finds the robot (FIND or SCAN), another carries it (INIT, SET_CALLBACK, WRITE). Lengths are two bytes,
big-endian; every request of the second connection is numbered, and answered by that number.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from contextlib import suppress

from drivers.ble import API_V2, SLICE, UNLOCK, UNLOCK_WORDS
from drivers.errors import Disconnected, DisconnectReason, LinkError, NotFound
from drivers.radio import NAME_PREFIX

__all__ = ["DEFAULT_PORT", "TcpLink"]

DEFAULT_PORT = 50004

SCAN, INIT, SET_CALLBACK, WRITE, FIND, END = b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\xff"
OK, ON_DATA, ERROR = b"\x00", b"\x01", b"\xff"

CONNECT_TIME, SCAN_TIME, INIT_TIME, ANSWER_TIME = 3.0, 5.0, 10.0, 0.9
"""Seconds of wall time: to reach the server, that it may scan, that it may connect, and for its other answers."""


class TcpLink:
    """A robot behind a server. name: 'SB-1234'; without one, the first BOLT that the server knows."""

    def __init__(self, host: str, port: int = DEFAULT_PORT, *, name: str | None = None) -> None:
        self.name = name
        self._host = host
        self._port = port
        self._writer: asyncio.StreamWriter | None = None
        self._hearing: asyncio.Task[None] | None = None
        self._number = 0
        self._answers: dict[int, asyncio.Future[None]] = {}
        self._writing = asyncio.Lock()
        self._notified: Callable[[bytes], None] = lambda _: None
        self._lost: Callable[[Disconnected], None] = lambda _: None

    async def open(self) -> None:
        self.name, address = await self._find()
        reader, self._writer = await self._connect()
        self._hearing = asyncio.create_task(self._hear(reader), name="tcp link")
        try:
            await self._ask(INIT, _sized(address.encode("ascii")), seconds=INIT_TIME)
            await self._ask(WRITE, _sized(UNLOCK.encode()) + _sized(UNLOCK_WORDS))
            await self._ask(SET_CALLBACK, _sized(API_V2.encode()))
        except BaseException:
            await self.close()
            raise

    async def write(self, packet: bytes) -> None:
        async with self._writing:  # the slices of two packets must not mix
            for start in range(0, len(packet), SLICE):
                await self._ask(WRITE, _sized(API_V2.encode()) + _sized(packet[start : start + SLICE]))

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        self._notified = callback

    def on_lost(self, callback: Callable[[Disconnected], None]) -> None:
        self._lost = callback

    async def close(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(OSError):
                writer.write(END)
                writer.close()
                async with asyncio.timeout(ANSWER_TIME):
                    await writer.wait_closed()
        if self._hearing is not None:
            self._hearing.cancel()
            await asyncio.wait({self._hearing})
            self._hearing = None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(CONNECT_TIME):
                return await asyncio.open_connection(self._host, self._port)
        except OSError as error:  # a TimeoutError is one, too
            where = f"{self._host}:{self._port}"
            raise Disconnected(
                f"nothing answers at {where}: {error or 'no reply'}; is the server running there?",
                DisconnectReason.REFUSED,
            ) from error

    async def _find(self) -> tuple[str, str]:
        """Name and address of the robot. Raises NotFound or Disconnected."""
        reader, writer = await self._connect()
        try:
            async with asyncio.timeout(2 * SCAN_TIME):
                seconds = struct.pack("!f", SCAN_TIME)
                writer.write(SCAN + seconds if self.name is None else FIND + _sized(self.name.encode()) + seconds)
                if await reader.readexactly(1) != OK:
                    text = await _text(reader)
                    raise NotFound(text or f"the server at {self._host}:{self._port} knows no robot {self.name}")
                count = 1 if self.name is not None else struct.unpack("!H", await reader.readexactly(2))[0]
                robots = [(await _text(reader), await _text(reader)) for _ in range(count)]
        except (OSError, EOFError) as error:
            raise Disconnected(f"the server broke off the search: {error}", DisconnectReason.REFUSED) from error
        finally:
            with suppress(OSError):
                writer.write(END)
                writer.close()
        bolts = [robot for robot in robots if self.name is not None or robot[0].startswith(NAME_PREFIX)]
        if not bolts:
            raise NotFound(f"the server at {self._host}:{self._port} has no BOLT in reach")
        return bolts[0]

    async def _ask(self, what: bytes, payload: bytes, *, seconds: float = ANSWER_TIME) -> None:
        if self._writer is None:
            raise Disconnected("the TCP link is not open", DisconnectReason.CLOSED)
        self._number = number = (self._number + 1) % 256
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            async with asyncio.timeout(seconds):
                self._writer.write(what + bytes([number]) + payload)
                await self._writer.drain()
                await answer
        except OSError as error:
            if isinstance(error, Disconnected):
                raise
            raise Disconnected("the server does not answer", DisconnectReason.OUT_OF_RANGE) from error
        finally:
            self._answers.pop(number, None)

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        with suppress(OSError, EOFError, UnicodeDecodeError):
            while True:
                code = await reader.readexactly(1)
                if code == OK:
                    self._settle((await reader.readexactly(1))[0], None)
                elif code == ON_DATA:
                    await _text(reader)  # which characteristic: there is one
                    size = (await reader.readexactly(1))[0]
                    self._notified(await reader.readexactly(size))
                elif code == ERROR:
                    text = await _text(reader)
                    self._settle((await reader.readexactly(1))[0], Disconnected(f"the server says: {text}"))
                else:
                    break  # not this protocol
        self._ended()

    def _settle(self, number: int, error: LinkError | None) -> None:
        answer = self._answers.get(number)
        if answer is None or answer.done():
            return
        if error is None:
            answer.set_result(None)
        else:
            answer.set_exception(error)

    def _ended(self) -> None:
        why = Disconnected("the server ended the connection", DisconnectReason.LEFT)
        for number in list(self._answers):
            self._settle(number, why)
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
            self._lost(why)


def _sized(data: bytes) -> bytes:
    return struct.pack("!H", len(data)) + data


async def _text(reader: asyncio.StreamReader) -> str:
    (size,) = struct.unpack("!H", await reader.readexactly(2))
    return (await reader.readexactly(size)).decode("utf-8")
