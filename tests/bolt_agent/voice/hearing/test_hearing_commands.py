"""Somebody says a command, and the ear writes it as the reflex brain reads it."""

import pytest
import spoken

from bolt_agent.voice.hearing import Partial, SpeechEnded, SpeechStarted, open_ear

SAID = {
    "roll forward for two seconds": "roll forward for two seconds",
    "spin around three times": "spin around three times",
    "turn right ninety degrees": "turn right 90 degrees",
    "go forward fifty centimeters": "go forward 50 centimeters",
    "roll at heading forty five with speed one hundred for one point five seconds": (
        "roll at heading 45 with speed 100 for 1.5 seconds"
    ),
    "go left for one second then go right for two seconds": "go left for one second then go right for two seconds",
    "drive in a square": "drive in a square",
    "write hello in yellow": "write hello in yellow",
    "write pizza in red": "write pizza in red",
    "call it popcorn, roll forward then spin around": "call it popcorn, roll forward then spin around",
}


@pytest.mark.parametrize("said", SAID)
def test_what_was_said_is_written_as_one_would_type_it(listener, said):
    assert listener.commands(spoken.say(said)) == [SAID[said]]


@pytest.mark.parametrize("voice", [voice for voice in spoken.voices() if voice != "hibari"])
def test_other_voices_are_understood_too(listener, voice):
    assert listener.commands(spoken.say("roll forward for two seconds", voice)) == ["roll forward for two seconds"]


def test_in_noise_and_in_a_room(listener):
    sentence = spoken.say("drive in a square")
    assert listener.commands(spoken.with_noise(sentence, 20)) == ["drive in a square"]
    assert listener.commands(spoken.with_noise(spoken.in_room(sentence), 20)) == ["drive in a square"]


def test_a_turn_is_told_from_its_beginning_to_its_end(listener):
    events = listener.hear(spoken.say("turn left", lead=0.5))
    assert [type(event) for event in events[:3]] == [SpeechStarted, Partial, SpeechEnded]
    final = events[-1]
    assert final.accepted
    assert final.started < final.ended < final.time


def test_a_whole_command_ends_sooner_than_a_broken_off_one(listener):
    whole = listener.finals(spoken.say("roll forward for two seconds"))[0]
    broken_off = listener.finals(spoken.say("roll forward and then"))[0]
    assert whole.time - whole.ended < 0.3
    assert broken_off.time - broken_off.ended > 0.6


@pytest.mark.parametrize(
    "said", ["what a lovely day it is today", "my sister bought three apples at the market", "did you watch the match"]
)
def test_talk_is_no_command(listener, said):
    assert listener.finals(spoken.say(said))
    assert listener.commands(spoken.say(said)) == []


def test_a_named_move_is_heard_even_where_no_dictionary_has_it():
    from bolt_agent.voice.hearing.commands import CommandRecogniser

    recogniser = CommandRecogniser(names=["snorkelbop"])
    assert recogniser.transcribe(spoken.say("do the snorkelbop twice")).text == "do the snorkelbop twice"


@pytest.mark.parametrize("word", ["freeze", "halt", "stop"])
def test_an_emergency_word_is_heard_as_nothing_else(recogniser, word):
    assert recogniser.transcribe(spoken.say(word)).text == word


def test_only_what_is_not_clear_is_heard_at_other_paces(recogniser, monkeypatch):
    model, heard = recogniser._model, []

    class Counting:
        labels = model.labels

        def __call__(self, samples):
            heard.append(len(samples))
            return model(samples)

    monkeypatch.setattr(recogniser, "_model", Counting())
    assert recogniser.transcribe(spoken.say("roll forward for two seconds")).accepted
    assert len(heard) == 1
    recogniser.hear(spoken.say("roll forward for two seconds"), clear=1.1)
    assert len(heard) > 3
    assert max(heard) > heard[0] > min(heard)


def test_readings_that_mean_the_same_count_together():
    from bolt_agent.voice.hearing.commands import CommandRecogniser

    sentence = spoken.with_noise(spoken.say("turn left"), 0)
    alone = CommandRecogniser(meaning=lambda text: text).transcribe(sentence)
    together = CommandRecogniser(meaning=lambda text: "anything").transcribe(sentence)
    assert together.score > alone.score


def test_an_unknown_engine_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="hama, pocketsphinx"):
        open_ear("hal")
