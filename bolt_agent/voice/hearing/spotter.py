"""Spots single words in running sound, without waiting for the end of anything: "stop", and the wake word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from bolt_agent.voice.hearing.decoder import Chain, Network, best_places
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.phonemes import FRAME, Floats, PhonemeModel
from bolt_agent.voice.hearing.pronouncing import Pronouncer
from bolt_agent.voice.hearing.sounds import SOUNDS, column, hear_sounds

__all__ = ["AT_REST", "MOVING", "NEAR_MISSES", "Spot", "Spotter"]

AT_REST = {"stop": -0.6, "stop it": -0.6, "halt": -0.4, "freeze": -0.4}
"""What stops the robot whatever it does, and how badly it may fit, on average over its phonemes."""
MOVING = {"stop": -1.0, "stop it": -1.0, "halt": -0.8, "freeze": -0.6, "wait": -0.01, "no no no": -2.0}
"""The same while it moves: a missed stop is worse then. At rest the last two begin a command or mean nothing."""
NEAR_MISSES = (
    *("step", "star", "start", "store", "stay", "stuff", "story", "spot", "shop", "drop", "starts", "else", "attack"),
    *("hall", "hold", "heart", "hard", "salt", "free", "three", "please", "square"),
)
"""Words like those: where one of them fits better, it was that. ("Top" is none: in noise every "stop" sounds like it.)
"""
BETTER = 0.25
"""How much better, for each phoneme."""

WHOLE = 5
"""Frames of the window before a word: with fewer it may be the rest of another one, which was seen whole before.
(Several words fill the window themselves.)"""
ENDED = 4
"""Frames after a word in which there is no other sound, unless a new word has begun: "waiter" is no "wait"."""

TAILS = {"wait": "w", "halt": "h"}
"""Words that others end with, "hallway to", "asphalt", and their first sound. Before these there is no other sound, or
a new word has begun. ("Stop" is not asked for that: in noise a sound is often heard before it.)"""
BEGUN = 7
"""Frames before a word in which that counts."""

WINDOW = SAMPLE_RATE
"""Samples that a word is looked for in."""
SAME_WORD = 0.6
"""Seconds within which nothing is spotted again."""


class Spot(NamedTuple):
    """A word that was spotted. score: how well it fits for each phoneme, 0 is best; time: seconds, where it ended."""

    word: str
    score: float
    time: float


class Spotter:
    """Looks for words in the last second of sound. near_misses: what is not to be mistaken for them."""

    def __init__(self, model: PhonemeModel, words: Iterable[str], near_misses: Iterable[str] = ()) -> None:
        self._model = model
        self._words = list(words)
        self._phrases = [*self._words, *near_misses]
        chains = [
            Chain(index, index, sounds, 0.0)
            for index, phrase in enumerate(self._phrases)
            for sounds in _ways(phrase)
            if len(sounds) > 1
        ]
        free = np.zeros(len(self._phrases), np.float32)
        nothing_left_out = np.full(len(SOUNDS), -1e3, np.float32)
        self._network = Network(chains, np.full((len(free), len(free)), -1e3, np.float32), free, free, nothing_left_out)
        self._last = -SAME_WORD

    def look(self, samples: Samples, now: float, thresholds: Mapping[str, float]) -> Spot | None:
        """The best word of those in the last second that fit well enough. now: seconds, the time of its last sample."""
        window = samples[-WINDOW:]
        log_probs = self._model(window)
        heard = hear_sounds(log_probs, self._model.labels, strict=True)
        best = heard.best[:, None]
        scores, begins, ends = best_places(
            self._network, np.minimum(heard.sounds - best, 0), np.minimum(heard.gaps[:, :1] - best, 0)
        )
        lengths = np.array([len(chain.sounds) for chain in self._network.chains])
        fits = scores / lengths
        is_miss = np.array([chain.phrase >= len(self._words) for chain in self._network.chains])
        missed = fits[is_miss].max(initial=-np.inf) - BETTER
        found = []
        for index in np.flatnonzero(~is_miss & (fits > missed)):
            word = self._phrases[self._network.chains[index].phrase]
            frame = int(heard.frames[ends[index] - 1]) if ends[index] else 0
            spot = Spot(word, float(fits[index]), now - len(window) / SAMPLE_RATE + FRAME * (frame + 1))
            if spot.score < thresholds.get(word, np.inf) or spot.time <= self._last + SAME_WORD:
                continue
            start = int(heard.frames[begins[index]])
            is_whole = " " in word or len(window) < WINDOW or start >= WHOLE
            has_begun = word not in TAILS or self._has_begun(log_probs[: start + 1], TAILS[word])
            if is_whole and has_begun and self._has_ended(log_probs[frame + 1 :]):
                found.append(spot)
        if not found:
            return None
        spot = max(found, key=lambda spot: spot.score)
        self._last = spot.time
        return spot

    def _has_begun(self, before: Floats, first: str) -> bool:
        """Whether a word is no part of another one. before: the frames up to its own first sound."""
        likeliest = [self._model.labels[index] for index in before[-BEGUN:].argmax(axis=1)]
        others = [label for label in likeliest if label not in ("<blank>", first)]
        return not others or others[-1] == "<wb>"

    def _has_ended(self, after: Floats) -> bool:
        """Whether a word is over. after: the frames behind it; where they are too few, the next look knows more."""
        likeliest = [self._model.labels[index] for index in after.argmax(axis=1)]
        quiet = next((at for at, label in enumerate(likeliest) if label != "<blank>"), len(likeliest))
        return quiet >= ENDED or (quiet < len(likeliest) and likeliest[quiet] == "<wb>")


def _ways(phrase: str) -> list[tuple[int, ...]]:
    pronounce = Pronouncer()
    ways: list[tuple[int, ...]] = [()]
    for word in phrase.split():
        spoken = [tuple(at for sound in way if (at := column(sound)) is not None) for way in pronounce(word)]
        ways = [before + way for before in ways for way in spoken]
    return list(dict.fromkeys(ways))
