"""Which words are a correction, and which ones only sound like it."""

import pytest

from bolt_agent.ghost.interruptions import is_correction, read_policy
from bolt_agent.robot.errors import BadValue


@pytest.mark.parametrize(
    "text",
    [
        "no, left!",
        "No! The other way",
        "not that",
        "not left, right",
        "oops, I meant red",
        "i mean the red one",
        "I said a circle",
        "that's wrong",
        "wrong way",
        "actually make it blue",
        "the other way",
        "no no not like that",
        "不对，往左",
        "不是，我说的是右边",
        "错了",
        "我的意思是红色",
        "反了反了",
    ],
)
def test_these_correct(text):
    assert is_correction(text)


@pytest.mark.parametrize(
    "text",
    [
        "go left",
        "then show a heart",
        "no",
        "no lights please",
        "do not move for a second",
        "note that",
        "show no face",
        "不要动",
        "然后画一个心",
        "again",
        "roll until you hit something, then say I meant it, " * 4,
    ],
)
def test_these_do_not(text):
    assert not is_correction(text)


def test_an_unknown_policy_names_the_near_ones():
    with pytest.raises(BadValue, match="did you mean interrupt"):
        read_policy("interupt")
