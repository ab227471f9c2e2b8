"""Recordings of every kind come out as what was recorded, at 16 kHz; others are refused in a sentence."""

import struct
import wave

import numpy as np
import pytest

from bolt_agent.voice.errors import BadRecording
from bolt_agent.voice.hearing.engine import SAMPLE_RATE
from bolt_agent.voice.wav import Recording
from drivers.clock import FastClock


def tone(rate, seconds=1.0, hertz=440):
    return np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)


def write(path, sound, rate, width=2, channels=1):
    scaled = np.repeat(sound, channels)
    if width == 1:
        raw = ((scaled * 100) + 128).astype(np.uint8).tobytes()
    else:
        whole = (scaled * (2 ** (8 * width - 1) * 0.8)).astype("<i8")
        raw = whole.view(np.uint8).reshape(-1, 8)[:, :width].tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(raw)
    return path


def hear(path):
    """All of a recording, and the second of simulated time at which it was over."""
    clock = FastClock()

    async def main():
        blocks = [block async for block in Recording(path, clock).blocks()]
        return np.concatenate(blocks), clock.now()

    return clock.run(main())


@pytest.mark.parametrize(
    ("rate", "width", "channels"), [(16_000, 2, 1), (48_000, 2, 2), (44_100, 3, 2), (8_000, 1, 1), (96_000, 4, 6)]
)
def test_any_recording_is_heard_in_its_own_time(tmp_path, rate, width, channels):
    sound, ended = hear(write(tmp_path / "a.wav", tone(rate), rate, width, channels))
    assert ended == pytest.approx(1.0, abs=0.01)
    assert sound.size == pytest.approx(SAMPLE_RATE, abs=SAMPLE_RATE * 0.02)
    middle = sound[4000:12000].astype(float)
    assert np.corrcoef(middle[:-36], middle[36:])[0, 1] > 0.98  # 36 samples are one period of 440 Hz, nearly
    assert 0.6 < np.abs(middle).max() / 32768 < 0.95


def test_one_that_was_cut_off_is_heard_as_far_as_it_goes(tmp_path):
    path = write(tmp_path / "a.wav", tone(16_000), 16_000)
    path.write_bytes(path.read_bytes()[:-9999])
    assert hear(path)[0].size == pytest.approx(11_000, abs=100)


def test_one_without_a_sound_is_over_at_once(tmp_path):
    assert hear(write(tmp_path / "a.wav", tone(16_000, 0.0), 16_000))[0].size == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"ID3\x04 an mp3 with a wrong name" * 20,
        b"RIFF\x24\x00\x00\x00WAVEfmt " + struct.pack("<IHHIIHH", 16, 3, 1, 16_000, 64_000, 4, 32) + b"data\0\0\0\0",
        b"RIFF\x24\x00\x00\x00WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 0, 0, 2, 16) + b"data\0\0\0\0",
    ],
    ids=["empty", "half a header", "mp3", "floating point", "no rate"],
)
def test_what_is_no_recording_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(BadRecording, match=r"a\.wav"):
        Recording(path, FastClock())
