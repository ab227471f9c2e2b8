"""A world with its balls in it, and the time that they share. What programs see of a ball is `VirtualBolt`."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from simulator.firmware.core import Firmware
from simulator.firmware.infrared import Air
from simulator.firmware.quirks import Quirks
from simulator.firmware.schedule import Schedule
from simulator.firmware.settings import Settings
from simulator.record import PATH_INTERVAL, Record
from simulator.world.files import load_world
from simulator.world.physics import BallBody, Physics
from simulator.world.placing import with_balls
from simulator.world.spec import WorldSpec

__all__ = ["Arena", "Robot", "Snapshot"]

TICK = 2
"""ms between runs of the control loop; the physics take 1 ms steps."""
LONGEST_WAIT = 10
"""ms after which the world wants to live on, so that whoever watches sees it move."""
LONGEST_STILLNESS = 50
"""ms after which a world in which nothing moves wants to live on: a hand may have pushed a ball."""
CRADLE_INTERVAL = 100
"""ms between looks at whether a ball lies in a cradle."""


class Robot:
    """One ball: its body in the world, its firmware and its record."""

    def __init__(self, ball: BallBody, firmware: Firmware, record: Record) -> None:
        self.ball = ball
        self.firmware = firmware
        self.record = record


class Snapshot:
    """Everything about an arena at a moment. Opaque: it is made by `snapshot` and read by `restore`."""

    def __init__(self, state: dict[str, Any], physics: Any) -> None:
        self._state = state
        self._physics = physics


class Arena:
    """Firmware and physics of all balls of one world, run in step. All simulated; nothing here waits.

    world: a shipped name or a YAML file.   names: one for each ball; where there are more than the world has starts,
    the others are put down beside the first.   Raises UnknownWorld or BadWorld.
    """

    def __init__(
        self,
        world: str | Path | WorldSpec,
        *,
        names: Sequence[str],
        seed: int,
        quirks: Quirks | str,
        settings: Settings,
    ) -> None:
        self.spec = with_balls(load_world(world), len(names))
        self.schedule = Schedule()
        self.physics = Physics(self.spec)
        self._settings = settings
        self.outlets: list[Outlet] = [Outlet() for _ in names]
        self.robots = [self._robot(number, name, seed, quirks) for number, name in enumerate(names)]
        self.air = Air(self.schedule, [robot.firmware for robot in self.robots], self.physics.sees)
        for robot in self.robots:
            robot.firmware.infrared.air = self.air
            self._remember(robot)
        if self.spec.cradles:
            self._look_for_cradles()

    def advance(self, until: float) -> None:
        """Live until that moment (seconds since the start)."""
        self.schedule.run(math.floor(until * 1000 + 1e-6), self._live)

    def wake_at(self) -> float:
        """When `advance` should be called next, at the latest."""
        wait = self.schedule.now + (LONGEST_STILLNESS if self._still() else LONGEST_WAIT)
        due = self.schedule.next_due()
        return (wait if due is None else min(due, wait)) / 1000

    def snapshot(self) -> Snapshot:
        """All state, such that a restored arena goes on exactly, bit for bit, as this one would."""
        return Snapshot(self._copy(self._state()), self.physics.save())

    def restore(self, snapshot: Snapshot) -> None:
        """Go back (or forward) to a snapshot of this arena; it can be used again."""
        state = self._copy(snapshot._state)
        self.schedule, self.air = state["schedule"], state["air"]
        for robot, (firmware, record) in zip(self.robots, state["robots"], strict=True):
            robot.firmware = firmware
            robot.record.take_over(record)
        self.physics.load(snapshot._physics)

    def _state(self) -> dict[str, Any]:
        robots = [(robot.firmware, robot.record.copy()) for robot in self.robots]
        return {"schedule": self.schedule, "air": self.air, "robots": robots}

    def _copy(self, state: dict[str, Any]) -> dict[str, Any]:
        """A copy of the state's own objects. What is outside stays itself: bodies, listeners, records, the world."""
        outside: list[Any] = [self, self.spec, self.physics, *self.physics.balls, *self.outlets]
        outside += [robot.record for robot in self.robots]
        return copy.deepcopy(state, {id(thing): thing for thing in outside})

    def _robot(self, number: int, name: str, seed: int, quirks: Quirks | str) -> Robot:
        ball, record = self.physics.balls[number], Record()
        rng = Random(seed) if number == 0 else Random(f"{seed}/{number}")
        own = quirks if isinstance(quirks, Quirks) else Quirks.named(quirks, seed=f"{seed}/{number}/quirks")
        firmware = Firmware(
            self.schedule,
            ball,
            self.spec,
            record,
            name=name,
            rng=rng,
            send=self.outlets[number].send,
            hang_up=self.outlets[number].hang_up,
            quirks=own,
            settings=self._settings,
        )
        return Robot(ball, firmware, record)

    def _live(self, stop: int) -> None:
        """Let the world and the control loops run to a moment before which nothing else is due."""
        schedule, physics, robots = self.schedule, self.physics, self.robots
        ticks = [robot.firmware.tick for robot in robots]
        while schedule.now < stop:
            if self._still():
                schedule.now = stop
                return
            into = schedule.now % TICK
            if into == 0:
                for tick in ticks:
                    tick(TICK)
            span = min(TICK - into, stop - schedule.now)
            physics.step(span)
            schedule.now += span
            if schedule.now % PATH_INTERVAL == 0:
                for robot in robots:
                    self._remember(robot)

    def _still(self) -> bool:
        """Whether nothing moves, nor wants to."""
        return all(robot.firmware.motion.controller.at_rest for robot in self.robots) and self.physics.settled

    def _remember(self, robot: Robot) -> None:
        ball = robot.ball
        ball.sense()
        robot.record.moved(self.schedule.now, ball.x, ball.y, ball.heading, ball.speed)

    def _look_for_cradles(self) -> None:
        for robot in self.robots:
            robot.firmware.in_cradle(self.spec.cradle_at(100 * robot.ball.x, 100 * robot.ball.y) is not None)
        self.schedule.after(CRADLE_INTERVAL, self._look_for_cradles)


class Outlet:
    """Where what leaves one ball goes: to whoever listens now."""

    def __init__(self) -> None:
        self.listeners: list[Any] = []
        self.hung_up: list[Any] = []

    def send(self, packet: bytes) -> None:
        """Give a packet to all listeners."""
        for listener in self.listeners:
            listener(packet)

    def hang_up(self, reason: str) -> None:
        """Tell that the ball has dropped the link."""
        for listener in self.hung_up:
            listener(reason)
