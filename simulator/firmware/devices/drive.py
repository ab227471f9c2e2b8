"""Device 0x16: rolling and turning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.firmware.motion import REVERSE
from simulator.firmware.table import MOTORS, Command, Device, Error, Refused

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware

SPEED_AND_YAW = 5
"""The last of the stabilisation modes; 0 is off."""


def raw_motors(bolt: Firmware, left_mode: int, left: int, right_mode: int, right: int) -> None:
    if max(left_mode, right_mode) > REVERSE:
        raise Refused(Error.bad_parameter_value)
    bolt.motion.raw((left_mode, left), (right_mode, right))


def reset_yaw(bolt: Firmware) -> None:
    bolt.motion.reset_yaw()
    bolt.locator.aim(bolt.ball.x, bolt.ball.y, bolt.motion.aim)


def with_heading(bolt: Firmware, speed: int, heading: int, flags: int) -> None:
    bolt.motion.drive(speed, heading % 360, flags)


def stabilization(bolt: Firmware, mode: int) -> None:
    if mode > SPEED_AND_YAW:
        raise Refused(Error.bad_parameter_value)
    bolt.motion.stabilise(mode)


def pitch_torque(_bolt: Firmware, _value: int) -> None:
    """Accepted; what it changes is not known."""


DRIVE = Device(
    0x16,
    MOTORS,
    {
        0x01: Command("set_raw_motors", ">BBBB", raw_motors),
        0x06: Command("reset_yaw", "", reset_yaw),
        0x07: Command("drive_with_heading", ">BHB", with_heading),
        0x0C: Command("set_stabilization", ">B", stabilization),
        0x0F: Command("set_pitch_torque_modification_value", ">B", pitch_torque),
    },
)
