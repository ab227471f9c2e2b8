"""The packets: what goes out is what a BOLT expects, what comes back is found in any slicing and any noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.events import read_collision
from drivers.matrix import pack_frame
from drivers.packets import Framer, Sequencer, drive, power

WAKE_ANSWER = bytes.fromhex("8d09130d0000d6d8")  # as an R2-D2 answered it, which a BOLT's equals


def test_wake_goes_out_as_it_was_captured_from_a_real_session():
    assert bytes(Sequencer().write(power.Power.wake).build()).hex() == "8d0a130d00d5d8"


def test_a_drive_goes_to_the_processor_of_the_motors():
    packet = Sequencer().write(drive.Drive.drive_with_heading, 100, 270, drive.DriveFlags.FORWARD, proc=2)
    assert bytes(packet.build())[:6].hex() == "8d3a12011607"
    assert bytes(packet.data).hex() == "64010e00"


def test_commands_are_numbered_in_turn_and_255_is_left_to_notifications():
    sequencer = Sequencer()
    numbers = [sequencer.write(power.Power.wake).seq for _ in range(256)]
    assert numbers[:3] == [0, 1, 2]
    assert numbers[254:] == [254, 0]


def test_an_answer_is_decoded_by_the_command_that_asked():
    sequencer = Sequencer()
    (answer,) = Framer().feed(bytes.fromhex("8d091303000001904fd8"))
    assert sequencer.read(power.Power.get_battery_voltage, answer) == 4.0


def test_an_answer_that_is_too_short_is_an_error_that_names_the_command():
    (answer,) = Framer().feed(WAKE_ANSWER)
    with pytest.raises(ValueError, match="get_battery_voltage_state"):
        Sequencer().read(power.Power.get_battery_voltage_state, answer)


@given(st.integers(1, 8))
def test_packets_are_found_in_slices_of_any_size(size):
    framer, stream = Framer(), WAKE_ANSWER * 3
    slices = [stream[i : i + size] for i in range(0, len(stream), size)]
    assert sum(len(list(framer.feed(piece))) for piece in slices) == 3


@given(st.binary(max_size=200))
def test_noise_is_left_out_and_the_packet_after_it_is_found(noise):
    found = list(Framer().feed(noise + WAKE_ANSWER))
    assert found
    assert found[-1].id == (0x13, 0x0D, 0)


def test_noise_without_an_end_does_not_fill_the_memory():
    framer = Framer()
    assert list(framer.feed(b"\x00" * 100_000)) == []
    assert len(framer._pending) < 1000


def test_a_collision_of_a_real_bolt_has_16_bytes_and_tells_where_it_was_hit():
    # pushed backward (-y): something stood in front
    event = read_collision(bytes.fromhex("0000e000100002000000500000641234"))
    assert event.name == "collision"
    assert event.angle == pytest.approx(0)
    assert event.strength == pytest.approx(2.0)


def test_a_frame_is_packed_with_its_lowest_row_first_and_its_left_column_highest():
    rows = [[0] * 8 for _ in range(8)]
    rows[7][0] = 0b0101  # bottom left, palette index 5
    packed = pack_frame(rows)
    assert len(packed) == 32
    assert [packed[plane * 8] for plane in range(4)] == [0x80, 0, 0x80, 0]
