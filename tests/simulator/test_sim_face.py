"""What the face and the lights show."""

import struct

import pytest

from simulator.firmware.font import UNKNOWN, glyph

IO, FIRST = 0x1A, 0x11
RED, GREEN, BLACK = "#ff0000", "#00ff00", "#000000"


def art(face, on="#", off="."):
    return ["".join(off if dot == BLACK else on for dot in row) for row in face]


def frame_of(rows):
    """A picture of digits 0-9 as spherov2 packs it: four planes, the lowest row first, the left dot highest."""
    return bytes(
        sum((int(rows[row][column]) >> plane & 1) << 7 - column for column in range(8))
        for plane in range(4)
        for row in range(7, -1, -1)
    )


def save(host, number, frames, *, fps=10, fade=0, palette=b"\x00\x00\x00\xff\x00\x00\x00\xff\x00"):
    for index, rows in enumerate(frames):
        host.show(0x30, struct.pack(">H", index) + frame_of(rows))
    numbers = struct.pack(f">{len(frames) + 1}H", len(frames), *range(len(frames)))
    host.show(0x31, bytes((number, fps, fade, len(palette) // 3)) + palette + numbers)


CORNER = ["10000000"] + ["00000000"] * 7
"""The upper left dot."""
ALL_RED, ALL_GREEN = ["1" * 8] * 8, ["2" * 8] * 8


def test_the_face_is_dark_at_first(host):
    assert art(host.bolt.face) == ["........"] * 8
    assert host.bolt.record.report(0, host.bolt.time)["matrix_log"] == []


def test_one_colour_fills_it(host):
    host.show(0x2F, b"\xff\x00\x00")
    assert {color for row in host.bolt.face for color in row} == {RED}


def test_points_count_from_the_bottom_left(host):
    host.show(0x2D, bytes((0, 0, 255, 0, 0)))
    host.show(0x2D, bytes((7, 7, 0, 255, 0)))
    assert host.bolt.face[7][0] == RED
    assert host.bolt.face[0][7] == GREEN


def test_lines_and_fills_are_drawn_over_what_is_there(host):
    host.show(0x3D, bytes((0, 0, 7, 7, 255, 0, 0)))
    host.show(0x3E, bytes((6, 0, 7, 1, 255, 0, 0)))
    assert art(host.bolt.face) == [
        ".......#",
        "......#.",
        ".....#..",
        "....#...",
        "...#....",
        "..#.....",
        ".#....##",
        "#.....##",
    ]


def test_a_letter_is_readable_and_noted(host):
    host.show(0x42, bytes((255, 0, 0, ord("T"))))
    assert art(host.bolt.face)[0] == ".#####.."
    assert art(host.bolt.face)[5] == "...#...."
    assert [entry[1:] for entry in host.bolt.record.texts] == [("T", RED)]


def test_a_text_scrolls_from_right_to_left_and_says_when_it_is_through(host):
    start = host.bolt.time
    host.show(0x3B, bytes((0, 255, 0, 10, 0)) + b"I\0")
    seen = []
    for _ in range(14):
        seen.append(art(host.bolt.face)[0])
        host.live(0.1)
    assert seen[2] == "......##"
    assert seen[5] == "...###.."
    assert seen[-1] == "........"
    assert [(round(t - start, 3), data) for t, data in host.notices(IO, 0x3C)] == [(1.2, b"\x00")]
    assert [entry[1:] for entry in host.bolt.record.texts] == [("I", GREEN)]


def test_a_repeated_text_begins_again(host):
    host.show(0x3B, bytes((0, 255, 0, 20, 1)) + b"HI\0")
    host.live(3)
    assert {data for _, data in host.notices(IO, 0x3C)} == {b"\x01"}
    assert len(host.notices(IO, 0x3C)) == 3


def test_a_stored_frame_stands_upright(host):
    save(host, 0, [CORNER])
    host.show(0x32, b"\x00")
    assert host.bolt.face[0][0] == RED
    assert art(host.bolt.face)[1:] == ["........"] * 7


def test_an_animation_plays_at_its_rate_and_says_when_it_is_over(host):
    save(host, 7, [ALL_RED, ALL_GREEN], fps=5)
    host.show(0x43, b"\x07\x00")
    start = host.bolt.time - 0.01
    host.live(2)
    assert [(round(t - start, 3), picture[0]) for t, picture in host.bolt.record.pictures] == [
        (0, 0xFF0000),
        (0.2, 0x00FF00),
    ]
    assert [(round(t - start, 3), data) for t, data in host.notices(IO, 0x3F)] == [(0.4, b"\x07")]


def test_a_looping_animation_goes_on_until_something_else_is_shown(host):
    save(host, 0, [ALL_RED, ALL_GREEN], fps=10)
    host.show(0x43, b"\x00\x01")
    host.live(1)
    assert len(host.bolt.record.pictures) == 11
    host.show(0x38)
    changes = len(host.bolt.record.pictures)
    host.live(1)
    assert art(host.bolt.face) == ["........"] * 8
    assert len(host.bolt.record.pictures) == changes
    assert host.notices(IO, 0x3F) == []


def test_fading_passes_through_the_colours_between(host):
    save(host, 0, [ALL_RED, ALL_GREEN], fps=2, fade=1)
    host.show(0x43, b"\x00\x00")
    host.live(1)
    colors = [picture[0] for _, picture in host.bolt.record.pictures]
    assert colors[0] == 0xFF0000
    assert colors[-1] == 0x00FF00
    assert len(colors) > 8
    assert any((color >> 16) > 50 and (color >> 8 & 0xFF) > 50 for color in colors)


def test_pause_freezes_and_resume_goes_on(host):
    save(host, 0, [ALL_RED, ALL_GREEN], fps=2)
    host.show(0x43, b"\x00\x01")
    host.live(0.2)
    host.show(0x36)
    host.live(3)
    assert host.bolt.face[0][0] == RED
    host.show(0x37)
    host.live(0.2)
    assert host.bolt.face[0][0] == RED
    host.live(0.15)
    assert host.bolt.face[0][0] == GREEN


def test_an_override_changes_the_rate(host):
    save(host, 0, [ALL_RED, ALL_GREEN], fps=1)
    host.show(0x43, b"\x00\x01")
    host.show(0x39, b"\x14\x01")
    host.live(1)
    assert len(host.bolt.record.pictures) >= 19


def test_a_quarter_turn_turns_the_picture_clockwise(host):
    host.show(0x2D, bytes((0, 7, 255, 0, 0)))
    host.show(0x3A, b"\x01")
    assert host.bolt.face[0][7] == RED
    host.show(0x3A, b"\x02")
    assert host.bolt.face[7][7] == RED


def test_a_point_is_drawn_over_a_picture_that_was_played(host):
    save(host, 0, [CORNER])
    host.show(0x32, b"\x00")
    host.show(0x2D, bytes((7, 0, 0, 255, 0)))
    assert (host.bolt.face[0][0], host.bolt.face[7][7]) == (RED, GREEN)


def test_frames_can_be_assigned_later_listed_and_deleted(host):
    host.show(0x30, struct.pack(">H", 4) + frame_of(CORNER))
    host.show(0x41, bytes((0, 10, 0, 2, 0, 0, 0, 255, 0, 0)) + struct.pack(">H", 1))
    host.show(0x40, b"\x00" + struct.pack(">2H", 1, 4))
    assert bytes(host.show(0x34).data) == b"\x00\x04"
    host.show(0x32, b"\x00")
    assert host.bolt.face[0][0] == RED
    host.show(0x35)
    assert host.show(0x32, b"\x00").err != 0


def test_the_lights_are_set_by_channel_and_logged_once_a_change(host):
    host.ask(IO, 0x1C, bytes((0x3F, 255, 0, 0, 0, 0, 255)), FIRST)
    host.ask(IO, 0x1C, bytes((0x07, 255, 0, 0)), FIRST)
    assert (host.bolt.front_led, host.bolt.back_led) == ("#ff0000", "#0000ff")
    assert [entry[1:] for entry in host.bolt.record.lights] == [("front", "#ff0000"), ("back", "#0000ff")]


@pytest.mark.parametrize("code", range(33, 127))
def test_every_letter_is_drawn_and_no_two_look_alike(code):
    drawn = glyph(chr(code))
    assert drawn != UNKNOWN
    assert sum(drawn == glyph(chr(other)) for other in range(32, 127)) == 1


def test_an_unknown_letter_is_a_box():
    assert glyph("é") == UNKNOWN


def test_a_raw_frame_is_shown_in_the_colours_saved_last_and_is_not_stored(host):
    host.show(0x2E, frame_of(CORNER))
    assert host.bolt.face[0][:2] == ["#ffffff", BLACK]
    save(host, 0, [ALL_RED])
    host.show(0x2E, frame_of(ALL_GREEN))
    assert {color for row in host.bolt.face for color in row} == {GREEN}
    assert host.show(0x34).data == b"\x00\x00"
