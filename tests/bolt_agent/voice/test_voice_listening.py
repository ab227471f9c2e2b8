"""Talking with a virtual BOLT: what a person says becomes turns, and they may talk over everything it says and does."""

import itertools

import pytest
from voice_stage import VoiceStage, begins, said, stop

from bolt_agent.brains.brain import Code, Say
from bolt_agent.voice.talker import NOT_CAUGHT, STANDING_STILL

LONG = "I will now tell you a very long story about a little robot ball that was looking for a red heart in the dark."


class Storyteller:
    """Tells a story and rolls; keeps what it was asked."""

    name, tries = "storyteller", 1

    def __init__(self, code=None, tale=LONG):
        self.code, self.tale, self.asked = code, tale, []

    async def reply(self, text, situation):
        self.asked.append((text, situation))
        yield Say(self.tale)
        if self.code:
            yield Code(self.code)


ROLL = "def run(moss):\n    moss.body.new_move(run=True).roll(0, 90, 8)\n"


def test_what_is_said_is_done_and_answered_aloud():
    stage = VoiceStage(said("roll forward for two seconds", 1.0)).listen(2)
    assert [turn.status for turn in stage.turns] == ["ok"]
    assert stage.assembly.virtual_bolt.pose.y > 60
    assert stage.voice.sentences == [stage.turns[0].reply]


def test_code_and_output_are_not_read_aloud():
    code = "def run(moss):\n    print('a secret')\n    moss.face.fill('red')\n"
    stage = VoiceStage(said("go", 1.0), brain=Storyteller(code, "All `red = 1` now.\n```\nx = 1\n```\n")).listen(2)
    assert stage.voice.sentences == ["All now."]


def test_talk_that_is_no_command_moves_nothing():
    stage = VoiceStage(said("lovely weather", 1.0, accepted=False), said("isn't it", 4.0, accepted=False)).listen(6)
    assert stage.turns == []
    assert stage.witness.notices == [NOT_CAUGHT] * 2
    assert stage.voice.sentences == [NOT_CAUGHT]  # aloud once: people also talk with each other
    assert stage.assembly.virtual_bolt.record.path[-1][1:3] == (0.0, 0.0)


def test_stop_is_heard_while_it_rolls_and_the_robot_does_not_say_the_word():
    stage = VoiceStage(said("roll forward for eight seconds", 1.0), stop(4.0)).listen(6)
    rolling, later = stage.speeds_between(2.5, 4.0), stage.speeds_between(5.0, 6.0)
    assert max(rolling) > 30
    assert max(later, default=0.0) < 1
    assert stage.voice.sentences[-1] == STANDING_STILL


def test_stop_is_heard_while_it_speaks():
    stage = VoiceStage(said("tell me something", 1.0), stop(3.0), brain=Storyteller()).listen(6)
    story, *after = stage.spoken
    assert story < 2.0  # of nearly seven seconds
    assert stage.voice.sentences[-1] == STANDING_STILL
    assert len(after) == 1


def test_the_robot_does_not_stop_itself_where_its_own_words_sound_like_stop():
    script = said("go", 1.0), stop(3.0), stop(4.5)
    heard = VoiceStage(*script, brain=Storyteller(), slips=lambda samples: [1.6]).listen(6).spoken[0]
    assert heard == pytest.approx(4.5 - 1.26, abs=0.1)  # the first was the robot itself; the second was not


def test_stop_while_nothing_happens_is_answered_too():
    stage = VoiceStage(stop(1.0)).listen(2)
    assert stage.voice.sentences == [STANDING_STILL]
    assert stage.turns == []


def test_the_stop_that_was_spotted_is_no_command_once_more():
    stage = VoiceStage(said("roll forward", 1.0), stop(2.9), said("stop", 3.0), said("turn left", 5.0)).listen(8)
    assert [turn.say for turn in stage.turns] == ["roll forward", "turn left"]


def test_a_stop_that_was_only_understood_as_words_stops_as_well():
    stage = VoiceStage(said("roll forward for eight seconds", 1.0), said("stop", 4.0)).listen(6)
    assert max(stage.speeds_between(5.2, 6.0), default=0.0) < 2


def test_without_headphones_only_stop_is_heard_while_the_robot_speaks():
    stage = VoiceStage(said("tell me", 1.0), begins(3.0), said("roll forward", 3.5), brain=Storyteller()).listen(9)
    assert [turn.say for turn in stage.turns] == ["tell me"]
    assert sum(stage.spoken) == pytest.approx(len(LONG) * 0.06, abs=0.3)


def test_after_its_last_word_the_robot_listens_again():
    stage = VoiceStage(said("turn left", 1.0), said("turn right", 8.0)).listen(9)
    assert [turn.say for turn in stage.turns] == ["turn left", "turn right"]


