"""How well words fit a sound, against the sum over every single way in which they may lie in it."""

from itertools import groupby, product

import numpy as np
import pytest

from bolt_agent.voice.hearing.scoring import fits
from bolt_agent.voice.hearing.sounds import SOUNDS

NOTHING = len(SOUNDS)


def summed(likely, sounds):
    """The same, by trying all paths."""
    total = 0.0
    for path in product({*sounds, NOTHING}, repeat=len(likely)):
        heard = tuple(sound for sound, _ in groupby(path) if sound != NOTHING)
        if heard == sounds:
            total += np.exp(sum(likely[frame, sound] for frame, sound in enumerate(path)))
    return np.log(total)


@pytest.fixture
def likely():
    chances = np.random.default_rng(3).random((6, len(SOUNDS) + 1))
    return np.log(chances / chances.sum(axis=1, keepdims=True)).astype(np.float32)


def test_all_ways_count(likely):
    said = [(0,), (1, 2), (3, 3), (4, 5, 4), (6, 6, 7)]
    assert fits(likely, said) == pytest.approx([summed(likely, sounds) for sounds in said], abs=1e-3)


def test_what_does_not_fit_into_the_time_is_impossible(likely):
    assert fits(likely, [(0,) * 7])[0] < -1e6
