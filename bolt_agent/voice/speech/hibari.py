"""The embedded voice: a small neural network inside a package, offline, some twenty milliseconds a sentence."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from bolt_agent.voice.errors import NotInstalled, UnknownVoice, VoiceError
from bolt_agent.voice.speech.voice import Utterance

__all__ = ["HibariVoice"]

SLOWEST, FASTEST = 0.5, 2.0

SEED = 7
"""Breath is noise; with a seed the same sentence sounds the same."""


class HibariVoice:
    """Speaks English. which: 'heart', in the package; 'fenrir', 'emma', 'fable', 'kore' are downloaded once."""

    def __init__(self, which: str | None = None) -> None:
        self._which = which or "heart"
        self._model: Any = None

    def load(self) -> None:
        if self._model is not None:
            return
        try:
            from hibari import Hibari
            from hibari.voices import VOICES
        except ImportError:
            raise NotInstalled("the voice needs a package: pip install 'bolt-agent[voice]'; or use --mute") from None
        if self._which not in VOICES:
            raise UnknownVoice(f"hibari has no voice {self._which!r}: there are {', '.join(VOICES)}")
        try:
            self._model = Hibari(voice=self._which)
        except RuntimeError as error:  # a voice that is not in the package, and no network
            raise VoiceError(" ".join(str(error).split())) from error
        self._model("Ready.")  # the first sentence loads the dictionary

    def render(self, sentence: str, pace: float) -> Utterance:
        self.load()
        rate: int = self._model.sample_rate
        if not re.search(r"[A-Za-z0-9]", sentence):
            return Utterance(np.zeros(0, np.int16), rate)  # it knows no other writing
        sound = self._model(sentence, speed=min(max(pace, SLOWEST), FASTEST), seed=SEED)
        return Utterance((np.clip(sound, -1, 1) * 32_767).astype(np.int16), rate)
