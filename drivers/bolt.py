"""The driver of a Sphero BOLT: what the robot can do, as coroutines over any link."""

from __future__ import annotations

import asyncio
import math
import struct
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from drivers.clock import Clock
from drivers.errors import LinkError, NoAnswer
from drivers.events import Reading, RobotEvent, read_collision
from drivers.line import Line, Order
from drivers.link import Link
from drivers.matrix import Matrix
from drivers.packets import Framer, Packet, drive, io, power, sensor

__all__ = ["BoltDriver"]

PRIMARY, SECONDARY = 1, 2
"""The BOLT's processors: radio and LEDs; motors, sensors and matrix."""

STREAM_INTERVAL = 60
"""Milliseconds between sensor samples."""

STREAM_MASK = 0x70000 | 0xE000 | 0x60 | 0x18
"""Attitude (pitch, roll, yaw), accelerometer (x, y, z), locator (x, y), velocity (x, y), in this order."""

STREAM_FORMAT = ">10f"

COLLISION_THRESHOLD, COLLISION_SPEED, COLLISION_DEAD_TIME = 90, 130, 50
"""Sphero's defaults for the thresholds; after a hit, others count again after 50 x 10 ms."""

EMPTY_VOLTS, FULL_VOLTS = 3.55, 3.9
"""Sphero's own formula for percent of charge."""

WEIGHTLESS, IMPACT = 0.35, 1.3
"""In g: two samples in a row below the first are a fall; after it, one above the second is a landing."""

NORTH_TIME = 15.0
"""Seconds within which a compass calibration has turned once around."""

STREAMING = (0x18, 0x02)
COLLISION = (0x18, 0x12)
NORTH = (0x18, 0x26)
TEXT_DONE = (0x1A, 0x3C)
CHARGER = (0x13, 0x21)


