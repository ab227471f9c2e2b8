"""`bolt-agent devices`: the robots in reach, with signal and battery."""

from __future__ import annotations

import asyncio
import json
import sys

from drivers.ble import BleLink
from drivers.bolt import BoltDriver
from drivers.clock import RealClock
from drivers.errors import LinkError
from drivers.radio import SCAN_TIME, Found, scan

__all__ = ["list_devices", "signal_in_words"]

STRONG, WEAK = -65, -80
"""dBm; Sphero's own app looks past robots below -70."""


def list_devices(*, seconds: float = SCAN_TIME, battery: bool = True, as_json: bool = False) -> int:
    """Scan, and connect to each to ask for its charge. 1 when no robot answers."""
    robots = asyncio.run(_look(seconds, battery))
    if as_json:
        rows = [
            {"name": robot.name, "address": robot.address, "signal": robot.signal, "battery": charge}
            for robot, charge in robots
        ]
        print(json.dumps(rows, indent=1))
    for robot, charge in () if as_json else robots:
        charged = "asleep or connected elsewhere" if charge is None and battery else f"battery {charge} %"
        print(
            f"{robot.name}  {signal_in_words(robot.signal)} ({robot.signal} dBm){f'  {charged}' if battery else ''}  "
            f"{robot.address}"
        )
    if not robots:
        print(
            "bolt-agent: no BOLT answered; shake it to wake it, bring it near, and close other apps that use it",
            file=sys.stderr,
        )
    return 0 if robots else 1


def signal_in_words(dbm: int) -> str:
    """How good a signal is."""
    return "strong" if dbm >= STRONG else "weak" if dbm < WEAK else "fair"


async def _look(seconds: float, battery: bool) -> list[tuple[Found, int | None]]:
    return [(robot, await _charge(robot) if battery else None) for robot in await scan(seconds)]


async def _charge(robot: Found) -> int | None:
    driver = BoltDriver(BleLink(robot.name), RealClock())
    try:
        await driver.open()
        return driver.battery
    except LinkError:
        return None
    finally:
        await driver.close()
