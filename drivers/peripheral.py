"""A virtual BOLT over the air: published to BlueZ, the Bluetooth service of Linux, as a GATT peripheral.

Any program that looks for a BOLT over Bluetooth finds it, on this computer's other adapters or on another device. The
D-Bus library is the one that bleak uses on Linux; import this module only there.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

from dbus_fast import BusType, DBusError, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

from drivers.ble import API_V2, UNLOCK, UNLOCK_WORDS
from drivers.errors import Disconnected, DisconnectReason
from drivers.memory import MemoryLink
from drivers.radio import radio_trouble

__all__ = ["Advertisement", "Peripheral"]

API_SERVICE, DFU_SERVICE = "00010001-574f-4f20-5370-6865726f2121", "00020001-574f-4f20-5370-6865726f2121"
"""The services of a BOLT; advertised is the first only, because both do not fit beside the name."""

ROOT = "/bolt_agent"
"""Where on D-Bus the first ball of a process is; the others follow with a number."""

Bytes = Annotated[bytes, DBusSignature("ay")]
Words = Annotated[list[str], DBusSignature("as")]
Options = Annotated[dict[str, Any], DBusSignature("a{sv}")]


class Peripheral:
    """Publishes one virtual BOLT.

    link: to the ball, which is opened here; its time passes with the link's clock.   adapter: 'hci0' or another; None:
    the first.   root: where on D-Bus its objects are; each of several in one process needs its own.
    """

    def __init__(self, link: MemoryLink, name: str, *, adapter: str | None = None, root: str = ROOT) -> None:
        self.name = name
        self.adapter = adapter
        self.unlocked = False
        self.longest_write = 0
        """Bytes of the longest piece that a client has written."""
        self._link = link
        self._root = root
        self._bus: MessageBus | None = None

    async def start(self, advertisement: "Advertisement | None" = None) -> None:
        """Open the ball and advertise it. Raises Disconnected, whose reason says what Bluetooth lacks."""
        await self._link.open()
        with radio_trouble():
            try:
                self._bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
                await self._publish(self._bus, advertisement or Advertisement(self.name))
            except DBusError as error:
                raise _in_words(error) from error

    async def close(self) -> None:
        """Leave the air; BlueZ forgets what a program that is gone has published."""
        if self._bus is not None:
            self._bus.disconnect()
        await self._link.close()

    async def _publish(self, bus: MessageBus, advertisement: "Advertisement") -> None:
        path = f"/org/bluez/{self.adapter}" if self.adapter else await _first_adapter(bus)
        self.adapter = path.rpartition("/")[2]
        radio = bus.get_proxy_object("org.bluez", path, await bus.introspect("org.bluez", path))
        properties: Any = radio.get_interface("org.freedesktop.DBus.Properties")
        if not (await properties.call_get("org.bluez.Adapter1", "Powered")).value:
            raise Disconnected(reason=DisconnectReason.RADIO_OFF)
        with suppress(DBusError):  # a real radio advertises without it, too
            await properties.call_set("org.bluez.Adapter1", "Discoverable", Variant("b", True))
        self._export(bus)
        bus.export(f"{self._root}_advertisement", advertisement)
        services: Any = radio.get_interface("org.bluez.GattManager1")
        await services.call_register_application(self._root, {})
        air: Any = radio.get_interface("org.bluez.LEAdvertisingManager1")
        await air.call_register_advertisement(f"{self._root}_advertisement", {})

    def _export(self, bus: MessageBus) -> None:
        api = _Characteristic(API_V2, f"{self._root}/service0", ["write", "notify"], self._written)
        unlock = _Characteristic(UNLOCK, f"{self._root}/service1", ["write"], self._unlock)
        for number, (service, characteristic) in enumerate(((API_SERVICE, api), (DFU_SERVICE, unlock))):
            bus.export(f"{self._root}/service{number}", _Service(service))
            bus.export(f"{self._root}/service{number}/char0", characteristic)
        self._link.on_notify(api.notify)

    async def _written(self, data: bytes) -> None:
        self.longest_write = max(self.longest_write, len(data))
        await self._link.write(data)

    async def _unlock(self, data: bytes) -> None:
        self.unlocked = data == UNLOCK_WORDS


class Advertisement(ServiceInterface):
    """What is told to everybody in reach: a name, and that it is a BOLT."""

    def __init__(self, name: str) -> None:
        super().__init__("org.bluez.LEAdvertisement1")
        self._name = name

    @dbus_property(access=PropertyAccess.READ)
    def Type(self) -> DBusStr:  # noqa: N802 - D-Bus wants it so
        return "peripheral"

    @dbus_property(access=PropertyAccess.READ)
    def LocalName(self) -> DBusStr:  # noqa: N802
        return self._name

    @dbus_property(access=PropertyAccess.READ)
    def ServiceUUIDs(self) -> Words:  # noqa: N802
        return [API_SERVICE]

    @dbus_property(access=PropertyAccess.READ)
    def Discoverable(self) -> DBusBool:  # noqa: N802
        return True

    @dbus_method()
    def Release(self) -> None:  # noqa: N802
        """BlueZ does not advertise it any more."""


class _Service(ServiceInterface):
    def __init__(self, uuid: str) -> None:
        super().__init__("org.bluez.GattService1")
        self._uuid = uuid

    @dbus_property(access=PropertyAccess.READ)
    def UUID(self) -> DBusStr:  # noqa: N802
        return self._uuid

    @dbus_property(access=PropertyAccess.READ)
    def Primary(self) -> DBusBool:  # noqa: N802
        return True


class _Characteristic(ServiceInterface):
    """Offers no NotifyAcquired and no WriteAcquired, so that everything passes over D-Bus, in order."""

    def __init__(self, uuid: str, service: str, flags: list[str], written: Callable[[bytes], Any]) -> None:
        super().__init__("org.bluez.GattCharacteristic1")
        self._uuid, self._service, self._flags, self._written, self._value = uuid, service, flags, written, b""

    def notify(self, data: bytes) -> None:
        """Send it to who has subscribed."""
        self._value = data
        self.emit_properties_changed({"Value": data})

    @dbus_property(access=PropertyAccess.READ)
    def UUID(self) -> DBusStr:  # noqa: N802
        return self._uuid

    @dbus_property(access=PropertyAccess.READ)
    def Service(self) -> DBusObjectPath:  # noqa: N802
        return self._service

    @dbus_property(access=PropertyAccess.READ)
    def Flags(self) -> Words:  # noqa: N802
        return self._flags

    @dbus_property(access=PropertyAccess.READ)
    def Value(self) -> Bytes:  # noqa: N802
        return self._value

    @dbus_method()
    async def WriteValue(self, value: Bytes, options: Options) -> None:  # noqa: ARG002, N802
        await self._written(bytes(value))

    @dbus_method()
    def StartNotify(self) -> None:  # noqa: N802
        """Somebody listens; what is sent before that is lost, as over the air."""

    @dbus_method()
    def StopNotify(self) -> None:  # noqa: N802
        """Nobody listens any more."""

    @dbus_method()
    def Confirm(self) -> None:  # noqa: N802
        """A client has got an indication."""


async def _first_adapter(bus: MessageBus) -> str:
    """Its path. Raises Disconnected where this computer has none."""
    objects: Any = bus.get_proxy_object("org.bluez", "/", await bus.introspect("org.bluez", "/"))
    managed = await objects.get_interface("org.freedesktop.DBus.ObjectManager").call_get_managed_objects()
    for path in sorted(managed):
        if "org.bluez.LEAdvertisingManager1" in managed[path]:
            return str(path)
    raise Disconnected(reason=DisconnectReason.NO_ADAPTER)


def _in_words(error: DBusError) -> Disconnected:
    kind = str(error.type)
    if kind.endswith(("ServiceUnknown", "NameHasNoOwner", "NoReply")):
        return Disconnected(reason=DisconnectReason.NO_SERVICE)
    if kind.endswith(("UnknownObject", "UnknownMethod", "DoesNotExist")):
        return Disconnected(f"{DisconnectReason.NO_ADAPTER} ({error.text})", DisconnectReason.NO_ADAPTER)
    if kind.endswith(("AccessDenied", "NotAuthorized", "NotPermitted")):
        return Disconnected(f"{DisconnectReason.NO_PERMISSION} ({error.text})", DisconnectReason.NO_PERMISSION)
    return Disconnected(f"BlueZ refuses to publish it: {error.text or kind}", DisconnectReason.BUSY)
