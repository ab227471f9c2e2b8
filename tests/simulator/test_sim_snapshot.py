"""Snapshots: a restored ball goes on exactly as the original did."""

import random
import struct

import pytest

SENSOR, IO, SECOND = 0x18, 0x1A, 0x12


def begin(host):
    """Something of everything is going on: streaming, rolling, scrolling, watching for collisions."""
    host.ask(SENSOR, 0x00, b"\x00\x3c\x00\x03\xc7\xe2\x7a", SECOND)
    host.ask(SENSOR, 0x11, bytes((1, 90, 130, 90, 130, 1)), SECOND)
    host.show(0x3B, bytes((0, 255, 0, 20, 1)) + b"hello\0")
    host.drive(20, 180)
    host.live(0.337)


def go_on(host, seed):
    chance = random.Random(seed)
    for _ in range(6):
        host.drive(chance.uniform(0, 360), chance.choice((0, 80, 160)))
        host.live(chance.choice((0.1, 0.5, 1.3)))
    host.send(SENSOR, 0x25, target=SECOND)
    host.live(2)


def everything(host, since):
    report = host.bolt.record.report(0, host.bolt.time)
    packets = [(t, bytes(packet.build())) for t, packet in host.received if t > since]
    return report, packets, host.bolt.pose, [tuple(thing) for thing in host.bolt.things], host.bolt.face


@pytest.mark.parametrize("world", ["open", "walled", "bowling", "ledge"])
def test_a_restored_ball_goes_on_bit_for_bit(make_host, world):
    host = make_host(world, seed=4)
    begin(host)
    snapshot, since, sent = host.bolt.snapshot(), host.bolt.time, len(host.received)
    packets = host._packets.__dict__.copy()
    outcomes = []
    for _ in range(3):
        host.bolt.restore(snapshot)
        del host.received[sent:]
        host._packets.__dict__.update(packets)
        go_on(host, seed=1)
        outcomes.append(everything(host, since))
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_going_back_undoes_what_was_done_meanwhile(make_host):
    host = make_host("walled")
    begin(host)
    snapshot, pose, face = host.bolt.snapshot(), host.bolt.pose, host.bolt.face
    go_on(host, seed=2)
    host.show(0x2F, b"\xff\x00\x00")
    assert host.bolt.pose != pose
    host.bolt.restore(snapshot)
    assert (host.bolt.pose, host.bolt.face) == (pose, face)


def test_going_on_after_a_snapshot_is_as_without_one(make_host):
    plain, other = make_host("walled", seed=2), make_host("walled", seed=2)
    for host in (plain, other):
        begin(host)
        if host is other:
            host.bolt.snapshot()
        go_on(host, seed=3)
    assert everything(plain, 0) == everything(other, 0)


def test_two_futures_from_one_moment(make_host):
    host = make_host()
    begin(host)
    snapshot = host.bolt.snapshot()
    ends = []
    for heading in (90, 270):
        host.bolt.restore(snapshot)
        host.send(0x16, 0x07, struct.pack(">BHB", 120, heading, 0), SECOND)
        host.live(1.5)
        ends.append(host.bolt.pose.x)
    assert ends[0] > 20
    assert ends[1] < ends[0] - 40
