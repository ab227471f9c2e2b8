"""The ball rolls, turns and stops as a real BOLT was measured to."""

import math
import struct

import pytest

DRIVE, SECOND = 0x16, 0x12


def root_mean_square(values):
    return math.sqrt(sum(value * value for value in values) / len(values))


@pytest.mark.parametrize(("byte", "expected"), [(50, 23), (100, 58), (150, 92), (200, 131)])
def test_a_speed_byte_leads_to_the_measured_speed(host, byte, expected):
    for _ in range(2):
        host.drive(0, byte)
        host.live(2)
    assert host.bolt.speed == pytest.approx(expected, rel=0.10)


def test_rolls_end_where_the_tape_measured_them(make_host, tape_measured_rolls):
    errors, relative = [], []
    for seconds, byte, distance in tape_measured_rolls:
        host = make_host()
        host.roll(0, byte, seconds)
        errors.append(host.bolt.pose.y - distance)
        if seconds >= 1:
            relative.append(errors[-1] / distance)
    assert root_mean_square(relative) < 0.06
    assert root_mean_square(errors) < 5.5


def test_the_ball_starts_late_as_a_real_one_does(host):
    start = host.bolt.time
    host.drive(0, 100)
    host.live(1)
    moving = next(point.t for point in host.path if point.speed > 1)
    assert 0.1 <= moving - start <= 0.28


def test_a_very_low_speed_does_not_move_it(host):
    host.drive(0, 16)
    host.live(2)
    assert host.bolt.pose.y == pytest.approx(0, abs=0.1)


def test_it_stops_when_no_command_comes_for_two_and_three_quarter_seconds(host):
    host.drive(0, 100)
    host.live(2.6)
    assert host.bolt.speed > 50
    host.live(2)
    assert host.bolt.speed < 1


def test_commands_that_keep_coming_keep_it_rolling(host):
    for _ in range(5):
        host.drive(0, 60)
        host.live(0.8)
    assert host.bolt.speed > 25


def test_a_resting_ball_turns_before_it_drives(host):
    host.roll(90, 100, 2)
    assert host.bolt.pose.heading == pytest.approx(90, abs=1)
    assert abs(host.bolt.pose.y) < 1
    assert host.bolt.pose.x > 90


@pytest.mark.parametrize("step", [10, 45, 90, -90, 270, 179])
def test_a_turn_settles_at_once_and_does_not_swing_over(host, step):
    start, wanted = host.bolt.time, math.degrees(math.remainder(math.radians(step), 2 * math.pi))
    host.drive(step, 0)
    host.live(1)
    off = [point for point in host.path if abs(point.heading - wanted) > 3]
    assert off[-1].t - start < (0.4 if abs(wanted) <= 90 else 0.5)
    assert max(abs(point.heading) for point in host.path) < abs(wanted) + 3


def test_three_spins_turn_three_times_and_stay_in_place(host):
    heading = 0.0
    while heading < 1080:
        host.drive(heading, 0)
        host.live(0.05)
        heading += 30  # 600 degrees a second
    host.drive(1080, 0)
    host.live(1)
    assert host.bolt.record.report(0, host.bolt.time)["spun"] == pytest.approx(1080, abs=2)
    assert max(math.hypot(point.x, point.y) for point in host.path) < 3


def test_headings_far_ahead_many_times_a_second_spin_it_too(host):
    turned = 0.0
    while turned < 1080 - 75:
        host.drive(turned + 75, 0)
        host.live(0.04)
        turned = host.path[-1].heading
    host.drive(0, 0)
    host.live(1)
    assert host.path[-1].heading == pytest.approx(1080, abs=2)
    assert max(math.hypot(point.x, point.y) for point in host.path) < 3


def test_a_half_turn_goes_clockwise_every_time(host):
    for turn in range(1, 5):
        host.drive(180 * turn, 0)
        host.live(1)
        assert host.path[-1].heading == pytest.approx(180 * turn, abs=1)


def test_a_direction_flag_chooses_the_long_way_round(host):
    to_the_left = 0x08
    host.drive(90, 0, to_the_left)
    host.live(1.5)
    assert host.path[-1].heading == pytest.approx(-270, abs=1)


