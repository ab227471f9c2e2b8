"""The meter, and what it says of a microphone that is set up badly."""

import numpy as np
import pytest

from bolt_agent.voice.level import CLIPS, DEAD, QUIET, Checkup, loudness

SECOND = 16_000


def noise(loudness, seconds=1.0):
    rng = np.random.default_rng(1)
    return np.clip(rng.normal(0, loudness, round(SECOND * seconds)), -32768, 32767).astype(np.int16)


def test_it_shows_how_loud_it_is():
    assert loudness(noise(3277)) == pytest.approx(-20, abs=0.5)
    assert loudness(np.zeros(100, np.int16)) == loudness(np.zeros(0, np.int16)) == QUIET


def test_minutes_of_a_quiet_room_are_no_trouble():
    checkup = Checkup()
    assert [trouble for _ in range(120) for trouble in checkup.add(noise(3))] == []


def test_a_microphone_that_is_switched_off_is_noticed_once():
    checkup = Checkup()
    assert [trouble for _ in range(60) for trouble in checkup.add(np.zeros(SECOND, np.int16))] == [DEAD]


def test_distortion_is_noticed_once():
    checkup = Checkup()
    assert [trouble for _ in range(9) for trouble in checkup.add(noise(30_000))] == [CLIPS]
