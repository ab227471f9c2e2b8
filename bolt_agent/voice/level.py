"""How loud the microphone is: for a meter, and to say what is wrong with one that clips or gives nothing at all."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples

__all__ = ["QUIET", "Checkup", "loudness"]

QUIET = -60.0
"""dB below full scale; the meter's lower end."""

FULL = 32_700
"""A sample as loud as this was probably louder."""

CLIPPED_SHARE = 0.02
"""A second with one sample in fifty at full scale is distorted."""

DEAD_TIME = 5.0
"""Seconds of exact zeros after which a microphone counts as switched off: the quietest real one has noise."""

CLIPS = "the microphone is too loud and distorts: turn its level down, or speak from further away"
DEAD = "the microphone gives nothing but silence: is it muted, or is this program not allowed to use it?"


def loudness(samples: Samples) -> float:
    """In dB below full scale, from QUIET to 0.

    >>> round(loudness(np.full(100, 3277, np.int16)))
    -20
    """
    if not samples.size:
        return QUIET
    power = float(np.mean(np.square(samples, dtype=np.float32)))
    return max(QUIET, 20 * math.log10(max(math.sqrt(power), 1e-3) / 32_768))


class Checkup:
    """Listens for a microphone that is set up badly."""

    def __init__(self) -> None:
        self._zeros = 0
        self._clipped = 0
        self._counted = 0
        self._told: set[str] = set()

    def add(self, samples: Samples) -> Iterator[str]:
        """Take in the next samples; what is wrong with them, in words, once each."""
        self._zeros = 0 if samples.any() else self._zeros + samples.size
        self._clipped += int(np.count_nonzero(np.abs(samples.astype(np.int32)) >= FULL))
        self._counted += samples.size
        if self._zeros >= DEAD_TIME * SAMPLE_RATE:
            yield from self._once(DEAD)
        if self._counted >= SAMPLE_RATE:
            if self._clipped > CLIPPED_SHARE * self._counted:
                yield from self._once(CLIPS)
            self._clipped = self._counted = 0

    def _once(self, trouble: str) -> Iterator[str]:
        if trouble not in self._told:
            self._told.add(trouble)
            yield trouble
