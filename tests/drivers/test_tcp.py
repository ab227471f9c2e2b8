"""The TCP link to a server that speaks spherov2's TCP adapter protocol."""

import asyncio
import struct
import time

import pytest

from drivers import BoltDriver, TcpLink
from drivers.ble import API_V2, UNLOCK
from drivers.clock import RealClock
from drivers.errors import Disconnected, DisconnectReason, LinkError, NotFound
from simulator import VirtualBolt

NAME, ADDRESS = "SB-0B17", "C0:00:00:00:00:02"


def sized(data):
    return struct.pack("!H", len(data)) + data


class Server:
    """One virtual BOLT behind the protocol, as spherov2's `tcp_server` has it. mute: hears, and answers nothing."""

    def __init__(self):
        self.bolt = VirtualBolt(name=NAME)
        self.unlocked = self.mute = False
        self.writers = []
        self.port = 0

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]
        self.living = asyncio.create_task(self.live())
        return self

    async def __aexit__(self, *_):
        self.living.cancel()
        self.hang_up()
        self.server.close()

    def hang_up(self):
        for writer in self.writers:
            writer.close()
        self.writers.clear()

    async def live(self):
        began = time.monotonic()
        while True:
            self.bolt.advance(time.monotonic() - began)
            await asyncio.sleep(0.01)

    async def text(self, reader):
        (size,) = struct.unpack("!H", await reader.readexactly(2))
        return await reader.readexactly(size)

    async def serve(self, reader, writer):
        self.writers.append(writer)
        try:
            while (what := await reader.readexactly(1)) != b"\xff":
                await self.answer(what, reader, writer)
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    async def answer(self, what, reader, writer):
        robot = sized(NAME.encode()) + sized(ADDRESS.encode())
        if what == b"\x00":
            await reader.readexactly(4)
            writer.write(b"\x00\x00\x02" + sized(b"Phone") + sized(b"1") + robot)
        elif what == b"\x04":
            name = await self.text(reader)
            await reader.readexactly(4)
            writer.write(b"\x00" + robot if name == NAME.encode() else b"\xff\x00\x00")
        else:
            number = await reader.readexactly(1)
            where = await self.text(reader)
            if what == b"\x02":
                self.bolt.on_notify(
                    lambda data: writer.write(b"\x01" + sized(API_V2.encode()) + bytes([len(data)]) + data)
                )
            elif what == b"\x03":
                data = await self.text(reader)
                assert len(data) <= 20
                if where == UNLOCK.encode():
                    self.unlocked = True
                else:
                    self.bolt.write(data)
            if not self.mute:
                writer.write(b"\x00" + number)


async def until(condition, seconds=5):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("name", [None, NAME])
def test_it_finds_unlocks_and_drives_the_robot(name):
    async def main():
        async with Server() as server:
            driver = BoltDriver(TcpLink("127.0.0.1", server.port, name=name), RealClock())
            await driver.open()
            driver.drive(90, 100)
            await until(lambda: driver.reading.x > 15)
            await driver.stop()
            assert server.unlocked
            assert driver.battery > 50
            await driver.close()

    asyncio.run(main())


def test_what_is_not_there_is_named():
    async def main():
        async with Server() as server:
            with pytest.raises(NotFound, match="SB-FFFF"):
                await TcpLink("127.0.0.1", server.port, name="SB-FFFF").open()
            port = server.port
        with pytest.raises(Disconnected, match="is the server running") as caught:
            await TcpLink("127.0.0.1", port).open()
        assert caught.value.reason is DisconnectReason.REFUSED

    asyncio.run(main())


def test_a_server_that_hangs_up_or_falls_silent_is_noticed_and_found_again():
    async def main():
        async with Server() as server:
            driver = BoltDriver(TcpLink("127.0.0.1", server.port), RealClock())
            events = []
            driver.on_event(events.append)
            await driver.open()
            server.hang_up()
            await until(lambda: events, 1)
            assert events[0].name == "disconnected"
            await until(lambda: events[-1].name == "reconnected")
            await driver.reset_aim()
            server.mute = True
            began = time.monotonic()
            with pytest.raises(LinkError) as caught:
                await driver.reset_aim()
            assert caught.value.reason is DisconnectReason.OUT_OF_RANGE
            assert time.monotonic() - began < 1.2
            await driver.close()

    asyncio.run(main())
