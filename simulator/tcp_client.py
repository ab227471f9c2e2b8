"""One TCP connection to the simulator: reads a client's requests and answers them. Numbers are in network order.

The protocol is that of spherov2's TCP adapter: a byte for the operation, then its arguments; texts have their length
in two bytes in front. An error is a text; to a numbered request it carries the number behind it.

One operation more is for clients that hold the clock (see `SimServer`): WAIT, with a moment in ms of simulated time (8
bytes). It is answered by TIME and the moment that has come: this one, or an earlier one at which a ball said something,
which was sent before.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.server import SimServer

__all__ = ["ANTI_DOS", "API", "Client"]

SCAN, INIT, SET_CALLBACK, WRITE, FIND, WAIT, END = 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0xFF
OK, ON_DATA, TIME, ERROR = b"\x00", b"\x01", b"\x02", b"\xff"
NO_END = 2**64 - 1
"""The moment of a client that waits only for what the balls say."""

_TAIL = "-574f-4f20-5370-6865726f2121"
API, DFU_CONTROL, ANTI_DOS = "00010002" + _TAIL, "00020002" + _TAIL, "00020005" + _TAIL
"""Characteristics: packets both ways; where the official app writes a byte at first; the unlock word."""
BUSY_WAIT = 5.0
"""s that a connection waits for a ball which is taken, as a radio would try."""
POLL = 0.02
LONGEST_SCAN = 30.0
MOST_DATA = 255
"""Bytes that fit behind a one-byte length."""
BACKLOG = 1 << 20
"""Bytes that may wait for a client that does not read; after that it is sent away."""


class Refusal(Exception):
    """A request that cannot be done; the client is told why."""


class Client:
    """A connection, and the ball it has."""

    def __init__(self, server: SimServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader, self._writer = reader, writer
        self._ball: int | None = None
        self._subscribed = False

    async def run(self) -> None:
        """Answer until the client leaves."""
        try:
            while (operation := (await self._reader.readexactly(1))[0]) != END:
                if operation == SCAN:
                    await self._scan()
                elif operation == FIND:
                    await self._find()
                elif operation in (INIT, SET_CALLBACK, WRITE):
                    await self._numbered(operation)
                elif operation == WAIT and self._server.held:
                    self._server.wait(self, struct.unpack("!Q", await self._reader.readexactly(8))[0])
                else:
                    break  # these are not the words of this protocol
                await self._writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, UnicodeDecodeError):
            pass  # it left without a word, or speaks something else
        finally:
            self._leave()

    def close(self) -> None:
        """Send it away."""
        self._writer.transport.abort()

    def tell_time(self, now: int) -> None:
        """The moment (ms) until which it waited has come, or a ball has said something."""
        self._writer.write(TIME + struct.pack("!Q", now))

    async def _scan(self) -> None:
        seconds = await self._seconds()
        await self._until(lambda: bool(self._server.free()), seconds)
        free = self._server.free()
        self._writer.write(OK + struct.pack("!H", len(free)) + b"".join(self._advertised(ball) for ball in free))

    async def _find(self) -> None:
        name = await self._text()
        seconds = await self._seconds()
        await self._until(lambda: self._server.number_of(name) is not None, seconds)
        ball = self._server.number_of(name)
        self._writer.write(OK + self._advertised(ball) if ball is not None else ERROR + b"\x00\x00")

    async def _numbered(self, operation: int) -> None:
        number = await self._reader.readexactly(1)
        try:
            text = await self._text()
            if operation == INIT:
                await self._connect(text)
            elif operation == SET_CALLBACK:
                self._subscribe(text)
            else:
                size = struct.unpack("!H", await self._reader.readexactly(2))[0]
                self._write(text.lower(), await self._reader.readexactly(size))
        except Refusal as refusal:
            self._writer.write(ERROR + _text(str(refusal)) + number)
        else:
            self._writer.write(OK + number)

    async def _connect(self, address: str) -> None:
        if self._ball is not None:
            raise Refusal("this connection has a ball already")
        wanted = [number for number in range(len(self._server.balls)) if _address(number) == address]
        if not wanted:
            raise Refusal(f"there is no ball at {address}")
        await self._until(lambda: wanted[0] in self._server.free(), BUSY_WAIT)
        if wanted[0] not in self._server.free():
            raise Refusal(f"{self._server.balls[wanted[0]].name} is connected to another client")
        self._ball = wanted[0]
        self._server.catch_up()
        self._server.take(wanted[0], self)
        self._server.balls[wanted[0]].on_disconnect(self._dropped)
        self._server.arm()

    def _subscribe(self, characteristic: str) -> None:
        ball = self._connected()
        if characteristic.lower() not in (API, DFU_CONTROL):
            raise Refusal(f"characteristic {characteristic} was not found")
        if characteristic.lower() == API and not self._subscribed:
            self._subscribed = True
            self._server.balls[ball].on_notify(self._notify)

    def _write(self, characteristic: str, data: bytes) -> None:
        ball = self._server.balls[self._connected()]
        self._server.catch_up()
        if characteristic == API:
            ball.write(data)
        elif characteristic == ANTI_DOS:
            ball.unlock(data)
        elif characteristic != DFU_CONTROL:
            raise Refusal(f"characteristic {characteristic} was not found")
        self._server.arm()

    def _connected(self) -> int:
        if self._ball is None:
            raise Refusal("connect to a ball first")
        return self._ball

    def _notify(self, packet: bytes) -> None:
        transport = self._writer.transport
        self._server.heard()
        if transport.is_closing():
            return
        if transport.get_write_buffer_size() > BACKLOG:
            transport.abort()
            return
        for start in range(0, len(packet), MOST_DATA):
            piece = packet[start : start + MOST_DATA]
            self._writer.write(ON_DATA + _text(API) + bytes((len(piece),)) + piece)

    def _dropped(self, _reason: str) -> None:
        self._server.heard()
        self._writer.close()

    def _leave(self) -> None:
        if self._ball is not None:
            number, self._ball = self._ball, None
            ball = self._server.balls[number]
            ball.forget(self._notify)
            ball.forget(self._dropped)
            self._server.release(number)
        self._writer.close()
        self._server.left(self)

    def _advertised(self, ball: int) -> bytes:
        return _text(self._server.balls[ball].name) + _text(_address(ball))

    async def _until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Wait for something, at most so long; not at all where the client holds the clock, and can ask again."""
        if self._server.held:
            return
        loop = asyncio.get_running_loop()
        end = loop.time() + min(LONGEST_SCAN, seconds)
        while not condition() and loop.time() < end:
            await asyncio.sleep(POLL)

    async def _text(self) -> str:
        size = struct.unpack("!H", await self._reader.readexactly(2))[0]
        return (await self._reader.readexactly(size)).decode("utf-8")

    async def _seconds(self) -> float:
        seconds: float = struct.unpack("!f", await self._reader.readexactly(4))[0]
        return max(0.0, seconds) if seconds == seconds else 0.0


def _address(number: int) -> str:
    """The address of a ball, which stays the same when it gets another name."""
    return f"C0:FF:EE:00:{number + 1 >> 8:02X}:{number + 1 & 0xFF:02X}"


def _text(text: str) -> bytes:
    data = text.encode()[:0xFFFF]
    return struct.pack("!H", len(data)) + data
