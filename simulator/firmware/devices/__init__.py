"""The devices of a BOLT, one table each."""

from __future__ import annotations

from simulator.firmware.devices.api_and_shell import API_AND_SHELL
from simulator.firmware.devices.connection import CONNECTION, FIRMWARE
from simulator.firmware.devices.drive import DRIVE
from simulator.firmware.devices.io import IO
from simulator.firmware.devices.power import POWER
from simulator.firmware.devices.sensor import SENSOR
from simulator.firmware.devices.system_info import SYSTEM_INFO
from simulator.firmware.table import Device

__all__ = ["DEVICES"]

DEVICES: dict[int, Device] = {
    device.did: device for device in (API_AND_SHELL, SYSTEM_INFO, POWER, DRIVE, SENSOR, CONNECTION, IO, FIRMWARE)
}
