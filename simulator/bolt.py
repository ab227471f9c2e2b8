"""The virtual BOLT: firmware over a ball in a world, and simulated time that passes when it is told to."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from random import Random

from simulator.firmware.core import Firmware
from simulator.firmware.lights import as_hex
from simulator.firmware.schedule import Schedule
from simulator.record import PATH_INTERVAL, Pose, Record, rows_of_hex
from simulator.world.files import load_world
from simulator.world.physics import Physics
from simulator.world.spec import WorldSpec

__all__ = ["VirtualBolt"]

TICK = 2
"""ms between runs of the control loop; the physics take 1 ms steps."""
LONGEST_WAIT = 10
"""ms after which the world wants to live on, so that whoever watches sees it move."""


class VirtualBolt:
    """One BOLT in software: emulated firmware over a ball in a physics world.

    >>> bolt = VirtualBolt()
    >>> bolt.write(bytes.fromhex("8d0a130d00d5d8"))  # wake
    >>> bolt.advance(1.0)
    >>> bolt.pose
    Pose(x=0.0, y=0.0, heading=0.0)

    world: the name of a shipped world, or a YAML file. Raises UnknownWorld or BadWorld.
    seed: of all randomness; the same seed and the same writes give the same record.
    """

    def __init__(self, world: str | Path = "open", *, seed: int = 0, name: str = "SB-0001") -> None:
        self.world_name = str(world)
        self.world: WorldSpec = load_world(world)
        """Floor, walls and boxes, for viewers: `world.rectangles()`."""
        self.record = Record()
        self._physics = Physics(self.world)
        self._ball = self._physics.balls[0]
        self._schedule = Schedule()
        self._listeners: list[Callable[[bytes], None]] = []
        self._firmware = Firmware(
            self._schedule,
            self._ball,
            self.world,
            self.record,
            name=name,
            rng=Random(seed),
            send=self._send,
        )
        self._remember()

    @property
    def name(self) -> str:
        """As the radio advertises it."""
        return self._firmware.name

    @property
    def time(self) -> float:
        """Seconds of simulated time since the start."""
        return self._schedule.now / 1000

    @property
    def pose(self) -> Pose:
        """Where the ball is and which way it faces."""
        ball = self._ball
        heading = round(math.degrees(ball.heading), 9) % 360.0
        return Pose(round(100 * ball.x, 9) + 0.0, round(100 * ball.y, 9) + 0.0, heading)

    @property
    def speed(self) -> float:
        """cm/s over the ground."""
        return 100 * self._ball.speed

    @property
    def face(self) -> list[list[str]]:
        """8 rows from the top of 8 '#rrggbb', as seen with the robot's forward up."""
        return rows_of_hex(self._firmware.face.picture)

    @property
    def front_led(self) -> str:
        """The colour of the front light."""
        return as_hex(self._firmware.lights.color("front"))

    @property
    def back_led(self) -> str:
        """The colour of the back light."""
        return as_hex(self._firmware.lights.color("back"))

    def write(self, data: bytes) -> None:
        """Bytes that arrive on the API v2 characteristic now, in any slices."""
        self._firmware.receive(data)

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        """Call back with every packet that leaves, whole: answers and notifications."""
        self._listeners.append(callback)

    def advance(self, until: float) -> None:
        """Live until that moment (seconds since the start); packets leave, in order, when they are due."""
        self._schedule.run(math.floor(until * 1000 + 1e-6), self._live)

    def wake_at(self) -> float:
        """When `advance` should be called next, at the latest."""
        wait = self._schedule.now + LONGEST_WAIT
        due = self._schedule.next_due()
        return (wait if due is None else min(due, wait)) / 1000

    def _live(self, stop: int) -> None:
        """Let the world and the control loop run to a moment before which nothing else is due."""
        schedule, physics, firmware = self._schedule, self._physics, self._firmware
        controller = firmware.motion.controller
        while schedule.now < stop:
            if controller.at_rest:
                schedule.now = stop
                return
            into = schedule.now % TICK
            if into == 0:
                firmware.tick(TICK)
            span = min(TICK - into, stop - schedule.now)
            physics.step(span)
            schedule.now += span
            if schedule.now % PATH_INTERVAL == 0:
                self._remember()

    def _remember(self) -> None:
        ball = self._ball
        ball.sense()
        self.record.moved(self._schedule.now, ball.x, ball.y, ball.heading, ball.speed)

    def _send(self, packet: bytes) -> None:
        for listener in self._listeners:
            listener(packet)
