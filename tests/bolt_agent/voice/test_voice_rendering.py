"""Sound that is ready to be played, and how a talker hands it out."""

import asyncio
import threading

import numpy as np
import pytest
from voice_stage import ToyVoice

from bolt_agent.ghost.messages import ApprovalAsked, Chunk, Code, Event, Head, Notice, Tail, Text, TurnBegan
from bolt_agent.voice.errors import NotInstalled, UnknownVoice
from bolt_agent.voice.speaker import SilentSpeaker
from bolt_agent.voice.speech.rendering import Renderer, normalised, trimmed
from bolt_agent.voice.speech.voice import open_voice
from bolt_agent.voice.talker import OFTEN_SAID, Talker
from drivers.clock import FastClock

RATE = 8000


def speech(before, seconds, after, peak):
    tone = peak * np.sin(np.arange(round(seconds * RATE)) / 3)
    return np.concatenate([np.zeros(round(before * RATE)), tone, np.zeros(round(after * RATE))]).astype(np.int16)


def test_silence_before_and_after_is_cut_off():
    assert trimmed(speech(0.3, 1.0, 0.4, 9000), RATE).size / RATE == pytest.approx(1.13, abs=0.02)
    assert trimmed(np.zeros(RATE, np.int16), RATE).size == 0


def test_every_voice_is_equally_loud():
    loud, quiet = (normalised(speech(0, 1, 0, peak), volume=1.0) for peak in (30_000, 2_000))
    assert abs(int(loud.max()) - int(quiet.max())) < 60
    assert normalised(speech(0, 1, 0, 9000), volume=0.5).max() == pytest.approx(loud.max() / 2, rel=0.01)
    assert not normalised(np.zeros(9, np.int16), volume=1.0).any()


def test_what_is_said_often_is_rendered_once():
    voice = ToyVoice()
    renderer = Renderer(voice, 16_000)
    renderer.render("Done.")
    renderer.render("OK!")
    assert renderer.render("OK!").size == pytest.approx(3 * 0.06 * 16_000, rel=0.05)
    assert voice.sentences == ["Done.", "OK!"]


def test_pace_and_nothing_to_say():
    assert (
        Renderer(ToyVoice(), RATE, pace=2.0).render("Hello you").size < Renderer(ToyVoice(), RATE).render("Hi you").size
    )
    assert Renderer(ToyVoice(), RATE).render("🎉").size == 0


def test_a_voice_that_does_not_exist():
    with pytest.raises(UnknownVoice, match="there are hibari, openai, system"):
        open_voice("alexa")


def talk(*items, seconds=60.0, hush_at=None):
    """Let a talker say what these items tell. The sentences it rendered, and what hush answered."""
    clock, voice, answers = FastClock(), ToyVoice(), []

    async def main():
        talker = Talker(Renderer(voice, RATE), SilentSpeaker(clock, RATE), clock, notice=answers.append)
        for item in items:
            talker.add(item)
            await asyncio.sleep(0)
        if hush_at is not None:
            await clock.sleep(hush_at)
            answers.append(talker.hush())
        await talker.settled()
        await talker.close()

    clock.run(main())
    return voice.sentences, answers


def growing(*pieces, identity="1.1"):
    whole = "".join(pieces)
    return [
        Head(id=identity, kind="text"),
        *(Chunk(id=identity, text=piece) for piece in pieces),
        Tail(message=Text(id=identity, text=whole)),
    ]


def test_an_answer_is_said_once_sentence_by_sentence():
    assert talk(*growing("One. Tw", "o. ", "Three"))[0] == ["One.", "Two.", "Three"]


def test_an_answer_in_one_piece_is_said_too():
    assert talk(Tail(message=Text(id="1.1", text="One. Two.")))[0] == ["One.", "Two."]


