"""The computer's Bluetooth: which robots are in reach, and why none can be reached, in words.

bleak is imported when Bluetooth is used, not before.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from drivers.errors import Disconnected, DisconnectReason, NotFound

__all__ = ["NAME_PREFIX", "SCAN_TIME", "Found", "find", "radio_trouble", "remedy", "scan"]

NAME_PREFIX = "SB-"
"""How the names of BOLTs begin; a BOLT+ is called BP-..., and speaks to its processors differently."""

SCAN_TIME = 4.0
"""Seconds to listen for robots; a BOLT that is awake tells its name several times a second."""

NOBODY = (
    "no BOLT answered{named}: shake it to wake it, bring it near, and close other apps that are connected to it "
    "(`bolt-agent doctor` looks at this computer's side)"
)

_DBUS_REASONS = {
    "org.bluez.Error.InProgress": DisconnectReason.BUSY,
    "org.bluez.Error.NotReady": DisconnectReason.RADIO_OFF,
    "org.bluez.Error.NotAuthorized": DisconnectReason.NO_PERMISSION,
    "org.freedesktop.DBus.Error.AccessDenied": DisconnectReason.NO_PERMISSION,
    "org.freedesktop.DBus.Error.ServiceUnknown": DisconnectReason.NO_SERVICE,
}

_REMEDIES: dict[DisconnectReason, dict[str, str]] = {
    DisconnectReason.RADIO_OFF: {
        "linux": "switch it on in the system settings, or run: bluetoothctl power on",
        "darwin": "switch it on in System Settings > Bluetooth",
        "win32": "switch it on in Settings > Bluetooth & devices",
    },
    DisconnectReason.NO_ADAPTER: {
        "linux": "plug in a Bluetooth LE adapter; `rfkill list` shows whether one is blocked",
        "darwin": "use a Mac with Bluetooth LE",
        "win32": "plug in a Bluetooth LE adapter, and look for it in the Device Manager",
    },
    DisconnectReason.NO_PERMISSION: {
        "linux": "add yourself to the group bluetooth (sudo usermod -aG bluetooth $USER) and log in again",
        "darwin": "allow your terminal in System Settings > Privacy & Security > Bluetooth, and start it again",
        "win32": "allow apps to use the radio in Settings > Privacy & security > Radios",
    },
    DisconnectReason.NO_SERVICE: {
        "linux": "install and start BlueZ: sudo apt install bluez && sudo systemctl start bluetooth; a container needs "
        "the host's /run/dbus/system_bus_socket",
        "darwin": "restart the Mac",
        "win32": "start the Bluetooth Support Service in services.msc",
    },
}


@dataclass(frozen=True)
class Found:
    """A robot in reach. signal: dBm, nearer to 0 is stronger; below -85 commands get lost."""

    name: str
    address: str
    signal: int
    device: Any = field(default=None, repr=False, compare=False)
    """What bleak connects to."""


async def scan(seconds: float = SCAN_TIME) -> list[Found]:
    """The BOLTs in reach, the strongest first. Raises Disconnected, whose reason says what Bluetooth lacks."""
    with radio_trouble():
        from bleak import BleakScanner

        seen = await BleakScanner.discover(seconds, return_adv=True)
    found = [
        Found(name, device.address, advertisement.rssi, device)
        for device, advertisement in seen.values()
        if (name := advertisement.local_name or device.name or "").startswith(NAME_PREFIX)
    ]
    return sorted(found, key=lambda robot: (-robot.signal, robot.name))


async def find(name: str | None = None, seconds: float = SCAN_TIME) -> Found:
    """The robot of that name, as soon as it is heard; without one, the strongest. Raises NotFound or Disconnected."""
    if name is None:
        robots = await scan(seconds)
        if not robots:
            raise NotFound(NOBODY.format(named=""))
        return robots[0]
    with radio_trouble():
        from bleak import BleakScanner

        device = await BleakScanner.find_device_by_filter(
            lambda device, seen: name.upper() in ((seen.local_name or "").upper(), (device.name or "").upper()), seconds
        )
    if device is None:
        raise NotFound(NOBODY.format(named=f" to the name {name}"))
    return Found(device.name or name, device.address, 0, device)


@contextmanager
def radio_trouble() -> Iterator[None]:
    """Turn what bleak and the system raise into Disconnected, with the reason in words."""
    try:
        from bleak.exc import BleakError
    except ImportError as error:
        raise Disconnected(f"the package bleak cannot be loaded: {error}", DisconnectReason.NO_SERVICE) from error
    try:
        yield
    except (BleakError, OSError, EOFError, TimeoutError) as error:
        if isinstance(error, Disconnected):
            raise
        reason = _reason(error)
        advice = remedy(reason)
        raise Disconnected(f"{reason} ({advice})" if advice else f"{reason} ({_brief(error)})", reason) from error


def remedy(reason: DisconnectReason, system: str = sys.platform) -> str:
    """What a person can do about it on that system ('linux', 'darwin' or 'win32'); empty where nothing is special."""
    return _REMEDIES.get(reason, {}).get(system, "")


def _reason(error: Exception) -> DisconnectReason:
    from bleak import exc

    if isinstance(error, exc.BleakBluetoothNotAvailableError):
        why = exc.BleakBluetoothNotAvailableReason
        known = {
            why.NO_BLUETOOTH: DisconnectReason.NO_ADAPTER,
            why.NO_BLE_CENTRAL_ROLE: DisconnectReason.NO_ADAPTER,
            why.POWERED_OFF: DisconnectReason.RADIO_OFF,
        }
        denied = error.reason.name.startswith("DENIED")
        return known.get(error.reason, DisconnectReason.NO_PERMISSION if denied else DisconnectReason.NO_ADAPTER)
    if isinstance(error, exc.BleakDBusError):
        return _DBUS_REASONS.get(error.dbus_error, DisconnectReason.OUT_OF_RANGE)
    if isinstance(error, PermissionError):
        return DisconnectReason.NO_PERMISSION
    if isinstance(error, FileNotFoundError | ConnectionRefusedError):
        return DisconnectReason.NO_SERVICE  # the socket of D-Bus
    text = str(error).lower()
    if "no bluetooth" in text or "adapter" in text:
        return DisconnectReason.NO_ADAPTER
    if "not ready" in text or "turned off" in text or "powered" in text:
        return DisconnectReason.RADIO_OFF
    return DisconnectReason.OUT_OF_RANGE


def _brief(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 120 else text[:117] + "..."
