"""The player: performs motions on a schedule, side by side on their tracks, and stops at once.

It owns the queues, the waiting, the reactions and the emergency stop; how each motion is done is in `rolling` (the
ball) and `showing` (the face and the lights).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bolt_agent.robot.battery_watch import BatteryWatch
from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.errors import Refused, RobotError, Stopped
from bolt_agent.robot.guard import Guard, Place
from bolt_agent.robot.limits import SafetyLimits
from bolt_agent.robot.motions import Motion, React, Track
from bolt_agent.robot.queue import Item, Perform, Phase, Queue
from bolt_agent.robot.rolling import Roller
from bolt_agent.robot.showing import Painter
from bolt_agent.robot.stage import BodyState
from drivers.clock import Clock
from drivers.events import RobotEvent

__all__ = ["Happening", "Player", "Progress"]

CALM = 0.7
"""Seconds after a reaction in which the same event does not set it off again: the ball still touches the wall."""


SAID = {"reconnected": "the robot is connected again; nothing that moved goes on"}
"""What is told of events whose name says too little."""

ANY_MOVE = 0
"""The number of the move whose reactions hold for every move."""

HOMECOMING = -1
"""The number of the move that nobody asked for: back to the start with the last of the battery."""


class Happening(NamedTuple):
    """Something that happened: when (seconds of the clock), its name, and in words."""

    time: float
    name: str
    text: str


class Progress(NamedTuple):
    """A motion begins, or has ended by itself. line: of the program that asked for it, where it is known."""

    phase: Phase
    motion: Motion
    line: int | None


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
        limits = limits or SafetyLimits()
        self._guard = Guard(limits, model, self._forbid)
        self._battery = BatteryWatch(driver, clock, limits.low_battery, self._come_home)
        self._coming_home = False
        painter = Painter(driver, clock)
        how: dict[Track, Perform] = {
            "ball": self._roller.perform,
            "face": painter.perform,
            "lights": painter.perform,
        }
        self._tracks = {track: Queue(perform, self._fail, self._passed) for track, perform in how.items()}
        self._reactions: dict[tuple[int, str], Item] = {}
        self._calm_until = 0.0
        self._latched = False
        self._failure: Exception | None = None
        self._listeners: list[Callable[[Happening], None]] = []
        self._watchers: list[Callable[[Progress], None]] = []
        driver.on_event(self._robot_event)
        driver.on_reading(lambda reading: self._guard.watch(reading, rolling=self._roller.rolling))

    def perform(self, motion: Motion, *, move: int = ANY_MOVE, line: int | None = None) -> None:
        """Perform a motion after those already on its track. line: of the program, for those who watch (`on_progress`).

        Raises Stopped while the emergency stop is latched, and Refused for what is against a limit.
        """
        if self._latched:
            raise Stopped("stopped: nothing moves until the next command")
        self._battery.look()
        if self._coming_home and motion.track == "ball":
            return  # whoever waits for it is told why
        ball = self._tracks["ball"]
        may_bump = (move, "collision") in self._reactions or (ANY_MOVE, "collision") in self._reactions
        here = None if ball.busy else self._here()
        self._accept(Item(move, self._guard.admit(motion, here, battery=self._driver.battery, may_bump=may_bump), line))

    def cut(self) -> None:
        """End what the ball is doing, at once, and forget what it was going to do; not its way home."""
        if not self._coming_home:
            self._cut()

    def _cut(self) -> None:
        self._coming_home = False
        self._tracks["ball"].clear()
        self._roller.halt()

    def drop(self) -> None:
        """End everything that plays, at once, and forget what was planned: another command takes its place."""
        for queue in self._tracks.values():
            queue.clear()
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
        self._latched, self._coming_home = True, False
        self._reactions.clear()
        for queue in self._tracks.values():
            queue.clear()
        self._roller.forget()
        self._tell("stop", "stopped")
        await self._driver.stop()

    @property
    def stopped(self) -> bool:
        """Whether the emergency stop is latched."""
        return self._latched

    def release(self) -> None:
        """Let motions through again, and forget what went wrong before."""
        self._latched = self._coming_home = False
        self._failure = None
        self._reactions = {key: reaction for key, reaction in self._reactions.items() if key[0] == ANY_MOVE}

    def reckon_with(self, model: DriveModel) -> None:
        """This ball's own model, where it was calibrated."""
        self._roller.reckon_with(model)
        self._guard.reckon_with(model)

    async def close(self) -> None:
        """Drop everything and end; the driver is left to its owner."""
        await self._battery.close()
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

    def on_progress(self, watcher: Callable[[Progress], None]) -> None:
        """Call back with each motion that begins, and that ends by itself."""
        self._watchers.append(watcher)

    def _come_home(self, charge: int) -> None:
        """The battery is nearly empty: what goes on ends, and the ball comes back to its start if it can."""
        if self._latched:
            return
        here = self._here()
        way = self._guard.way_home(here)
        what = "I come back to my start" if way else "I stay where I am"
        self._cut()
        self._failure = Refused(f"my battery is at {charge} %: {what}; please charge me", limit="low_battery")
        self._coming_home = True
        for motion in way:
            self._tracks["ball"].add(Item(HOMECOMING, motion))
        self._tell("low_battery", str(self._failure))

    def _here(self) -> Place:
        reading = self._driver.reading
        return Place(reading.x, reading.y, self._roller.heading)

    def _accept(self, item: Item) -> None:
        if isinstance(item.motion, React):
            self._reactions[item.move, item.motion.event] = item
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
        armed = self._reactions.get((move, event.name)) or self._reactions.get((ANY_MOVE, event.name))
        reaction = armed.motion if armed is not None and isinstance(armed.motion, React) else None
        self._tell(event.name, reaction.log if reaction else SAID.get(event.name, event.name))
        if reaction is None and event.name == "freefall" and self._roller.rolling:
            self._cut()  # a ball in the air needs no motors
        if armed is None or reaction is None or current is None or self._clock.now() < self._calm_until:
            return
        self._calm_until = self._clock.now() + CALM
        self._tracks["ball"].clear(move=move)
        self._roller.halt()
        for motion in reversed(reaction.motions):
            if motion.track == "ball" and not isinstance(motion, React):
                self._tracks["ball"].add(Item(move, motion, armed.line), first=True)
        for motion in reaction.motions:
            if motion.track != "ball" or isinstance(motion, React):
                self._accept(Item(move, motion, armed.line))

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
        self._cut()
        self._tell(why.limit, str(why))

    def _tell(self, name: str, text: str) -> None:
        for listener in self._listeners:
            listener(Happening(self._clock.now(), name, text))

    def _passed(self, item: Item, phase: Phase) -> None:
        for watcher in self._watchers:
            watcher(Progress(phase, item.motion, item.line))
