"""The search over a network of phrases, against one that tries everything."""

from itertools import groupby, pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolt_agent.voice.hearing.decoder import Chain, Network, best_places, decode

A, B, C, D = range(4)
NOTHING = 4
PHRASES = [((A, B),), ((C, D),), ((C, C, D),), ((A,), (D,))]
"""The words of each phrase, and the sounds of each word. None begins with a sound that one ends with: the search lets
two of the same melt into one there, as people do."""


def network_of(phrases):
    """A network in which every phrase is a class of its own, and no sound is left out."""
    size = len(phrases)
    chains = [Chain(phrase, phrase, words, weight=0.0) for phrase, words in enumerate(phrases)]
    follows = np.linspace(-2, -0.5, size * size, dtype=np.float32).reshape(size, size)
    begins, ends = np.full(size, -1.4, np.float32), np.linspace(-0.5, -1.5, size, dtype=np.float32)
    return Network(chains, follows, begins, ends, skipping=np.full(NOTHING, -1000.0, np.float32))


@pytest.fixture(scope="module")
def network():
    return network_of(PHRASES)


def heard(seed, frames):
    """Logarithms of how likely each sound and nothing is."""
    logits = np.random.default_rng(seed).normal(0, 2, (frames, NOTHING + 1))
    return (logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))).astype(np.float32)


def search(network, log_probs):
    """The best phrases, and their score, by every way to label the frames."""
    sounds = {phrase: tuple(sound for word in words for sound in word) for phrase, words in enumerate(PHRASES)}
    said = {}
    for number in (1, 2):
        for phrases in product(sounds, repeat=number):
            grammar = network.begins[phrases[0]] + network.ends[phrases[-1]]
            grammar += sum(network.follows[before, after] for before, after in pairwise(phrases))
            flat = tuple(sound for phrase in phrases for sound in sounds[phrase])
            said.setdefault(flat, []).append((float(grammar), phrases))
    best = {}
    for labels in product(range(NOTHING + 1), repeat=len(log_probs)):
        flat = tuple(label for label, _ in groupby(labels) if label != NOTHING)
        score = float(sum(row[label] for row, label in zip(log_probs, labels, strict=True)))
        for grammar, phrases in said.get(flat, []):
            best[phrases] = max(best.get(phrases, -np.inf), score + grammar)
    return max(best.items(), key=lambda item: item[1])


def read(network, log_probs):
    """What the search makes of it."""
    nothing = np.repeat(log_probs[:, NOTHING:], 2, axis=1)
    return decode(network, log_probs[:, :NOTHING], nothing, log_probs.max(axis=1))


@given(seed=st.integers(0, 10_000), frames=st.integers(2, 5))
def test_it_finds_what_is_best_of_all(network, seed, frames):
    log_probs = heard(seed, frames)
    _, score = search(network, log_probs)
    assert read(network, log_probs)[0].score == pytest.approx(score, abs=0.1)


def test_what_cannot_have_ended_is_no_reading():
    assert read(network_of([((A, B, C, D),)]), heard(0, 1)) == []


def test_the_best_place_of_each_phrase_is_found(network):
    log_probs = np.full((8, NOTHING + 1), -5.0, np.float32)
    log_probs[np.arange(8), [NOTHING, NOTHING, A, B, NOTHING, C, D, NOTHING]] = 0.0
    scores, begins, ends = best_places(network, log_probs[:, :NOTHING], np.zeros((8, 2), np.float32))
    found = {chain.phrase: place for chain, place in zip(network.chains, zip(begins, ends, strict=True), strict=True)}
    assert found[0] == (2, 4)
    assert found[1] == (5, 7)
    assert scores.shape == (4,)
