"""A recording in place of a microphone: any WAV file of PCM samples, at the pace of a clock."""

from __future__ import annotations

import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np

from bolt_agent.voice.devices import BLOCK, mono
from bolt_agent.voice.errors import BadRecording
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.resampling import Resampler
from drivers.clock import Clock

__all__ = ["Recording", "read_whole"]

LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000


class Recording:
    """A WAV file, heard block by block: PCM of 8 to 32 bits, any rate, any number of channels. It may be hours long.

    Raises BadRecording for a file that is no such thing, and OSError for one that is not there.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self.name = path.name
        _opened(path).close()

    async def blocks(self) -> AsyncIterator[Samples]:
        """The recording from its beginning, each block when its time has come."""
        began = self._clock.now()
        heard = 0.0
        with _opened(self._path) as file:
            rate = file.getframerate()
            resampler = Resampler(rate, SAMPLE_RATE)
            frames = round(rate * BLOCK)
            while raw := file.readframes(frames):
                samples = _mono(file, raw)
                heard += samples.size / rate
                await self._clock.sleep_until(began + heard)
                yield resampler.add(samples)
            yield resampler.add(np.zeros(0, np.int16), last=True)


def read_whole(path: Path) -> tuple[Samples, int]:
    """A short WAV file in one piece: its samples, of one channel, and how many a second. Raises BadRecording."""
    with _opened(path) as file:
        return _mono(file, file.readframes(file.getnframes())), file.getframerate()


def _opened(path: Path) -> wave.Wave_read:
    try:
        file = wave.open(str(path), "rb")  # noqa: SIM115  the caller closes it
    except (wave.Error, EOFError) as error:
        why = str(error) or "it is empty"
        raise BadRecording(f"{path} is not a WAV file of PCM samples ({why}); save it as one, 16 bit") from None
    rate = file.getframerate()
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        file.close()
        raise BadRecording(f"{path} has {rate} samples a second; speech needs {LOWEST_RATE} to {HIGHEST_RATE}")
    return file


def _mono(file: wave.Wave_read, raw: bytes) -> Samples:
    """What was read, as far as it is whole: a file that was cut off may end in the middle of a sample."""
    width, channels = file.getsampwidth(), file.getnchannels()
    whole = len(raw) // (width * channels) * width * channels
    return mono(_samples(raw[:whole], width).reshape(-1, channels))


def _samples(raw: bytes, width: int) -> Samples:
    """Little-endian PCM of any width as 16-bit samples."""
    if width == 1:
        return ((np.frombuffer(raw, np.uint8).astype(np.int16) - 128) << 8).astype(np.int16)
    high = np.frombuffer(raw, np.uint8).reshape(-1, width)[:, -2:]  # the two upper bytes of each sample
    return np.ascontiguousarray(high).view("<i2")[:, 0].astype(np.int16)
