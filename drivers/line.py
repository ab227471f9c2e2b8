"""The order of what goes to a robot: one command at a time, the newest drive first, the stop before everything."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from drivers.clock import Clock
from drivers.errors import CommandFailed, Disconnected, DisconnectReason, LinkError, NoAnswer, Overtaken
from drivers.link import Link
from drivers.packets import Command, Packet, Sequencer, name_of

__all__ = ["Line", "Order"]

ANSWER_TIME = 1.0
"""Seconds to wait for an acknowledgement; a BOLT in reach answers within 0.1 s."""


class Order(NamedTuple):
    """A command with its arguments and the processor it is for."""

    command: Command
    args: tuple[Any, ...] = ()
    proc: int | None = None


class Line:
    """Sends orders over a link and matches the answers.

    Orders of `request` wait for one another, because a Bluetooth link carries about 13 acknowledged commands a second.
    A setpoint never queues: `put` replaces the one that has not been sent yet. `now` waits for nobody.
    """

    def __init__(self, link: Link, clock: Clock, on_trouble: Callable[[LinkError], None]) -> None:
        self._link = link
        self._clock = clock
        self._on_trouble = on_trouble
        self._sequencer = Sequencer()
        self._setpoint: Order | None = None
        self._orders: deque[tuple[Order, asyncio.Future[Packet]]] = deque()
        self._waiting: dict[tuple[int, ...], asyncio.Future[Packet]] = {}
        self._work = asyncio.Event()
        self._sender: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send."""
        self._sender = asyncio.create_task(self._send_forever(), name="line")

    async def end(self) -> None:
        """Stop sending; whoever still waits is told that the answer will not come."""
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.wait({self._sender})
        self._drop(Disconnected("the link was closed", DisconnectReason.CLOSED))

    def put(self, setpoint: Order) -> None:
        """Send this next, instead of any setpoint that has not left yet. Failures go to `on_trouble`."""
        self._setpoint = setpoint
        self._work.set()

    async def request(self, command: Command, *args: Any, proc: int | None = None) -> Any:
        """Send a command when its turn comes and return what the robot answered, decoded."""
        answer: asyncio.Future[Packet] = asyncio.get_running_loop().create_future()
        self._orders.append((Order(command, args, proc), answer))
        self._work.set()
        return self._sequencer.read(command, await answer, *args)

    async def now(self, order: Order) -> None:
        """Send this as the very next packet, dropping every setpoint and order that has not left yet."""
        self._setpoint = None
        self._drop(Overtaken("the robot was stopped first"))
        await self._send(order)

    def answered(self, packet: Packet) -> None:
        """An answer arrived; whoever waits for it goes on."""
        waiting = self._waiting.get(tuple(packet.id))
        if waiting is not None and not waiting.done():
            waiting.set_result(packet)

    def _drop(self, why: LinkError) -> None:
        """Forget the orders that have not left; whoever waits for one is told why."""
        for _, answer in self._orders:
            if not answer.done():
                answer.set_exception(why)
        self._orders.clear()

    async def _send_forever(self) -> None:
        while True:
            await self._work.wait()
            if self._setpoint is not None:
                order, self._setpoint = self._setpoint, None
                try:
                    await self._send(order)
                except LinkError as error:
                    self._on_trouble(error)
            elif self._orders:
                order, answer = self._orders.popleft()
                try:
                    packet = await self._send(order)
                except LinkError as error:
                    if not answer.done():
                        answer.set_exception(error)
                else:
                    if not answer.done():
                        answer.set_result(packet)
            else:
                self._work.clear()

    async def _send(self, order: Order) -> Packet:
        packet = self._sequencer.write(order.command, *order.args, proc=order.proc)
        answer: asyncio.Future[Packet] = asyncio.get_running_loop().create_future()
        self._waiting[tuple(packet.id)] = answer
        try:
            await self._link.write(bytes(packet.build()))
            async with self._clock.timeout(ANSWER_TIME):
                reply = await answer
        except TimeoutError:
            name = name_of(order.command)
            raise NoAnswer(f"the robot did not answer {name}; is it awake and near?") from None
        finally:
            del self._waiting[tuple(packet.id)]
        if reply.err != Packet.Error.success:
            raise CommandFailed(name_of(order.command), int(reply.err), reply.err.name.replace("_", " "))
        return reply