@pytest.mark.parametrize(("flag", "sooner"), [(0x02, 0.05), (0x04, 0.03)])
def test_turbo_speeds_up_and_turns_fast_sooner(make_host, flag, sooner):
    times = []
    for flags in (0, flag):
        host = make_host()
        start = host.bolt.time
        host.drive(180 if flag == 0x04 else 0, 0 if flag == 0x04 else 200, flags)
        host.live(1.5)
        there = (lambda point: point.heading > 177) if flag == 0x04 else (lambda point: point.speed > 100)
        times.append(next(point.t for point in host.path if there(point)) - start)
    assert times[1] < times[0] - sooner


def test_a_ball_that_drifts_slides_on_while_it_turns(make_host):
    places = []
    for flags in (0, 0x20):
        host = make_host()
        host.drive(0, 150, flags)
        host.live(1.5)
        host.drive(90, 150, flags)
        host.live(1)
        places.append(host.bolt.pose.y)
    assert places[1] > places[0] + 10


def test_two_legs_make_a_rounded_corner(host):
    host.drive(0, 90)
    host.live(1)
    host.drive(90, 90)
    host.live(1)
    host.drive(90, 0)
    host.live(2)
    end = host.bolt.pose
    assert end.x > 30
    assert end.y > 30
    before = next(point for point in host.path if point.x > 0.5)
    after = next(point for point in host.path if abs(point.y - end.y) < 1 and point.x > 1)
    assert after.x - before.x < 15
    assert after.y - before.y < 15


def test_headings_around_the_compass_make_a_round_circle(host):
    for step in range(81):
        host.drive(360 * step / 80, 90)
        host.live(0.05)
    host.drive(0, 0)
    host.live(1.5)
    width = max(point.x for point in host.path) - min(point.x for point in host.path)
    depth = max(point.y for point in host.path) - min(point.y for point in host.path)
    assert width == pytest.approx(depth, rel=0.05)
    assert math.hypot(host.bolt.pose.x, host.bolt.pose.y) < 0.15 * width


def test_backward_drives_away_from_where_it_faces(host):
    host.drive(0, 100, 1)
    host.live(1)
    host.drive(0, 0)
    host.live(2)
    assert host.bolt.pose.y < -40
    assert host.bolt.pose.heading == pytest.approx(0, abs=1) or host.bolt.pose.heading > 359


def test_headings_count_from_the_last_reset(host):
    host.drive(90, 0)
    host.live(1)
    host.ask(DRIVE, 0x06, target=SECOND)
    host.roll(0, 100, 1)
    assert host.bolt.pose.x > 40
    assert abs(host.bolt.pose.y) < 1
    assert host.bolt.pose.heading == pytest.approx(90, abs=1)


def test_raw_motors_roll_and_spin_it(make_host):
    rolling, spinning = make_host(), make_host()
    rolling.send(DRIVE, 0x01, struct.pack(">4B", 1, 120, 1, 120), SECOND)
    spinning.send(DRIVE, 0x01, struct.pack(">4B", 1, 200, 2, 200), SECOND)
    for host in (rolling, spinning):
        host.live(2)
    assert rolling.bolt.pose.y > 50
    assert spinning.path[-1].heading > 360
    assert math.hypot(spinning.bolt.pose.x, spinning.bolt.pose.y) < 3


def test_after_raw_motors_it_keeps_the_heading_it_came_to(host):
    host.ask(DRIVE, 0x0C, b"\x00", SECOND)
    host.send(DRIVE, 0x01, struct.pack(">4B", 1, 100, 0, 0), SECOND)
    host.live(0.7)
    host.ask(DRIVE, 0x0C, b"\x01", SECOND)
    host.send(DRIVE, 0x01, bytes(4), SECOND)
    host.live(1)
    came_to = host.path[-1].heading
    assert came_to > 30
    host.live(2)
    assert host.path[-1].heading == pytest.approx(came_to, abs=1)
    assert host.bolt.speed < 1


def test_sleep_stops_it(host):
    host.drive(0, 100)
    host.live(1)
    host.send(0x13, 0x01)
    host.live(1.5)
    assert host.bolt.speed < 1


def test_an_hour_of_rest_costs_next_to_nothing_and_keeps_no_memory(host):
    host.roll(0, 50, 1)
    points = len(host.path)
    host.live(3600)
    assert len(host.path) - points < 200
    assert host.bolt.time == pytest.approx(3603.5, abs=0.1)
