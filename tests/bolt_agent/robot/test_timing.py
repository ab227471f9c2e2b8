"""Segments begin when they should, and a long choreography does not drift."""

import asyncio

import pytest

from bolt_agent.robot import motions as m
from bolt_agent.robot.player import Player
from drivers import BoltDriver, MemoryLink
from drivers.clock import FastClock, RealClock
from simulator import VirtualBolt

SEGMENT = 0.2


class Watched(MemoryLink):
    """A link that notes when the heading of the drive commands changes."""

    def __init__(self, bolt, clock):
        super().__init__(bolt, clock)
        self.clock, self.starts, self.last, self.drives = clock, [], None, 0

    async def write(self, packet):
        body = packet.replace(b"\xab\x23", b"\xab").replace(b"\xab\x05", b"\x8d").replace(b"\xab\x50", b"\xd8")
        if body[4:6] == b"\x16\x07":
            self.drives += 1
            if body[7] and body[8:10] != self.last:
                self.starts.append(self.clock.now())
                self.last = body[8:10]
        await super().write(packet)


def dance(clock, count, hiccup=None):
    link = Watched(VirtualBolt(), clock)

    async def main():
        driver = BoltDriver(link, clock)
        await driver.open()
        player = Player(driver, clock)
        for number in range(count):
            player.perform(m.Drive(heading=10 * (number % 2), speed=60, duration=SEGMENT))
        if hiccup is not None:
            asyncio.get_running_loop().call_later(SEGMENT * count / 2, hiccup)
        await player.wait()
        await player.close()
        await driver.close()

    clock.run(main())
    return [start - link.starts[0] - number * SEGMENT for number, start in enumerate(link.starts)]


def test_a_minute_of_300_segments_does_not_drift():
    errors = dance(FastClock(), 300)
    assert len(errors) == 300
    assert max(map(abs, errors)) < 0.005
    assert abs(errors[-1]) < 0.020


def test_after_a_hiccup_of_the_machine_the_schedule_is_caught_up_with():
    import time

    errors = dance(RealClock(), 10, hiccup=lambda: time.sleep(0.12))  # as when the machine is busy elsewhere
    assert len(errors) == 10
    assert abs(errors[-1]) < 0.05


def test_setpoints_are_coalesced_to_what_the_link_carries():
    clock = FastClock()

    class Slow(Watched):
        async def write(self, packet):
            await clock.sleep(0.075)  # as a Bluetooth link does
            await super().write(packet)

    link = Slow(VirtualBolt(), clock)

    async def main():
        driver = BoltDriver(link, clock)
        await driver.open()
        player = Player(driver, clock)
        before, began = link.drives, clock.now()
        points = tuple((step / 20, 9.0 * step, 60) for step in range(80))
        player.perform(m.Curve(points=points, duration=4.0))
        await player.wait()
        rate = (link.drives - before) / (clock.now() - began)
        lag = clock.now() - began
        await player.close()
        await driver.close()
        return rate, lag

    rate, seconds = clock.run(main())
    assert rate < 13.5
    assert seconds == pytest.approx(4.8, abs=0.5)
