"""The virtual BOLT: firmware over a ball in a world, and simulated time that passes when it is told to."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from simulator.arena import Arena, Robot, Snapshot
from simulator.firmware.lights import as_hex
from simulator.firmware.quirks import Quirks
from simulator.firmware.settings import Settings
from simulator.record import Pose, Record, rows_of_hex
from simulator.world.physics import Thing
from simulator.world.spec import WorldSpec

__all__ = ["VirtualBolt"]


class VirtualBolt:
    """One BOLT in software: emulated firmware over a ball in a physics world.

    >>> bolt = VirtualBolt()
    >>> bolt.write(bytes.fromhex("8d0a130d00d5d8"))  # wake
    >>> bolt.advance(1.0)
    >>> bolt.pose
    Pose(x=0.0, y=0.0, heading=0.0)

    world: the name of a shipped world, a YAML file, or what `load_world` gave. Raises UnknownWorld or BadWorld.
    seed: of all randomness; the same seed and the same writes give the same record.
    quirks: "ideal", "typical", or `Quirks` of one's own.   settings: see `Settings`.

    `simulator.VirtualWorld` makes several balls in one world. A `with` block is a connection: it ends asleep.
    """

    def __init__(
        self,
        world: str | Path | WorldSpec = "open",
        *,
        seed: int = 0,
        name: str = "SB-0001",
        quirks: Quirks | str = "ideal",
        settings: Settings | None = None,
    ) -> None:
        arena = Arena(world, names=[name], seed=seed, quirks=quirks, settings=settings or Settings())
        self._place(arena, 0, "its own" if isinstance(world, WorldSpec) else str(world))

    @classmethod
    def of(cls, arena: Arena, number: int, world_name: str) -> VirtualBolt:
        """A ball of an arena that is there already."""
        bolt = cls.__new__(cls)
        bolt._place(arena, number, world_name)
        return bolt

    def _place(self, arena: Arena, number: int, world_name: str) -> None:
        self.world_name = world_name
        self._arena = arena
        self._number = number
        self._robot: Robot = arena.robots[number]
        self._ball = self._robot.ball

    def __enter__(self) -> VirtualBolt:
        self.connect()
        self.unlock(b"usetheforce...band")
        self._robot.firmware.wake()
        self.advance(self.time + 0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._robot.firmware.sleep()
        self.advance(self.time + 0.1)
        self.disconnect()

    @property
    def world(self) -> WorldSpec:
        """Floor, walls and boxes, for viewers: `world.rectangles()`."""
        return self._arena.spec

    @property
    def record(self) -> Record:
        """What really happened."""
        return self._robot.record

    @property
    def things(self) -> list[Thing]:
        """The blocks and pins of its world, where they are now."""
        return self._arena.physics.things

    @property
    def name(self) -> str:
        """As the radio advertises it."""
        return self._robot.firmware.name

    @name.setter
    def name(self, name: str) -> None:
        self._robot.firmware.name = name

    @property
    def awake(self) -> bool:
        """Whether motors, sensors and face are on."""
        return self._robot.firmware.awake

    @property
    def time(self) -> float:
        """Seconds of simulated time since the start."""
        return self._arena.schedule.now / 1000

    @property
    def pose(self) -> Pose:
        """Where the ball is and which way it faces."""
        ball = self._ball
        heading = round(math.degrees(ball.heading), 9) % 360.0
        return Pose(round(100 * ball.x, 9) + 0.0, round(100 * ball.y, 9) + 0.0, heading)

    @property
    def height(self) -> float:
        """cm of the middle of the ball above the floor."""
        return 100 * float(self._ball.z)

    @property
    def lean(self) -> tuple[float, float]:
        """Degrees that the chassis, and the face on it, lean forward and to the right."""
        return self._ball.lean

    @property
    def speed(self) -> float:
        """cm/s over the ground."""
        return 100 * self._ball.speed

    @property
    def face(self) -> list[list[str]]:
        """8 rows from the top of 8 '#rrggbb', as seen with the robot's forward up."""
        return rows_of_hex(self._robot.firmware.face.picture)

    @property
    def front_led(self) -> str:
        """The colour of the front light."""
        return as_hex(self._robot.firmware.lights.color("front"))

    @property
    def back_led(self) -> str:
        """The colour of the back light."""
        return as_hex(self._robot.firmware.lights.color("back"))

    @property
    def battery(self) -> float:
        """Share of a full charge, 0..1."""
        firmware = self._robot.firmware
        return firmware.battery.charge(firmware.seconds)

    def connect(self) -> None:
        """A client has connected; only `strict` balls and servers care."""
        self._robot.firmware.life.link()

    def unlock(self, word: bytes) -> bool:
        """Bytes that arrive on the unlock characteristic; True when they are the right word."""
        return self._robot.firmware.life.unlock(word)

    def disconnect(self) -> None:
        """The client is gone."""
        self._robot.firmware.life.unlink()

    def on_disconnect(self, callback: Callable[[str], None]) -> None:
        """Call back, with a reason, when the ball drops the link."""
        self._arena.outlets[self._number].hung_up.append(callback)

    def write(self, data: bytes) -> None:
        """Bytes that arrive on the API v2 characteristic now, in any slices."""
        self._robot.firmware.receive(data)

    def on_notify(self, callback: Callable[[bytes], None]) -> None:
        """Call back with every packet that leaves: answers and notifications, whole unless the settings slice them."""
        self._arena.outlets[self._number].listeners.append(callback)

    def forget(self, callback: Callable[..., None]) -> None:
        """Do not call back any more."""
        outlet = self._arena.outlets[self._number]
        for listeners in (outlet.listeners, outlet.hung_up):
            if callback in listeners:
                listeners.remove(callback)

    def twirl(self, degrees_per_second: float) -> None:
        """Spin the ball like a top, as a hand does; clockwise, seen from above. It comes to rest by itself."""
        self._ball.twirl(math.radians(degrees_per_second))
        self._robot.firmware.motion.controller.disturbed()

    def call_later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do something after so much simulated time, in step with what the ball does."""
        self._arena.schedule.after(round(1000 * seconds), action)

    def advance(self, until: float) -> None:
        """Live until that moment (seconds since the start); packets leave, in order, when they are due."""
        self._arena.advance(until)

    def wake_at(self) -> float:
        """When `advance` should be called next, at the latest."""
        return self._arena.wake_at()

    def snapshot(self) -> Snapshot:
        """All state of this ball and its world, to go back to with `restore`."""
        return self._arena.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a snapshot of this ball, exactly as it did then. A snapshot can be used any number of times."""
        self._arena.restore(snapshot)
