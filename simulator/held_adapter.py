"""spherov2's adapter to a simulator whose clock the program holds: packets and time over the same connections."""

from __future__ import annotations

import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from simulator.held_time import HeldTime, Turn
from simulator.tcp_client import END, ERROR, FIND, INIT, NO_END, OK, ON_DATA, SCAN, SET_CALLBACK, TIME, WAIT, WRITE

__all__ = ["HeldLink", "hold_time"]

SCAN_INTERVAL = 0.1
"""s between looks for a ball that is not there yet."""

Heard = Callable[[str, bytes], object]


class Found(NamedTuple):
    """A ball in reach."""

    name: str
    address: str


class Connection:
    """One TCP connection, read only when an answer is due."""

    def __init__(self, port: int, heard: Callable[[str, bytes], None]) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._heard = heard
        self._number = 0

    def ask(self, operation: int, payload: bytes) -> None:
        """A numbered request. Raises Exception with what the server has against it, ConnectionError when it is gone."""
        self._number = (self._number + 1) % 256
        self.send(bytes((operation, self._number)) + payload)
        self._listen(OK)
        self.take(1)

    def wait(self) -> int:
        """The moment (ms) that has come, after everything that was said before it."""
        self._listen(TIME)
        return int(struct.unpack("!Q", self.take(8))[0])

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self._socket.sendall(data)

    def take(self, size: int) -> bytes:
        """So many bytes. Raises ConnectionError when the server has closed the connection."""
        data = b""
        while len(data) < size:
            piece = self._socket.recv(size - len(data))
            if not piece:
                raise ConnectionError("the ball has dropped the link")
            data += piece
        return data

    def text(self) -> str:
        """Text with its length in front."""
        return self.take(int(struct.unpack("!H", self.take(2))[0])).decode()

    def close(self) -> None:
        """Leave, and wait until the server knows it."""
        with suppress(OSError):
            self.send(bytes((END,)))
            while self._socket.recv(4096):
                pass
        self._socket.close()

    def _listen(self, wanted: bytes) -> None:
        """Take in what comes until an answer of that kind begins."""
        while (kind := self.take(1)) != wanted:
            text = self.text()
            if kind == ERROR:
                self.take(1)
                raise Exception(text)  # as spherov2's own adapter does
            if kind == ON_DATA:
                self._heard(text.lower(), self.take(self.take(1)[0]))


class HeldLink:
    """All connections of this process, and the thread in which the program hears its balls."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._clock = Connection(port, lambda *_: None)
        self.connections: list[Connection] = []
        self._inbox: deque[tuple[Heard, str, bytes]] = deque()
        self._listener: Turn | None = None
        self.time = HeldTime(self._live)
        self._live(0)  # from the first wait on a connection is one that time must wait for

    def install(self) -> None:
        """Let time and packets pass here. Before anything makes a lock or a thread."""
        import _thread

        start = _thread.start_new_thread
        self.time.install()
        self._listener = self.time.start(self._listen, (), start)

    def ask(self, request: bytes) -> Connection:
        """A connection with one request sent."""
        connection = Connection(self._port, lambda *_: None)
        connection.send(request)
        return connection

    def connect(self, address: str, heard: Heard) -> Connection:
        """A connection that has the ball at an address."""
        connection = Connection(self._port, lambda uuid, data: self._deliver(heard, uuid, data))
        try:
            connection.ask(INIT, _sized(address.encode("ascii")))
        except BaseException:
            connection.close()
            raise
        self.connections.append(connection)
        return connection

    def _live(self, until: int | None) -> int:
        """Let the world live: every connection waits, then every one is heard, always in the same order."""
        request = bytes((WAIT,)) + struct.pack("!Q", NO_END if until is None else until)
        alive = [self._clock, *(each for each in self.connections if self._sent(each, request))]
        self._clock.send(request)
        now = 0
        for connection in alive:
            try:
                now = max(now, connection.wait())
            except OSError:
                if connection is self._clock:
                    raise
                self.connections.remove(connection)
        return now

    def _sent(self, connection: Connection, request: bytes) -> bool:
        try:
            connection.send(request)
        except OSError:
            return False
        return True

    def _deliver(self, heard: Heard, uuid: str, data: bytes) -> None:
        self._inbox.append((heard, uuid, data))
        if self._listener is not None:
            self.time.wake(self._listener)

    def _listen(self) -> None:
        while True:
            while self._inbox:
                heard, uuid, data = self._inbox.popleft()
                try:
                    heard(uuid, data)
                except Exception:
                    threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
            self.time.wait()


def hold_time(port: int) -> tuple[type[Any], Callable[[], None]]:
    """Hold the clock of the simulator at a port from now on: the adapter for spherov2, and what waits for threads."""
    link = HeldLink(port)
    link.install()

    class HeldAdapter:
        """In the place of spherov2's BleakAdapter."""

        @staticmethod
        def scan_toys(timeout: float = 5.0) -> list[Found]:
            return _searched(lambda: _scan(link), timeout) or []

        @staticmethod
        def scan_toy(name: str, timeout: float = 5.0) -> Found | None:
            found: Found | None = _searched(lambda: _find(link, name), timeout)
            return found

        def __init__(self, address: str) -> None:
            self._callbacks: dict[str, list[Heard]] = {}
            self._connection = link.connect(address, self._heard)

        def set_callback(self, uuid: str, callback: Heard) -> None:
            callbacks = self._callbacks.setdefault(uuid.lower(), [])
            if not callbacks:
                self._connection.ask(SET_CALLBACK, _sized(uuid.encode()))
            callbacks.append(callback)

        def write(self, uuid: str, data: bytes) -> None:
            self._connection.ask(WRITE, _sized(uuid.encode()) + _sized(bytes(data)))

        def close(self) -> None:
            if self._connection in link.connections:
                link.connections.remove(self._connection)
            self._connection.close()

        def _heard(self, uuid: str, data: bytes) -> None:
            for callback in self._callbacks.get(uuid, []):
                callback(uuid, data)

    return HeldAdapter, link.time.finish


def _scan(link: HeldLink) -> list[Found]:
    connection = link.ask(bytes((SCAN,)) + struct.pack("!f", 0))
    connection.take(1)
    found = [Found(connection.text(), connection.text()) for _ in range(struct.unpack("!H", connection.take(2))[0])]
    connection.close()
    return found


def _find(link: HeldLink, name: str) -> Found | None:
    connection = link.ask(bytes((FIND,)) + _sized(name.encode()) + struct.pack("!f", 0))
    found = Found(connection.text(), connection.text()) if connection.take(1) == OK else None
    connection.close()
    return found


def _searched(look: Callable[[], Any], seconds: float) -> Any:
    """What a look found, within so much simulated time."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(SCAN_INTERVAL)
    return found


def _sized(data: bytes) -> bytes:
    return struct.pack("!H", len(data)) + data
