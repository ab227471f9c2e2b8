"""What people say is likelier than the same words in another order, and rare is not impossible."""

from itertools import pairwise

import numpy as np
import pytest

from bolt_agent.brains.reflex.lexicon import load_lexicon
from bolt_agent.voice.hearing import language
from bolt_agent.voice.hearing.grammar import Grammar
from bolt_agent.voice.hearing.language import Counts, Language, Spoken, count_sentences, counts


@pytest.fixture(scope="module")
def grammar():
    return Grammar()


def likelihood(grammar, *phrases):
    numbers = {phrase.text: number for number, phrase in enumerate(grammar.phrases)}
    return grammar.likelihood(numbers[phrase] for phrase in phrases)


@pytest.mark.parametrize(
    ("said", "jumbled"),
    [
        (("turn", "left", "ninety", "degrees"), ("degrees", "turn", "ninety", "left")),
        (("show", "a", "red", "heart"), ("red", "a", "show", "heart")),
        (("roll", "forward", "for", "two", "seconds"), ("forward", "two", "roll", "seconds", "for")),
    ],
)
def test_the_usual_order_is_likelier(grammar, said, jumbled):
    assert likelihood(grammar, *said) > likelihood(grammar, *jumbled) + 3


@pytest.fixture
def counted():
    """Three sentences: a b c, a b c, x b d."""
    counted = Counts()
    for sentence in (["a", "b", "c"], ["a", "b", "c"], ["x", "b", "d"]):
        whole = [language.BEGIN, language.BEGIN, *sentence, language.END]
        for triple in zip(whole, whole[1:], whole[2:], strict=False):
            counted.triples[triple] += 1
    return counted


def test_what_stood_before_counts_as_well(counted):
    said = Language("abcdx", counted)
    assert said("abc") > said("abd")
    assert said("xbd") > said("xbc")


def test_what_may_follow_adds_up_to_one(counted):
    said = Language("abcdx", counted)
    for first, second in pairwise([language.BEGIN, *"abx"]):
        chances = [np.exp(said._follows(first, second, third)) for third in [*"abcdx", language.END]]
        assert sum(chances) == pytest.approx(1, abs=0.01)
        assert min(chances) > 0


def test_counting_and_reading_agree(tmp_path, monkeypatch):
    lexicon = load_lexicon("en")
    roll, left, then = (lexicon.phrases[word,] for word in ("roll", "left", "then"))
    sentence = [Spoken(roll, ("roll",)), Spoken(left, ("left",)), Spoken(then, ("then",), pause=True)]
    file = tmp_path / "weights.txt"
    file.write_text("\n".join(count_sentences([sentence] * 3)), encoding="utf-8")
    monkeypatch.setattr(language, "FILE", file)
    counts.cache_clear()
    try:
        read = counts()
    finally:
        monkeypatch.undo()
        counts.cache_clear()
    assert read.phrases["roll",] == 3
    assert read.kinds["move", "direction"] == 3
    assert read.pause_odds("direction", "then") > 0 > read.pause_odds("move", "direction")
