"""A link in a process of its own: it carries as any other does, and stops the robot when its owner is killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from drivers import BoltDriver
from drivers.clock import RealClock
from drivers.errors import Disconnected, DisconnectReason, NotFound
from drivers.kept_link import KeptLink
from simulator import VirtualWorld
from simulator.server import running

OWNER = """\
import asyncio
from drivers import BoltDriver
from drivers.clock import RealClock
from drivers.kept_link import KeptLink

async def main():
    driver = BoltDriver(KeptLink("tcp", "127.0.0.1", "{port}"), RealClock())
    await driver.open()
    while True:
        driver.drive(30, 120)
        await asyncio.sleep(0.5)

asyncio.run(main())
"""


@pytest.fixture
def server():
    with running(VirtualWorld("open")) as server:
        yield server


def link_to(server, name=None):
    return KeptLink("tcp", "127.0.0.1", str(server.port), name=name)


async def until(condition, seconds=5):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


def test_a_driver_rolls_and_hears_and_lets_go_over_it(server):
    async def main():
        link = link_to(server)
        driver = BoltDriver(link, RealClock())
        await driver.open()
        assert driver.name == "SB-0001"
        driver.drive(0, 100)
        await until(lambda: driver.reading.y > 10)
        await driver.close()
        assert link._keeper is None
        await until(lambda: not server.taken)

    asyncio.run(main())


def test_a_robot_whose_owner_is_killed_stands_still_long_before_its_own_timeout(server):
    bolt = server.world.bolts[0]
    for _ in range(2):  # the next start works
        owner = subprocess.Popen([sys.executable, "-c", OWNER.format(port=server.port)])
        deadline = time.monotonic() + 15
        while bolt.speed < 60 and time.monotonic() < deadline:
            time.sleep(0.02)
        heading, killed = bolt.pose.heading, bolt.time
        owner.kill()
        owner.wait()
        while bolt.speed > 1 and bolt.time < killed + 5:
            time.sleep(0.02)
        assert bolt.time - killed < 2
        assert bolt.pose.heading == pytest.approx(heading, abs=5)
        deadline = time.monotonic() + 5
        while server.taken and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not server.taken


def test_why_a_robot_cannot_be_reached_is_told_as_by_the_link_itself(server):
    async def main():
        with pytest.raises(NotFound, match="SB-FFFF"):
            await KeptLink("tcp", "127.0.0.1", str(server.port), name="SB-FFFF").open()
        with pytest.raises(Disconnected, match="nothing answers") as caught:
            await KeptLink("tcp", "127.0.0.1", "1").open()
        assert caught.value.reason is DisconnectReason.REFUSED
        with pytest.raises(Disconnected):
            await link_to(server).write(b"\x8d")

    asyncio.run(main())


def test_a_keeper_that_dies_is_a_lost_link_and_another_takes_its_place(server):
    async def main():
        link = link_to(server)
        driver = BoltDriver(link, RealClock())
        events = []
        driver.on_event(events.append)
        await driver.open()
        os.kill(link._keeper.pid, signal.SIGTERM)
        await until(lambda: [event.name for event in events] == ["disconnected", "reconnected"], 15)
        driver.drive(0, 100)
        await until(lambda: driver.reading.y > 5)
        await driver.close()

    asyncio.run(main())
