"""The emergency word is heard at once, whatever else goes on."""

import pytest
import spoken

from bolt_agent.voice.hearing import SAMPLE_RATE
from bolt_agent.voice.hearing.phonemes import PhonemeModel
from bolt_agent.voice.hearing.spotter import AT_REST, MOVING, NEAR_MISSES, WINDOW, Spotter


@pytest.mark.parametrize("word", ["stop", "stop it", "freeze"])
def test_the_word_is_heard_before_the_turn_is_over(listener, word):
    sentence = spoken.say(word)
    stops = listener.stops(sentence)
    assert len(stops) == 1
    assert stops[0].time < listener.time - 1.2 + 0.15  # the word ends 1.2 s before the sound does


@pytest.mark.parametrize("voice", spoken.voices())
def test_it_is_heard_over_the_hum_of_the_motors(listener, voice):
    listener.ear.moving = True
    assert listener.stops(spoken.with_noise(spoken.say("stop", voice), 20, "hum"))


def test_it_is_heard_while_the_robot_speaks(listener):
    listener.ear.deaf = True
    events = listener.hear(spoken.say("roll forward for two seconds"), spoken.say("stop"))
    assert [type(event).__name__ for event in events] == ["StopHeard"]


def test_it_is_heard_in_the_middle_of_a_sentence(listener):
    assert listener.stops(spoken.say("oh no stop right there please"))


@pytest.mark.parametrize("said", ["no no no", "wait", "no wait", "hey wait"])
def test_words_that_are_no_stop_at_rest_are_one_while_it_moves(listener, said):
    assert not listener.stops(spoken.say(said))
    listener.ear.moving = True
    assert listener.stops(spoken.say(said))


@pytest.mark.parametrize(
    "said", ["show me a star", "step up", "roll forward for two seconds", "go to the top", "the waiter is late"]
)
def test_words_like_it_are_not_it(listener, said):
    listener.ear.moving = True
    assert not listener.stops(spoken.say(said))


@pytest.mark.skipif("flite-awb" not in spoken.voices(), reason="flite is not installed")
@pytest.mark.parametrize(
    "said", ["he gained a little weight over the holidays", "the cook sat down on a bucket and wept"]
)
def test_talk_is_not_it(listener, said):
    listener.ear.moving = True
    for lead in (0.1, 0.121, 0.142, 0.163):
        assert not listener.stops(spoken.say(said, "flite-awb", lead=lead))


@pytest.mark.skipif("espeak-us" not in spoken.voices(), reason="espeak-ng is not installed")
def test_what_another_word_ends_with_is_not_it():
    so_far = spoken.say("the lamp in the hallway has been broken for weeks", "espeak-us")[: int(2.08 * SAMPLE_RATE)]
    assert Spotter(PhonemeModel(), MOVING, NEAR_MISSES).look(so_far, 2.08, MOVING) is None


@pytest.mark.parametrize("voice", spoken.voices())
def test_several_words_fit_as_well_as_each_of_them(voice):
    window = spoken.say("no no no", voice, lead=0.1)[:WINDOW]
    spot = Spotter(PhonemeModel(), ["no no no"]).look(window, 1.0, {"no no no": -0.8})
    assert spot is not None
    assert spot.time <= 1.0


@pytest.mark.parametrize(("begins", "heard"), [(0.1, True), (0.35, False)])
def test_what_may_be_the_rest_of_a_word_that_has_left_the_window_is_not_it(begins, heard):
    word = spoken.say("stop", lead=0.3)
    window = word[int(begins * SAMPLE_RATE) :][:WINDOW]
    assert bool(Spotter(PhonemeModel(), ["stop"]).look(window, 1.0, AT_REST)) == heard


@pytest.mark.parametrize("kind", ["hum", "clicks", "music"])
def test_sounds_that_are_no_speech_stop_nothing(listener, kind):
    listener.ear.moving = True
    assert listener.hear(spoken.around(kind, 8, 0.05)) == []
