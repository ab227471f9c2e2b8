"""The record: what really happened, the same on every run."""

import json
import random

import pytest


def a_busy_minute(host):
    chance = random.Random(3)
    host.ask(0x18, 0x00, b"\x00\x3c\x00\x03\xc7\xe2\x7a", 0x12)
    for _ in range(12):
        host.drive(chance.uniform(0, 360), chance.choice((0, 80, 160)))
        host.show(0x2F, bytes(chance.randrange(256) for _ in range(3)))
        host.live(chance.choice((0.1, 0.5, 1.3)))
    host.show(0x3B, bytes((0, 255, 0, 20, 0)) + b"done\0")
    host.live(3)


def test_the_same_seed_and_commands_give_the_same_record_and_packets(make_host):
    one, other = make_host("walled", seed=7), make_host("walled", seed=7)
    a_busy_minute(one)
    a_busy_minute(other)
    reports = [json.dumps(host.bolt.record.report(0, host.bolt.time)) for host in (one, other)]
    assert reports[0] == reports[1]
    assert one.received == other.received


def test_how_time_is_sliced_makes_no_difference(make_host):
    coarse, fine = make_host(), make_host()
    for host in (coarse, fine):
        host.drive(40, 120)
    coarse.live(2)
    while fine.bolt.time < coarse.bolt.time:
        fine.bolt.advance(min(fine.bolt.wake_at(), coarse.bolt.time))
    assert coarse.path == fine.path
    assert coarse.received == fine.received


def test_a_report_has_a_point_every_fiftieth_of_a_second(host):
    host.roll(0, 100, 1)
    report = host.bolt.record.report(0.5, 3.0)
    times = [row[0] for row in report["path"]]
    assert times[0] == 0.5
    assert times[-1] == 3.0
    assert len(times) == 126
    assert report["pose"]["y"] == pytest.approx(host.bolt.pose.y, abs=0.1)


def test_a_rest_is_reported_in_full_although_it_is_not_kept(host):
    host.live(100)
    report = host.bolt.record.report(10, 12)
    assert len(report["path"]) == 101
    assert {tuple(row[1:]) for row in report["path"]} == {(0.0, 0.0, 0.0, 0.0)}
    assert len(host.path) < 100


def test_a_report_holds_only_what_happened_in_its_time(host):
    host.show(0x2F, b"\xff\x00\x00")
    host.live(1)
    host.show(0x2F, b"\x00\xff\x00")
    host.live(1)
    host.show(0x2F, b"\x00\x00\xff")
    report = host.bolt.record.report(0.5, 1.5)
    assert [entry[1][0] for entry in report["matrix_log"]] == ["#00ff00"]
    assert report["matrix"][0][0] == "#00ff00"


def test_a_report_has_the_keys_of_the_format_and_is_plain_json(host):
    a_busy_minute(host)
    report = host.bolt.record.report(0, host.bolt.time)
    assert set(report) == {
        "pose", "path", "spun", "matrix", "matrix_log", "texts", "front_led", "back_led", "led_log", "events",
    }  # fmt: skip
    assert json.loads(json.dumps(report)) == report
    assert all(len(colors) == 64 for _, colors in report["matrix_log"])


def test_a_ball_that_moves_wants_to_live_on_within_ten_milliseconds_one_at_rest_seldom(host):
    host.live(1)
    assert host.bolt.wake_at() == pytest.approx(host.bolt.time + 0.05)
    host.drive(0, 80)
    host.live(0.5)
    assert host.bolt.wake_at() == pytest.approx(host.bolt.time + 0.01)


def test_the_ball_wants_to_live_on_for_its_packets(host):
    host.live(1)
    host.send(0x10, 0x00)
    assert host.bolt.wake_at() == pytest.approx(host.bolt.time + 0.008)


def test_a_record_can_be_told_to_keep_only_the_newest(host):
    host.bolt.record.keep_last(100)
    for heading in range(0, 360, 60):
        host.roll(heading, 100, 1)
    assert 100 <= len(host.path) <= 200
    assert host.path[-1].t == pytest.approx(host.bolt.time, abs=3)
