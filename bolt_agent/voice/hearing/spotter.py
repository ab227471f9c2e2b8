"""Spots single words in running sound, without waiting for the end of anything: "stop", and the wake word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

import numpy as np

from bolt_agent.voice.hearing.decoder import Chain, Network, best_places
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.phonemes import FRAME, Floats, PhonemeModel
from bolt_agent.voice.hearing.pronouncing import Pronouncer
from bolt_agent.voice.hearing.sounds import SOUNDS, columns, hear_sounds

__all__ = ["AT_REST", "MOVING", "NEAR_MISSES", "Spot", "Spotter"]

AT_REST = {"stop": -0.6, "stop it": -0.6, "halt": -0.4, "freeze": -0.4}
"""What stops the robot whatever it does, and how badly it may fit, on average over its phonemes."""
MOVING = {
    "stop": -0.8,
    "stop it": -0.8,
    "halt": -0.8,
    "freeze": -0.6,
    "no no no": -0.8,
    "wait": -0.3,
    "wait wait": -0.3,
    "no wait": -0.3,
    "hey wait": -0.3,
    "oh wait": -0.2,
}
"""The same while it moves: a missed stop is worse then. At rest "wait" begins a command, and "no" means nothing."""
NEAR_MISSES = (
    *("step", "star", "start", "store", "stay", "stuff", "story", "spot", "shop", "drop", "starts", "else", "attack"),
    *("hall", "hold", "heart", "hard", "salt", "free", "three", "please", "square"),
)
"""Words like those: where one of them fits better, it was that. ("Top" is none: in noise every "stop" sounds like it.)
"""
BETTER, OVER = 0.25, 0.5
"""How much better, for each phoneme, and over how much of it at least."""

WHOLE = 5
"""Frames of the window before a word: with fewer it may be the rest of another one, which was seen whole before.
(Several words fill the window themselves.)"""
ENDED = 4
"""Frames after a word in which there is no other sound, unless a new word has begun: "waiter" is no "wait"."""

TAILS = {"wait": "w", "halt": "h"}
"""Words that sound like others or their ends, "lost weight", "hallway to", "asphalt", and their first sound. Alone they
come after a pause. ("Stop" is not asked for that: in noise a sound is often heard before it.)"""
PAUSE = 10
"""Frames of one."""

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
            Chain(index, index, way, 0.0)
            for index, phrase in enumerate(self._phrases)
            for way in _ways(phrase)
            if sum(map(len, way)) > 1
        ]
        free = np.zeros(len(self._phrases), np.float32)
        nothing_left_out = np.full(len(SOUNDS), -1e3, np.float32)
        self._network = Network(chains, np.full((len(free), len(free)), -1e3, np.float32), free, free, nothing_left_out)
        self._lengths = np.array([len(chain.sounds) for chain in self._network.chains])
        self._is_miss = np.array([chain.phrase >= len(self._words) for chain in self._network.chains])
        self._last = -SAME_WORD

    def look(self, samples: Samples, now: float, thresholds: Mapping[str, float]) -> Spot | None:
        """The best word of those in the last second that fit well enough. now: seconds, the time of its last sample."""
        window = samples[-WINDOW:]
        log_probs = self._model(window)
        heard = hear_sounds(log_probs, self._model.labels, strict=True)
        best = heard.best[:, None]
        scores, begins, ends = best_places(
            self._network, np.minimum(heard.sounds - best, 0), np.minimum(heard.gaps - best, 0)
        )
        fits = scores / self._lengths
        found = []
        for index in np.flatnonzero(~self._is_miss & (ends > 0)):
            word = self._phrases[self._network.chains[index].phrase]
            if fits[index] < thresholds.get(word, np.inf):
                continue
            over = np.minimum(ends, ends[index]) - np.maximum(begins, begins[index])
            rivals = fits[self._is_miss & (over >= OVER * (ends[index] - begins[index]))]
            start, end = int(heard.frames[begins[index]]), int(heard.frames[ends[index] - 1])
            time = now - len(window) / SAMPLE_RATE + FRAME * (end + 1)
            if (
                time > self._last + SAME_WORD
                and fits[index] > rivals.max(initial=-np.inf) - BETTER
                and self._has_begun(word, log_probs[: start + 1], whole=len(window) < WINDOW)
                and self._has_ended(log_probs[end + 1 :])
            ):
                found.append(Spot(word, float(fits[index]), time))
        if not found:
            return None
        spot = max(found, key=lambda spot: spot.score)
        self._last = spot.time
        return spot

    def _has_begun(self, word: str, before: Floats, *, whole: bool) -> bool:
        """Whether a word is no part of another one.

        before: the frames up to its own first sound. whole: whether there was nothing before those.
        """
        if " " in word:
            return True
        if word not in TAILS:
            return whole or len(before) > WHOLE
        likeliest = (self._model.labels[index] for index in before[-PAUSE:].argmax(axis=1))
        return (whole or len(before) > PAUSE) and all(label in ("<blank>", TAILS[word]) for label in likeliest)

    def _has_ended(self, after: Floats) -> bool:
        """Whether a word is over. after: the frames behind it; where they are too few, the next look knows more."""
        likeliest = [self._model.labels[index] for index in after.argmax(axis=1)]
        quiet = next((at for at, label in enumerate(likeliest) if label != "<blank>"), len(likeliest))
        return quiet >= ENDED or (quiet < len(likeliest) and likeliest[quiet] == "<wb>")


def _ways(phrase: str) -> list[tuple[tuple[int, ...], ...]]:
    pronounce = Pronouncer()
    spoken = [[way for way in map(columns, pronounce(word)) if way] for word in phrase.split()]
    return list(dict.fromkeys(product(*spoken)))
