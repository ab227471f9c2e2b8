"""The voices of the operating system, through `pyttsx3`: SAPI on Windows, NSSpeech on macOS, espeak-ng on Linux."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from bolt_agent.voice.errors import BadRecording, NotInstalled, UnknownVoice, VoiceError
from bolt_agent.voice.speech.voice import Utterance
from bolt_agent.voice.wav import read_whole

__all__ = ["SystemVoice"]

NORMAL_PACE = 175
"""Words a minute."""


class SystemVoice:
    """Speaks with the system's voice. which: a part of the name of one of several; None is the system's choice."""

    def __init__(self, which: str | None = None) -> None:
        self._which = which
        self._engine: Any = None

    def load(self) -> None:
        if self._engine is not None:
            return
        try:
            import pyttsx3
        except ImportError:
            raise NotInstalled("system voices need a package: pip install 'bolt-agent[system-voices]'") from None
        try:
            engine = pyttsx3.init()
        except Exception as error:  # each system has errors of its own
            how = ": apt install espeak-ng" if sys.platform == "linux" else ""
            raise VoiceError(f"the system has no voice that can be used ({error}){how}") from error
        if self._which is not None:
            engine.setProperty("voice", self._chosen(engine))
        if "pyttsx3.drivers.espeak" in sys.modules:  # it prints a line for each sentence, into the captions
            vars(sys.modules["pyttsx3.drivers.espeak"])["print"] = lambda *_, **__: None
        self._engine = engine

    def render(self, sentence: str, pace: float) -> Utterance:
        self.load()
        self._engine.setProperty("rate", round(NORMAL_PACE * pace))
        with tempfile.TemporaryDirectory(prefix="bolt-agent-") as folder:
            file = Path(folder) / "sentence.wav"
            self._engine.save_to_file(sentence, str(file))
            self._engine.runAndWait()
            try:
                return Utterance(*read_whole(file))
            except (FileNotFoundError, BadRecording):
                return Utterance(np.zeros(0, np.int16), 16_000)  # nothing in it that this voice can say

    def _chosen(self, engine: Any) -> str:
        wanted = (self._which or "").lower()
        names = {str(voice.name): str(voice.id) for voice in engine.getProperty("voices")}
        for name, identity in names.items():
            if wanted in name.lower() or wanted == identity.lower():
                return identity
        raise UnknownVoice(f"the system has no voice {self._which!r}; there are {', '.join(sorted(names)[:30])}")
