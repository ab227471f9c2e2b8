"""The driver against the virtual BOLT's real packets: what it does, what it reports, and what it says when it fails."""

import asyncio

import pytest

from drivers import BoltDriver, MemoryLink
from drivers.clock import FastClock
from drivers.errors import CommandFailed, Disconnected, NoAnswer, Overtaken
from simulator import VirtualBolt


class Losing:
    """A link around a link that loses the packets a test chooses, on the way there."""

    def __init__(self, link, lost):
        self.link, self.lost = link, lost
        self.open, self.close, self.on_notify, self.on_lost = link.open, link.close, link.on_notify, link.on_lost

    async def write(self, packet):
        if not self.lost(packet):
            await self.link.write(packet)


class Slicing:
    """A link around a link whose notifications arrive byte by byte, with noise before each."""

    def __init__(self, link):
        self.link = link
        self.open, self.close, self.write, self.on_lost = link.open, link.close, link.write, link.on_lost

    def on_notify(self, callback):
        def sliced(data):
            for byte in b"\x00\xff" + data:
                callback(bytes([byte]))

        self.link.on_notify(sliced)


def session(program, around=lambda link: link, world="open"):
    """Open a driver on a virtual BOLT, run a coroutine function of (driver, bolt, clock), and close."""
    clock, bolt = FastClock(), VirtualBolt(world)
    driver = BoltDriver(around(MemoryLink(bolt, clock)), clock)

    async def main():
        await driver.open()
        try:
            return await program(driver, bolt, clock)
        finally:
            await driver.close()

    return clock.run(main())


def is_command(packet, did, cid):
    return packet[4:6] == bytes([did, cid])


def test_a_setpoint_rolls_the_ball_and_a_stop_ends_it():
    async def program(driver, bolt, clock):
        driver.drive(90, 100)
        await clock.sleep(2)
        rolling = bolt.speed
        await driver.stop()
        await clock.sleep(2)
        return rolling, bolt.speed, bolt.pose

    rolling, resting, pose = session(program)
    assert rolling > 50
    assert resting < 1
    assert pose.x > 80


def test_of_many_setpoints_only_the_newest_is_sent():
    sent = []

    async def program(driver, bolt, clock):
        for heading in range(100):
            driver.drive(heading, 50)
        await clock.sleep(0.5)
        return bolt.pose.heading

    def counted(packet):
        sent.append(packet)
        return False

    heading = session(program, lambda link: Losing(link, counted))
    assert heading == pytest.approx(99, abs=3)
    drives = [packet for packet in sent if is_command(packet, 0x16, 0x07) and packet[7]]
    assert len(drives) == 1


def test_the_sensors_tell_where_the_ball_is():
    async def program(driver, bolt, clock):
        driver.drive(45, 80)
        await clock.sleep(2)
        await driver.stop()
        await clock.sleep(2)
        return driver.reading, bolt.pose

    reading, pose = session(program)
    assert reading.x == pytest.approx(pose.x, abs=1)
    assert reading.y == pytest.approx(pose.y, abs=1)
    assert reading.heading == pytest.approx(45, abs=2)
    assert reading.speed < 2


def test_a_bump_is_an_event_with_its_direction():
    async def program(driver, bolt, clock):
        events = []
        driver.on_event(events.append)
        driver.drive(0, 120)
        await clock.sleep(2.5)
        return events

    events = session(program, world="walled")
    assert events[0].name == "collision"
    assert min(events[0].angle, 360 - events[0].angle) < 30
    assert events[0].strength > 0.1


def test_charge_is_a_percentage():
    async def program(driver, bolt, clock):
        return await driver.measure_battery()

    assert 50 <= session(program) <= 100


def test_bytes_one_by_one_and_noise_are_no_trouble():
    async def program(driver, bolt, clock):
        await driver.matrix.fill((255, 0, 0))
        return bolt.face[0][0]

    assert session(program, Slicing) == "#ff0000"


