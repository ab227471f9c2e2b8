"""Serves virtual BOLTs over TCP, in the words of spherov2's TCP adapter, in real time or as its clients let it pass.

    from spherov2 import scanner
    from spherov2.adapter.tcp_adapter import get_tcp_adapter
    toy = scanner.find_BOLT(adapter=get_tcp_adapter("127.0.0.1"))

A client scans and finds over connections of their own, and has one more for each ball. A ball that is connected is
not found by others until it is free again, as with the real radio.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from simulator.tcp_client import Client
from simulator.virtual_world import VirtualWorld

__all__ = ["PORT", "SimServer", "running"]

PORT = 50004
LOOPBACK = "127.0.0.1"
TOO_LATE = 0.25
"""s behind real time after which the simulator gives up catching up, and lets its time run late instead."""
CHUNK = 0.05
"""s of simulated time at once, so that the network is not kept waiting."""
LONGEST_LIFE = 60.0
"""s of simulated time after which clients that hold the clock are told how late it is, though nobody said anything."""


class SimServer:
    """Lets a world live in real time and its balls be driven over TCP.

    balls: what clients connect to; by default the world's own, else wrappers such as `FaultyRadio`.
    speed: simulated seconds in a second.   adopt_names: a ball that nobody has connected to yet answers to whatever
    name is looked for.   log: is told who comes and goes.
    held: the server holds the clock, and time passes only while all its clients wait (the operation WAIT of
    `tcp_client`): as fast as the machine can, and the same on every run.
    """

    def __init__(
        self,
        world: VirtualWorld,
        *,
        balls: Sequence[Any] | None = None,
        host: str = LOOPBACK,
        port: int = PORT,
        speed: float = 1.0,
        adopt_names: bool = False,
        held: bool = False,
        log: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.held = held
        self.world = world
        self.balls = list(world.bolts if balls is None else balls)
        self.host, self.port = host, port
        self.log = log
        self.late = 0.0
        """s that simulated time has fallen behind, in all."""
        self.taken: dict[int, Client] = {}
        """Which client has which ball, by number."""
        self._speed = speed
        self._adopt_names = adopt_names
        self._never_taken = set(range(len(self.balls)))
        self._server: asyncio.Server | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._began = 0.0
        self._clients: set[Client] = set()
        self._holders: set[Client] = set()
        """Who holds the clock: whoever has waited once or has a ball."""
        self._waiting: dict[Client, int] = {}
        """Those of them that wait, and until when (ms)."""
        self._heard = False

    async def start(self) -> None:
        """Listen, and let time begin. Raises OSError when the port is taken."""
        self._server = await asyncio.start_server(self._serve, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        self._began = asyncio.get_running_loop().time() - self.world.time / self._speed
        self.arm()

    async def close(self) -> None:
        """Send everybody away and let time stand still."""
        if self._timer is not None:
            self._timer.cancel()
        if self._server is not None:
            self._server.close()
        for client in list(self._clients):
            client.close()
        while self._clients:
            await asyncio.sleep(0)

    def catch_up(self) -> None:
        """Let the world live until now."""
        if self.held:
            return
        now = self._now()
        behind = now - self.world.time
        if behind > TOO_LATE * self._speed:
            self._began += (behind - CHUNK) / self._speed
            self.late += behind - CHUNK
            now = self._now()
        self.world.advance(now)

    def arm(self) -> None:
        """Come back when something is due."""
        if self.held:
            return
        if self._timer is not None:
            self._timer.cancel()
        when = self._began + self.world.wake_at() / self._speed
        self._timer = asyncio.get_running_loop().call_at(when, self._tick)

    def wait(self, client: Client, until: int) -> None:
        """A client waits until a moment (ms), or until a ball says something."""
        self._holders.add(client)
        self._waiting[client] = until
        self._live_on()

    def heard(self) -> None:
        """A ball has said something, or dropped its link."""
        self._heard = True

    def left(self, client: Client) -> None:
        """A client is gone; those that wait need not wait for it."""
        self._holders.discard(client)
        self._waiting.pop(client, None)
        self._live_on()

    def free(self) -> list[int]:
        """The numbers of the balls that nobody is connected to."""
        return [number for number in range(len(self.balls)) if number not in self.taken]

    def number_of(self, name: str) -> int | None:
        """The free ball of a name; with `adopt_names` one that takes the name."""
        free = self.free()
        for number in free:
            if self.balls[number].name == name:
                return number
        unused = [number for number in free if number in self._never_taken]
        if self._adopt_names and unused and name.startswith("SB-") and name not in [ball.name for ball in self.balls]:
            self.world.bolts[unused[0]].name = name
            return unused[0]
        return None

    def take(self, number: int, client: Client) -> None:
        """A client has this ball now."""
        self.taken[number] = client
        if self.held:
            self._holders.add(client)
        self._never_taken.discard(number)
        self.balls[number].connect()
        self.log(f"{self.balls[number].name} is connected")

    def release(self, number: int) -> None:
        """The ball is free again."""
        del self.taken[number]
        self.balls[number].disconnect()
        self.log(f"{self.balls[number].name} is free")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Client(self, reader, writer)
        self._clients.add(client)
        try:
            await client.run()
        finally:
            self._clients.discard(client)

    def _live_on(self) -> None:
        """Let the world live while all who hold the clock wait."""
        if not self._holders or self._holders - self._waiting.keys():
            return
        until, self._heard = min(self._waiting.values()) / 1000, False
        longest = self.world.time + LONGEST_LIFE
        while self.world.time < min(until, longest) and not self._heard:
            self.world.advance(min(until, self.world.wake_at()))
        now = round(1000 * self.world.time)
        waiting, self._waiting = self._waiting, {}
        for client in waiting:
            client.tell_time(now)

    def _now(self) -> float:
        return (asyncio.get_running_loop().time() - self._began) * self._speed

    def _tick(self) -> None:
        self.catch_up()
        self.arm()


@contextlib.contextmanager
def running(world: VirtualWorld, **options: Any) -> Iterator[SimServer]:
    """A server in a thread of its own; `server.port` is a free one unless it is given. For tests and programs.

    While it runs the world belongs to that thread: look, but do not write or advance.
    """
    server = SimServer(world, **{"port": 0, **options})
    started, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    failed: list[OSError] = []

    async def serve() -> None:
        try:
            await server.start()
        except OSError as error:
            failed.append(error)
            return
        finally:
            started.set()
        await over.wait()
        await server.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="virtual BOLT", daemon=True)
    thread.start()
    started.wait()
    try:
        if failed:
            raise failed[0]
        yield server
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()
