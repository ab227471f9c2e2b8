"""The player: performs motions on a schedule, side by side on their tracks, and stops at once.

It owns the queues, the waiting, the reactions and the emergency stop; how each motion is done is in `rolling` (the
ball) and `showing` (the face and the lights).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.errors import Refused, RobotError, Stopped
from bolt_agent.robot.guard import Guard, Place
from bolt_agent.robot.limits import SafetyLimits
from bolt_agent.robot.motions import Motion, React, Track
from bolt_agent.robot.queue import Item, Perform, Queue
from bolt_agent.robot.rolling import Roller
from bolt_agent.robot.showing import Painter
from bolt_agent.robot.stage import BodyState
from drivers.clock import Clock
from drivers.errors import LinkError
from drivers.events import RobotEvent

__all__ = ["Happening", "Player"]

CALM = 0.7
"""Seconds after a reaction in which the same event does not set it off again: the ball still touches the wall."""


BATTERY_INTERVAL = 60.0
"""Seconds between questions for the charge, while there is something to do."""

SAID = {"reconnected": "the robot is connected again; nothing that moved goes on"}
"""What is told of events whose name says too little."""

ANY_MOVE = 0
"""The number of the move whose reactions hold for every move."""


class Happening(NamedTuple):
    """Something that happened: when (seconds of the clock), its name, and in words."""

    time: float
    name: str
    text: str


class Player:
    """Performs motions through a driver.

    Motions of one track ('ball', 'face', 'lights') follow one another; the tracks run side by side.
    """

    def __init__(
        self, driver: Driver, clock: Clock, model: DriveModel | None = None, *, limits: SafetyLimits | None = None
    ) -> None:
        self._driver = driver
        self._clock = clock
        model = model or DriveModel()
        self._roller = Roller(driver, clock, model, self._next_on_ball)
        self._guard = Guard(limits or SafetyLimits(), model, self._forbid)
        painter = Painter(driver, clock)
        how: dict[Track, Perform] = {
            "ball": self._roller.perform,
            "face": painter.perform,
            "lights": painter.perform,
        }
        self._tracks = {track: Queue(perform, self._fail) for track, perform in how.items()}
        self._reactions: dict[tuple[int, str], React] = {}
        self._calm_until = 0.0
        self._latched = False
        self._failure: Exception | None = None
        self._battery_due: float | None = None
        self._measuring: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[Happening], None]] = []
        driver.on_event(self._robot_event)
        driver.on_reading(lambda reading: self._guard.watch(reading, rolling=self._roller.rolling))

    def perform(self, motion: Motion, *, move: int = ANY_MOVE) -> None:
        """Perform a motion after those already on its track.

        Raises Stopped while the emergency stop is latched, and Refused for what is against a limit.
        """
        if self._latched:
            raise Stopped("stopped: nothing moves until the next command")
        self._look_after_battery()
        ball = self._tracks["ball"]
        may_bump = (move, "collision") in self._reactions or (ANY_MOVE, "collision") in self._reactions
        here = None if ball.busy else self._here()
        self._accept(Item(move, self._guard.admit(motion, here, battery=self._driver.battery, may_bump=may_bump)))

    def cut(self) -> None:
        """End what the ball is doing, at once, and forget what it was going to do."""
        self._tracks["ball"].clear()
        self._roller.halt()

    async def wait(self, *, seconds: float | None = None, track: Track | None = None) -> None:
        """Wait that long, or until a track (every track when None) is done. Raises what went wrong meanwhile."""
        if seconds is not None:
            await self._clock.sleep(seconds)
        else:
            waited_for = [self._tracks[track]] if track else list(self._tracks.values())
            while busy := [queue for queue in waited_for if queue.busy]:
                await busy[0].done()
        if self._failure is not None:
            raise self._failure

    async def stop(self) -> None:
        """Emergency stop: the next packet is the stop, every queue is emptied, and nothing moves until `release`."""
        self._latched = True
        self._reactions.clear()
        for queue in self._tracks.values():
            queue.clear()
        self._roller.forget()
        self._tell("stop", "stopped")
        await self._driver.stop()

    def release(self) -> None:
        """Let motions through again, and forget what went wrong before."""
        self._latched = False
        self._failure = None
        self._reactions = {key: reaction for key, reaction in self._reactions.items() if key[0] == ANY_MOVE}

    async def close(self) -> None:
        """Drop everything and end; the driver is left to its owner."""
        if self._measuring is not None:
            self._measuring.cancel()
            await asyncio.wait({self._measuring})
        for queue in self._tracks.values():
            await queue.close()

    def state(self) -> BodyState:
        """How the body is right now."""
        reading = self._driver.reading
        return BodyState(
            x=round(reading.x, 1),
            y=round(reading.y, 1),
            heading=round(reading.heading, 1) % 360,
            speed=round(reading.speed, 1),
            battery=self._driver.battery,
        )

    def on_happening(self, listener: Callable[[Happening], None]) -> None:
        """Call back with what happens to the robot: bumps, falls, stops, trouble."""
        self._listeners.append(listener)

    def _look_after_battery(self) -> None:
        """Ask for the charge now and then; the guard reads what was answered last."""
        now = self._clock.now()
        if self._battery_due is not None and now >= self._battery_due:
            self._measuring = asyncio.create_task(self._measure_battery())
        if self._battery_due is None or now >= self._battery_due:
            self._battery_due = now + BATTERY_INTERVAL

    async def _measure_battery(self) -> None:
        with suppress(LinkError):  # a link in trouble tells so itself
            await self._driver.measure_battery()

    def _here(self) -> Place:
        reading = self._driver.reading
        return Place(reading.x, reading.y, self._roller.heading)

    def _accept(self, item: Item) -> None:
        if isinstance(item.motion, React):
            self._reactions[item.move, item.motion.event] = item.motion
        else:
            self._tracks[item.motion.track].add(item)

    def _next_on_ball(self) -> Motion | None:
        return self._tracks["ball"].peek()

    def _robot_event(self, event: RobotEvent) -> None:
        if event.name in ("trouble", "disconnected"):
            self._fail(event.error or RobotError("the robot has trouble"), event.name)
            return
        current = self._tracks["ball"].current
        move = current.move if current else ANY_MOVE
        reaction = self._reactions.get((move, event.name)) or self._reactions.get((ANY_MOVE, event.name))
        self._tell(event.name, reaction.log if reaction else SAID.get(event.name, event.name))
        if reaction is None and event.name == "freefall" and self._roller.rolling:
            self.cut()  # a ball in the air needs no motors
        if reaction is None or current is None or self._clock.now() < self._calm_until:
            return
        self._calm_until = self._clock.now() + CALM
        self._tracks["ball"].clear(move=move)
        self._roller.halt()
        for motion in reversed(reaction.motions):
            if motion.track == "ball" and not isinstance(motion, React):
                self._tracks["ball"].add(Item(move, motion), first=True)
        for motion in reaction.motions:
            if motion.track != "ball" or isinstance(motion, React):
                self._accept(Item(move, motion))

    def _fail(self, error: Exception, name: str = "trouble") -> None:
        """The robot cannot do it: nothing that was planned on it happens."""
        known, self._failure = self._failure is not None, error
        for queue in self._tracks.values():
            queue.clear()
        if known:
            self._roller.forget()  # it does not hear us; its own timeout stops it
            return
        self._roller.halt()
        self._tell(name, str(error))

    def _forbid(self, why: Refused) -> None:
        """A limit is reached while it moves: the ball stops, the face goes on."""
        self._failure = why
        self.cut()
        self._tell(why.limit, str(why))

    def _tell(self, name: str, text: str) -> None:
        for listener in self._listeners:
            listener(Happening(self._clock.now(), name, text))
