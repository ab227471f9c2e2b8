"""The driver of a Sphero BOLT: what the robot can do, as coroutines over any link."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from drivers.clock import Clock
from drivers.errors import Disconnected, LinkError, NoAnswer
from drivers.events import Reading, RobotEvent, read_collision
from drivers.line import Line, Order
from drivers.link import Link
from drivers.matrix import Matrix
from drivers.packets import Framer, Packet, drive, io, power, sensor
from drivers.sensing import STREAM_INTERVAL, STREAM_MASK, Senses

__all__ = ["BoltDriver"]

PRIMARY, SECONDARY = 1, 2
"""The BOLT's processors: radio and LEDs; motors, sensors and matrix."""

COLLISION_THRESHOLD, COLLISION_SPEED, COLLISION_DEAD_TIME = 90, 130, 50
"""Sphero's defaults for the thresholds; after a hit, others count again after 50 x 10 ms."""

EMPTY_VOLTS, FULL_VOLTS = 3.55, 3.9
"""Sphero's own formula for percent of charge."""

NORTH_TIME = 15.0
"""Seconds within which a compass calibration has turned once around."""

FIRST_PAUSE, LONGEST_PAUSE, LONGEST_ABSENCE = 0.5, 8.0, 300.0
"""Seconds before the first try to reach a lost robot again, between later ones, and until it is given up."""

STREAMING = (0x18, 0x02)
COLLISION = (0x18, 0x12)
NORTH = (0x18, 0x26)
TEXT_DONE = (0x1A, 0x3C)
CHARGER = (0x13, 0x21)


class BoltDriver:
    """Drives one BOLT. Coroutines return when the robot has acknowledged; `drive` alone never waits.

    Raises LinkError where the robot cannot be reached; trouble with setpoints is an event. A link that breaks is an
    event too; it is made again, and 'reconnected' follows, but nothing that moved goes on.
    """

    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._framer = Framer()
        self._line = Line(link, clock, self._trouble)
        self._listeners: list[Callable[[RobotEvent], None]] = []
        self._senses = Senses(self._tell)
        self._reports: dict[tuple[int, int], asyncio.Future[bytes]] = {}
        self._heading = 0.0
        self._open = False
        self._reconnecting: asyncio.Task[None] | None = None
        self.matrix = Matrix(self._line, lambda seconds: self._report(TEXT_DONE, seconds))
        self.battery = 100

    async def open(self) -> None:
        """Reach the robot, wake it, make the way it faces heading 0, and begin to listen to its sensors."""
        self._link.on_notify(self._notified)
        self._link.on_lost(self._lost)
        await self._link.open()
        self._open = True
        self._line.start()
        await self._line.request(power.Power.wake)
        await self._set_up()
        await self.reset_aim()
        await self._line.request(sensor.Sensor.reset_locator_x_and_y, proc=SECONDARY)
        await self._stream()
        await self.measure_battery()

    async def close(self) -> None:
        """Stop the robot and let it go; whatever fails on the way is left behind."""
        if not self._open:
            return
        self._open = False
        if self._reconnecting is not None:
            self._reconnecting.cancel()
            await asyncio.wait({self._reconnecting})
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

    @property
    def name(self) -> str | None:
        """The robot's name, such as 'SB-1234', once it was reached."""
        return self._link.name

    @property
    def reading(self) -> Reading:
        """The newest sensor sample."""
        return self._senses.reading

    def on_reading(self, watcher: Callable[[Reading], None]) -> None:
        """Call back with every sensor sample, about 16 times a second."""
        self._senses.watchers.append(watcher)

    async def _set_up(self) -> None:
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

    async def _stream(self) -> None:
        await self._line.request(
            sensor.Sensor.set_sensor_streaming_mask, STREAM_INTERVAL, 0, STREAM_MASK, proc=SECONDARY
        )

    def _lost(self, why: Disconnected) -> None:
        if not self._open:
            return
        self._line.lose(why)
        for report in self._reports.values():
            if not report.done():
                report.set_exception(why)
        if self._reconnecting is None:  # else this one broke before it was ready, and the next try follows
            self._tell(RobotEvent("disconnected", error=why))
            self._reconnecting = asyncio.create_task(self._reconnect(), name="reconnect")

    async def _reconnect(self) -> None:
        """Try to reach the robot again, less and less often. Nothing that moved before is resumed."""
        pause, gives_up = FIRST_PAUSE, self._clock.now() + LONGEST_ABSENCE
        while self._clock.now() < gives_up:
            await self._clock.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            try:
                await self._link.open()
                self._line.mend()
                await self._line.request(power.Power.wake)
                await self.stop()
                await self._set_up()
                await self._stream()
            except LinkError as error:
                why = error if isinstance(error, Disconnected) else Disconnected(str(error))
                self._line.lose(why)
                await self._link.close()
                continue
            self._reconnecting = None
            self.matrix.forget()  # it may have been off meanwhile
            self._tell(RobotEvent("reconnected"))
            return
        self._reconnecting = None

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
                self._senses.sampled(data)
            elif what == COLLISION:
                self._tell(read_collision(data))
            elif what == CHARGER:
                self._tell(RobotEvent("charging" if data[0] in (2, 3) else "not_charging"))
            elif (waiting := self._reports.get(what)) is not None and not waiting.done():
                waiting.set_result(data)
        except (struct.error, IndexError):
            return  # a notification of another shape than a BOLT sends: nothing to learn from it


def _drive(heading: float, speed: int) -> Order:
    flag = drive.DriveFlags.BACKWARD if speed < 0 else drive.DriveFlags.FORWARD
    return Order(drive.Drive.drive_with_heading, (min(255, abs(speed)), round(heading) % 360, flag), SECONDARY)
