"""Devices as tables of commands. Length, target and error answers come from here once, not from each handler."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.firmware.framing import PRIMARY, SECONDARY, Packet

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware

__all__ = ["ANY", "MAIN", "MOTORS", "Command", "Device", "Error", "Refused", "execute", "no_answer_yet"]

Error = Packet.Error

MAIN = frozenset({PRIMARY})
"""Commands for the first processor; those without a target go there too."""
MOTORS = frozenset({SECONDARY})
"""Commands for the second processor, which must be named: without a target a BOLT refuses them."""
ANY = MAIN | MOTORS

Handler = Callable[..., bytes | None]
"""Takes the firmware and the values of the request; gives the data of the answer."""


class Refused(Exception):
    """The command is not obeyed; .error is what the answer says."""

    def __init__(self, error: int) -> None:
        super().__init__(Error(error).name)
        self.error = error


@dataclass(frozen=True, slots=True)
class Command:
    """One row of a device's table.

    request: a struct format; with a `*` at its end any bytes may follow, and come as the last value.
    """

    name: str
    request: str
    handler: Handler

    def values(self, data: bytes) -> tuple[Any, ...]:
        """The values of a request. Raises Refused where its length does not fit."""
        fixed = self.request.rstrip("*")
        size = struct.calcsize(fixed)
        if len(data) < size or (len(data) > size and fixed == self.request):
            raise Refused(Error.bad_data_length)
        values = struct.unpack(fixed, data[:size])
        return values if fixed == self.request else (*values, data[size:])


@dataclass(frozen=True)
class Device:
    """A device id with its commands.

    processors: those that have it.   exceptions: commands that have others.
    """

    did: int
    processors: frozenset[int]
    commands: Mapping[int, Command]
    exceptions: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def reached_by(self, cid: int, processor: int) -> bool:
        """Whether a command reaches the device on that processor."""
        return processor in self.exceptions.get(cid, self.processors)


def execute(firmware: Firmware, devices: Mapping[int, Device], request: Packet) -> bytes:
    """Obey a request; the data of its answer. Raises Refused."""
    device = devices.get(request.did)
    if device is None:
        raise Refused(Error.bad_device_id)
    command = device.commands.get(request.cid)
    if command is None:
        raise Refused(Error.bad_command_id)
    processor = PRIMARY if request.tid is None else request.tid & 0x0F
    if not device.reached_by(request.cid, processor):
        raise Refused(Error.bad_target_id)
    if processor == SECONDARY and not firmware.awake:
        raise Refused(Error.target_unavailable)
    return command.handler(firmware, *command.values(bytes(request.data))) or b""


def no_answer_yet(*_: Any) -> bytes:
    """The handler of a command whose meaning is not known."""
    raise Refused(Error.not_yet_implemented)
