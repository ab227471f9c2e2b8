"""The order of what goes to a robot: one command at a time, the newest drive first, the stop before everything."""

from __future__ import annotations

import asyncio
import struct
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from drivers.clock import Clock
from drivers.errors import CommandFailed, Disconnected, DisconnectReason, LinkError, NoAnswer, Overtaken
from drivers.link import Link
from drivers.packets import Command, Packet, Sequencer, name_of

__all__ = ["Line", "Order"]

ANSWER_TIME = 0.9
"""Seconds to wait for an acknowledgement; a BOLT in reach answers within 0.1 s."""

STOP_TRIES = 3
"""How often a stop is sent within ANSWER_TIME before it counts as unheard."""


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
        self._broken: Disconnected | None = None
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
        self.lose(Disconnected(reason=DisconnectReason.CLOSED))

    def lose(self, why: Disconnected) -> None:
        """The link broke: whoever waits for an answer, or asks before `mend`, is told why at once."""
        self._broken = why
        self._setpoint = None
        self._drop(why)
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(why)

    def mend(self) -> None:
        """The link carries again."""
        self._broken = None

    def put(self, setpoint: Order) -> None:
        """Send this next, instead of any setpoint that has not left yet. Failures go to `on_trouble`."""
        if self._broken is not None:
            asyncio.get_running_loop().call_soon(self._on_trouble, self._broken)
            return
        self._setpoint = setpoint
        self._work.set()

    async def request(self, command: Command, *args: Any, proc: int | None = None) -> Any:
        """Send a command when its turn comes and return what the robot answered, decoded."""
        if self._broken is not None:
            raise self._broken
        answer = _future()
        self._orders.append((Order(command, args, proc), answer))
        self._work.set()
        reply = await answer
        try:
            return self._sequencer.read(command, reply, *args)
        except (ValueError, struct.error) as error:
            raise LinkError(f"the robot's answer to {name_of(command)} cannot be read: {error}") from error

    async def now(self, order: Order) -> None:
        """Send this as the very next packet, dropping every setpoint and order that has not left yet.

        It is sent again until the robot says that it has heard it. Raises NoAnswer, CommandFailed or Disconnected.
        """
        self._setpoint = None
        self._drop(Overtaken("the robot was stopped first"))
        if self._broken is not None:
            raise self._broken
        trouble: LinkError = _unheard(order)
        sent: list[tuple[int, ...]] = []
        answer = _future()
        try:
            for _ in range(STOP_TRIES):
                with suppress(TimeoutError):
                    async with self._clock.timeout(ANSWER_TIME / STOP_TRIES):
                        await self._link.write(self._numbered(order, answer, sent))
                        reply = await asyncio.shield(answer)
                    if reply.err == Packet.Error.success:
                        return
                    trouble = CommandFailed(name_of(order.command), int(reply.err))
                    answer = _future()
            raise trouble
        finally:
            self._forget(sent, answer)

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
                if answer.done():
                    continue  # nobody waits for it any more
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
        sent: list[tuple[int, ...]] = []
        answer = _future()
        try:
            async with self._clock.timeout(ANSWER_TIME):
                await self._link.write(self._numbered(order, answer, sent))
                reply = await answer
        except TimeoutError:
            raise _unheard(order) from None
        finally:
            self._forget(sent, answer)
        if reply.err != Packet.Error.success:
            raise CommandFailed(name_of(order.command), int(reply.err))
        return reply

    def _numbered(self, order: Order, answer: asyncio.Future[Packet], sent: list[tuple[int, ...]]) -> bytes:
        """The packet of an order, under a new number; an answer to any of its numbers will do."""
        packet = self._sequencer.write(order.command, *order.args, proc=order.proc)
        sent.append(tuple(packet.id))
        self._waiting[sent[-1]] = answer
        return bytes(packet.build())

    def _forget(self, sent: list[tuple[int, ...]], answer: asyncio.Future[Packet]) -> None:
        for number in sent:
            self._waiting.pop(number, None)
        if answer.done() and not answer.cancelled():
            answer.exception()  # seen: asyncio need not complain that nobody has looked


def _future() -> asyncio.Future[Packet]:
    return asyncio.get_running_loop().create_future()


def _unheard(order: Order) -> NoAnswer:
    return NoAnswer(f"the robot did not answer {name_of(order.command)}; is it awake and near?")
