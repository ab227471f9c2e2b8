"""The player: performs motions on a schedule, side by side on their tracks, and stops at once.

It owns the queues, the waiting, the reactions and the emergency stop; how each motion is done is in `rolling` (the
ball) and `showing` (the face and the lights).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeAlias

from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.errors import RobotError, Stopped
from bolt_agent.robot.motions import EventName, Motion, React, Track
from bolt_agent.robot.rolling import Roller
from bolt_agent.robot.showing import Painter
from bolt_agent.robot.stage import BodyState
from drivers.clock import Clock
from drivers.events import RobotEvent

__all__ = ["Happening", "Player"]

CALM = 0.7
"""Seconds after a reaction in which the same event does not set it off again: the ball still touches the wall."""


ANY_MOVE = 0
"""The number of the move whose reactions hold for every move."""

Perform: TypeAlias = Callable[[Motion], Awaitable[None]]


class Happening(NamedTuple):
    """Something that happened: when (seconds of the clock), its name, and in words."""

    time: float
    name: str
    text: str


class Player:
    """Performs motions through a driver.

    Motions of one track ('ball', 'face', 'lights') follow one another; the tracks run side by side.
    """

    def __init__(self, driver: Driver, clock: Clock, model: DriveModel | None = None) -> None:
        self._driver = driver
        self._clock = clock
        self._roller = Roller(driver, clock, model or DriveModel(), self._next_on_ball)
        painter = Painter(driver, clock)
        how: dict[Track, Perform] = {
            "ball": self._roller.perform,
            "face": painter.perform,
            "lights": painter.perform,
        }
        self._tracks = {track: _Queue(perform, self._fail) for track, perform in how.items()}
        self._reactions: dict[tuple[int, EventName], React] = {}
        self._calm_until = 0.0
        self._latched = False
        self._failure: Exception | None = None
        self._listeners: list[Callable[[Happening], None]] = []
        driver.on_event(self._robot_event)

    def perform(self, motion: Motion, *, move: int = ANY_MOVE) -> None:
        """Perform a motion after those already on its track. Raises Stopped while the emergency stop is latched."""
        if self._latched:
            raise Stopped("stopped: nothing moves until the next command")
        self._accept(_Item(move, motion))

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

    def _accept(self, item: _Item) -> None:
        if isinstance(item.motion, React):
            self._reactions[item.move, item.motion.event] = item.motion
        else:
            self._tracks[item.motion.track].add(item)

    def _next_on_ball(self) -> Motion | None:
        return self._tracks["ball"].peek()

    def _robot_event(self, event: RobotEvent) -> None:
        if event.name == "trouble":
            self._fail(event.error or RobotError("the robot has trouble"))
            return
        current = self._tracks["ball"].current
        move = current.move if current else ANY_MOVE
        reaction = self._reactions.get((move, event.name)) or self._reactions.get((ANY_MOVE, event.name))
        self._tell(event.name, reaction.log if reaction else event.name)
        if reaction is None or current is None or self._clock.now() < self._calm_until:
            return
        self._calm_until = self._clock.now() + CALM
        self._tracks["ball"].clear(move=move)
        self._roller.halt()
        for motion in reversed(reaction.motions):
            if motion.track == "ball" and not isinstance(motion, React):
                self._tracks["ball"].add(_Item(move, motion), first=True)
        for motion in reaction.motions:
            if motion.track != "ball" or isinstance(motion, React):
                self._accept(_Item(move, motion))

    def _fail(self, error: Exception) -> None:
        """The robot cannot do it: nothing that was planned on it happens."""
        self._failure = error
        for queue in self._tracks.values():
            queue.clear()
        self._roller.halt()
        self._tell("trouble", str(error))

    def _tell(self, name: str, text: str) -> None:
        for listener in self._listeners:
            listener(Happening(self._clock.now(), name, text))


class _Item(NamedTuple):
    move: int
    motion: Motion


class _Queue:
    """The motions of one track, performed one after another."""

    def __init__(self, perform: Perform, failed: Callable[[Exception], None]) -> None:
        self._perform = perform
        self._failed = failed
        self._items: deque[_Item] = deque()
        self._idle = asyncio.Event()
        self._idle.set()
        self._runner: asyncio.Task[None] | None = None
        self.current: _Item | None = None

    def add(self, item: _Item, *, first: bool = False) -> None:
        if first:
            self._items.appendleft(item)
        else:
            self._items.append(item)
        self._start()

    def peek(self) -> Motion | None:
        """The motion that comes next."""
        return self._items[0].motion if self._items else None

    def clear(self, *, move: int | None = None) -> None:
        """Forget what is planned (of one move only, when it is named) and break off what is being done."""
        self._items = deque(item for item in self._items if move is not None and item.move != move)
        if self._runner is not None:
            self._runner.cancel()
            self._runner = None
        self.current = None
        if self._items:
            self._start()
        else:
            self._idle.set()

    @property
    def busy(self) -> bool:
        """Whether anything is left to do."""
        return not self._idle.is_set()

    async def done(self) -> None:
        """Wait until nothing is left to do."""
        await self._idle.wait()

    async def close(self) -> None:
        runner = self._runner
        self.clear()
        if runner is not None:
            await asyncio.wait({runner})

    def _start(self) -> None:
        self._idle.clear()
        if self._runner is None and self._items:
            self._runner = asyncio.create_task(self._run())

    async def _run(self) -> None:
        me = asyncio.current_task()
        while self._items:
            self.current = self._items.popleft()
            try:
                await self._perform(self.current.motion)
            except Exception as error:  # even a defect must not leave the others waiting
                self._failed(error)
            if self._runner is not me:
                return  # cleared from within: another run may be under way
        self.current = None
        self._runner = None
        self._idle.set()
