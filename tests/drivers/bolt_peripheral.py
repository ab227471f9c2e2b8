"""Virtual BOLTs as Bluetooth peripherals, for the mock of BlueZ: `python bolt_peripheral.py WORLD SLICE BALL ...`.

A BALL is NAME@ADAPTER+ADAPTER ...: a program hears it on every adapter but the one it scans with. SLICE: bytes of a
notification that leave at once; 0: whole packets. Each line on standard input is answered by a line of JSON that says
how the robots are.
"""

import asyncio
import json
import sys

from dbus_fast.annotations import DBusUInt16
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import dbus_property

from drivers import MemoryLink
from drivers.clock import RealClock
from drivers.peripheral import Advertisement, Peripheral
from simulator import Settings, VirtualBolt

BEAT = 0.3


class BeatingAdvertisement(Advertisement):
    """Changes something all the time, as the strength of a real signal does; the mock passes on changes only."""

    def __init__(self, name):
        super().__init__(name)
        self._beat = 0

    async def beat(self):
        while True:
            self._beat = (self._beat + 1) % 256
            self.emit_properties_changed({"Appearance": self._beat})
            await asyncio.sleep(BEAT)

    @dbus_property(access=PropertyAccess.READ)
    def Appearance(self) -> DBusUInt16:  # noqa: N802
        return self._beat


def state(bolt, peripherals):
    return {
        "x": bolt.pose.x,
        "y": bolt.pose.y,
        "speed": bolt.speed,
        "face": bolt.face[0][0],
        "unlocked": any(each.unlocked for each in peripherals),
        "longest_write": max(each.longest_write for each in peripherals),
    }


async def main(world, piece, *wanted):
    clock = RealClock()
    published, beating = [], []
    for name, adapters in (each.split("@") for each in wanted):
        bolt = VirtualBolt(world, name=name, settings=Settings(notification_size=int(piece)))
        peripherals = []
        for adapter in adapters.split("+"):
            advertisement, root = BeatingAdvertisement(name), f"/ball/{adapter}"
            peripherals.append(Peripheral(MemoryLink(bolt, clock), name, adapter=adapter, root=root))
            await peripherals[-1].start(advertisement)
            beating.append(asyncio.create_task(advertisement.beat()))
        published.append((bolt, peripherals))
    print("ready", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps([state(*each) for each in published]), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
