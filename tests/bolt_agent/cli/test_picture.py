"""The picture in the terminal: what a person sees of the face and the arena."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bolt_agent.cli.picture import Scene, draw_arena, draw_face, draw_scene, draw_status
from bolt_agent.robot.icons import draw_icon

REST = (0.0, 0.0, 0.0)


def lines_of(picture: object) -> list[str]:
    assert isinstance(picture, Text)
    return picture.plain.split("\n")


def styled(text: Text, style: str) -> str:
    """What of the text has that style."""
    return "".join(text.plain[span.start : span.end] for span in text.spans if span.style == style)


def places(lines: list[str]) -> list[tuple[int, int]]:
    """Column and line of all braille characters."""
    return [(c, r) for r, line in enumerate(lines) for c, char in enumerate(line) if "\u2801" <= char <= "\u28ff"]


# ---- the face -------------------------------------------------------------------------------------------------


def test_the_face_is_four_lines_of_half_blocks():
    assert lines_of(draw_face(draw_icon("smile"))) == ["▀" * 8] * 4


def test_every_led_has_its_colour():
    rows = [["#000000"] * 8 for _ in range(8)]
    rows[2][0], rows[3][0] = "#ff0000", "#00ff00"
    assert styled(draw_face(rows), "#ff0000 on #00ff00") == "▀"


def test_the_big_face_is_twice_as_wide_and_high():
    assert lines_of(draw_face(draw_icon("heart"), big=True)) == ["█" * 16] * 8


def test_the_lights_are_bars_above_and_below_in_their_colours():
    face = draw_face(draw_icon("heart"), front="#ff0000", back="#0000ff")
    assert lines_of(face)[0].strip() == "▄▄▄▄"
    assert lines_of(face)[-1].strip() == "▀▀▀▀"
    assert styled(face, "#ff0000") == "▄▄▄▄"
    assert styled(face, "#0000ff") == "▀▀▀▀"


# ---- the arena ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(1, 1), (4, 2), (28, 10), (64, 30)])
def test_the_arena_fills_its_space_exactly(width: int, height: int):
    lines = lines_of(draw_arena([(0, 0), (50, 50)], (50, 50, 45), [], width=width, height=height))
    assert [len(line) for line in lines] == [width] * height


def test_a_ball_at_the_start_is_in_the_middle():
    column, line = places(lines_of(draw_arena([], REST, [], width=40, height=21)))[-1]
    assert abs(column - 20) <= 1
    assert abs(line - 10) <= 1


@pytest.mark.parametrize(("heading", "right", "down"), [(0, 0, -1), (90, 1, 0), (180, 0, 1), (270, -1, 0)])
def test_the_nose_points_where_the_ball_is_heading(heading: float, right: int, down: int):
    there = places(lines_of(draw_arena([], (0, 0, heading), [], width=40, height=21)))
    back = places(lines_of(draw_arena([], (0, 0, heading + 180), [], width=40, height=21)))
    assert (sum(c for c, _ in there) - sum(c for c, _ in back)) * right >= 0
    assert (sum(r for _, r in there) - sum(r for _, r in back)) * down >= 0
    assert there != back


def test_right_is_right_and_forward_is_up():
    ball = "bold #ffffff"
    text = draw_arena([], (80, 80, 0), [], width=40, height=21)
    span = next(span for span in text.spans if span.style == ball)
    assert text.plain[: span.start].count("\n") < 5
    assert span.start % 41 > 30


def test_a_far_ball_and_its_whole_trail_are_in_sight():
    trail = [(0.0, 0.0), (0.0, 900.0), (-700.0, 900.0)]
    text = draw_arena(trail, (-700, 900, 0), [], width=40, height=20)
    assert styled(text, "bold #ffffff")
    assert len(places(lines_of(text))) > 20


def test_a_square_is_square():
    side = [(0, 0), (0, 80), (80, 80), (80, 0), (0, 0)]
    cells = places(lines_of(draw_arena(side, REST, [], width=60, height=21)))
    width = max(c for c, _ in cells) - min(c for c, _ in cells)
    height = max(r for _, r in cells) - min(r for _, r in cells)
    assert width == pytest.approx(2 * height, abs=3)  # a cell is twice as high as wide


def test_walls_that_are_near_are_seen_and_others_are_not():
    near = draw_arena([], REST, [(-50, 60, 50, 70)], width=40, height=20)
    far = draw_arena([], REST, [(-50, 600, 50, 610)], width=40, height=20)
    assert len(styled(near, "#8a6d4b")) > 10
    assert not styled(far, "#8a6d4b")


def test_the_view_stands_still_while_the_ball_moves_near_the_start():
    scales = [lines_of(draw_arena([], (x, 0, 0), [], width=40, height=20))[-1] for x in range(0, 85, 5)]
    assert len(set(scales)) == 1


def test_the_scale_names_a_round_length():
    assert lines_of(draw_arena([], REST, [], width=40, height=20))[-1].endswith("50 cm")
    assert lines_of(draw_arena([(0, 0)], (900, 0, 0), [], width=40, height=20))[-1].endswith(" m")


# ---- all of it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(28, 5), (60, 8), (32, 21), (48, 37), (20, 14), (10, 2), (64, 1)])
def test_a_scene_fits_its_space(width: int, height: int):
    lines = lines_of(draw_scene(Scene(face=draw_icon("cat"), x=30, heading=90), width, height))
    assert len(lines) == height
    assert max(cell_len(line) for line in lines) <= width


def test_the_figures_use_as_many_words_as_fit():
    scene = Scene(heading=93, speed=58.4, battery=87)
    assert draw_status(scene, 60).plain.strip() == "heading → 93° · 58 cm/s · battery 87%"
    assert draw_status(scene, 26).plain.strip() == "→ 93° · 58 cm/s · 87%"


def test_an_empty_battery_is_red():
    assert draw_status(Scene(battery=9), 60).style == "red"


def test_without_colours_the_picture_is_still_text():
    console = Console(file=io.StringIO(), width=40)
    console.print(draw_scene(Scene(), 40, 20))
    assert "\x1b" not in console.file.getvalue()  # type: ignore[attr-defined]
