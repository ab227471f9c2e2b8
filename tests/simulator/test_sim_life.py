"""Awake, asleep, unlocked, charging: the states of a ball that change by themselves."""

import struct

import pytest
from spherov2.controls.v2 import Packet

from simulator import Settings, VirtualBolt

POWER, DRIVE, SENSOR, SECOND = 0x13, 0x16, 0x18, 0x12
WILL_SLEEP, DID_SLEEP = 0x19, 0x1A


@pytest.fixture
def host_with(make_host):
    def make(world="open", **settings):
        host = make_host(world, awake=False)
        host.bolt = VirtualBolt(world, settings=Settings(**settings))
        host.bolt.on_notify(host._keep)
        host.ask(POWER, 0x0D)
        return host

    return make


def test_an_idle_ball_announces_its_sleep_and_sleeps(host_with):
    host = host_with(sleep_after=60)
    host.live(61)
    assert len(host.notices(POWER, WILL_SLEEP)) == 1
    assert host.bolt.awake
    host.live(10)
    assert len(host.notices(POWER, DID_SLEEP)) == 1
    assert not host.bolt.awake


def test_a_ping_after_the_announcement_keeps_it_awake(host_with):
    host = host_with(sleep_after=60)
    host.live(61)
    host.ask(0x10, 0x00)
    host.live(30)
    assert host.bolt.awake


def test_an_ideal_ball_in_memory_never_sleeps_by_itself(host):
    host.live(3600)
    assert host.bolt.awake


def test_a_strict_ball_drops_a_client_that_does_not_unlock_it():
    bolt, reasons = VirtualBolt(settings=Settings(strict=True)), []
    bolt.on_disconnect(reasons.append)
    bolt.connect()
    bolt.unlock(b"usetheforce...cat")
    bolt.advance(9.9)
    assert reasons == []
    bolt.advance(10.1)
    assert ["unlocked" in reason for reason in reasons] == [True]


def test_a_strict_ball_keeps_a_client_with_the_word():
    bolt, reasons = VirtualBolt(settings=Settings(strict=True)), []
    bolt.on_disconnect(reasons.append)
    bolt.connect()
    assert bolt.unlock(b"usetheforce...band")
    bolt.advance(60)
    assert reasons == []


def test_deep_sleep_ends_the_link(host):
    reasons = []
    host.bolt.on_disconnect(reasons.append)
    host.ask(POWER, 0x00, b"\x00")
    host.live(0.1)
    assert len(reasons) == 1


def test_rolling_into_a_cradle_charges_and_out_of_it_does_not(host_with):
    host = host_with("charging", battery=0.5)
    host.ask(POWER, 0x20, b"\x01")
    host.roll(180, 60, 2.5)
    assert host.notices(POWER, 0x21) == [(pytest.approx(3, abs=2), b"\x02")]
    assert host.events[-1] == "charging"
    assert host.ask(POWER, 0x1F).data[0] == 2
    before = host.bolt.battery
    host.live(3600)
    assert host.bolt.battery == pytest.approx(before + 1 / 6, abs=0.01)
    host.roll(0, 100, 1)
    assert host.notices(POWER, 0x21)[-1][1] == b"\x01"


def test_a_full_ball_says_so(host_with):
    host = host_with("charging", battery=0.99)
    host.roll(180, 60, 2.5)
    host.live(3600)
    assert host.ask(POWER, 0x1F).data[0] == 3


def test_the_battery_runs_down_in_hours_and_tells_when_it_is_low(host_with):
    host = host_with(battery=0.2)
    host.ask(POWER, 0x1B, b"\x01")
    host.live(4 * 3600 * 0.1)
    assert host.ask(POWER, 0x17).data[0] == 2
    assert [data for _, data in host.notices(POWER, 0x1C)] == [b"\x02"]
    assert host.bolt.battery == pytest.approx(0.1, abs=0.01)


def test_a_collision_in_eighteen_bytes_is_what_spherov2_reads(host_with):
    host = host_with("walled", collision_bytes=18)
    host.ask(SENSOR, 0x11, bytes((1, 90, 130, 90, 130, 1)), SECOND)
    host.drive(0, 150)
    host.live(2.5)
    (t, data), *_ = host.notices(SENSOR, 0x12)
    *_, speed, milliseconds = struct.unpack(">3hB3hBL", data)
    assert speed > 100
    assert milliseconds == pytest.approx(1000 * t, abs=3)


@pytest.mark.parametrize("size", [1, 20])
def test_notifications_leave_in_slices(size):
    bolt, pieces = VirtualBolt(settings=Settings(notification_size=size)), []
    bolt.on_notify(pieces.append)
    bolt.write(bytes(Packet(0x0A, 0x10, 0x00, 1, None, None, bytearray(b"a" * 50)).build()))
    bolt.advance(0.1)
    assert max(map(len, pieces)) == size
    assert Packet.parse_response(b"".join(pieces)).data == b"a" * 50


def test_the_motion_timeout_is_a_setting(host_with):
    host = host_with(motion_timeout=0.5)
    host.drive(0, 100)
    host.live(2)
    assert host.bolt.speed < 1


def test_settings_that_make_no_sense_are_refused():
    for wrong in ({"collision_bytes": 17}, {"battery": 2}, {"notification_size": -1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            Settings(**wrong)


def test_without_damping_of_the_pitch_the_chassis_swings_longer(make_host):
    def swing(mode):
        host = make_host()
        host.ask(SENSOR, 0x00, struct.pack(">HBI", 33, 0, 0x40000), SECOND)
        host.ask(DRIVE, 0x0C, bytes((mode,)), SECOND)
        host.send(DRIVE, 0x01, bytes((1, 150, 1, 150)), SECOND)
        host.live(0.6)
        host.send(DRIVE, 0x01, bytes(4), SECOND)
        host.live(0.6)
        before = host.bolt.time
        host.live(1.5)
        angles = [struct.unpack(">f", data)[0] for t, data in host.notices(SENSOR, 0x02) if t > before]
        return max(angles) - min(angles)

    assert swing(3) > 1.5 * swing(2)


def test_a_with_block_is_a_connection():
    with VirtualBolt("walled") as bolt:
        assert bolt.awake
    assert not bolt.awake
