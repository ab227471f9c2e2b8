"""Sentences ready to be played: silence trimmed, all equally loud, at the speaker's rate, the short ones remembered."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.resampling import resampled
from bolt_agent.voice.speech.voice import Voice
from bolt_agent.voice.speech.wording import as_spoken

__all__ = ["Renderer", "normalised", "trimmed"]

SILENCE = 0.02
"""Of the peak; what is quieter at either end is not speech."""

BEFORE, AFTER = 0.01, 0.12
"""Seconds kept around speech: none of its first sound is lost, and one sentence does not run into the next."""

PEAK = 0.7
"""Of full scale."""

SHORT, REMEMBERED = 60, 64
"""Characters of a sentence that may come again, and how many of those are kept."""


class Renderer:
    """Renders sentences with one voice. Not thread-safe: call it from one thread.

    rate: samples a second of what comes out.   volume: 0..1.   pace: 1 is normal.
    """

    def __init__(self, voice: Voice, rate: int, *, volume: float = 1.0, pace: float = 1.0) -> None:
        self._voice = voice
        self._rate = rate
        self._volume = volume
        self._pace = pace
        self._remembered: OrderedDict[str, Samples] = OrderedDict()

    def load(self) -> None:
        """Load the voice. Raises VoiceError."""
        self._voice.load()

    def render(self, sentence: str) -> Samples:
        """A sentence as sound; none where there is nothing to say. Raises VoiceError."""
        spoken = as_spoken(sentence)
        if not spoken:
            return np.zeros(0, np.int16)
        if spoken in self._remembered:
            self._remembered.move_to_end(spoken)
            return self._remembered[spoken]
        samples, rate = self._voice.render(spoken, self._pace)
        ready = resampled(normalised(trimmed(samples, rate), self._volume), rate, self._rate)
        if len(spoken) <= SHORT:
            self._remembered[spoken] = ready
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return ready


def trimmed(samples: Samples, rate: int) -> Samples:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > SILENCE * np.abs(samples.astype(np.int32)).max(initial=1))
    if not loud.size:
        return samples[:0]
    return samples[max(0, loud[0] - round(BEFORE * rate)) : loud[-1] + round(AFTER * rate)]


def normalised(samples: Samples, volume: float) -> Samples:
    """At the same peak whatever the voice; volume 1 is the full one."""
    peak = int(np.abs(samples.astype(np.int32)).max(initial=0))
    if peak == 0:
        return samples
    return (samples * (32_767 * PEAK * volume / peak)).astype(np.int16)
