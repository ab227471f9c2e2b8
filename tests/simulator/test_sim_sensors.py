"""What the ball feels and reports by itself."""

import math
import random
import struct

import pytest

from simulator.firmware.sensing import Imu

SENSOR, SECOND = 0x18, 0x12
EVERYTHING, GYRO_AND_LIGHT = 0x03C7E27A, 0x03840000
NAMES = (
    *("qx", "qy", "qz", "qw", "pitch", "roll", "yaw", "ax", "ay", "az", "accel_one"),
    *("x", "y", "vx", "vy", "core_time", "gx", "gy", "gz", "light"),
)
"""In the order of the wire."""


def stream(host, interval=60, count=0, mask=EVERYTHING, extended=GYRO_AND_LIGHT):
    host.ask(SENSOR, 0x00, struct.pack(">HBI", 0, count, mask), SECOND)
    host.ask(SENSOR, 0x0C, struct.pack(">I", extended), SECOND)
    host.ask(SENSOR, 0x00, struct.pack(">HBI", interval, count, mask), SECOND)


def samples(host):
    return [
        (t, dict(zip(NAMES, struct.unpack(f">{len(data) // 4}f", data), strict=False)))
        for t, data in host.notices(SENSOR, 0x02)
    ]


def watch_collisions(host, dead_time=1):
    host.ask(SENSOR, 0x11, bytes((1, 90, 130, 90, 130, dead_time)), SECOND)


def test_samples_come_at_the_interval_and_the_first_one_soon(host):
    start = host.bolt.time
    stream(host, interval=150)
    host.live(1)
    times = [t for t, _ in samples(host)]
    assert times[0] - start < 0.075
    assert times[-1] - times[-2] == pytest.approx(0.150)


def test_a_level_resting_ball_feels_one_g_upward(host):
    stream(host)
    host.live(0.2)
    _, sample = samples(host)[-1]
    assert len(sample) == len(NAMES)
    assert sample["az"] == pytest.approx(1, abs=0.05)
    assert sample["qw"] == pytest.approx(1)
    assert sample["accel_one"] == pytest.approx(1000, abs=50)
    assert sample["light"] == pytest.approx(300, rel=0.1)


def test_yaw_is_the_heading_the_other_way_round(host):
    stream(host)
    host.drive(90, 0)
    host.live(1)
    _, sample = samples(host)[-1]
    assert sample["yaw"] == pytest.approx(-90, abs=1)
    assert sample["qz"] == pytest.approx(math.sin(math.radians(-45)), abs=0.01)


def test_the_locator_counts_metres_in_the_frame_of_the_last_reset(host):
    host.drive(90, 0)
    host.live(1)
    host.ask(0x16, 0x06, target=SECOND)
    host.ask(SENSOR, 0x13, target=SECOND)
    stream(host)
    host.drive(0, 100)
    host.live(1.5)
    _, sample = samples(host)[-1]
    assert sample["y"] == pytest.approx(host.bolt.pose.x / 100, abs=0.05)
    assert abs(sample["x"]) < 0.01
    assert sample["vy"] == pytest.approx(host.bolt.speed / 100, abs=0.05)


def test_starting_leans_the_ball_back_as_measured_and_the_accelerometer_agrees(host):
    stream(host, interval=33)
    host.drive(0, 50)
    host.live(1)
    _, sample = max(samples(host), key=lambda entry: entry[1]["pitch"])
    assert 24 <= sample["pitch"] <= 40
    assert sample["ay"] < -0.3
    # gravity taken out with the attitude, as spherov2 does, leaves one g
    pitch = math.radians(sample["pitch"])
    assert sample["az"] * math.cos(pitch) - sample["ay"] * math.sin(pitch) == pytest.approx(1, abs=0.1)


def test_only_the_values_of_the_mask_are_sent(host):
    stream(host, mask=0x60, extended=0)
    host.live(0.2)
    assert len(host.notices(SENSOR, 0x02)[0][1]) == 8


def test_a_count_ends_the_stream_and_interval_zero_does_too(make_host):
    counted, stopped = make_host(), make_host()
    stream(counted, count=3)
    counted.live(2)
    assert len(samples(counted)) == 3
    stream(stopped)
    stopped.live(0.5)
    stopped.ask(SENSOR, 0x00, struct.pack(">HBI", 0, 0, EVERYTHING), SECOND)
    before = len(samples(stopped))
    stopped.live(1)
    assert len(samples(stopped)) == before


