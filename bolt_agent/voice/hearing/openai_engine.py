"""Free speech by the OpenAI audio API, or any server that speaks it."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.errors import EngineFailed
from bolt_agent.voice.hearing.prompting import prompt
from bolt_agent.voice.hearing.recogniser import Transcript

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["OpenAIRecogniser"]

MODEL = "gpt-4o-mini-transcribe"
TIMEOUT = 8.0
"""Seconds; who speaks to a robot does not wait longer."""


class OpenAIRecogniser:
    """model: one that transcribes. The key and the address come from `OPENAI_API_KEY` and `OPENAI_BASE_URL`."""

    def __init__(
        self,
        model: str | None = None,
        *,
        language: str | None = "en",
        names: Iterable[str] = (),
        client: OpenAI | None = None,
    ) -> None:
        from openai import OpenAI, OpenAIError

        try:
            self._client = client or OpenAI(timeout=TIMEOUT, max_retries=1)
        except OpenAIError:
            raise EngineFailed("The OpenAI audio API needs a key: set OPENAI_API_KEY.") from None
        self._model = model or MODEL
        self._language = language
        self._prompt = prompt(language, names)

    def transcribe(self, samples: Samples) -> Transcript:
        """What was said, in any words. Raises EngineFailed where nobody answers."""
        from openai import OpenAIError, omit

        sound = io.BytesIO()
        with wave.open(sound, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(samples.astype("<i2").tobytes())
        try:
            answer = self._client.audio.transcriptions.create(
                model=self._model,
                file=("said.wav", sound.getvalue(), "audio/wav"),
                prompt=self._prompt,
                language=self._language or omit,
                response_format="json",
            )
        except OpenAIError as error:
            reason = type(error).__name__
            raise EngineFailed(f"The OpenAI audio API did not understand: {reason}. Try --engine hama.") from error
        text = answer.text.strip()
        return Transcript(text, 0.0, accepted=bool(text))
