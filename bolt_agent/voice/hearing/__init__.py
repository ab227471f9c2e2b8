"""Hearing: sound in, events out. No threads, no clock, no devices."""

from bolt_agent.voice.hearing.engine import (
    SAMPLE_RATE,
    Ear,
    Final,
    Heard,
    Partial,
    Samples,
    SpeechEnded,
    SpeechStarted,
    StopHeard,
)
from bolt_agent.voice.hearing.errors import EngineFailed, EngineMissing, HearingError
from bolt_agent.voice.hearing.opening import ENGINES, open_ear

__all__ = [
    "ENGINES",
    "SAMPLE_RATE",
    "Ear",
    "EngineFailed",
    "EngineMissing",
    "Final",
    "Heard",
    "HearingError",
    "Partial",
    "Samples",
    "SpeechEnded",
    "SpeechStarted",
    "StopHeard",
    "open_ear",
]