@pytest.mark.parametrize(("byte", "heading"), [(60, 0), (90, 20), (150, 0), (255, 340)])
def test_a_wall_is_felt_and_reported_in_the_sixteen_bytes_of_a_real_bolt(make_host, byte, heading):
    host = make_host("walled")
    watch_collisions(host)
    for _ in range(3):
        host.drive(heading, byte)
        host.live(2.5)
    assert "collision" in host.events
    t, data = host.notices(SENSOR, 0x12)[0]
    x, y, _, axes, _, power, _, speed, _ = struct.unpack(">3hB3HBH", data)
    assert abs(t - host.bolt.record.events[0][0]) < 0.01
    struck = math.degrees(math.atan2(-x, -y))  # the direction it came from, by the official formula
    assert abs(math.remainder(struck + heading, 360)) < 45
    assert axes & 2
    assert power > 90
    fastest = max(point.speed for point in host.path if point.t < t)
    assert speed == pytest.approx(255 * fastest / 166, abs=8)


def test_the_ball_bounces_off_and_stays_in_the_room(make_host):
    host = make_host("walled")
    host.drive(0, 200)
    host.live(2)
    assert max(point.y for point in host.path) < 120 - 3.65 + 1
    assert min(later.y for later in host.path if later.t > host.bolt.record.events[0][0] + 0.2) < 114


def test_dead_time_makes_one_hit_of_many(make_host):
    host = make_host("walled")
    watch_collisions(host, dead_time=200)
    for _ in range(3):
        host.drive(0, 120)
        host.live(0.9)
    assert len(host.notices(SENSOR, 0x12)) == 1


def test_hits_are_not_reported_until_they_are_asked_for(make_host):
    host = make_host("walled")
    host.drive(0, 200)
    host.live(2)
    assert host.notices(SENSOR, 0x12) == []
    assert "collision" in host.events


def test_nothing_that_a_ball_does_by_itself_counts_as_a_collision(host):
    watch_collisions(host)
    chance = random.Random(5)
    for _ in range(60):
        host.drive(chance.uniform(0, 360), chance.choice((0, 0, 50, 120, 200)), chance.choice((0, 0, 0, 1)))
        host.live(chance.choice((0.1, 0.4, 1.2)))
    assert host.events == []
    assert host.notices(SENSOR, 0x12) == []


class Flung:
    """Stands for a ball that somebody throws about: only what an IMU looks at."""

    heading = vx = vy = vz = 0.0
    spin = (0.0, 0.0, 0.0)


def feel(ball, speeds_upward):
    """What an IMU on a ball tells, as (t in ms, what), with one upward speed (m/s) every 2 ms."""
    told = []
    imu = Imu(ball, collided=told.append, event=lambda name: told.append((now, name)), overspun=told.append)
    imu.watch_spin = True
    for now, ball.vz in zip(range(0, 100_000, 2), speeds_upward, strict=False):
        imu.feel(now, 2)
    return told


def test_a_fall_from_thirty_centimetres_and_its_landing_are_felt():
    falling = [-9.81 * t / 1000 for t in range(0, 248, 2)]
    told = feel(Flung(), [0.0] * 50 + falling + [0.0] * 50)
    assert [name for _, name in told] == ["freefall", "landing"]
    assert told[0][0] == pytest.approx(100 + 110, abs=10)
    assert told[1][0] == pytest.approx(100 + 248, abs=10)


def test_a_hop_is_no_fall():
    assert feel(Flung(), [0.0] * 50 + [-9.81 * t / 1000 for t in range(0, 60, 2)] + [0.0] * 50) == []


def test_the_compass_turns_once_around_and_tells_where_north_is(host):
    host.ask(SENSOR, 0x25, target=SECOND)
    host.live(3)
    assert [data for _, data in host.notices(SENSOR, 0x26)] == [b"\x00\x00"]
    assert host.path[-1].heading == pytest.approx(360, abs=1)


def test_a_fast_spin_is_reported_by_axis():
    ball = Flung()
    ball.spin = (0.0, -40.0, 36.0)
    y_backward, z_forward = 0x08, 0x10
    assert feel(ball, [0.0]) == [y_backward | z_forward]
