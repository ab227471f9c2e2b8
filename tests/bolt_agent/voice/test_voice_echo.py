"""The robot's own voice, taken out of what its microphone hears."""

import numpy as np
import pytest
from voice_stage import ScriptedEar, begins, stop

from bolt_agent.voice.hearing.engine import SAMPLE_RATE, SpeechStarted, StopHeard

livekit = pytest.importorskip("livekit.rtc", reason="echo cancellation is an extra: pip install 'bolt-agent[echo]'")

from bolt_agent.voice.echo import EchoCanceller, EchoFreeEar  # noqa: E402

BLOCK = 320


def babble(seconds, seed):
    """Noise with the rhythm of speech."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    loudness = np.clip(np.sin(2 * np.pi * 3 * time + rng.uniform(0, 6)), 0, 1)
    smooth = np.convolve(rng.normal(size=time.size), np.ones(6) / 6, "same")
    return smooth * loudness * 4000


def power(samples):
    return 10 * np.log10(np.mean(np.square(samples.astype(float))) + 1e-9)


def room(far, near):
    """What a microphone hears: the near voice, and the far one later, quieter and from the walls as well."""
    echo = sum(gain * np.concatenate([np.zeros(delay), far])[: far.size] for gain, delay in ((0.4, 960), (0.15, 1300)))
    return (echo + near).astype(np.int16)


def cleaned(far, near):
    canceller = EchoCanceller(rate=SAMPLE_RATE)
    heard, pieces = room(far, near), []
    for start in range(0, far.size, BLOCK):
        canceller.played(far[start : start + BLOCK].astype(np.int16))
        pieces.append(canceller.clean(heard[start : start + BLOCK]))
    return heard, np.concatenate(pieces)


def test_the_robots_voice_is_gone_and_the_persons_stays():
    far, near = babble(8, 1), np.zeros(8 * SAMPLE_RATE)
    heard, clean = cleaned(far, near)
    last = slice(-2 * SAMPLE_RATE, None)
    assert power(heard[last]) - power(clean[last]) > 25
    _, clean = cleaned(np.zeros(far.size), babble(8, 2))
    assert power(clean[last]) > power(babble(8, 2)[last]) - 6


def test_the_guard_hears_stop_in_the_raw_sound_and_it_counts_once():
    ear, guard = ScriptedEar(begins(0.5), stop(1.1)), ScriptedEar(begins(0.4), stop(0.9))
    both = EchoFreeEar(ear, guard, EchoCanceller(rate=SAMPLE_RATE))
    both.moving = True
    heard = [event for _ in range(75) for event in both.feed(np.zeros(BLOCK, np.int16))]
    assert [type(event) for event in heard] == [SpeechStarted, StopHeard]
    assert ear.moving and guard.moving and guard.deaf  # noqa: PT018
    assert not both.deaf
