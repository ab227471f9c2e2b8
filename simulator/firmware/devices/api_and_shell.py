"""Device 0x10: is anybody there, and what can it do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.firmware.table import ANY, Command, Device, Error, Refused

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware


def ping(_: Firmware, data: bytes) -> bytes:
    return data


def api_version(_: Firmware) -> bytes:
    return bytes((2, 1))


def shell(_: Firmware, text: bytes) -> None:
    """The shell takes a line and does nothing with it."""


def supported_dids(_: Firmware) -> bytes:
    from simulator.firmware.devices import DEVICES

    return bytes(sorted(DEVICES))


def supported_cids(_: Firmware, did: int) -> bytes:
    from simulator.firmware.devices import DEVICES

    if did not in DEVICES:
        raise Refused(Error.bad_parameter_value)
    return bytes(sorted(DEVICES[did].commands))


API_AND_SHELL = Device(
    0x10,
    ANY,
    {
        0x00: Command("ping", "*", ping),
        0x01: Command("get_api_protocol_version", "", api_version),
        0x02: Command("send_command_to_shell", "*", shell),
        0x05: Command("get_supported_dids", "", supported_dids),
        0x06: Command("get_supported_cids", "B", supported_cids),
    },
)
