"""The firmware: takes bytes, obeys commands, sends answers and notifications, and keeps the robot's state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Protocol

from simulator.firmware.battery import Battery
from simulator.firmware.control import Controller
from simulator.firmware.devices import DEVICES
from simulator.firmware.devices.sensor import collision_data
from simulator.firmware.face import Face
from simulator.firmware.framing import PRIMARY, SECONDARY, Framer, Packet, answer, notification
from simulator.firmware.infrared import Infrared
from simulator.firmware.life import Life
from simulator.firmware.lights import Lights
from simulator.firmware.motion import Motion
from simulator.firmware.pictures import Picture
from simulator.firmware.quirks import Quirks
from simulator.firmware.schedule import Schedule
from simulator.firmware.sensing import Hit, Imu
from simulator.firmware.settings import Settings
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


class Firmware:
    """One emulated BOLT over a ball in a world.

    It starts asleep, like a BOLT that was just connected: the first processor (radio, power, lights) answers, the
    second (motors, sensors, face) is off and answers `target_unavailable` until the command wake.
    send: takes each packet that leaves, at the moment it does.   hang_up: drops the link, with a reason.
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
        hang_up: Callable[[str], None],
        quirks: Quirks,
        settings: Settings,
    ) -> None:
        self.schedule = schedule
        self.world = world
        self.ball = ball
        self.name = name
        self.quirks = quirks
        self.settings = settings
        self.awake = False
        self.witness = witness
        self.motion = Motion(schedule, Controller(ball), quirks, timeout=round(1000 * settings.motion_timeout))
        self.imu = Imu(
            ball, collided=self._collided, event=self.witnessed, overspun=self._overspun, misses=quirks.misses
        )
        self.locator = Locator()
        self.locator.reset(ball.x, ball.y)
        self.locator.aim(ball.x, ball.y, ball.heading)
        self.streaming = Streaming(schedule, self.sample, self._stream, quirks)
        self.face = Face(schedule, self._saw, self._show_notice)
        self.lights = Lights(self._lit)
        self.battery = Battery(settings.battery)
        self.life = Life(self, hang_up)
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
            self.schedule.after(delay, partial(self._leave, packet))
        else:
            self._leave(packet)

    def sample(self) -> Sample:
        """What the sensors say now."""
        return take_sample(
            self.ball,
            self.imu,
            self.locator,
            self.motion.aim,
            now=self.schedule.now,
            light=self.world.light_at(100 * self.ball.x, 100 * self.ball.y),
            rng=self._rng,
            quirks=self.quirks,
        )

    def wake(self) -> None:
        """Switch the second processor on."""
        self.awake = True
        self.life.active()
        self.notify(POWER, 0x11, processor=PRIMARY)  # a real BOLT says this after waking; nobody knows what it means

    def sleep(self) -> None:
        """Stop, go dark, and switch the second processor off."""
        self.awake = False
        self.motion.halt()
        self.streaming.stop()
        self.face.clear()
        self.lights.off()
        self.infrared.reset()
        self.notify(POWER, 0x1A, processor=PRIMARY)

    def in_cradle(self, there: bool) -> None:
        """It lies in a charging cradle, or does not; to be told again and again."""
        self.life.in_cradle(there)

    def witnessed(self, event: str) -> None:
        """Something happened, which belongs into the record."""
        self.witness.event(self.schedule.now, event)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return self.schedule.now / 1000

    def _obey(self, request: Packet) -> None:
        self.life.active()
        try:
            data, error = execute(self, DEVICES, request), Error.success
        except Refused as refused:
            data, error = b"", Error(refused.error)
        flags = Packet.Flags
        wanted = flags.requests_response | (flags.requests_only_error_response if error else 0)
        if request.flags & wanted:
            packet = answer(request, error, data)
            self.schedule.after(ANSWER_LATENCY, partial(self._leave, packet))

    def _leave(self, packet: bytes) -> None:
        """Hand a packet over, in as many pieces as the link carries."""
        size = self.settings.notification_size or len(packet)
        for start in range(0, len(packet), size):
            self._send(packet[start : start + size])

    def _stream(self, data: bytes) -> None:
        self.notify(SENSOR, SAMPLES, data, delay=0)

    def _saw(self, picture: Picture) -> None:
        self.witness.picture(self.schedule.now, picture)

    def _lit(self, light: str, color: int) -> None:
        self.witness.light(self.schedule.now, light, color)

    def _show_notice(self, notice: Notice) -> None:
        self.notify(IO, notice.cid, bytes((notice.value,)), delay=0)

    def _collided(self, hit: Hit) -> None:
        data = collision_data(hit, self.schedule.now, self.settings.collision_bytes)
        self.notify(SENSOR, COLLISION, data, delay=0)

    def _overspun(self, axes: int) -> None:
        self.notify(SENSOR, GYRO_MAX, bytes((axes,)), delay=0)
