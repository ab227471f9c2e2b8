"""Where a turn begins."""

import numpy as np
import pytest

from bolt_agent.voice.hearing import SpeechStarted
from bolt_agent.voice.hearing.activity import CHUNK, CHUNK_SECONDS
from bolt_agent.voice.hearing.recogniser import NOTHING
from bolt_agent.voice.hearing.turns import TurnEar


class NothingSaid:
    def transcribe(self, samples):
        return NOTHING


def begin(likely):
    """When a turn begins with chunks that are so likely speech."""
    chances = iter(likely)
    ear = TurnEar(NothingSaid(), lambda chunk: next(chances))
    events = ear.feed(np.zeros(CHUNK * len(likely), np.int16))
    return [round(event.time / CHUNK_SECONDS) for event in events if isinstance(event, SpeechStarted)]


@pytest.mark.parametrize(
    ("likely", "began"),
    [
        ([0.1, 0.9, 0.9], [2]),  # the person is heard with the first chunk that is plainly speech,
        ([0.1, 0.6, 0.7], [3]),  # with the second one that may be,
        ([0.7, 0.1, 0.7, 0.1], []),  # and a knock is no person
    ],
)
def test_a_turn_begins_as_soon_as_it_is_sure_that_somebody_speaks(likely, began):
    assert begin(likely) == began
