"""The face: icons, colours, text and animations, as people write them."""

import pytest

from bolt_agent.robot import Animation, BadValue, parse_color
from bolt_agent.robot.motions import Character, Fill, Light, Picture, Pixel, Text


def last(stage):
    return stage.motions[-1][1]


@pytest.mark.parametrize(
    ("color", "code"),
    [
        ("red", "#ff0000"),
        ("Blue", "#0000ff"),
        ("#00FF7f", "#00ff7f"),
        ("ffffff", "#ffffff"),
        ((1, 2, 3), "#010203"),
        ([255, 0, 10], "#ff000a"),
    ],
)
def test_a_colour_is_a_name_a_code_or_three_numbers(color, code):
    assert parse_color(color) == code


@pytest.mark.parametrize("color", ["rde", "#12", (1, 2), (0, 0, 256), "", None, 7])
def test_what_is_no_colour_is_refused(color):
    with pytest.raises(BadValue, match="no colour"):
        parse_color(color)


def test_an_icon_has_its_own_colour_or_yours(face, stage):
    face.show("heart")
    assert {color for row in last(stage).rows for color in row} == {"#000000", "#ff0000"}
    face.show("Heart", "blue")
    assert {color for row in last(stage).rows for color in row} == {"#000000", "#0000ff"}


def test_an_unknown_icon_names_the_nearest(face):
    with pytest.raises(BadValue, match="did you mean heart"):
        face.show("hart")


def test_every_call_becomes_one_motion(face, stage):
    face.fill("green")
    face.set_matrix_character("A", "blue")
    face.set_pixel(0, 7, "red")
    face.set_front_led("white")
    face.set_back_led((0, 0, 0))
    assert [motion for _, motion in stage.motions] == [
        Fill(color="#00ff00"),
        Character(character="A", color="#0000ff"),
        Pixel(x=0, y=7, color="#ff0000"),
        Light(which="front", color="#ffffff"),
        Light(which="back", color="#000000"),
    ]


def test_text_keeps_its_colour_and_waits(face, stage):
    face.scroll_matrix_text("HELLO", "yellow", 10)
    assert last(stage) == Text(text="HELLO", color="#ffff00", fps=10)
    assert stage.asked == [("wait", None, "face")]


def test_text_can_go_by_meanwhile(face, stage):
    face.scroll_matrix_text("HELLO", wait=False)
    assert stage.asked == []


def test_long_text_is_split_between_words(face, stage):
    face.scroll_matrix_text("the quick brown fox jumps over the lazy dog")
    pieces = [motion.text for _, motion in stage.motions]
    assert all(len(piece) <= 25 for piece in pieces)
    assert " ".join(pieces) == "the quick brown fox jumps over the lazy dog"


def test_text_without_spaces_is_split_where_it_must(face, stage):
    face.scroll_matrix_text("a" * 60)
    assert "".join(motion.text for _, motion in stage.motions) == "a" * 60


@pytest.mark.parametrize("text", ["你好", "", "   "])
def test_what_the_face_cannot_write_is_refused(face, text):
    with pytest.raises(BadValue, match="Latin letters"):
        face.scroll_matrix_text(text)


def test_the_defaults_of_an_animation_are_a_smile_in_five_colours():
    animation = Animation()
    assert (animation.fps, animation.transition, animation.loop, animation.duration) == (1, True, True, 0.0)
    assert animation.palette == ["#000000", "#ff0000", "#00ff00", "#0000ff", "#ffffff"]
    assert animation.frames[0][1] == [0, 4, 4, 0, 0, 4, 4, 0]


def test_the_first_frame_replaces_the_smile_and_points_do_not_smear():
    animation = Animation().add_frame_by_node([(2, 3, 1)]).add_frame_by_node([], background_color=2)
    assert len(animation.frames) == 2
    assert sum(map(sum, animation.frames[0])) == 1
    assert animation.frames[0][2][3] == 1
    assert animation.frames[1][7] == [2] * 8


def test_animations_do_not_share_their_frames():
    Animation().add_frame(["11111111"] * 8)
    assert Animation().frames != [[[1] * 8] * 8]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Animation(frames=[[[1, 2]]]), "8 rows of 8"),
        (lambda: Animation(fps=31), "fps 31"),
        (lambda: Animation(palette=["red", "blurple"]), "no colour 'blurple'"),
        (lambda: Animation(palette=["red"]).add_frame(["11111111"] * 8), "palette has 1"),
        (lambda: Animation().add_frame(["zzzzzzzz"] * 8), "8 rows of 8 palette indices"),
        (lambda: Animation().add_frame_by_node([(8, 0, 1)]), "row 8"),
        (lambda: Animation(speed=3), "speed 3"),
    ],
)
def test_a_broken_animation_says_what_is_wrong(build, message):
    with pytest.raises(BadValue, match=message):
        build()


def test_a_picture_has_eight_rows_of_eight(face, stage):
    face.show("heart")
    assert isinstance(last(stage), Picture)
    assert [len(row) for row in last(stage).rows] == [8] * 8
