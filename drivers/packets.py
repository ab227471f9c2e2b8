"""API v2 packets: spherov2's command functions used as a codec, and the framing of what comes back.

spherov2 knows how each command is written and how each answer is read, but sends through threads of its own. Here
its functions are given a stand-in for a toy that keeps the packet instead of sending it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from spherov2.commands import drive, io, power, sensor
from spherov2.controls import PacketDecodingException
from spherov2.controls.v2 import Packet

__all__ = ["Command", "Framer", "Packet", "Sequencer", "drive", "io", "name_of", "power", "sensor"]

Command = Callable[..., Any]
"""A command function of `spherov2.commands`."""

START, END = 0x8D, 0xD8
LONGEST = 512
"""Bytes between two marks; more than any packet has, so what is longer is noise."""


class _Written(Exception):
    def __init__(self, packet: Packet) -> None:
        self.packet = packet


class _Toy:
    """As much of a toy as spherov2's command functions ask for."""

    _require_target = False

    def __init__(self, manager: Any, answer: Packet | None) -> None:
        self._packet_manager = manager
        self._answer = answer

    def _execute(self, packet: Packet) -> Packet:
        if self._answer is None:
            raise _Written(packet)
        return self._answer


class Sequencer:
    """Writes commands as packets, numbered 0..254 in turn, and reads their answers."""

    def __init__(self) -> None:
        self._manager = Packet.Manager()

    def write(self, command: Command, *args: Any, proc: int | None = None) -> Packet:
        """The packet for a command. proc: the processor it is for, 1 (radio, LEDs) or 2 (motors, matrix)."""
        try:
            command(_Toy(self._manager, None), *args, proc=proc)
        except _Written as written:
            return written.packet
        raise TypeError(f"{name_of(command)} sends nothing")

    def read(self, command: Command, answer: Packet, *args: Any) -> Any:
        """What an answer says, decoded by the command that asked. Raises ValueError where it does not fit."""
        try:
            return command(_Toy(Packet.Manager(), answer), *args)  # a manager of its own: reading takes no number
        except (IndexError, ArithmeticError) as error:
            raise ValueError(f"the answer to {name_of(command)} is too short: {bytes(answer.data)!r}") from error


class Framer:
    """Finds packets in a stream of bytes that arrives in any slices; what is no packet is left out."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[Packet]:
        """The packets completed by these bytes."""
        for byte in bytes(data):
            if byte == START:
                self._pending = bytearray()
            self._pending.append(byte)
            if byte == END:
                frame, self._pending = self._pending, bytearray()
                try:
                    yield Packet.parse_response(frame)
                except (PacketDecodingException, ValueError, IndexError):
                    continue  # noise, or a packet spoilt on the way; its sender will not get an answer
            elif len(self._pending) > LONGEST:
                self._pending = bytearray()


def name_of(command: Command) -> str:
    """A command as people know it: `drive_with_heading`."""
    return str(command.__name__)
