"""Sound at another rate: a stream of blocks, or a whole piece."""

from __future__ import annotations

from typing import Any

import numpy as np

from bolt_agent.voice.errors import NotInstalled
from bolt_agent.voice.hearing.engine import Samples

__all__ = ["Resampler", "resampled"]


class Resampler:
    """Turns blocks of one rate (samples a second) into blocks of another, without a seam between them.

    It works in the mode that is meant for rates that vary, because that keeps 13 ms back where the others collect up to
    40 (measured), and a person who says "stop" waits for it.
    """

    def __init__(self, rate: int, to: int) -> None:
        self._stream = None if rate == to else _soxr().ResampleStream(rate, to, 1, dtype="int16", vr=True)

    def add(self, samples: Samples, *, last: bool = False) -> Samples:
        """The next block; some milliseconds stay behind until more comes. last: give those too."""
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples, last=last), dtype=np.int16)


def resampled(samples: Samples, rate: int, to: int) -> Samples:
    """A whole piece at another rate."""
    return samples if rate == to else np.asarray(_soxr().resample(samples, rate, to), dtype=np.int16)


def _soxr() -> Any:
    try:
        import soxr
    except ImportError:
        raise NotInstalled("sound needs a package: pip install 'bolt-agent[voice]'") from None
    return soxr
