"""What goes wrong when physics engines are used carelessly, and does not here."""

import math
from itertools import pairwise

from simulator import VirtualBolt
from simulator.world.mjcf import RADIUS


def rolling(host, byte, seconds):
    """Every 2 ms of a roll: height of the middle in m, and upward speed in m/s."""
    ball, seen = host.bolt._ball, []
    for moment in range(round(seconds * 500)):
        if moment % 400 == 0:
            host.drive(0, byte)
        host.live(0.002)
        ball.sense()
        seen.append((ball.z, ball.vz))
    return seen


def test_a_rolling_ball_does_not_hop(host):
    seen = rolling(host, 150, 3)
    assert max(z for z, _ in seen) - RADIUS < 0.0005
    assert math.sqrt(sum(vz * vz for _, vz in seen) / len(seen)) < 0.01


def test_the_fastest_ball_does_not_tunnel_through_a_thin_wall(tmp_path, make_host):
    file = tmp_path / "thin.yaml"
    file.write_text("walls:\n  - {from: [-50, 150], to: [50, 150], thickness: 1}\n", encoding="utf-8")
    host = make_host(file)
    host.roll(0, 255, 3)
    assert max(point.y for point in host.path) < 150


def test_it_bounces_off_a_wall_with_about_half_its_speed(make_host):
    host = make_host("walled")
    host.drive(0, 150)
    host.live(2.5)
    hit = host.bolt.record.events[0][0]
    before = max(point.speed for point in host.path if point.t <= hit)
    ys = [point for point in host.path if hit < point.t < hit + 0.08]
    after = max((one.y - other.y) / (other.t - one.t) for one, other in pairwise(ys))
    assert 0.3 < after / before < 0.75


def test_an_impact_reads_no_more_than_the_sensor_can(make_host):
    host = make_host("walled")
    host.ask(0x18, 0x11, bytes((1, 40, 0, 40, 0, 1)), 0x12)
    host.drive(0, 255)
    host.live(2.5)
    _, data = host.notices(0x18, 0x12)[0]
    assert abs(int.from_bytes(data[2:4], "big", signed=True)) <= 4096 * 8.2


def test_the_face_yaws_and_leans_but_does_not_roll_with_the_shell(host):
    host.drive(0, 100)
    leans = []
    for _ in range(100):
        host.live(0.02)
        leans.append(math.degrees(math.acos(min(1.0, host.bolt._ball.r22))))
    assert host.bolt.pose.y > 60  # more than two turns of the shell
    assert max(leans) < 60
    assert leans[-1] < 5


def test_the_physics_go_on_exactly_from_a_saved_state(host):
    host.drive(30, 150)
    host.live(0.8)
    physics = host.bolt._arena.physics
    saved, ends = physics.save(), []
    for _ in range(2):
        physics.load(saved)
        physics.step(500)
        ends.append(physics._data.qpos.tobytes())
    assert ends[0] == ends[1]


def test_the_seed_does_not_touch_an_ideal_balls_motion():
    ends = []
    for seed in (0, 1):
        bolt = VirtualBolt(seed=seed)
        bolt.write(bytes.fromhex("8d0a130d00d5d8"))
        bolt.write(bytes.fromhex("8d3a12011607006400000031d8"))
        bolt.advance(1.0)
        ends.append(bolt.pose)
    assert ends[0] == ends[1]
    assert ends[0].y > 20
