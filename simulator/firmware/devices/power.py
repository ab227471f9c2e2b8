"""Device 0x13: sleep and wake, battery, charger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.firmware.table import MAIN, Command, Device

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware


def deep_sleep(bolt: Firmware, _seconds: int) -> None:
    """The radio goes off too, so the link is lost; a virtual ball can be connected to again at once."""
    bolt.sleep()
    bolt.life.drop_link("the ball went into deep sleep")


def sleep(bolt: Firmware) -> None:
    bolt.sleep()


def wake(bolt: Firmware) -> None:
    bolt.wake()


def voltage(bolt: Firmware) -> bytes:
    """Hundredths of a volt."""
    return round(100 * bolt.battery.voltage(bolt.seconds)).to_bytes(2, "big")


def voltage_state(bolt: Firmware) -> bytes:
    return bytes((bolt.battery.state(bolt.seconds),))


def notify_voltage_state(bolt: Firmware, enable: int) -> None:
    bolt.life.watch_battery(bool(enable))


def charger_state(bolt: Firmware) -> bytes:
    return bytes((bolt.battery.charger(bolt.seconds),))


def notify_charger_state(bolt: Firmware, enable: int) -> None:
    bolt.life.charger_notices = bool(enable)


POWER = Device(
    0x13,
    MAIN,
    {
        0x00: Command("enter_deep_sleep", "B", deep_sleep),
        0x01: Command("sleep", "", sleep),
        0x03: Command("get_battery_voltage", "", voltage),
        0x0D: Command("wake", "", wake),
        0x17: Command("get_battery_voltage_state", "", voltage_state),
        0x1B: Command("enable_battery_voltage_state_change_notify", "B", notify_voltage_state),
        0x1F: Command("get_charger_state", "", charger_state),
        0x20: Command("enable_charger_state_changed_notify", "B", notify_charger_state),
    },
)
