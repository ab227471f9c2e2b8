"""The link to a virtual BOLT in this process: no radio, and time as the clock says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from drivers.clock import Clock, Timer
from drivers.errors import Disconnected, DisconnectReason

__all__ = ["MemoryLink", "VirtualRobot"]


class VirtualRobot(Protocol):
    """What a robot in software offers a link; `simulator.VirtualBolt` is one."""

    @property
    def name(self) -> str:
        """As it advertises itself."""

    def write(self, data: bytes) -> None:
        """Bytes that arrive at the robot now."""

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        """Call back with the packets that the robot sends."""

    def advance(self, until: float) -> None:
        """Live until that moment, in seconds since its start."""

    def wake_at(self) -> float:
        """When it wants to live on, at the latest."""


class MemoryLink:
    """Carries packets to a virtual BOLT and lets its time pass with the clock's."""

    def __init__(self, robot: VirtualRobot, clock: Clock) -> None:
        self._robot = robot
        self._clock = clock
        self._started: float | None = None
        self._timer: Timer | None = None

    @property
    def name(self) -> str | None:
        """The robot's."""
        return self._robot.name

    async def open(self) -> None:
        if self._started is None:
            self._started = self._clock.now()
        self._catch_up()  # a robot lives on while nobody is connected to it
        self._arm()

    async def write(self, packet: bytes) -> None:
        if self._timer is None:
            raise Disconnected("the link to the virtual robot is closed", DisconnectReason.CLOSED)
        self._catch_up()
        self._robot.write(packet)
        self._arm()

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        self._robot.on_notify(callback)

    def on_lost(self, callback: Callable[[Disconnected], None]) -> None:
        """Memory never breaks."""

    async def close(self) -> None:
        if self._timer is not None:
            self._catch_up()
            self._timer.cancel()
            self._timer = None

    def _catch_up(self) -> None:
        assert self._started is not None
        self._robot.advance(self._clock.now() - self._started)

    def _arm(self) -> None:
        assert self._started is not None
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._clock.call_at(self._started + self._robot.wake_at(), self._tick)

    def _tick(self) -> None:
        self._catch_up()
        self._arm()
