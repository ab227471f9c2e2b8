"""How the ball's motions are done: what is sent to the driver, and when.

A ball starts late and rolls out, so a roll is stopped early enough to be at rest when its time or its way is over,
and it turns on the spot before it starts, not in an arc. Rolls that follow each other in about the same direction
flow into one another.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

from bolt_agent.robot import motions as m
from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.driver import Driver
from drivers.clock import Clock

__all__ = ["Roller"]

REFRESH = 0.8
"""Seconds between repeated setpoints: the robot stops by itself after 2.75 s without one."""

SETPOINT_INTERVAL = 0.05
"""Seconds between the setpoints of a spin or a sway."""

FLOW = 30.0
"""Degrees; a roll that turns less than this continues the one before without a rest between them."""

AIMED = 3.0
"""Degrees; facing this close to a heading needs no turn before the start."""

SWAY_ANGLE, SWAYS_PER_SECOND = 25.0, 1.5
"""A waddle: degrees to either side, and how often."""


LATE = 1.0
"""Seconds by which a motion may begin too late and still catch up; after a longer gap, time begins anew."""


class Roller:
    """Performs the ball's motions, one at a time. `upcoming` tells which one comes next."""

    def __init__(
        self, driver: Driver, clock: Clock, model: DriveModel, upcoming: Callable[[], m.Motion | None]
    ) -> None:
        self._driver = driver
        self._clock = clock
        self._model = model
        self._upcoming = upcoming
        self._heading = 0.0
        self._speed = 0
        self._rest_at = 0.0
        """When the ball will have come to rest after the last stop."""
        self._due = -math.inf
        """When the last motion was to end."""

    def reckon_with(self, model: DriveModel) -> None:
        """Another model of the ball from now on."""
        self._model = model

    async def perform(self, motion: m.Motion) -> None:
        """Do it, and return when it is done."""
        how: Callable[[Roller, Any], Awaitable[None]] = _HOW[type(motion)]
        await how(self, motion)
        if self._upcoming() is None:
            self._due = -math.inf  # what comes next begins when it is asked for

    @property
    def rolling(self) -> bool:
        """Whether it has been told to roll."""
        return self._speed != 0

    @property
    def heading(self) -> float:
        """The way it was told to face."""
        return self._heading

    def halt(self) -> None:
        """Stop rolling now; what comes next waits until the ball is at rest."""
        self._due = -math.inf
        self._set(self._heading, 0)

    def forget(self) -> None:
        """The robot was stopped past us: reckon with a ball that is coming to rest."""
        self._rest_at = self._clock.now() + self._model.brake_time(self._speed)
        self._speed = 0
        self._due = -math.inf

    async def _drive(self, motion: m.Drive) -> None:
        if motion.waddle:
            return await self._follow(_sway(motion, self._facing(motion.heading)))
        heading = self._facing(motion.heading)
        if motion.speed == 0:
            return await self._hold(heading, 0, self._begin() + motion.duration)
        if not self._flows(heading, motion.speed):
            await self._face(heading)
        began = self._begin()
        if (heading, motion.speed) != (self._heading, self._speed):
            self._set(heading, motion.speed)  # before reckoning: the ball need not wait for that
        hold = self._model.hold_for_time(abs(motion.speed), motion.duration)
        await self._hold(heading, motion.speed, began + min(hold, motion.duration))
        if self._continues(motion, heading):
            await self._hold(heading, motion.speed, began + motion.duration)
        else:
            await self._hold(heading, motion.speed, began + hold)
            self.halt()
            await self._until(max(self._rest_at, began + self._model.dead_time + motion.duration))
        return None

    async def _go(self, motion: m.Go) -> None:
        heading = self._facing(motion.heading)
        distance = abs(motion.distance)
        if distance == 0:
            return
        await self._face(heading)
        byte = self._model.byte_for_distance(motion.speed, distance)
        hold = self._model.hold_for_distance(byte, distance)
        await self._hold(heading, round(math.copysign(byte, motion.distance)), self._begin() + hold)
        self.halt()
        await self._until(self._rest_at)

    async def _follow(self, curve: m.Curve) -> None:
        if not self._flows(curve.points[0][1], curve.points[0][2]):
            await self._face(curve.points[0][1])
        began = self._begin()
        for passed, heading, speed in curve.points:
            await self._hold(self._heading, self._speed, began + passed)
            self._set(heading, speed)
        await self._hold(self._heading, self._speed, began + curve.duration)
        self.halt()
        await self._until(self._rest_at)

    async def _spin(self, motion: m.Spin) -> None:
        await self._settle()
        began, start = self._begin(), self._heading
        seconds = max(motion.duration, abs(motion.angle) / self._model.turn_rate)
        steps = max(1, math.ceil(seconds / SETPOINT_INTERVAL))
        for step in range(1, steps + 1):
            self._set((start + motion.angle * step / steps) % 360, 0)
            await self._clock.sleep_until(began + seconds * step / steps)
        await self._until(began + seconds + self._model.turn_settle)

    async def _turn(self, motion: m.Turn) -> None:
        await self._face(motion.heading)

    async def _halt(self, motion: m.Halt) -> None:
        self.halt()
        await self._settle()
        if motion.heading is not None:
            await self._face(motion.heading)

    async def _rest(self, motion: m.Rest) -> None:
        await self._until(self._begin() + motion.duration)

    async def _aim(self, _: m.Aim) -> None:
        await self._settle()
        await self._driver.reset_aim()
        self._heading = 0.0

    async def _compass(self, motion: m.Compass) -> None:
        await self._settle()
        north = await self._driver.find_north()
        await self._face(north + motion.direction)
        await self._driver.reset_aim()
        self._heading = 0.0

    def _facing(self, heading: float | None) -> float:
        return self._heading if heading is None else heading

    def _set(self, heading: float, speed: int) -> None:
        if self._speed and not speed:
            self._rest_at = self._clock.now() + self._model.brake_time(self._speed)
        self._heading, self._speed = heading, speed
        self._driver.drive(heading, speed)

    async def _hold(self, heading: float, speed: int, until: float) -> None:
        """Keep a setpoint alive until that moment. The one that holds already is only refreshed."""
        if (heading, speed) != (self._heading, self._speed):
            self._set(heading, speed)
        while (now := self._clock.now()) < until:
            await self._clock.sleep_until(min(until, now + REFRESH))
            if self._clock.now() < until:
                self._driver.drive(heading, speed)
        self._due = until

    def _begin(self) -> float:
        """When the motion begins: when the one before it was to end, if it follows on one.

        A wake-up is always a little late; counting from it would let a long choreography drift.
        """
        now = self._clock.now()
        return self._due if 0 <= now - self._due < LATE else now

    async def _until(self, when: float) -> None:
        await self._clock.sleep_until(when)
        self._due = when

    async def _settle(self) -> None:
        """Be at rest."""
        if self._speed:
            self.halt()
        if self._rest_at > self._clock.now():
            await self._until(self._rest_at)

    async def _face(self, heading: float) -> None:
        """Be at rest and face that way, the short way around."""
        await self._settle()
        angle = (heading - self._heading + 180) % 360 - 180
        if abs(angle) > AIMED:
            began = self._begin()
            self._set(self._heading + angle, 0)
            await self._until(began + self._model.turn_time(angle))
        self._heading = heading

    def _flows(self, heading: float, speed: int) -> bool:
        """Whether a roll can begin out of the one that is under way."""
        return speed * self._speed > 0 and abs((heading - self._heading + 180) % 360 - 180) <= FLOW

    def _continues(self, motion: m.Drive, heading: float) -> bool:
        """Whether the motion that comes next goes on from this one."""
        following = self._upcoming()
        if isinstance(following, m.Drive) and following.speed * motion.speed > 0 and not following.waddle:
            return abs((self._facing(following.heading) - heading + 180) % 360 - 180) <= FLOW
        return False


_HOW: dict[type[Any], Callable[[Roller, Any], Awaitable[None]]] = {
    m.Aim: Roller._aim,
    m.Compass: Roller._compass,
    m.Curve: Roller._follow,
    m.Drive: Roller._drive,
    m.Go: Roller._go,
    m.Halt: Roller._halt,
    m.Rest: Roller._rest,
    m.Spin: Roller._spin,
    m.Turn: Roller._turn,
}


def _sway(motion: m.Drive, heading: float) -> m.Curve:
    """A roll that sways from side to side."""
    steps = max(1, round(motion.duration / SETPOINT_INTERVAL))
    times = [step * SETPOINT_INTERVAL for step in range(steps)]
    points = tuple(
        (time, heading + SWAY_ANGLE * math.sin(2 * math.pi * SWAYS_PER_SECOND * time), motion.speed) for time in times
    )
    return m.Curve(points=points, duration=motion.duration)
