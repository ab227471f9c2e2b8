"""The search over a network of phrases, against one that tries everything."""

from itertools import groupby, pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolt_agent.voice.hearing.decoder import Chain, Network, best_places, decode

A, B, C = range(3)
NOTHING = 3
NEVER = -30.0
PHRASES = [((A,),), ((A, B),), ((C, C),), ((B,), (C,))]
"""The words of each phrase, and the sounds of each word."""


@pytest.fixture(scope="module")
def network():
    chains = [Chain(phrase, phrase, words, weight=0.0) for phrase, words in enumerate(PHRASES)]
    some = np.linspace(-2, -0.5, 16, dtype=np.float32).reshape(4, 4)
    begins, ends = np.full(4, -1.4, np.float32), np.linspace(-0.5, -1.5, 4, dtype=np.float32)
    return Network(chains, some, begins, ends, skipping=np.full(3, NEVER, np.float32))


def heard(seed, frames):
    """Logarithms of how likely each sound and nothing is."""
    logits = np.random.default_rng(seed).normal(0, 2, (frames, 4))
    return (logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))).astype(np.float32)


def search(network, log_probs):
    """The best phrases, and their score, by every way to label the frames."""
    sounds = {phrase: tuple(sound for word in words for sound in word) for phrase, words in enumerate(PHRASES)}
    said = {}
    for number in (1, 2, 3):
        for phrases in product(sounds, repeat=number):
            grammar = network.begins[phrases[0]] + network.ends[phrases[-1]]
            grammar += sum(network.follows[before, after] for before, after in pairwise(phrases))
            flat = tuple(sound for phrase in phrases for sound in sounds[phrase])
            said.setdefault(flat, []).append((float(grammar), phrases))
    best = {}
    for labels in product(range(4), repeat=len(log_probs)):
        flat = tuple(label for label, _ in groupby(labels) if label != NOTHING)
        score = float(sum(row[label] for row, label in zip(log_probs, labels, strict=True)))
        for grammar, phrases in said.get(flat, []):
            best[phrases] = max(best.get(phrases, -np.inf), score + grammar)
    return max(best.items(), key=lambda item: item[1])


@given(seed=st.integers(0, 10_000), frames=st.integers(2, 5))
def test_it_finds_what_is_best_of_all(network, seed, frames):
    log_probs = heard(seed, frames)
    nothing = np.repeat(log_probs[:, NOTHING:], 2, axis=1)
    reading = decode(network, log_probs[:, :NOTHING], nothing, log_probs.max(axis=1))[0]
    _, score = search(network, log_probs)
    assert reading.score == pytest.approx(score, abs=0.2)


def test_what_was_not_heard_to_its_end_is_no_reading(network):
    log_probs = heard(0, 1)
    readings = decode(
        network, log_probs[:, :NOTHING], np.repeat(log_probs[:, NOTHING:], 2, axis=1), log_probs.max(axis=1)
    )
    assert {tuple(word.chain.phrase for word in reading.words) for reading in readings} == {(0,)}


def test_the_best_place_of_each_phrase_is_found(network):
    log_probs = np.full((8, 4), -5.0, np.float32)
    log_probs[np.arange(8), [NOTHING, NOTHING, A, B, NOTHING, C, NOTHING, C]] = 0.0
    scores, begins, ends = best_places(network, log_probs[:, :NOTHING], np.zeros((8, 2), np.float32))
    found = {chain.phrase: place for chain, place in zip(network.chains, zip(begins, ends, strict=True), strict=True)}
    assert found[1] == (2, 4)
    assert found[2] == (5, 8)
    assert scores.shape == (4,)