def test_with_headphones_a_voice_silences_the_robot_at_once_and_stops_it():
    brain = Storyteller(ROLL)
    script = said("go", 1.0), begins(3.0), said("turn around", 4.5)
    stage = VoiceStage(*script, brain=brain, half_duplex=False).listen(9)
    story = stage.spoken[0]
    assert story == pytest.approx(3.0 - 1.26, abs=0.05)  # cut off in the very block that held the voice
    assert max(stage.speeds_between(3.9, 4.4), default=0.0) < 1
    assert "Standing still." not in stage.voice.sentences  # nobody talks while the person does


def test_the_conversation_knows_how_far_the_answer_was_heard():
    given = []

    class Attentive(Storyteller):
        async def reply(self, text, situation):
            given.append(situation)
            async for part in super().reply(text, situation):
                yield part

    def context(situation):
        return str(situation)

    VoiceStage(said("go", 1.0), begins(3.0), said("what was that", 4.5), brain=Attentive(), half_duplex=False).listen(
        14
    )
    assert "I will now tell you" in context(given[1])
    assert "interrupted" in context(given[1])


def test_a_new_command_while_it_moves_silently_waits_for_its_turn_or_corrects():
    stage = VoiceStage(
        said("roll forward for two seconds", 1.0), said("turn left", 3.0), mute=True, half_duplex=False
    ).listen(8)
    assert [turn.say for turn in stage.turns] == ["roll forward for two seconds", "turn left"]
    first, second = stage.turns
    assert first.t_end <= second.t_start


def test_with_push_to_talk_words_count_only_while_the_key_is_down():
    async def person(stage):
        await stage.clock.sleep(3.0)
        stage.listening.press()
        await stage.clock.sleep(1.5)
        stage.listening.release()

    script = said("turn left", 1.0), said("turn right", 4.0), said("spin", 6.0)
    stage = VoiceStage(*script, open=False).listen(8, meanwhile=person)
    assert [turn.say for turn in stage.turns] == ["turn right"]


def test_stop_needs_no_key():
    stage = VoiceStage(stop(1.0), open=False).listen(2)
    assert stage.voice.sentences == [STANDING_STILL]


def test_letting_the_key_go_ends_the_sentence_at_once():
    async def person(stage):
        await stage.clock.sleep(1.0)
        stage.listening.press()
        await stage.clock.sleep(1.0)
        stage.listening.release()

    stage = VoiceStage(said("turn right", 60.0, lasting=58.8), open=False).listen(3, meanwhile=person)
    assert [turn.say for turn in stage.turns] == ["turn right"]
    assert stage.turns[0].t_start < 2.1


def test_the_key_silences_the_robot():
    async def person(stage):
        await stage.clock.sleep(3.0)
        stage.listening.press()

    stage = VoiceStage(said("tell me", 1.0), brain=Storyteller()).listen(6, meanwhile=person)
    assert stage.spoken == [pytest.approx(1.75, abs=0.1)]


def test_the_ear_is_told_that_the_robot_moves():
    stage = VoiceStage(said("roll forward for two seconds", 1.0), mute=True).listen(6)
    changes = [moving for moving, _ in itertools.groupby(stage.ear.was_moving)]
    assert changes == [False, True, False]


def test_timing_tells_every_moment_of_a_turn():
    stage = VoiceStage(said("roll forward for two seconds", 1.0)).listen(4)
    timing = stage.witness.timings[0]
    assert timing.words - timing.ended == pytest.approx(0.26, abs=0.02)
    assert timing.words <= timing.code <= timing.packet <= timing.words + 0.1
    assert timing.words <= timing.sound <= timing.words + 0.1
    assert "words +2" in str(timing)


def test_the_answer_of_a_mute_robot_is_timed_without_sound():
    stage = VoiceStage(said("roll forward", 1.0), mute=True).listen(2)
    assert str(stage.witness.timings[0]).endswith("no sound")


def test_a_turn_that_fails_does_not_end_the_listening():
    class Broken(Storyteller):
        async def reply(self, text, situation):
            if not self.asked:
                self.asked.append(text)
                raise RuntimeError("out of thoughts")
            yield Say("Better.")

    stage = VoiceStage(said("go", 1.0), said("again", 4.0), brain=Broken()).listen(6)
    assert [turn.status for turn in stage.turns] == ["error", "ok"]
    assert stage.voice.sentences == ["That did not work.", "Better."]


def test_a_voice_that_fails_leaves_the_captions():
    stage = VoiceStage(said("roll forward", 1.0))

    def fail(sentence, pace):
        raise RuntimeError("no breath")

    stage.voice.render = fail
    stage.listen(3)
    assert stage.turns[0].status == "ok"
    assert any("no breath" in notice for notice in stage.witness.notices)
