"""Free speech by Whisper on this machine, through `faster-whisper`; the model downloads on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.errors import EngineFailed, EngineMissing
from bolt_agent.voice.hearing.prompting import prompt
from bolt_agent.voice.hearing.recogniser import NOTHING, Transcript

__all__ = ["WhisperRecogniser", "download"]

MODEL = "base"
TOKENS_A_SECOND = 8
"""Nobody says more; Whisper repeats itself where it does."""
REJECT, NO_SPEECH = -1.0, 0.6
"""What is less likely than this on average, or more likely to be no speech, was not understood."""


class WhisperRecogniser:
    """model: the name of a model, or a folder with one. language: None to find out."""

    def __init__(self, model: str | None = None, *, language: str | None = "en", names: Iterable[str] = ()) -> None:
        try:
            from faster_whisper import WhisperModel  # type: ignore[import-untyped,unused-ignore]
        except ImportError:
            raise EngineMissing("faster-whisper", "whisper") from None
        folder = model if model and Path(model).is_dir() else download(model or MODEL)
        self._model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=2)
        self._language = language
        self._prompt = prompt(language, names)

    def transcribe(self, samples: Samples) -> Transcript:
        """What was said, in any words."""
        segments, _ = self._model.transcribe(
            samples.astype(np.float32) / 32768,
            language=self._language,
            initial_prompt=self._prompt,
            beam_size=1,
            no_repeat_ngram_size=4,
            max_new_tokens=16 + round(len(samples) / SAMPLE_RATE * TOKENS_A_SECOND),
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        said = list(segments)
        if not said:
            return NOTHING
        score = min(segment.avg_logprob for segment in said)
        speech = all(segment.no_speech_prob < NO_SPEECH for segment in said)
        text = " ".join(segment.text.strip() for segment in said)
        return Transcript(text, score, accepted=bool(text) and speech and score >= REJECT)


def download(model: str, fetch: Callable[[str], str] | None = None) -> str:
    """The folder of a model, fetched with a progress bar if it is not here yet. Raises EngineFailed."""
    from faster_whisper.utils import download_model  # type: ignore[import-untyped,unused-ignore]

    try:
        return str(download_model(model, local_files_only=True))
    except Exception:  # whatever its hub says where nothing is kept yet
        pass
    try:
        return fetch(model) if fetch else _fetch(model)
    except Exception as error:
        raise EngineFailed(
            f"Whisper's model {model!r} could not be downloaded ({type(error).__name__}). "
            "Check the network, or name a folder that holds a model."
        ) from error


def _fetch(model: str) -> str:
    from huggingface_hub import snapshot_download

    wanted = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]
    return str(snapshot_download(f"Systran/faster-whisper-{model}", allow_patterns=wanted))  # shows its progress
