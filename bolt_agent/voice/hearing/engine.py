"""What hearing is to the rest: an `Ear` is fed samples and tells what it heard. No threads, no clock, no devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["SAMPLE_RATE", "Ear", "Final", "Heard", "Partial", "Samples", "SpeechEnded", "SpeechStarted", "StopHeard"]

SAMPLE_RATE = 16_000
"""Samples a second, of one channel."""

Samples = NDArray[np.int16]
"""Sound: 16-bit samples of one channel, `SAMPLE_RATE` a second."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody began to speak. time: seconds of sound fed so far, as in every event."""

    time: float


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """Nobody speaks any more; a `Final` follows if there were words to decode."""

    time: float


@dataclass(frozen=True, slots=True)
class Partial:
    """The words so far of somebody who still speaks."""

    text: str
    time: float


@dataclass(frozen=True, slots=True)
class Final:
    """What was said in one spoken turn.

    accepted: False if it was speech but nothing that this ear understands: "I didn't catch that".
    score: how well sound and words agree, 0 for perfectly and less for worse; comparable within one engine only.
    started, ended: seconds, the first and the last sound of the speech.
    """

    text: str
    score: float
    started: float
    ended: float
    time: float
    accepted: bool


@dataclass(frozen=True, slots=True)
class StopHeard:
    """The emergency word, told as soon as it was said, in whatever else is going on."""

    score: float
    time: float


Heard = SpeechStarted | SpeechEnded | Partial | Final | StopHeard


class Ear(Protocol):
    """Turns sound into what was said.

    moving: set by the caller while the robot moves: a missed stop is worse then, so less is needed to hear one.
    deaf: set by the caller while the robot speaks (half duplex): it hears the emergency word and nothing else.
    """

    moving: bool
    deaf: bool

    def feed(self, samples: Samples) -> list[Heard]:
        """Hear the next samples, any number of them. What was noticed, in order."""
        ...

    def finish(self) -> list[Heard]:
        """The sound is over, or the key to talk was let go: end the turn now instead of waiting for silence."""
        ...

    def reset(self) -> None:
        """Forget the turn that is under way; the time goes on."""
        ...
