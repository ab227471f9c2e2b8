"""What a voice is to the rest, and which there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from bolt_agent.voice.errors import UnknownVoice
from bolt_agent.voice.hearing.engine import Samples

__all__ = ["VOICES", "Utterance", "Voice", "open_voice"]


class Utterance(NamedTuple):
    """A sentence as sound. rate: samples a second."""

    samples: Samples
    rate: int


class Voice(Protocol):
    """Turns a sentence into sound. Everything is called from one thread, the same for all."""

    def load(self) -> None:
        """Get ready, so that the first sentence is as quick as the others. Raises VoiceError."""
        ...

    def render(self, sentence: str, pace: float) -> Utterance:
        """A sentence as sound, none where this voice cannot say it. pace: 1 is normal, 2 twice as fast.

        Raises VoiceError.
        """
        ...


def open_voice(name: str = "hibari") -> Voice:
    """A voice by its name; after a colon, which of several: 'hibari', 'system', 'openai:nova'. Raises UnknownVoice."""
    kind, _, which = name.partition(":")
    if kind not in VOICES:
        raise UnknownVoice(f"no voice {name!r}: there are {', '.join(VOICES)}")
    return VOICES[kind](which or None)


def _hibari(which: str | None) -> Voice:
    from bolt_agent.voice.speech.hibari import HibariVoice

    return HibariVoice(which)


def _system(which: str | None) -> Voice:
    from bolt_agent.voice.speech.system import SystemVoice

    return SystemVoice(which)


def _openai(which: str | None) -> Voice:
    from bolt_agent.voice.speech.openai import OpenAIVoice

    return OpenAIVoice(which)


VOICES: Mapping[str, Callable[[str | None], Voice]] = {"hibari": _hibari, "openai": _openai, "system": _system}
