"""Devices 0x19 and 0x1D: the radio's name, and pending firmware updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.firmware.table import MAIN, Command, Device, Error, Refused

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware


def set_name(bolt: Firmware, text: bytes) -> None:
    name = text.rstrip(b"\0")
    if not name or not name.isascii():
        raise Refused(Error.bad_parameter_value)
    bolt.name = name.decode()


def get_name(bolt: Firmware) -> bytes:
    return bolt.name.encode() + b"\0"


def pending_updates(_: Firmware) -> bytes:
    return bytes(2)


CONNECTION = Device(
    0x19,
    MAIN,
    {
        0x03: Command("set_bluetooth_name", "*", set_name),
        0x04: Command("get_bluetooth_name", "", get_name),
        0x05: Command("get_bluetooth_advertising_name", "", get_name),
    },
)

FIRMWARE = Device(0x1D, MAIN, {0x0D: Command("get_pending_update_flags", "", pending_updates)})
