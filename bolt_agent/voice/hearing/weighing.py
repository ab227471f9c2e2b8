"""What speaks for each reading of a sentence, and how much that counts.

`benchmarks/voice_fit.py` fits the numbers with sentences that are left out of the grammar meanwhile, and with small
talk; none of them is in voice_commands.txt or voice_talk.txt, which `benchmarks/voice.py` measures with.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolt_agent.voice.hearing.decoder import Reading
from bolt_agent.voice.hearing.grammar import Grammar
from bolt_agent.voice.hearing.phonemes import Floats
from bolt_agent.voice.hearing.scoring import fits, likelihoods
from bolt_agent.voice.hearing.sounds import hear_sounds

__all__ = ["EVIDENCE", "LEAST_CHANCE", "chances", "evidence", "odds", "signs", "with_again"]

EVIDENCE = {"fit": 0.27, "again": 0.38, "language": 0.65, "sounds": 1.38}
"""How much counts: how well a reading fits over all ways to lie in the sound, and on average at other paces; how likely
it is to be said, and how many sounds it has."""

SIGNS = {"fit": 2.55, "worst": 0.85, "chance": 1.2, "language": 2.75, "command": 8.2}
"""What the odds that this was said as a command go by, as a logarithm: how the reading fits for each of its sounds, and
how its worst phrase does; the chance of its meaning; how likely it is to be said, for each sound; commands in general.
"""
LEAST_FIT = -5.0
"""A phrase that fits worse than this fits not at all."""
IMPOSSIBLE = -200.0
"""The same for a whole sentence, such as one that has more sounds than there was time for."""
LEAST_CHANCE = 1e-4
"""The same for the chance of a meaning."""


def evidence(readings: Sequence[Reading], log_probs: Floats, labels: tuple[str, ...], grammar: Grammar) -> Floats:
    """What speaks for readings: a row for each, a column for each of `EVIDENCE`; "again" is as "fit" until it is known.

    log_probs: the probabilities of labels that were heard.
    """
    fit = _fits(readings, log_probs, labels)
    language = [grammar.likelihood(word.chain.phrase for word in reading.words) for reading in readings]
    return np.column_stack([fit, fit, language, [len(reading.sounds) for reading in readings]])


def with_again(rows: Floats, readings: Sequence[Reading], again: Sequence[Floats], labels: tuple[str, ...]) -> Floats:
    """The evidence with how readings fit at other paces. again: the probabilities of labels at each of them."""
    rows = rows.copy()
    rows[:, list(EVIDENCE).index("again")] = np.mean([_fits(readings, one, labels) for one in again], axis=0)
    return rows


def chances(rows: Floats) -> Floats:
    """How likely each reading is what was said, if one of them was. rows: their evidence."""
    score = rows @ np.array(list(EVIDENCE.values()))
    likely: Floats = np.exp(score - score.max())
    likely /= likely.sum()
    return likely


def signs(reading: Reading, row: Floats, chance: float) -> Floats:
    """What tells a command from other talk: a column for each of `SIGNS`. chance: of its meaning."""
    fit, again, language, sounds = row
    worst = max(LEAST_FIT, min(word.fit / len(word.chain.sounds) for word in reading.words))
    return np.array([(fit + again) / (2 * sounds), worst, np.log(chance + LEAST_CHANCE), language / sounds, 1.0])


def odds(found: Floats) -> float:
    """The logarithm of the odds that this was said as a command. found: its signs."""
    return float(found @ np.array(list(SIGNS.values())))


def _fits(readings: Sequence[Reading], log_probs: Floats, labels: tuple[str, ...]) -> Floats:
    """How much worse than the best sounds the sounds of each reading fit."""
    heard = hear_sounds(log_probs, labels)
    likely = likelihoods(log_probs[heard.frames], labels)
    fit: Floats = fits(likely, [reading.sounds for reading in readings]) - heard.best.sum()
    return np.maximum(fit, IMPOSSIBLE)
