"""Parting a model's answer into speech and code, however it is cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolt_agent.brains.brain import Code, Say
from bolt_agent.brains.splitting import Splitter

PROGRAM = "def run(moss):\n    moss.face.show('heart')\n"


def split(pieces):
    splitter = Splitter()
    parts = [part for piece in pieces for part in splitter.feed(piece)]
    parts += splitter.end()
    merged = []
    for part in parts:
        if merged and type(merged[-1]) is type(part):
            merged[-1] = type(part)(merged[-1].text + part.text)
        else:
            merged.append(part)
    return merged


@pytest.mark.parametrize(
    "answer",
    [
        f"Watch me!\n```python\n{PROGRAM}```\nDone.",
        f"Watch me!\n```py\n{PROGRAM}```\nDone.",
        f"Watch me!\n```\n{PROGRAM}```\nDone.",
        f"Watch me!\n<moss>{PROGRAM}</moss>\nDone.",
    ],
)
def test_speech_code_and_speech_come_in_order_wherever_the_answer_is_cut(answer):
    whole = split([answer])
    assert [type(part) for part in whole] == [Say, Code, Say]
    assert whole[1].text == PROGRAM
    for cut in range(len(answer)):
        assert split([answer[:cut], answer[cut:]]) == whole
    assert split(answer) == whole


def test_a_block_that_was_never_closed_is_code_to_the_end():
    assert split([f"```python\n{PROGRAM}"]) == [Code(PROGRAM)]


def test_a_block_in_another_language_is_not_run_and_not_said():
    assert split(['Here: ```json\n{"a": 1}\n``` ok']) == [Say("Here:  ok")]


def test_two_programs_stay_two_when_something_is_said_between_them():
    parts = split(["```\na = 1\n``` and <moss>b = 2</moss>"])
    assert parts == [Code("a = 1\n"), Say(" and "), Code("b = 2")]


def test_speech_is_given_before_the_answer_is_over():
    splitter = Splitter()
    assert list(splitter.feed("Hello there")) == [Say("Hello there")]


@given(st.text(alphabet="`<mos>/ab\n", max_size=60), st.integers(1, 5))
def test_no_answer_loses_its_speech_and_none_raises(answer, size):
    pieces = [answer[i : i + size] for i in range(0, len(answer), size)]
    assert split(pieces) == split([answer])
