"""Pauses become commas where one would write them."""

import numpy as np
import pytest

from bolt_agent.voice.hearing.grammar import Grammar
from bolt_agent.voice.hearing.phonemes import FRAME
from bolt_agent.voice.hearing.writing import write_text

WORD = 10
"""Frames of a phrase."""


@pytest.fixture(scope="module")
def phrases():
    return {phrase.text: phrase for phrase in Grammar().phrases}


@pytest.fixture
def written(phrases):
    def write(*said):
        """The text of phrases; a number is a pause of so many seconds."""
        heard, quiet = [], []
        for one in said:
            if isinstance(one, str):
                heard.append((phrases[one], len(quiet), len(quiet) + WORD))
                quiet += [0.0] * WORD
            else:
                quiet += [1.0] * round(one / FRAME)
        log_probs = np.log(np.maximum(np.array([[1 - q, 0.0, q] for q in quiet]), 1e-9))
        return write_text(heard, log_probs, np.arange(len(quiet)))

    return write


def test_a_pause_between_two_commands_is_a_comma(written):
    assert written("turn", "left", 0.3, "show", "a", "heart") == "turn left, show a heart"


def test_what_joins_has_no_comma_before_it(written):
    assert written("heading", "ninety", 0.4, "with speed", "sixty") == "heading 90 with speed 60"


def test_without_a_pause_there_is_none_inside_of_a_command(written):
    assert written("roll", "forward", "for", "two", "seconds") == "roll forward for two seconds"
    assert written("show", 0.1, "a", "heart") == "show a heart"


def test_two_numbers_with_a_pause_in_between_are_two(written):
    assert written("speed", "one", "hundred", "twenty", 0.3, "two", "seconds") == "speed 120, two seconds"
    assert written("speed", "one", "hundred", "twenty", "two") == "speed 122"
