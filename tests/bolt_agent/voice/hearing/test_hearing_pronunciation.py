"""Words of no dictionary get a pronunciation."""

import pytest

from bolt_agent.brains.reflex.lexicon import load_lexicon
from bolt_agent.voice.hearing import pronouncing
from bolt_agent.voice.hearing.g2p import G2P
from bolt_agent.voice.hearing.grammar import phrases_of
from bolt_agent.voice.hearing.pronouncing import Pronouncer

WORDS = {"roll": "ɹ oʊ l", "banana": "b ə n æ n ə", "zigzag": "z ɪ g z æ g", "snorkelbop": "s n ɔ ɹ k ə l b ɑ p"}


@pytest.fixture(scope="module")
def g2p():
    pytest.importorskip("hama", reason="the model is inside of hama: pip install 'bolt-agent[voice]'")
    return G2P()


@pytest.mark.parametrize("word", WORDS)
def test_words_are_spelled_out_in_phonemes(g2p, word):
    assert " ".join(g2p(word)) == WORDS[word]


def test_marks_are_not_spoken(g2p):
    assert g2p("?!") == ()


def test_a_word_of_the_dictionary_is_said_in_all_its_ways():
    assert {("s", "t", "ɑ", "p")} <= set(Pronouncer()("stop"))
    assert len(Pronouncer()("the")) > 1


def test_a_start_works_out_no_pronunciation(monkeypatch):
    asked = []
    monkeypatch.setattr(pronouncing, "_model", lambda: lambda word: asked.append(word) or ())
    pronounce = Pronouncer()
    words = {word for phrase in phrases_of(load_lexicon("en")) for word in phrase.words}
    assert words
    for word in words:
        pronounce(word)
    assert not asked, "write pronunciations.txt anew: python -m bolt_agent.voice.hearing.pronouncing"
