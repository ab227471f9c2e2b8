"""Ears to test with."""

import numpy as np
import pytest
import spoken

from bolt_agent.voice.hearing import SAMPLE_RATE, open_ear
from bolt_agent.voice.hearing.engine import Final, StopHeard

BLOCK = SAMPLE_RATE // 50


class Listener:
    """An ear, and what it heard."""

    def __init__(self, ear):
        self.ear = ear
        self.time = 0.0
        """Seconds, of the last thing heard."""

    def hear(self, *sounds):
        """Everything it notices in the sounds, fed as a microphone would."""
        sound = np.concatenate(sounds)
        began = self.ear._now
        events = [event for at in range(0, len(sound), BLOCK) for event in self.ear.feed(sound[at : at + BLOCK])]
        self.time = began + len(sound) / SAMPLE_RATE
        return events

    def finals(self, *sounds):
        return [event for event in self.hear(*sounds) if isinstance(event, Final)]

    def commands(self, *sounds):
        return [event.text for event in self.finals(*sounds) if event.accepted]

    def stops(self, *sounds):
        return [event for event in self.hear(*sounds) if isinstance(event, StopHeard)]


@pytest.fixture(scope="session")
def opened():
    pytest.importorskip("hibari", reason="hearing is tested with a synthetic voice: pip install 'bolt-agent[voice]'")
    return open_ear()


@pytest.fixture
def listener(opened):
    """An ear as it is after the start; loading one takes a second, so all tests share it."""
    opened.moving = opened.deaf = False
    opened.feed(spoken.silence(1.5))
    opened.reset()
    return Listener(opened)


@pytest.fixture(scope="session")
def recogniser():
    """The embedded recogniser alone, without anything that listens for speech first."""
    pytest.importorskip("hama", reason="its phoneme model is inside of hama: pip install 'bolt-agent[voice]'")
    from bolt_agent.voice.hearing.commands import CommandRecogniser

    return CommandRecogniser()
