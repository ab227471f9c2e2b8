"""Sound at another rate, block by block: nothing is lost, and next to nothing stays behind."""

import numpy as np
import pytest

from bolt_agent.voice.resampling import Resampler

BLOCK = 0.02


def tone(frequency, rate, seconds=1.0):
    return (9000 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)).astype(np.int16)


def blocks_of(samples, rate):
    size = round(rate * BLOCK)
    return [samples[start : start + size] for start in range(0, samples.size, size)]


@pytest.mark.parametrize("rate", [48_000, 44_100, 22_050])
def test_every_block_comes_at_once(rate):
    resampler = Resampler(rate, 16_000)
    sizes = [resampler.add(block).size for block in blocks_of(tone(440, rate), rate)]
    behind = BLOCK * np.arange(1, len(sizes) + 1) - np.cumsum(sizes) / 16_000
    assert behind.max() < 0.015


@pytest.mark.parametrize("rate", [48_000, 44_100, 22_050])
def test_it_is_the_same_sound_without_a_seam(rate):
    resampler = Resampler(rate, 16_000)
    pieces = [resampler.add(block) for block in blocks_of(tone(1000, rate), rate)]
    whole = np.concatenate([*pieces, resampler.add(np.zeros(0, np.int16), last=True)])
    assert whole.size == pytest.approx(16_000, abs=2)
    spectrum = np.abs(np.fft.rfft(whole[:16_000].astype(float)))
    assert np.argmax(spectrum) == 1000
    assert np.square(spectrum[990:1011]).sum() > 0.999 * np.square(spectrum).sum()


def test_what_is_too_high_for_the_new_rate_is_left_out():
    resampler = Resampler(48_000, 16_000)
    heard = np.concatenate([resampler.add(block) for block in blocks_of(tone(11_000, 48_000), 48_000)])
    assert np.abs(heard[2000:].astype(int)).max() < 90


def test_the_same_rate_is_left_as_it_is():
    samples = tone(440, 16_000)
    assert Resampler(16_000, 16_000).add(samples) is samples
