"""Imprecise balls and bad radios, both seeded."""

import statistics

import pytest
from spherov2.controls.v2 import Packet

from simulator import Quirks, VirtualBolt, VirtualWorld
from simulator.radio import Fault, FaultyRadio, parse_faults

PING = bytes(Packet(0x0A, 0x10, 0x00, 1, None, None, bytearray(b"hello")).build())


@pytest.fixture
def quirky(make_host):
    def make(quirks, seed=0, world="open"):
        host = make_host(world, awake=False)
        host.bolt = VirtualBolt(world, seed=seed, quirks=quirks)
        host.bolt.on_notify(host._keep)
        host.ask(0x13, 0x0D)
        return host

    return make


def test_typical_balls_differ_and_each_is_the_same_every_time(quirky):
    ends = []
    for seed in (1, 2, 3, 1):
        host = quirky("typical", seed)
        host.roll(0, 100, 2)
        ends.append(host.bolt.pose)
    assert ends[0] == ends[3]
    assert len({round(end.y, 2) for end in ends}) == 3


def test_typical_balls_are_as_far_off_as_real_ones():
    gains = [Quirks.named("typical", seed=seed).gain for seed in range(200)]
    assert statistics.mean(gains) == pytest.approx(1, abs=0.02)
    assert statistics.stdev(gains) == pytest.approx(0.06, abs=0.015)


def test_the_balls_of_a_world_differ_too():
    world = VirtualWorld(balls=2, quirks="typical")
    first, second = (bolt._robot.firmware.quirks for bolt in world.bolts)
    assert first.gain != second.gain


def test_an_unknown_profile_names_those_there_are():
    with pytest.raises(ValueError, match="ideal or typical"):
        VirtualBolt(quirks="drunk")


def test_gain_bias_and_level_are_felt(quirky):
    host = quirky(Quirks(gain=0.8, heading_bias=10, level=(5.0, 0.0), locator_scale=1.1))
    host.ask(0x18, 0x00, b"\x00\x3c\x00\x00\x07\x00\x60", 0x12)
    host.roll(0, 100, 2)
    x, y, _ = host.bolt.pose
    assert x / y == pytest.approx(0.176, abs=0.02)
    _, data = host.notices(0x18, 0x02)[-1]
    assert len(data) == 20
    ideal = quirky("ideal")
    ideal.roll(0, 100, 2)
    assert (x * x + y * y) ** 0.5 < 0.85 * ideal.bolt.pose.y


def test_missed_hits_are_missed_only_by_the_program(quirky):
    from random import Random

    host = quirky(Quirks(missed_hits=1.0, rng=Random(1)), world="walled")
    host.ask(0x18, 0x11, bytes((1, 40, 0, 40, 0, 1)), 0x12)
    for _ in range(7):
        host.drive(0, 50)
        host.live(1)
    assert host.notices(0x18, 0x12) == []


def pinged(faults, seed=0, times=100):
    """What a radio lets through of so many pings: the answers."""
    radio, answers = FaultyRadio(VirtualBolt(), faults, seed=seed), []
    radio.on_notify(answers.append)
    for _ in range(times):
        radio.write(PING)
        radio.advance(radio.time + 0.02)
    radio.advance(radio.time + 1)
    return radio, answers


def test_every_third_packet_is_dropped():
    _, answers = pinged([Fault("drop", direction="in", every=3)], times=30)
    assert len(answers) == 20


def test_drops_by_probability_are_the_same_for_a_seed():
    histories = [pinged([Fault("drop", probability=0.2)], seed=seed)[0].history for seed in (1, 1, 2)]
    assert histories[0] == histories[1] != histories[2]
    assert 20 < len(histories[0]) < 60


def test_duplicates_come_twice_and_corruption_is_not_understood():
    assert len(pinged([Fault("duplicate", direction="out", every=1)], times=10)[1]) == 20
    assert len(pinged([Fault("corrupt", direction="in", every=1)], times=20)[1]) < 5


def test_delays_take_time_and_reordering_changes_the_order():
    radio, times = FaultyRadio(VirtualBolt(), [Fault("delay", direction="out", every=1, seconds=0.5)]), []
    radio.on_notify(lambda _: times.append(radio.time))
    radio.write(PING)
    radio.advance(1)
    assert 0.008 < times[0] < 0.51

    radio, order = FaultyRadio(VirtualBolt(), [Fault("reorder", direction="in", every=2)]), []
    radio.on_notify(lambda packet: order.append(Packet.parse_response(packet).data[0]))
    for number in range(3):
        radio.write(bytes(Packet(0x0A, 0x10, 0x00, number, None, None, bytearray((number,))).build()))
    radio.advance(1)
    assert order == [0, 2, 1]


def test_a_disconnect_by_schedule_is_told_and_nothing_passes_until_the_next_connection():
    radio, reasons, answers = FaultyRadio(VirtualBolt(), parse_faults("disconnect@0.5")), [], []
    radio.on_disconnect(reasons.append)
    radio.on_notify(answers.append)
    radio.advance(1)
    assert reasons == ["the radio lost the ball"]
    radio.write(PING)
    radio.advance(1.5)
    assert answers == []
    radio.connect()
    radio.write(PING)
    radio.advance(2)
    assert len(answers) == 1


@pytest.mark.parametrize("text", ["drop", "melt=1", "drop=2", "drop=x"])
def test_faults_that_make_no_sense_are_named(text):
    with pytest.raises(ValueError, match="is no fault"):
        parse_faults(text)
