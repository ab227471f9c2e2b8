"""How well words fit a sound, over all ways in which they may lie in it: the forward probability of CTC."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from bolt_agent.voice.hearing.phonemes import Floats
from bolt_agent.voice.hearing.sounds import SOUNDS, column, is_mark

__all__ = ["fits", "likelihoods"]

FLOOR = 0.01
"""The share of every frame that is spread over all sounds: the model may be wrong anywhere."""
NEVER = np.float32(-1e30)


@cache
def _merging(labels: tuple[str, ...]) -> Floats:
    """Which sound each label of the model counts for; the last column is for nothing."""
    merging = np.zeros((len(labels), len(SOUNDS) + 1), np.float32)
    for index, label in enumerate(labels):
        at = len(SOUNDS) if label.startswith("<") or is_mark(label) else column(label)
        if at is not None:
            merging[index, at] = 1.0
    return merging


def likelihoods(log_probs: Floats, labels: tuple[str, ...]) -> Floats:
    """The logarithms of how likely each sound is in each frame, and in the last column nothing."""
    chances = np.exp(log_probs) @ _merging(labels) * (1 - FLOOR)
    chances[:, :-1] += FLOOR / len(SOUNDS)
    chances[:, -1] += FLOOR
    result: Floats = np.log(chances)
    return result


def fits(likely: Floats, spoken: Sequence[tuple[int, ...]]) -> Floats:
    """The logarithm of how likely each row of sounds is, all of them at once. spoken: columns of sounds, none empty."""
    lengths = np.array([len(sounds) for sounds in spoken])
    columns = np.zeros((len(spoken), lengths.max()), np.intp)
    for row, sounds in zip(columns, spoken, strict=True):
        row[: len(sounds)] = sounds
    # The states of CTC: nothing, a sound, nothing, a sound ... nothing. Between two of the same sound there is nothing.
    states = np.full((len(spoken), 2 * columns.shape[1] + 1), len(SOUNDS), np.intp)
    states[:, 1::2] = columns
    leaps = np.full(states.shape, NEVER)
    leaps[:, 3::2] = np.where(columns[:, 1:] == columns[:, :-1], NEVER, 0)
    reached = np.full((len(spoken), states.shape[1] + 2), NEVER)  # two more states before the first, never reached
    reached[:, 2] = 0
    for frame in likely:
        stay, step, leap = reached[:, 2:], reached[:, 1:-1], reached[:, :-2] + leaps
        most = np.maximum(np.maximum(stay, step), leap)
        total = np.exp(stay - most) + np.exp(step - most) + np.exp(leap - most)
        reached[:, 2:] = np.maximum(most + np.log(total) + frame[states], NEVER)
    rows = np.arange(len(spoken))
    result: Floats = np.logaddexp(reached[rows, 2 * lengths + 2], reached[rows, 2 * lengths + 1])
    return result
