"""A virtual BOLT as a Bluetooth peripheral: a GATT service on the D-Bus of BlueZ, or of a mock of it.

Run as a program: `python bolt_peripheral.py NAME WORLD ADAPTER ...`. Each line on standard input is answered by a line
of JSON that says how the robot is. dbus-fast comes with bleak on Linux.
"""

import asyncio
import itertools
import json
import sys
import time

from dbus_fast import BusType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

from drivers.ble import API_V2, UNLOCK, UNLOCK_WORDS
from simulator import VirtualBolt

ROOT = "/bolt_agent"
SERVICES = {
    "00010001-574f-4f20-5370-6865726f2121": (API_V2, ["write", "notify"]),
    "00020001-574f-4f20-5370-6865726f2121": (UNLOCK, ["write"]),
}
TICK = 0.01


class Service(ServiceInterface):
    def __init__(self, uuid):
        super().__init__("org.bluez.GattService1")
        self._uuid = uuid

    @dbus_property(access=PropertyAccess.READ)
    def UUID(self) -> "s":  # noqa: F821, N802
        return self._uuid

    @dbus_property(access=PropertyAccess.READ)
    def Primary(self) -> "b":  # noqa: F821, N802
        return True


class Characteristic(ServiceInterface):
    """Offers no NotifyAcquired and no WriteAcquired: the mock would open sockets for them. Nor Notifying: it would
    have to be unset at every disconnect."""

    def __init__(self, uuid, service, flags, written):
        super().__init__("org.bluez.GattCharacteristic1")
        self._uuid, self._service, self._flags, self._written, self._value = uuid, service, flags, written, b""

    def notify(self, data):
        self._value = data
        self.emit_properties_changed({"Value": data})

    @dbus_property(access=PropertyAccess.READ)
    def UUID(self) -> "s":  # noqa: F821, N802
        return self._uuid

    @dbus_property(access=PropertyAccess.READ)
    def Service(self) -> "o":  # noqa: F821, N802
        return self._service

    @dbus_property(access=PropertyAccess.READ)
    def Flags(self) -> "as":  # noqa: F722, N802
        return self._flags

    @dbus_property(access=PropertyAccess.READ)
    def Value(self) -> "ay":  # noqa: F821, N802
        return self._value

    @dbus_method()
    def WriteValue(self, value: "ay", options: "a{sv}"):  # noqa: F722, F821, N802
        self._written(bytes(value))

    @dbus_method()
    def StartNotify(self):  # noqa: N802
        pass

    @dbus_method()
    def StopNotify(self):  # noqa: N802
        pass

    @dbus_method()
    def Confirm(self):  # noqa: N802
        pass


class Advertisement(ServiceInterface):
    def __init__(self, name):
        super().__init__("org.bluez.LEAdvertisement1")
        self._name = name
        self._beat = 0

    def beat(self):
        """Change something, as the strength of a real signal always does; the mock passes on changes only."""
        self._beat = (self._beat + 1) % 256
        self.emit_properties_changed({"Appearance": self._beat})

    @dbus_property(access=PropertyAccess.READ)
    def Appearance(self) -> "q":  # noqa: F821, N802
        return self._beat

    @dbus_property(access=PropertyAccess.READ)
    def Type(self) -> "s":  # noqa: F821, N802
        return "peripheral"

    @dbus_property(access=PropertyAccess.READ)
    def LocalName(self) -> "s":  # noqa: F821, N802
        return self._name

    @dbus_property(access=PropertyAccess.READ)
    def ServiceUUIDs(self) -> "as":  # noqa: F722, N802
        return list(SERVICES)

    @dbus_property(access=PropertyAccess.READ)
    def Discoverable(self) -> "b":  # noqa: F821, N802
        return True

    @dbus_method()
    def Release(self):  # noqa: N802
        pass


class Robot:
    """A virtual BOLT in real time, and what was written to it."""

    def __init__(self, name, world):
        self.bolt = VirtualBolt(world, name=name)
        self.unlocked = False
        self.longest_write = 0
        self._began = time.monotonic()

    def written(self, data):
        self.longest_write = max(self.longest_write, len(data))
        self.catch_up()
        self.bolt.write(data)

    def unlock(self, data):
        self.unlocked = data == UNLOCK_WORDS

    def catch_up(self):
        self.bolt.advance(time.monotonic() - self._began)

    async def live(self, beat):
        for tick in itertools.count():
            self.catch_up()
            if tick % 30 == 0:
                beat()
            await asyncio.sleep(TICK)

    def state(self):
        bolt = self.bolt
        return {
            "x": bolt.pose.x,
            "y": bolt.pose.y,
            "speed": bolt.speed,
            "face": bolt.face[0][0],
            "unlocked": self.unlocked,
            "longest_write": self.longest_write,
        }


async def advertise(bus, path):
    radio = bus.get_proxy_object("org.bluez", path, await bus.introspect("org.bluez", path))
    properties = radio.get_interface("org.freedesktop.DBus.Properties")
    await properties.call_set("org.bluez.Adapter1", "Discoverable", Variant("b", True))
    await radio.get_interface("org.bluez.GattManager1").call_register_application(ROOT, {})
    manager = radio.get_interface("org.bluez.LEAdvertisingManager1")
    await manager.call_register_advertisement(f"{ROOT}_advertisement", {})


async def main(name, world, *adapters):
    robot = Robot(name, world)
    bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    for number, (uuid, (characteristic, flags)) in enumerate(SERVICES.items()):
        path = f"{ROOT}/service{number}"
        bus.export(path, Service(uuid))
        written = robot.written if characteristic == API_V2 else robot.unlock
        exported = Characteristic(characteristic, path, flags, written)
        bus.export(f"{path}/char0", exported)
        if characteristic == API_V2:
            robot.bolt.on_notify(exported.notify)
    advertisement = Advertisement(name)
    bus.export(f"{ROOT}_advertisement", advertisement)
    for adapter in adapters:
        await advertise(bus, f"/org/bluez/{adapter}")
    living = asyncio.create_task(robot.live(advertisement.beat))
    print("ready", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(robot.state()), flush=True)
    living.cancel()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
