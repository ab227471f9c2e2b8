"""Awake and asleep, linked and unlocked, full and empty: the states of a ball that change by themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from simulator.firmware.battery import CHARGED, CHARGING
from simulator.firmware.framing import PRIMARY
from simulator.firmware.schedule import Due

if TYPE_CHECKING:
    from simulator.firmware.core import Firmware

__all__ = ["UNLOCK", "WARNING", "Life"]

UNLOCK = b"usetheforce...band"
"""What a client writes to the unlock characteristic before anything else."""
LOCKED_FOR = 10_000
"""ms after which a strict ball drops a link that was not unlocked; seen of Sphero's smaller robots."""
WARNING = 10_000
"""ms between the announcement that it will sleep and the sleep; any command in between keeps it awake."""
BATTERY_INTERVAL = 10_000
"""ms between looks at the battery, while somebody wants to know."""
POWER = 0x13
WILL_SLEEP, BATTERY_CHANGED, CHARGER_CHANGED = 0x19, 0x1C, 0x21
DROP_DELAY = 30
"""ms until a dropped link is gone, so that the last packets leave."""


class Life:
    """The states of one ball. hang_up: drops the link, with a reason."""

    def __init__(self, bolt: Firmware, hang_up: Callable[[str], None]) -> None:
        self.charger_notices = False
        self.linked = self.unlocked = False
        self._bolt = bolt
        self._hang_up = hang_up
        self._idle: Due | None = None
        self._lock: Due | None = None
        self._battery: Due | None = None
        self._battery_state = 0
        self._charger_state = bolt.battery.charger(0.0)

    def link(self) -> None:
        """A client has connected."""
        self.linked, self.unlocked = True, False
        if self._bolt.settings.strict:
            self._lock = self._bolt.schedule.after(LOCKED_FOR, self._check_lock)

    def unlock(self, word: bytes) -> bool:
        """A client writes to the unlock characteristic; True when it is the right word."""
        if word == UNLOCK:
            self.unlocked = True
        return word == UNLOCK

    def unlink(self) -> None:
        """The client is gone: nothing is streamed any more; the ball stops by its motion timeout."""
        self.linked = False
        self._cancel_lock()
        self._bolt.streaming.stop()

    def drop_link(self, reason: str) -> None:
        """Disconnect the client."""
        self._bolt.schedule.after(DROP_DELAY, partial(self.dropped, reason))

    def dropped(self, reason: str) -> None:
        """The link is gone now."""
        self.unlink()
        self._hang_up(reason)

    def active(self) -> None:
        """A command came: stay awake."""
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        after = self._bolt.settings.sleep_after
        if after is not None and self._bolt.awake:
            self._idle = self._bolt.schedule.after(round(1000 * after), self._will_sleep)

    def in_cradle(self, there: bool) -> None:
        """It lies in a cradle now, or not."""
        bolt, battery = self._bolt, self._bolt.battery
        if there != battery.in_cradle:
            battery.put(there, bolt.seconds)
            bolt.witnessed("charging" if there else "not_charging")
        state = battery.charger(bolt.seconds)
        if state != self._charger_state:
            self._charger_state = state
            if self.charger_notices:
                bolt.notify(POWER, CHARGER_CHANGED, bytes((state,)), processor=PRIMARY, delay=0)
            if state in (CHARGING, CHARGED):
                self.active()

    def watch_battery(self, on: bool) -> None:
        """Tell from now on when the battery is called something else."""
        if self._battery is not None:
            self._battery.cancel()
            self._battery = None
        if on:
            self._battery_state = self._bolt.battery.state(self._bolt.seconds)
            self._battery = self._bolt.schedule.after(BATTERY_INTERVAL, self._look_at_battery)

    def _look_at_battery(self) -> None:
        bolt = self._bolt
        state = bolt.battery.state(bolt.seconds)
        if state != self._battery_state:
            self._battery_state = state
            bolt.notify(POWER, BATTERY_CHANGED, bytes((state,)), processor=PRIMARY, delay=0)
        self._battery = bolt.schedule.after(BATTERY_INTERVAL, self._look_at_battery)

    def _will_sleep(self) -> None:
        if self._bolt.battery.in_cradle:
            self.active()
            return
        self._bolt.notify(POWER, WILL_SLEEP, processor=PRIMARY, delay=0)
        self._idle = self._bolt.schedule.after(WARNING, self._bolt.sleep)

    def _check_lock(self) -> None:
        if self.linked and not self.unlocked:
            self.dropped("the ball was not unlocked within 10 s")

    def _cancel_lock(self) -> None:
        if self._lock is not None:
            self._lock.cancel()
            self._lock = None
