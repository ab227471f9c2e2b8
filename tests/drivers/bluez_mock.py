"""bluezoo as a program, with what it lacks: a device that disconnects takes its GATT objects and their notifications
along, as in BlueZ."""

from bluezoo.bluezoo import main
from bluezoo.device import Device

_disconnect = Device.disconnect


async def disconnect(self, uuid=None):
    await _disconnect(self, uuid)
    await self.ServicesResolved.set_async(False)
    for link in self.services.values():
        self.peer_adapter.mock.remove_object(link)
        if (subscription := getattr(link, "client_props_changed_subscription", None)) is not None:
            subscription.unsubscribe()
    self.services = {}


Device.disconnect = disconnect

if __name__ == "__main__":
    main()