def test_a_lost_setpoint_is_an_event_that_names_the_command():
    async def program(driver, bolt, clock):
        events = []
        driver.on_event(events.append)
        driver.drive(0, 100)
        await clock.sleep(2)
        return events

    (event,) = session(program, lambda link: Losing(link, lambda packet: is_command(packet, 0x16, 0x07) and packet[6]))
    assert event.name == "trouble"
    assert isinstance(event.error, NoAnswer)
    assert "drive_with_heading" in str(event.error)


def test_a_lost_command_is_an_error_within_a_second_and_the_next_one_works():
    lost = []

    def first_fill(packet):
        if is_command(packet, 0x1A, 0x2F) and not lost:
            lost.append(packet)
            return True
        return False

    async def program(driver, bolt, clock):
        began = clock.now()
        with pytest.raises(NoAnswer, match="one_color"):
            await driver.matrix.fill((255, 0, 0))
        assert clock.now() - began <= 1.1
        await driver.matrix.fill((0, 255, 0))
        return bolt.face[0][0]

    assert session(program, lambda link: Losing(link, first_fill)) == "#00ff00"


def test_a_command_that_the_robot_refuses_names_the_reason():
    async def program(driver, bolt, clock):
        from drivers.packets import drive

        with pytest.raises(CommandFailed, match="reset_yaw") as caught:
            await driver._line.request(drive.Drive.reset_yaw, proc=1)  # the motors hang on the other processor
        return caught.value.code

    assert session(program) == 9


def test_what_waited_when_the_stop_came_is_told_that_it_was_overtaken():
    async def program(driver, bolt, clock):
        waiting = [asyncio.create_task(driver.matrix.fill((n, 0, 0))) for n in range(5)]
        await asyncio.sleep(0)
        await driver.stop()
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert any(isinstance(outcome, Overtaken) for outcome in session(program))


def test_a_closed_link_says_so():
    clock = FastClock()
    link = MemoryLink(VirtualBolt(), clock)

    async def main():
        await link.open()
        await link.close()
        with pytest.raises(Disconnected, match="closed"):
            await link.write(b"")

    clock.run(main())


def test_the_ball_stops_by_itself_when_the_host_falls_silent():
    async def program(driver, bolt, clock):
        driver.drive(0, 100)
        await clock.sleep(6)
        return bolt.speed

    assert session(program) < 1


def test_an_animation_that_was_shown_before_is_not_sent_again():
    sent = []

    async def program(driver, bolt, clock):
        frame = [[1] * 8] * 8
        for _ in range(3):
            await driver.matrix.play([frame], [(0, 0, 0), (9, 9, 9)], fps=1, fade=False, loop=True)

    session(program, lambda link: Losing(link, lambda packet: sent.append(packet)))
    assert len([packet for packet in sent if is_command(packet, 0x1A, 0x30)]) == 1
    assert len([packet for packet in sent if is_command(packet, 0x1A, 0x43)]) == 3


def test_two_animations_that_are_sent_at_the_same_time_are_both_kept():
    palette = [(0, 0, 0), (255, 0, 0), (0, 0, 255)]

    async def program(driver, bolt, clock):
        async def show(index):
            await driver.matrix.play([[[index] * 8] * 8], palette, fps=1, fade=False, loop=True)

        await asyncio.gather(show(1), show(2))
        seen = []
        for index in (1, 2):
            await show(index)
            seen.append(bolt.face[0][0])
        return seen

    assert session(program) == ["#ff0000", "#0000ff"]


def test_more_animations_than_the_robot_can_number_are_shown_all_the_same():
    async def program(driver, bolt, clock):
        for n in range(230):
            await driver.matrix.play([[[1] * 8] * 8], [(0, 0, 0), (n, 1, 1)], fps=1, fade=False, loop=True)
        return bolt.face[0][0]

    assert session(program) == "#e50101"