def test_only_the_robots_words_are_said():
    items = [
        Tail(message=Text(id="1.1", role="person", text="Hello robot.")),
        Head(id="1.2", kind="code"),
        Chunk(id="1.2", text="moss.body.stop()"),
        Tail(message=Code(id="1.2", text="moss.body.stop()")),
        Head(id="1.3", kind="reasoning"),
        Chunk(id="1.3", text="They want a heart."),
        Tail(message=Notice(id="1.4", text="the model fell back")),
        Tail(message=Event(id="1.5", name="collision", text="bump")),
    ]
    assert talk(*items)[0] == []


def test_a_question_is_asked_aloud():
    assert talk(ApprovalAsked(id="1.1", question="May I delete the move waltz?"))[0] == ["May I delete the move waltz?"]


def test_it_tells_how_far_it_was_heard():
    _, (heard,) = talk(*growing("First this. Then a good bit more than that. Never this."), hush_at=1.5)
    assert heard == "First this. Then a good ..."


def test_what_was_heard_to_the_end_was_not_cut_short():
    assert talk(*growing("Done."), hush_at=5.0)[1] == [None]


def test_an_interruption_elsewhere_silences_it():
    clock = FastClock()
    speaker = SilentSpeaker(clock, RATE)

    async def main():
        talker = Talker(Renderer(ToyVoice(), RATE), speaker, clock, notice=print)
        for item in (TurnBegan(turn=1, say="x"), *growing("A long sentence, much longer than a second.")):
            talker.add(item)
        await clock.sleep(1.0)
        talker.add(Tail(message=Event(id="1.2", name="interrupted", text="interrupted")))
        await clock.sleep(1.0)
        await talker.close()

    clock.run(main())
    assert [round(piece.size / RATE, 1) for piece in speaker.played] == [1.0]


def test_what_a_turn_tells_after_the_person_has_left_is_not_said():
    clock, notices = FastClock(), []

    async def main():
        talker = Talker(Renderer(ToyVoice(), RATE), SilentSpeaker(clock, RATE), clock, notice=notices.append)
        talker.add(TurnBegan(turn=1, say="x"))
        await talker.close()
        for item in growing("All done now."):
            talker.add(item)
        await talker.settled()

    clock.run(main())
    assert notices == []


class LateVoice(ToyVoice):
    """Loads when it is let, or not at all."""

    def __init__(self, error=None):
        super().__init__()
        self.may_load, self.error = threading.Event(), error

    def load(self):
        assert self.may_load.wait(5)
        if self.error:
            raise self.error

    def render(self, sentence, pace):
        self.load()
        return super().render(sentence, pace)


def talk_early(voice, *sentences):
    """Say this before the voice has loaded. What was played, and the notices."""
    clock, notices = FastClock(), []
    speaker = SilentSpeaker(clock, RATE)

    async def main():
        talker = Talker(Renderer(voice, RATE), speaker, clock, notice=notices.append)
        warming = asyncio.create_task(talker.warm_up())
        await asyncio.sleep(0)
        for sentence in sentences:
            talker.say(sentence)
        await asyncio.sleep(0)
        assert voice.sentences == []
        voice.may_load.set()
        await warming
        await talker.settled()
        talker.say("And this.")
        await talker.settled()
        await talker.close()

    clock.run(main())
    return speaker.played, notices


def test_an_answer_that_is_given_while_the_voice_loads_waits_for_nothing_else():
    voice = LateVoice()
    played, notices = talk_early(voice, "Rolling.")
    assert len(played) == 2
    assert notices == []
    assert voice.sentences[0] == "Rolling."
    assert voice.sentences[1:-1] == list(OFTEN_SAID)


def test_a_voice_that_does_not_load_is_told_once_and_the_rest_goes_on():
    assert talk_early(LateVoice(NotInstalled("the voice needs a package")), "Rolling.", "Turning.") == (
        [],
        ["the voice needs a package; what it says is only written"],
    )


def test_a_defect_of_a_voice_is_told_as_well():
    _, notices = talk_early(LateVoice(ImportError("no such symbol")), "Rolling.")
    assert notices == ["the voice failed: ImportError: no such symbol; what it says is only written"]
