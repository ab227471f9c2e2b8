"""The robot listens to what it is about to say, and knows where an ear may take its own words for "stop".

Wording keeps the emergency words out of its speech, but others sound much like them, in one voice or another. What a
microphone hears at just those moments is the robot itself, and no reason to stand still.
"""

from __future__ import annotations

from functools import cached_property

from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.phonemes import phoneme_model
from bolt_agent.voice.hearing.spotter import MOVING, NEAR_MISSES, WINDOW, Spotter
from bolt_agent.voice.resampling import resampled

__all__ = ["InnerEar"]

HOP = 0.08
"""Seconds from one look to the next, as in the ear itself."""


class InnerEar:
    """Costs a tenth of the time that the speech takes, and loads with the first. rate: samples a second of it."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._time = 0.0

    @cached_property
    def _spotter(self) -> Spotter:
        return Spotter(phoneme_model(), MOVING, NEAR_MISSES)

    def slips(self, samples: Samples) -> list[float]:
        """The seconds in a piece of speech at which it sounds like one of the emergency words."""
        heard = resampled(samples, self._rate, SAMPLE_RATE)
        began, self._time = self._time, self._time + heard.size / SAMPLE_RATE + 1.0
        hop = round(HOP * SAMPLE_RATE)
        ends = range(hop, heard.size + hop, hop)
        spots = [
            self._spotter.look(heard[max(0, end - WINDOW) : end], began + end / SAMPLE_RATE, MOVING) for end in ends
        ]
        return [spot.time - began for spot in spots if spot is not None]
