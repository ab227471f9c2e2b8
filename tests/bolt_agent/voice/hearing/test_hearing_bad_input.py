"""Sound that is no speech to the robot: a clear outcome, nothing to do, no growing memory."""

import numpy as np
import pytest
import spoken

from bolt_agent.voice.hearing import Final, SpeechStarted


@pytest.mark.parametrize("kind", ["pink", "white", "clicks", "hum", "music"])
def test_noise_is_nobody(listener, kind):
    assert listener.hear(spoken.around(kind, 6, 0.05)) == []


def test_two_minutes_of_silence_are_nothing(listener):
    assert listener.hear(spoken.silence(120)) == []


def test_deafening_noise_is_nobody(listener):
    assert listener.commands(spoken.around("white", 5, 0.9)) == []


def test_a_shout_that_overloads_the_microphone_is_still_understood(listener):
    loud = np.clip(spoken.say("turn around").astype(np.int32) * 20, -32768, 32767).astype(np.int16)
    assert listener.commands(loud) == ["turn around"]


def test_a_monologue_is_one_turn_that_nobody_caught(listener):
    talk = np.concatenate([spoken.say("i went to the market and bought some bread", lead=0.1, tail=0.1)] * 12)
    events = listener.hear(talk, spoken.silence(1))
    assert [event.accepted for event in events if isinstance(event, Final)] == [False]
    assert len([event for event in events if isinstance(event, SpeechStarted)]) == 1


def test_any_size_of_blocks_gives_the_same(listener):
    sentence = spoken.say("turn left", lead=0.512)
    whole = [type(event) for event in listener.ear.feed(sentence)]
    listener.ear.feed(spoken.silence(1.5))
    bits = [type(event) for at in range(0, len(sentence), 77) for event in listener.ear.feed(sentence[at : at + 77])]
    assert whole == bits


def test_push_to_talk_ends_when_the_key_is_let_go(opened):
    sentence = spoken.say("show a star", tail=0)
    opened.feed(sentence)
    assert [event.text for event in opened.finish() if isinstance(event, Final)] == ["show a star"]


@pytest.mark.parametrize("pitch", [55, 110, 220])
def test_a_harmonic_hum_is_no_command_even_with_the_key_held(recogniser, pitch):
    times = np.arange(spoken.RATE) / spoken.RATE
    hum = sum(np.sin(2 * np.pi * pitch * k * times) / k for k in range(1, 30))
    assert not recogniser.transcribe((1600 * hum).astype(np.int16)).accepted
