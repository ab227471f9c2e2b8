"""Device 0x11: what hardware and software this is. A virtual BOLT says what a real one was seen to say."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.firmware.framing import PRIMARY
from simulator.firmware.table import ANY, Command, Device

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware

DID = 0x11
MAIN_APP, SECOND_APP, BOOTLOADER = (4, 2, 41), (4, 2, 44), (4, 0, 0)
"""The two applications as seen on a real BOLT; the bootloader's version is made up."""
FROM_SLEEP = 4
"""A boot reason."""


def _says(data: bytes) -> Callable[[Firmware], bytes]:
    """The handler of a command that always gives the same answer."""
    return lambda _: data


def _tells_later(cid: int, version: tuple[int, int, int]) -> Callable[[Firmware], None]:
    """The handler of a command whose answer is a notification, as the other processor must be asked."""
    return lambda bolt: bolt.notify(DID, cid, struct.pack(">3H", *version), processor=PRIMARY)


def mac_address(bolt: Firmware) -> bytes:
    """Twelve hexadecimal digits; the last four are those of the name, as with real ones."""
    digits = bolt.name.rpartition("-")[2].upper()
    valid = len(digits) == 4 and all(digit in "0123456789ABCDEF" for digit in digits)
    return b"C0FFEE00" + (digits if valid else "0001").encode()


SYSTEM_INFO = Device(
    DID,
    ANY,
    {
        0x00: Command("get_main_app_version", "", _says(struct.pack(">3H", *MAIN_APP))),
        0x01: Command("get_bootloader_version", "", _says(struct.pack(">3H", *BOOTLOADER))),
        0x03: Command("get_board_revision", "", _says(bytes((1,)))),
        0x06: Command("get_mac_address", "", mac_address),
        0x13: Command("get_stats_id", "", _says(bytes(2))),
        0x17: Command("get_secondary_main_app_version", "", _tells_later(0x18, SECOND_APP)),
        0x1F: Command("get_processor_name", "", _says(b"Virtual\0")),
        0x20: Command("get_boot_reason", "", _says(bytes((FROM_SLEEP,)))),
        0x21: Command("get_last_error_info", "", _says(bytes(46))),
        0x24: Command("get_secondary_mcu_bootloader_version", "", _tells_later(0x25, BOOTLOADER)),
        0x2B: Command("write_config_block", "", _says(b"")),
        0x2E: Command("erase_config_block", ">I", lambda _bolt, _key: None),
        0x30: Command("get_swd_locking_status", "", _says(bytes((1,)))),
        0x33: Command("get_manufacturing_date", "", _says(struct.pack(">HBB", 2024, 1, 1))),
        0x38: Command("get_sku", "", _says(b"K002\0")),
    },
)
