"""What is said aloud, and in which pieces."""

import pytest

from bolt_agent.brains.reflex import lexicon
from bolt_agent.voice.speech.sentences import Sentences
from bolt_agent.voice.speech.wording import as_spoken


def cut(*pieces):
    """The sentences that each piece completes, and what the end completes."""
    sentences = Sentences()
    return [*(sentences.add(piece) for piece in pieces), sentences.end()]


def test_a_sentence_is_there_as_soon_as_its_last_sign_is():
    assert cut("I roll", " ahead!", " Then I", " turn. Bye") == [
        [], ["I roll ahead!"], [], ["Then I turn."], ["Bye"],
    ]  # fmt: skip


def test_numbers_and_abbreviations_are_not_torn_apart():
    assert cut("About 0", ".", "5 m, e.g. to Dr. Who. ", "Yes") == [
        [], [], ["About 0.5 m, e.g. to Dr. Who."], [], ["Yes"],
    ]  # fmt: skip


def test_chinese_sentences_and_lines_end_too():
    assert cut("你好。我转", "圈！\n- one\n") == [["你好。"], ["我转圈！", "- one"], []]


def test_a_fence_of_code_is_left_out_however_it_is_torn():
    assert cut("Look:\n``", "`python\nmoss.body.stop()\n`", "``\nDone.") == [["Look:"], [], ["Done."], []]
    assert cut("Look: ```\nx = 1.\ny = 2.") == [["Look:"], []]


def test_a_long_sentence_that_comes_whole_is_cut_as_well():
    (pieces, rest) = cut(
        "I roll, turn and spin, go a distance, trace shapes such as a square, a circle, a star, and dance all night."
    )
    assert len(pieces) == 2
    assert rest == []


def test_a_breathless_sentence_is_cut_at_a_comma():
    pieces = [sentence for found in cut("and so on, " * 60) for sentence in found]
    assert len(pieces) > 5
    assert all(len(piece) <= 100 and piece.endswith("on,") for piece in pieces)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Stopped.", "Standing still."),
        ("OK: from now on, if I bump, I stop.", "OK: from now on, if I bump, I stand still."),
        ("Rolling at 50 cm/s for 2 s – then **spin**", "Rolling at 50 centimeters a second for 2 seconds, then spin"),
        ("Now `moss.body.spin(360, 1)` runs", "Now runs"),
        ("A `heart`!", "A heart!"),
        ("- see [the docs](https://example.org/a) 🎉", "see the docs"),
        ("🎉 ...", ""),
        ("No, no, no: wait, I freeze.", "No: pause, I keep still."),
    ],
)
def test_how_it_is_spoken(written, spoken):
    assert as_spoken(written) == spoken


def test_the_robot_never_says_a_word_that_would_stop_it():
    words = lexicon.HOME.joinpath("en", "stop.txt").read_text(encoding="utf-8").split("stop = ")[1].splitlines()[0]
    for word in [*words.split(", "), "wait", "no no no"]:
        spoken = as_spoken(f"I will {word} now. {word.capitalize()}!").lower()
        assert word not in spoken.split() and f"{word}!" not in spoken, spoken  # noqa: PT018
