"""The sounds that words are told apart by: the phonemes of English, and which are mistaken for which."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bolt_agent.voice.hearing.phonemes import Floats
from bolt_agent.voice.hearing.pronouncing import IPA, SAME

__all__ = ["SOUNDS", "Sounds", "column", "columns", "hear_sounds", "is_mark", "skipping"]

SOUNDS = tuple(sorted({SAME.get(sound, sound) for sound in IPA.values()} | {"o", "e", "a", "ɾ", "õ"}))
"""What is told apart; the phoneme model writes some words with spelled vowels ("one": o n e), so those are here too."""

VOWELS = frozenset(["ɑ", "æ", "ə", "ɔ", "aʊ", "aɪ", "ɛ", "ɝ", "eɪ", "ɪ", "i", "oʊ", "ɔɪ", "ʊ", "u", "o", "e", "a", "õ"])

CONFUSIONS = files("bolt_agent.voice.hearing").joinpath("confusions.txt")
"""What was said, what the model heard (`-` for nothing), and how often; `benchmarks/voice_confusions.py` counts."""
MISTAKEN = 0.005
"""The share of a sound's likelihood that counts for every other one, counted or not."""
STRICT_VOWELS = {("ɔ", "ɑ"): 0.5, ("ɑ", "ɔ"): 0.5, ("ə", "ɑ"): 0.1}
"""Vowels that are the same in the mouths of many."""
LOST_SCALE = 0.5
LOST = 0.005
"""The same for a sound that was not heard at all."""

FLOOR = -7.0
"""No frame counts for less than this: a noise in the middle of a word is not the end of it."""
BLANK_RUN = 0.95
"""Frames in a row that are surely nothing count as one."""


class Sounds(NamedTuple):
    """What was heard, for the decoder. frames: for each row, which frame of the model it was."""

    sounds: Floats
    gaps: Floats
    best: Floats
    frames: NDArray[np.intp]


@cache
def _columns() -> dict[str, int]:
    return {sound: index for index, sound in enumerate(SOUNDS)}


def column(sound: str) -> int | None:
    """The column of a phoneme as the model writes it; none for marks that are no sounds of English."""
    return _columns().get(SAME.get(sound, sound))


def columns(way: Iterable[str]) -> tuple[int, ...]:
    """The columns of the phonemes of a word."""
    return tuple(at for sound in way if (at := column(sound)) is not None)


def is_mark(label: str) -> bool:
    """Whether a label only says how the sound beside it is made, and is none itself.

    >>> is_mark("t"), is_mark("ː")
    (False, True)
    """
    return unicodedata.category(label[0]) in ("Lm", "Mn", "Pc")


@cache
def _confusions() -> dict[str, dict[str, float]]:
    """How often each sound was taken for each other, as a share of how often it was said."""
    counts: dict[str, dict[str, float]] = {sound: {} for sound in SOUNDS}
    for line in CONFUSIONS.read_text(encoding="utf-8").splitlines():
        said, heard, number = line.split()
        counts[said][heard] = float(number)
    return {said: {h: n / (sum(row.values()) + 10) for h, n in row.items()} for said, row in counts.items()}


@cache
def _mixing(labels: tuple[str, ...], strict: bool) -> Floats:
    """What each label counts for each sound: all for its own, for others as much as they are mistaken for it."""
    mixing = np.zeros((len(labels), len(SOUNDS)), np.float32)
    for index, label in enumerate(labels):
        own = SAME.get(label, label)
        for at, sound in enumerate(SOUNDS):
            if strict:
                mixing[index, at] = STRICT_VOWELS.get((own, sound), float(own == sound))
                continue
            seen = _confusions()[sound]
            mixing[index, at] = 1.0 if own == sound else seen.get(own, 0.0) / max(seen.get(sound, 0.0), 0.3)
            if own in SOUNDS and own != sound:
                mixing[index, at] = min(mixing[index, at] + MISTAKEN * ((own in VOWELS) == (sound in VOWELS)), 0.5)
    return mixing


@cache
def _marks(labels: tuple[str, ...]) -> list[int]:
    return [index for index, label in enumerate(labels) if is_mark(label)]


@cache
def skipping() -> Floats:
    """What it costs to leave out each sound, as a logarithm."""
    return np.log([_confusions()[sound].get("-", 0.0) * LOST_SCALE + LOST for sound in SOUNDS]).astype(np.float32)


def hear_sounds(log_probs: Floats, labels: tuple[str, ...], *, strict: bool = False) -> Sounds:
    """Turn the probabilities of labels into those of sounds, and drop frames that say nothing.

    strict: count nothing that is only mistaken for a sound.
    """
    blank, between = labels.index("<blank>"), labels.index("<wb>")
    chances = np.exp(log_probs)
    chances[:, blank] += chances[:, _marks(labels)].sum(axis=1)
    quiet = chances[:, blank] > BLANK_RUN
    kept = ~(quiet & np.concatenate([[False], quiet[:-1]]))
    chances = chances[kept]
    sounds = np.log(np.maximum(chances @ _mixing(labels, strict), 1e-9))
    gaps = np.log(np.maximum(np.stack([chances[:, blank], chances[:, blank] + chances[:, between]], axis=1), 1e-9))
    likeliest = chances.max(axis=1)
    best = np.log(np.maximum(likeliest, np.exp(gaps[:, 1])))
    sounds, gaps, best = (np.maximum(part, FLOOR).astype(np.float32) for part in (sounds, gaps, best))
    return Sounds(sounds, gaps, best, np.flatnonzero(kept))
