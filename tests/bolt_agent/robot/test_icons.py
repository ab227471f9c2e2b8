"""The gallery holds drawings: each is well-formed, and what is symmetric in life is symmetric here."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.icons import draw_icon, icon_names, load_icons

SYMMETRIC = [
    *("smile", "sad", "surprised", "angry", "neutral", "sleepy", "laugh", "cool", "heart", "star", "arrow up"),
    *("arrow down", "cross", "exclamation", "peace", "sun", "snowflake", "flower", "tree", "cat", "dog", "ghost"),
    *("robot", "skull", "eye", "rocket", "house", "battery", "diamond", "bell", "crown"),
    *("rabbit", "frog", "bear", "penguin", "mouse", "pig", "monkey", "lion", "owl", "spider", "bat", "butterfly"),
    *("ladybug", "alien", "paw", "snowman", "crossbones", "mushroom", "cake", "present", "trophy", "lock", "shield"),
    *("castle", "lighthouse", "plane", "ufo", "football", "dice", "uk flag"),
]


def lit(name: str) -> int:
    return sum(dot != "#000000" for row in draw_icon(name) for dot in row)


def test_the_gallery_has_many_icons():
    assert len(icon_names()) >= 120


def test_no_name_stands_for_two_icons():
    text = files("bolt_agent.robot").joinpath("icons.txt").read_text(encoding="utf-8")
    heads = [line.partition(":")[0] for line in text.splitlines() if ": " in line and not line.startswith("//")]
    names = Counter(name.strip() for head in heads for name in head.split(","))
    assert [name for name, count in names.items() if count > 1] == []
    assert set(names) == set(load_icons())


def test_names_are_written_as_people_say_them():
    assert all(name == " ".join(name.lower().replace("_", " ").split()) for name in load_icons())


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_is_big_enough_to_see_and_leaves_some_dark(name: str):
    rows = draw_icon(name)
    assert [len(row) for row in rows] == [8] * 8
    assert 10 <= lit(name) <= 56


@pytest.mark.parametrize("name", SYMMETRIC)
def test_left_and_right_mirror_each_other(name: str):
    assert all(row == row[::-1] for row in draw_icon(name))


def test_left_and_right_arrows_mirror_each_other():
    assert draw_icon("arrow left") == tuple(row[::-1] for row in draw_icon("arrow right"))


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("happy", "smile"),
        ("happy face", "smile"),
        ("frown", "sad"),
        ("love", "heart"),
        ("tick", "check"),
        ("x", "cross"),
        ("bunny", "rabbit"),
        ("birthday cake", "cake"),
        ("union jack", "uk flag"),
    ],
)
def test_an_icon_answers_to_other_names(alias: str, name: str):
    assert draw_icon(alias) == draw_icon(name)


def test_a_colour_paints_the_whole_icon():
    dots = {dot for row in draw_icon("house", "#00ff00") for dot in row}
    assert dots == {"#000000", "#00ff00"}


def test_an_unknown_icon_names_what_is_near():
    with pytest.raises(BadValue, match="heart"):
        draw_icon("hart")
