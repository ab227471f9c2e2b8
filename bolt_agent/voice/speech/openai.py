"""Voices behind any endpoint that speaks OpenAI's audio API: OpenAI itself, or a local server."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from bolt_agent.voice.errors import VoiceError
from bolt_agent.voice.speech.voice import Utterance

__all__ = ["OpenAIVoice"]

MODEL, VOICE = "gpt-4o-mini-tts", "alloy"
RATE = 24_000
"""Samples a second of the format 'pcm'."""

PATIENCE = 10.0
"""Seconds for one sentence; the captions have said it by then."""


class OpenAIVoice:
    """Speaks through an endpoint, with the key and the address that the brain uses. which: 'alloy', 'nova' ..."""

    def __init__(self, which: str | None = None) -> None:
        self._which = which or VOICE
        self._model = os.environ.get("BOLT_AGENT_SPEECH_MODEL") or MODEL
        self._client: Any = None

    def load(self) -> None:
        if not (os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL")):
            raise VoiceError("the voice openai needs OPENAI_API_KEY, or OPENAI_BASE_URL of a local server")
        if self._client is None:
            from openai import OpenAI

            key = os.environ.get("OPENAI_API_KEY") or "none"
            self._client = OpenAI(api_key=key, timeout=PATIENCE, max_retries=0)

    def render(self, sentence: str, pace: float) -> Utterance:
        import openai

        self.load()
        try:
            answer = self._client.audio.speech.create(
                model=self._model, voice=self._which, input=sentence, speed=pace, response_format="pcm"
            )
        except openai.OpenAIError as error:
            raise VoiceError(f"the voice openai does not answer: {' '.join(str(error).split())[:120]}") from error
        raw = answer.content
        return Utterance(np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(np.int16), RATE)