class BoltDriver:
    """Drives one BOLT. Coroutines return when the robot has acknowledged; `drive` alone never waits.

    Raises LinkError where the robot cannot be reached; trouble with setpoints is an event.
    """

    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._framer = Framer()
        self._line = Line(link, clock, self._trouble)
        self._listeners: list[Callable[[RobotEvent], None]] = []
        self._reports: dict[tuple[int, int], asyncio.Future[bytes]] = {}
        self._weightless = 0
        self._falling = False
        self._heading = 0.0
        self._open = False
        self.matrix = Matrix(self._line, lambda seconds: self._report(TEXT_DONE, seconds))
        self.reading = Reading()
        self.battery = 100

    async def open(self) -> None:
        """Reach the robot, wake it, make the way it faces heading 0, and begin to listen to its sensors."""
        await self._link.open()
        self._open = True
        self._link.on_notify(self._notified)
        self._line.start()
        await self._line.request(power.Power.wake)
        await self._line.request(sensor.Sensor.set_locator_flags, 0, proc=SECONDARY)
        await self._line.request(
            sensor.Sensor.configure_collision_detection,
            sensor.CollisionDetectionMethods.ACCELEROMETER_BASED_DETECTION,
            COLLISION_THRESHOLD,
            COLLISION_SPEED,
            COLLISION_THRESHOLD,
            COLLISION_SPEED,
            COLLISION_DEAD_TIME,
            proc=SECONDARY,
        )
        await self._line.request(power.Power.enable_charger_state_changed_notify, True)
        await self.reset_aim()
        await self._line.request(sensor.Sensor.reset_locator_x_and_y, proc=SECONDARY)
        await self._line.request(
            sensor.Sensor.set_sensor_streaming_mask, STREAM_INTERVAL, 0, STREAM_MASK, proc=SECONDARY
        )
        await self.measure_battery()

    async def close(self) -> None:
        """Stop the robot and let it go; whatever fails on the way is left behind."""
        if not self._open:
            return
        self._open = False
        with suppress(LinkError):  # one that cannot hear us any more stops by its own timeout
            await self.stop()
        await self._line.end()
        await self._link.close()

    def drive(self, heading: float, speed: int) -> None:
        """Face `heading` (degrees clockwise) and roll at `speed` (-255..255, negative backward) from now on.

        Never waits: the newest setpoint goes out as soon as the link is free. The robot stops by itself after about
        2.75 s without one.
        """
        self._heading = heading
        self._line.put(_drive(heading, speed))

    async def stop(self) -> None:
        """Stop rolling: the next packet on the link, whatever was queued."""
        await self._line.now(_drive(self._heading, 0))

    async def reset_aim(self) -> None:
        """Make the way it faces heading 0."""
        await self._line.request(drive.Drive.reset_yaw, proc=SECONDARY)
        self._heading = 0.0

    async def find_north(self) -> float:
        """Calibrate the compass, turning once around. The heading of north, in degrees. Raises NoAnswer."""
        async with self._report(NORTH, NORTH_TIME) as north:
            await self._line.request(sensor.Sensor.magnetometer_calibrate_to_north, proc=SECONDARY)
        return float(int.from_bytes(north.result()[:2], "big"))

    async def set_light(self, which: str, color: Sequence[int]) -> None:
        """Set the 'front' or the 'back' light to (r, g, b)."""
        mask = {"front": 0x07, "back": 0x38}[which]
        await self._line.request(io.IO.set_all_leds_with_8_bit_mask, mask, list(color), proc=PRIMARY)

    async def measure_battery(self) -> int:
        """Ask for the charge, in percent; it is kept in `battery`."""
        volts = await self._line.request(power.Power.get_battery_voltage)
        percent = 100 * (volts - EMPTY_VOLTS) / (FULL_VOLTS - EMPTY_VOLTS)
        self.battery = max(0, min(100, round(percent)))
        return self.battery

    def on_event(self, listener: Callable[[RobotEvent], None]) -> None:
        """Call back with everything the robot reports by itself."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def _report(self, what: tuple[int, int], seconds: float) -> AsyncIterator[asyncio.Future[bytes]]:
        """Begin something that ends with a notification; the block ends when that came. Raises NoAnswer."""
        report: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._reports[what] = report
        try:
            yield report
            async with self._clock.timeout(seconds):
                await report
        except TimeoutError:
            raise NoAnswer(f"the robot did not finish within {seconds:.0f} s") from None
        finally:
            del self._reports[what]

    def _tell(self, event: RobotEvent) -> None:
        for listener in self._listeners:
            listener(event)

    def _trouble(self, error: LinkError) -> None:
        self._tell(RobotEvent("trouble", error=error))

    def _notified(self, data: bytes) -> None:
        for packet in self._framer.feed(data):
            if packet.flags & Packet.Flags.is_response:
                self._line.answered(packet)
            else:
                self._reported((packet.did, packet.cid), bytes(packet.data))

    def _reported(self, what: tuple[int, int], data: bytes) -> None:
        try:
            if what == STREAMING:
                self._sampled(struct.unpack(STREAM_FORMAT, data))
            elif what == COLLISION:
                self._tell(read_collision(data))
            elif what == CHARGER:
                self._tell(RobotEvent("charging" if data[0] in (2, 3) else "not_charging"))
            elif (waiting := self._reports.get(what)) is not None and not waiting.done():
                waiting.set_result(data)
        except (struct.error, IndexError):
            return  # a notification of another shape than a BOLT sends: nothing to learn from it

    def _sampled(self, sample: Sequence[float]) -> None:
        _pitch, _roll, yaw, *acceleration, x, y, vx, vy = sample
        # yaw turns counter-clockwise, headings clockwise; positions come in metres
        self.reading = Reading(
            x=100 * x,
            y=100 * y,
            heading=-yaw % 360,
            speed=100 * math.hypot(vx, vy),
            acceleration=(acceleration[0], acceleration[1], acceleration[2]),
        )
        self._feel(math.hypot(*acceleration))

    def _feel(self, g: float) -> None:
        self._weightless = self._weightless + 1 if g < WEIGHTLESS else 0
        if not self._falling and self._weightless >= 2:
            self._falling = True
            self._tell(RobotEvent("freefall"))
        elif self._falling and g > IMPACT:
            self._falling = False
            self._tell(RobotEvent("landing", strength=g))


def _drive(heading: float, speed: int) -> Order:
    flag = drive.DriveFlags.BACKWARD if speed < 0 else drive.DriveFlags.FORWARD
    return Order(drive.Drive.drive_with_heading, (min(255, abs(speed)), round(heading) % 360, flag), SECONDARY)
