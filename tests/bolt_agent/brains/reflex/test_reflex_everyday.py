"""Commands as people say them every day: what comes when, what a thing is called, and what goes without saying."""

# ruff: noqa: E501  # what is said and what is done stand side by side

import pytest
from reflex_stage import perform

from bolt_agent.brains.reflex import ReflexBrain

ORDERS = """
roll forward four seconds but turn your face blue after one second | drive 0 speed 90 for 4 / sleep 1 / fill blue
go forward then show a star after two seconds       | drive 0 speed 90 for 1.5 / rest 2 / until rest / show star
spin and after two seconds roll                     | spin 360 in 1 / rest 2 / drive 0 speed 90 for 1.5
roll forward and after two seconds turn left        | drive 0 speed 90 for 2 / turn 270
spin and after turning left show a heart            | spin 360 in 1 / turn 270 / until rest / show heart
spin twice and after you show a heart               | spin 720 in 2 / until rest / show heart
when you are done spinning show a star              | show star
spin and when you are finished spinning show a star | spin 360 in 1 / until rest / show star
go in front for two seconds                         | drive 0 speed 90 for 2
"""

LIGHTS = """
turn your back light red, wait one second and then turn it off | back red / pause 1 / clear / front black / back black
turn it off                                         | clear / front black / back black
stop the light                                      | clear / front black / back black
"""


def table(text):
    return [tuple(part.strip() for part in line.split("|", 1)) for line in text.splitlines() if line]


@pytest.mark.parametrize(("said", "done"), table(ORDERS + LIGHTS))
def test_an_everyday_command_does_what_was_meant(said, done):
    thought = ReflexBrain().think(said)
    assert thought.status == "ok", thought.reply
    assert " / ".join(perform(thought.code)) == done


@pytest.mark.parametrize(
    ("taught", "name", "done"),
    [
        ("define a move called wag that turns left thirty degrees and then right thirty degrees", "wag", "turn 330 / turn 0"),
        ("learn a trick called hop which rolls forward one second and spins", "hop", "drive 0 speed 90 for 1 / spin 360 in 1"),
    ],
)  # fmt: skip
def test_a_name_ends_where_it_is_told_what_the_move_does(taught, name, done):
    brain = ReflexBrain()
    assert f"the move {name}." in brain.think(taught).reply
    assert " / ".join(perform(brain.think(f"do the {name}").code)) == done
