"""The link to a real BOLT: Bluetooth LE, through bleak."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from drivers.errors import Disconnected, DisconnectReason
from drivers.radio import SCAN_TIME, Found, find, radio_trouble

if TYPE_CHECKING:
    from bleak import BleakClient

__all__ = ["API_V2", "SLICE", "UNLOCK", "UNLOCK_WORDS", "BleLink"]

API_V2 = "00010002-574f-4f20-5370-6865726f2121"
"""The characteristic for packets, both ways; its UUID ends in the letters 'WOO Sphero!!'."""

UNLOCK, UNLOCK_WORDS = "00020005-574f-4f20-5370-6865726f2121", b"usetheforce...band"
"""Written there first, or the robot drops the link after about 10 s."""

SLICE = 20
"""Bytes of one write; what every Bluetooth LE link carries, whatever it has negotiated."""

CONNECT_TIME, WRITE_TIME, CLOSE_TIME = 10.0, 0.9, 3.0
"""Seconds of wall time; a write that takes longer is not going to arrive."""


class BleLink:
    """Bluetooth to one BOLT. name: as it advertises, 'SB-1234'; without one, the strongest signal is taken.

    The robot that was found stays this link's robot: opening it again looks for the same one.
    """

    def __init__(self, name: str | None = None, *, scan_time: float = SCAN_TIME) -> None:
        self.name = name
        self._scan_time = scan_time
        self._robot: Found | None = None
        self._client: BleakClient | None = None
        self._writing = asyncio.Lock()
        self._notified: Callable[[bytes], None] = lambda _: None
        self._lost: Callable[[Disconnected], None] = lambda _: None

    async def open(self) -> None:
        if self._robot is not None:
            with suppress(Disconnected):  # the system may know it still; if not, it is searched for
                return await self._connect(self._robot)
        self._robot = await find(self.name, self._scan_time)
        self.name = self._robot.name
        await self._connect(self._robot)
        return None

    async def write(self, packet: bytes) -> None:
        async with self._writing:  # the slices of two packets must not mix
            if (client := self._client) is None:
                raise Disconnected("the Bluetooth link is not open", DisconnectReason.CLOSED)
            with radio_trouble():
                async with asyncio.timeout(WRITE_TIME):
                    for start in range(0, len(packet), SLICE):
                        await client.write_gatt_char(API_V2, packet[start : start + SLICE], response=True)

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        self._notified = callback

    def on_lost(self, callback: Callable[[Disconnected], None]) -> None:
        self._lost = callback

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await _let_go(client)

    async def _connect(self, robot: Found) -> None:
        with radio_trouble():
            from bleak import BleakClient

            client = BleakClient(robot.device, disconnected_callback=self._dropped, timeout=CONNECT_TIME)
            await client.connect()
        try:
            with radio_trouble():
                async with asyncio.timeout(CONNECT_TIME):
                    await client.write_gatt_char(UNLOCK, UNLOCK_WORDS, response=True)
                    await client.start_notify(API_V2, self._heard)
        except BaseException:
            await _let_go(client)
            raise
        self._client = client

    def _heard(self, _: Any, data: bytearray) -> None:
        self._notified(bytes(data))

    def _dropped(self, client: BleakClient) -> None:
        if client is self._client:  # else we have let it go ourselves
            self._client = None
            self._lost(Disconnected(reason=DisconnectReason.LEFT))


async def _let_go(client: BleakClient) -> None:
    with suppress(Disconnected), radio_trouble():
        async with asyncio.timeout(CLOSE_TIME):
            await client.disconnect()
