"""The TCP server: spherov2's own adapter as the client, and one that behaves badly."""

import socket
import struct
import threading
import time

import pytest
from spherov2 import scanner
from spherov2.adapter.tcp_adapter import get_tcp_adapter
from spherov2.controls.v2 import Packet

from simulator import Settings, VirtualWorld
from simulator.radio import FaultyRadio, parse_faults
from simulator.server import running
from simulator.tcp_client import ANTI_DOS, API

GONE = r"lost|closed|reset|Broken|Bad file"
PING = bytes(Packet(0x0A, 0x10, 0x00, 1, None, None, bytearray(b"hello")).build())


@pytest.fixture(scope="module")
def server():
    with running(VirtualWorld(balls=3)) as server:
        yield server


def adapter(server):
    return get_tcp_adapter("127.0.0.1", server.port)


class Line:
    """A connection to a ball that keeps what it is told."""

    def __init__(self, server, address="C0:FF:EE:00:00:01"):
        self.heard = bytearray()
        self._adapter = adapter(server)(address)
        self._adapter.set_callback(API, lambda _, data: self.heard.extend(data))

    def write(self, data, characteristic=API):
        self._adapter.write(characteristic, data)

    def hears(self, count=1, seconds=2.0):
        end = time.monotonic() + seconds
        while self.heard.count(0xD8) < count and time.monotonic() < end:
            time.sleep(0.005)
        return bytes(self.heard)

    def close(self):
        self._adapter.close()


def test_scan_lists_the_balls_and_find_finds_one_by_name(server):
    assert [toy.name for toy in adapter(server).scan_toys(0.1)] == ["SB-0001", "SB-0002", "SB-0003"]
    assert scanner.find_BOLT(toy_name="SB-0002", adapter=adapter(server)).address == "C0:FF:EE:00:00:02"
    assert adapter(server).scan_toy("SB-9999", 0.05) is None


def test_a_ping_comes_back(server):
    line = Line(server)
    line.write(PING)
    assert b"hello" in line.hears()
    line.close()


def test_a_ball_that_is_taken_is_not_found_and_is_free_again_after_goodbye(server):
    line = Line(server)
    assert [toy.name for toy in adapter(server).scan_toys(0.0)] == ["SB-0002", "SB-0003"]
    line.close()
    assert adapter(server).scan_toy("SB-0001", 1.0) is not None


def test_a_client_that_vanishes_leaves_the_ball_free(server):
    raw = socket.create_connection(("127.0.0.1", server.port))
    raw.sendall(b"\x01\x00" + struct.pack("!H", 17) + b"C0:FF:EE:00:00:01")
    assert raw.recv(2) == b"\x00\x00"
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()  # a reset, no goodbye
    line = Line(server)
    line.write(PING)
    assert b"hello" in line.hears()
    line.close()


@pytest.mark.parametrize(
    ("request_bytes", "answer"),
    [
        (b"\x01\x07" + struct.pack("!H", 2) + b"no", b"there is no ball at no"),
        (b"\x03\x07" + struct.pack("!H", 36) + API.encode() + struct.pack("!H", 0), b"connect to a ball first"),
    ],
)
def test_a_request_that_cannot_be_done_is_answered_with_the_reason_and_its_number(server, request_bytes, answer):
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(request_bytes)
        time.sleep(0.05)
        said = raw.recv(1000)
    assert said[:1] == b"\xff"
    assert answer in said
    assert said[-1:] == b"\x07"


def test_an_unknown_characteristic_is_refused(server):
    line = Line(server)
    with pytest.raises(Exception, match="was not found"):
        line.write(b"x", "22bb746f-2ba1-7554-2d6f-726568705327")
    line.close()


@pytest.mark.parametrize(
    "noise", [b"GET / HTTP/1.1\r\n\r\n", b"\x77", b"\x01\x00\xff\xff", b"\x04\x00\x02\xff\xfe\0\0\0\0"]
)
def test_whoever_speaks_something_else_is_sent_away_and_the_others_stay(server, noise):
    line = Line(server, "C0:FF:EE:00:00:03")
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(noise)
    line.write(PING)
    assert b"hello" in line.hears()
    line.close()


def test_several_clients_drive_several_balls_at_once(server):
    heard = {}

    def client(number):
        line = Line(server, f"C0:FF:EE:00:00:0{number}")
        for _ in range(20):
            line.write(PING)
        heard[number] = line.hears(20).count(b"hello")
        line.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {1: 20, 2: 20, 3: 20}


def test_it_is_bound_to_this_computer_only(server):
    assert server._server.sockets[0].getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_an_error(server):
    with pytest.raises(OSError, match="in use"), running(VirtualWorld(), port=server.port):
        pass


def test_long_packets_arrive_whole():
    with running(VirtualWorld()) as server:
        line = Line(server)
        line.write(bytes(Packet(0x0A, 0x10, 0x00, 1, None, None, bytearray(b"a" * 600)).build()))
        assert line.hears().count(b"a") == 600
        line.close()


def test_a_strict_ball_hangs_up_on_a_client_that_does_not_unlock_it():
    with running(VirtualWorld(balls=2, settings=Settings(strict=True)), speed=20) as server:
        locked, unlocked = Line(server, "C0:FF:EE:00:00:01"), Line(server, "C0:FF:EE:00:00:02")
        unlocked.write(b"usetheforce...band", ANTI_DOS)
        time.sleep(0.8)
        unlocked.write(PING)
        assert b"hello" in unlocked.hears()
        with pytest.raises(Exception, match=GONE):
            locked.write(PING)
        unlocked.close()


def test_a_bad_radio_hangs_up_by_schedule_and_lets_one_come_back():
    world = VirtualWorld()
    with running(world, balls=[FaultyRadio(world.bolts[0], parse_faults("disconnect@0.2"))]) as server:
        line = Line(server)
        time.sleep(0.4)
        with pytest.raises(Exception, match=GONE):
            line.write(PING)
        again = Line(server)
        again.write(PING)
        assert b"hello" in again.hears()
        again.close()


def test_a_name_that_is_looked_for_is_adopted_where_that_is_wanted():
    with running(VirtualWorld(), adopt_names=True) as server:
        toy = scanner.find_BOLT(toy_name="SB-CEB2", adapter=adapter(server))
        assert toy.name == "SB-CEB2"
        assert [toy.name for toy in adapter(server).scan_toys(0.0)] == ["SB-CEB2"]
