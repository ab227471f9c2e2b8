"""A key of a terminal that repeats while it is held, and never says that it was let go."""

import pytest

from bolt_agent.voice.push_to_talk import TalkKey


@pytest.fixture
def key():
    key = TalkKey(lambda: key.log.append("talk"), lambda: key.log.append("done"))
    key.log = []
    return key


def play(key, presses, until):
    """Press it at those times; time passes in twentieths of a second."""
    for step in range(round(until * 20)):
        while presses and presses[0] <= step / 20:
            key.key(presses.pop(0))
        key.tick(step / 20)
    return key.log


def test_press_talk_and_press_again(key):
    assert play(key, [0.1, 2.5], until=4) == ["talk", "done"]


def test_hold_talk_and_let_go(key):
    held = [0.1, *(0.6 + repeat / 30 for repeat in range(45))]  # half a second, then thirty times a second
    assert play(key, held, until=2.05) == ["talk"]
    for step in range(42, 80):
        key.tick(step / 20)
    assert key.log == ["talk", "done"]


def test_one_press_stays_open(key):
    assert play(key, [0.1], until=30) == ["talk"]
    assert key.talking


def test_again_and_again(key):
    assert play(key, [0.1, 2, 5, 7], until=9) == ["talk", "done"] * 2
