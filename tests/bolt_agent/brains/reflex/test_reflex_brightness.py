"""Brighter and dimmer: what is lit is lit again with less or more of its colour; shades are colours of their own."""

import re

import pytest
from reflex_stage import rows

from bolt_agent.brains.reflex import ReflexBrain
from bolt_agent.robot.colors import parse_color

DIMMED = """
turn red                 | dimmer                                   | 0.5
turn red                 | a bit darker                             | 0.7
turn red                 | half as bright, please                   | 0.5
turn red                 | brightness at twenty percent             | 0.2
turn red                 | set your brightness to 20 %              | 0.2
turn red                 | brightness halfway                       | 0.5
turn red                 | turn your lights down low                | 0.1
turn red                 | be as dim as you can                     | 0.1
turn red                 | can you make it much darker              | 0.25
show a red heart         | dim it                                   | 0.5
show a heart             | dimmer                                   | 0.5
show the letter a in red | turn the brightness down                 | 0.5
make your front light red| dim your front light                     | 0.5
turn red                 | it's too bright, dim it                  | 0.5
turn red                 | 暗一点                                   | 0.5
"""

SHADES = """
dark green                            | #005900
go a darker green                     | #005900
a lighter green                       | #80ff80
make it light pink                    | #ffa8d0
show a dark green tree                | #005900
set front led to red at fifty percent | #800000
glow green at half brightness         | #008000
be a soft orange                      | #ffc080
"""


def colors(code: str | None) -> list[str]:
    found = re.findall(r'"(#[0-9a-f]{6}|red|green|black|white|navy|maroon)"', code or "")
    return [parse_color(color) for color in found]


@pytest.mark.parametrize(("first", "said", "share"), rows(DIMMED))
def test_what_is_lit_is_dimmed(first: str, said: str, share: str) -> None:
    brain = ReflexBrain()
    brain.think(first)
    thought = brain.think(said)

    (red,) = {int(color[1:3], 16) for color in colors(thought.code)}
    assert red == pytest.approx(255 * float(share), abs=2)


@pytest.mark.parametrize(("said", "color"), rows(SHADES))
def test_a_shade_is_a_color(said: str, color: str) -> None:
    brain = ReflexBrain()
    brain.think("turn white")

    assert color in colors(brain.think(said).code)


def test_dimming_does_not_roll_again() -> None:
    brain = ReflexBrain()
    brain.think("turn green and roll forward")

    assert "roll" not in (brain.think("dimmer").code or "")


def test_brighter_undoes_dimmer_and_full_is_said_to_be_full() -> None:
    brain = ReflexBrain()
    brain.think("turn green")
    brain.think("dimmer")

    assert colors(brain.think("brighter").code) == ["#00ff00"]
    assert "as bright as my lights get" in brain.think("brighter").reply
    assert brain.think("as bright as possible").code is None


def test_nothing_lit_is_said() -> None:
    thought = ReflexBrain().think("dim your lights")

    assert (thought.code, thought.status) == (None, "refused")
    assert "None of my lights is on" in thought.reply


def test_full_brightness_with_nothing_lit_is_white() -> None:
    assert colors(ReflexBrain().think("full brightness").code) == ["#ffffff"]


@pytest.mark.parametrize("said", ["get dimmer and dimmer", "fade out", "fade your lights out"])
def test_it_fades_out_little_by_little(said: str) -> None:
    brain = ReflexBrain()
    brain.think("turn red")
    code = brain.think(said).code

    shown = [int(color[1:3], 16) for color in colors(code)]
    assert len(shown) > 4
    assert shown == sorted(shown, reverse=True)
    assert shown[-1] == 0


def test_a_picture_fades_as_a_picture() -> None:
    brain = ReflexBrain()
    brain.think("show a red heart")

    assert 'show("heart", color)' in (brain.think("fade out").code or "")


def test_it_breathes_in_a_color() -> None:
    thought = ReflexBrain().think("breathe in blue, slowly")

    assert "breathing in blue" in thought.reply.lower()
    assert '"#0000ff"' in thought.code or '"blue"' in thought.code


def test_a_brightness_holds_for_the_rest_of_its_sentence() -> None:
    code = ReflexBrain().think("set your brightness to fifty percent and turn green").code

    assert colors(code)[-1] == "#008000"


@pytest.mark.parametrize("talk", ["it is getting darker outside", "the light is bright", "he dims the lights"])
def test_talk_about_brightness_changes_nothing(talk: str) -> None:
    assert ReflexBrain().think(talk).code is None


def test_a_die_is_not_thrown_again_to_make_it_darker() -> None:
    brain = ReflexBrain()
    brain.think("roll the dice")
    thought = brain.think("dimmer")

    assert thought.code is None
    assert "cannot change" in thought.reply
