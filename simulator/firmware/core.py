"""The firmware: takes bytes, obeys commands, sends answers and notifications, and keeps the robot's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Protocol

from simulator.firmware.battery import Battery
from simulator.firmware.control import Controller
from simulator.firmware.devices import DEVICES
from simulator.firmware.devices.sensor import collision_data
from simulator.firmware.face import Face
from simulator.firmware.framing import PRIMARY, SECONDARY, Framer, Packet, answer, notification
from simulator.firmware.lights import Lights
from simulator.firmware.motion import Motion
from simulator.firmware.pictures import Picture
from simulator.firmware.schedule import Schedule
from simulator.firmware.sensing import Hit, Imu
from simulator.firmware.shows import Notice
from simulator.firmware.streaming import Locator, Sample, Streaming, take_sample
from simulator.firmware.table import Error, Refused, execute
from simulator.world.physics import BallBody
from simulator.world.spec import WorldSpec

__all__ = ["ANSWER_LATENCY", "NOTIFY_LATENCY", "Firmware", "Witness"]

ANSWER_LATENCY = 8
"""ms from a command to its answer."""
NOTIFY_LATENCY = ANSWER_LATENCY + 6
"""ms from a command to a notification it causes: well after the answer, as clients begin to wait for it only then."""

POWER, SENSOR, IO = 0x13, 0x18, 0x1A
COLLISION, GYRO_MAX, SAMPLES = 0x12, 0x10, 0x02


class Witness(Protocol):
    """Learns what really happens, at the moment it does."""

    def picture(self, now: int, picture: Picture) -> None:
        """The face shows something else."""

    def light(self, now: int, light: str, color: int) -> None:
        """The 'front' or 'back' light has another colour."""

    def text(self, now: int, text: str, color: int) -> None:
        """A text is scrolled or a character shown."""

    def event(self, now: int, name: str) -> None:
        """A collision, a fall, a landing."""


@dataclass
class Infrared:
    """What the ball was told about infrared; alone in its world it meets nobody."""

    broadcasting: tuple[int, int] | None = None
    """Far and near channel."""
    following: tuple[int, int] | None = None
    evading: tuple[int, int] | None = None
    listening: tuple[int, int] | None = None
    sent: tuple[int, ...] | None = None
    """The last message: its code and the strength of the four emitters."""


class Firmware:
    """One emulated BOLT over a ball in a world.

    It starts asleep, like a BOLT that was just connected: the first processor (radio, power, lights) answers, the
    second (motors, sensors, face) is off and answers `target_unavailable` until the command wake.
    send: takes each packet that leaves, at the moment it does.
    """

    def __init__(
        self,
        schedule: Schedule,
        ball: BallBody,
        world: WorldSpec,
        witness: Witness,
        *,
        name: str,
        rng: Random,
        send: Callable[[bytes], None],
    ) -> None:
        self.schedule = schedule
        self.world = world
        self.ball = ball
        self.name = name
        self.awake = False
        self.charger_notices = self.battery_notices = False
        self.witness = witness
        self.motion = Motion(schedule, Controller(ball))
        self.imu = Imu(
            ball,
            collided=self._collided,
            event=lambda event: witness.event(schedule.now, event),
            overspun=self._overspun,
        )
        self.locator = Locator()
        self.locator.reset(ball.x, ball.y)
        self.locator.aim(ball.x, ball.y, ball.heading)
        self.streaming = Streaming(schedule, self.sample, lambda data: self.notify(SENSOR, SAMPLES, data, delay=0))
        self.face = Face(schedule, lambda picture: witness.picture(schedule.now, picture), self._show_notice)
        self.lights = Lights(lambda light, color: witness.light(schedule.now, light, color))
        self.battery = Battery()
        self.infrared = Infrared()
        self._rng = rng
        self._send = send
        self._framer = Framer()

    def receive(self, data: bytes) -> None:
        """Bytes from the radio, in any slices."""
        for request in self._framer.feed(data):
            self._obey(request)

    def tick(self, milliseconds: int) -> None:
        """Run the control loop and the sensors for the next so many milliseconds."""
        self.motion.controller.tick(milliseconds / 1000)
        self.imu.feel(self.schedule.now, milliseconds)

    def notify(
        self, did: int, cid: int, data: bytes = b"", *, processor: int = SECONDARY, delay: int = NOTIFY_LATENCY
    ) -> None:
        """Send a notification after `delay` ms."""
        packet = notification(did, cid, data, processor=processor)
        if delay:
            self.schedule.after(delay, lambda: self._send(packet))
        else:
            self._send(packet)

    def sample(self) -> Sample:
        """What the sensors say now."""
        return take_sample(
            self.ball,
            self.imu,
            self.locator,
            self.motion.aim,
            now=self.schedule.now,
            light=self.world.light,
            rng=self._rng,
        )

    def wake(self) -> None:
        """Switch the second processor on."""
        self.awake = True
        self.notify(POWER, 0x11, processor=PRIMARY)  # a real BOLT says this after waking; nobody knows what it means

    def sleep(self) -> None:
        """Stop, go dark, and switch the second processor off."""
        self.awake = False
        self.motion.halt()
        self.streaming.stop()
        self.face.clear()
        self.lights.off()
        self.notify(POWER, 0x1A, processor=PRIMARY)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return self.schedule.now / 1000

    def _obey(self, request: Packet) -> None:
        try:
            data, error = execute(self, DEVICES, request), Error.success
        except Refused as refused:
            data, error = b"", Error(refused.error)
        flags = Packet.Flags
        wanted = flags.requests_response | (flags.requests_only_error_response if error else 0)
        if request.flags & wanted:
            packet = answer(request, error, data)
            self.schedule.after(ANSWER_LATENCY, lambda: self._send(packet))

    def _show_notice(self, notice: Notice) -> None:
        self.notify(IO, notice.cid, bytes((notice.value,)), delay=0)

    def _collided(self, hit: Hit) -> None:
        self.notify(SENSOR, COLLISION, collision_data(hit, self.schedule.now), delay=0)

    def _overspun(self, axes: int) -> None:
        self.notify(SENSOR, GYRO_MAX, bytes((axes,)), delay=0)
