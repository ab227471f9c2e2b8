"""Looks at the robot's charge now and then, and tells when it is too low to go on rolling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from bolt_agent.robot.driver import Driver
from drivers.clock import Clock
from drivers.errors import LinkError

__all__ = ["BatteryWatch"]

INTERVAL = 60.0
"""Seconds between questions for the charge, while there is something to do."""


class BatteryWatch:
    """Asks while the robot has something to do. limit: percent.   low: is told the charge when it gets below that."""

    def __init__(self, driver: Driver, clock: Clock, limit: int, low: Callable[[int], None]) -> None:
        self._driver = driver
        self._clock = clock
        self._limit = limit
        self._low = low
        self._due: float | None = None
        self._measuring: asyncio.Task[None] | None = None

    def look(self) -> None:
        """There is something to do: ask, if it is time; the answer comes by itself."""
        now = self._clock.now()
        if self._due is not None and now >= self._due:
            self._measuring = asyncio.create_task(self._measure())
        if self._due is None or now >= self._due:
            self._due = now + INTERVAL

    async def close(self) -> None:
        """Ask no more."""
        if self._measuring is not None:
            self._measuring.cancel()
            await asyncio.wait({self._measuring})

    async def _measure(self) -> None:
        before = self._driver.battery
        with suppress(LinkError):  # a link in trouble tells so itself
            charge = await self._driver.measure_battery()
            if charge < self._limit <= before:
                self._low(charge)
