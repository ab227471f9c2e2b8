"""Packets: every command is answered as a BOLT answers it, and noise is survived."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spherov2.controls.v2 import Packet

from simulator import VirtualBolt
from simulator.firmware.devices import DEVICES
from simulator.firmware.framing import SECONDARY

Error = Packet.Error
FIRST, SECOND = 0x11, 0x12
WAKE = bytes.fromhex("8d0a130d00d5d8")


def test_wake_is_answered_as_a_real_one_was_seen_to():
    bolt, packets = VirtualBolt(), []
    bolt.on_notify(packets.append)
    bolt.write(WAKE)
    assert packets == []
    bolt.advance(0.1)
    assert [packet.hex() for packet in packets] == ["8d09130d0000d6d8", "8d28011311ffb3d8"]


def test_answers_swap_source_and_target(host):
    got = host.ask(0x16, 0x07, struct.pack(">BHB", 0, 0, 0), SECOND)
    assert (got.flags, got.tid, got.sid, got.err) == (0x39, 0x01, SECOND, Error.success)


def test_the_answer_comes_after_eight_milliseconds(host):
    sent = host.bolt.time
    host.send(0x10, 0x00, b"hello")
    host.live(0.1)
    t, got = host.received[-1]
    assert t - sent == pytest.approx(0.008)
    assert bytes(got.data) == b"hello"


@pytest.mark.parametrize("size", [1, 5, 20])
def test_any_slicing_of_the_bytes_is_understood(size):
    bolt, packets = VirtualBolt(), []
    bolt.on_notify(packets.append)
    stream = WAKE + bytes(Packet(0x0A, 0x10, 0x00, 1, None, None, bytearray(range(200, 240))).build())
    for start in range(0, len(stream), size):
        bolt.write(stream[start : start + size])
    bolt.advance(0.1)
    echoes = [Packet.parse_response(packet) for packet in packets]
    assert bytes(range(200, 240)) in [bytes(packet.data) for packet in echoes]


@pytest.mark.parametrize(
    ("did", "cid", "data", "target", "error"),
    [
        (0x77, 0x00, b"", None, Error.bad_device_id),
        (0x13, 0x10, b"", None, Error.bad_command_id),
        (0x16, 0x07, b"\x00", SECOND, Error.bad_data_length),
        (0x16, 0x07, b"\x00\x00\x00\x00", FIRST, Error.bad_target_id),
        (0x16, 0x07, b"\x00\x00\x00\x00", None, Error.bad_target_id),
        (0x1A, 0x1C, b"\x07\x01\x02\x03", SECOND, Error.bad_target_id),
        (0x1A, 0x2D, b"\x08\x00\xff\xff\xff", SECOND, Error.bad_parameter_value),
        (0x1A, 0x43, b"\x63\x00", SECOND, Error.bad_parameter_value),
        (0x1A, 0x2E, b"", SECOND, Error.bad_data_length),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(host, did, cid, data, target, error):
    assert host.ask(did, cid, data, target).err == error


def test_before_waking_only_the_first_processor_answers(make_host):
    host = make_host(awake=False)
    assert host.ask(0x10, 0x00).err == Error.success
    assert host.ask(0x16, 0x07, bytes(4), SECOND).err == Error.target_unavailable
    host.ask(0x13, 0x0D)
    assert host.ask(0x16, 0x07, bytes(4), SECOND).err == Error.success


def test_sleep_says_so_and_darkens_everything(host):
    host.show(0x2F, b"\xff\x00\x00")
    host.ask(0x13, 0x01)
    host.live(0.1)
    assert len(host.notices(0x13, 0x1A)) == 1
    assert {color for row in host.bolt.face for color in row} == {"#000000"}


def test_answers_of_two_phases_come_in_two_phases(host):
    host.send(0x11, 0x17)
    host.live(0.1)
    (acknowledged, first), (told, second) = host.received[-2:]
    assert (first.cid, second.cid) == (0x17, 0x18)
    assert told - acknowledged >= 0.005
    assert struct.unpack(">3H", second.data) == (4, 2, 44)


def test_a_command_that_wants_no_answer_gets_none(host):
    host.live(0.1)
    before = len(host.received)
    host.bolt.write(bytes(Packet(0x08, 0x10, 0x00, 9, None, None, bytearray()).build()))
    host.live(0.1)
    assert len(host.received) == before


def test_the_battery_drains_within_hours(host):
    full = int.from_bytes(host.ask(0x13, 0x03).data, "big")
    host.live(3600)
    later = int.from_bytes(host.ask(0x13, 0x03).data, "big")
    assert 355 <= later < full <= 390
    assert (full - 355) / 35 == pytest.approx(0.87, abs=0.03)


def test_the_name_is_kept(host):
    host.ask(0x19, 0x03, b"SB-CAFE\0")
    assert bytes(host.ask(0x19, 0x04).data) == b"SB-CAFE\0"
    assert host.bolt.name == "SB-CAFE"
    assert bytes(host.ask(0x11, 0x06).data).endswith(b"CAFE")


def test_every_row_of_every_table_answers_something(host):
    for did, device in DEVICES.items():
        for cid, command in device.commands.items():
            if (did, cid) in {(0x13, 0x00), (0x13, 0x01)}:
                continue
            target = SECOND if device.reached_by(cid, SECONDARY) else FIRST
            data = bytes(struct.calcsize(command.request.rstrip("*")))
            assert host.ask(did, cid, data, target).err != Error.bad_data_length or command.request.endswith("*")


def test_what_it_can_do_is_listed(host):
    dids = host.ask(0x10, 0x05).data
    assert 0x16 in dids
    assert 0x07 in host.ask(0x10, 0x06, b"\x16").data


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.builds(
                lambda flags, did, cid, data: bytes(Packet(flags, did, cid, 3, 0x12, 0x01, bytearray(data)).build()),
                st.sampled_from([0x0A, 0x3A, 0x1A, 0x0E]),
                st.sampled_from(sorted(DEVICES)),
                st.integers(0, 0x50),
                st.binary(max_size=45),
            ),
            st.sampled_from([b"\x8d", b"\xd8", b"\xab", b"\x8d\xd8", b"\x8d\xab\xd8", WAKE[:4]]),
        ),
        max_size=8,
    )
)
def test_noise_neither_crashes_it_nor_makes_it_deaf(chunks):
    bolt, packets = VirtualBolt(), []
    bolt.on_notify(packets.append)
    bolt.write(WAKE)
    for chunk in chunks:
        bolt.write(chunk)
    bolt.advance(0.3)
    packets.clear()
    bolt.write(bytes(Packet(0x0A, 0x10, 0x00, 77, None, None, bytearray(b"still there")).build()))
    bolt.advance(bolt.time + 0.01)
    assert any(Packet.parse_response(packet).data == b"still there" for packet in packets)
