"""Conversations: what a new message does while the robot is busy, who sees what, and how everything ends together."""

import asyncio

import pytest

import bolt_agent
from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.brains.brain import Brain, Code, Say
from bolt_agent.ghost.messages import Transcript
from drivers.clock import Clock

ROLL = "def run(moss):\n    moss.body.new_move(run=True).roll(0, 90, 20)\n    moss.body.wait()\n"


class Rolling:
    """A brain that says what it was told, and rolls for 20 s when told to roll."""

    name, tries = "rolling", 1

    def __init__(self):
        self.heard = []
        self.ended = []

    async def reply(self, text, situation):
        self.heard.append(text)
        yield Say(f"You said {text}.")
        if "roll" in text:
            yield Code(ROLL)
        if text == "talk on":
            try:
                await asyncio.Event().wait()
            finally:
                self.ended.append(text)


class Stage:
    """A conversation with a virtual BOLT on the fast clock, and everything that was seen of it."""

    def __init__(self, **options):
        self.brain = Rolling()
        self.container = assemble(Options(brain="reflex", clock="fast", **options))
        self.container.set(Brain, self.brain)
        self.clock = self.container.force_fetch(Clock)
        self.seen = []

    def play(self, act):
        async def main():
            async with opened(self.container) as assembly:
                self.assembly, self.conversation = assembly, assembly.conversation
                self.conversation.watch(self.seen.append)
                await act(self)
                while self.conversation.busy:
                    await self.clock.sleep(0.1)
                await self.clock.sleep(2)
                self.rolls_on = assembly.virtual_bolt.speed

        self.clock.run(main())
        return self

    @property
    def turns(self):
        return [item.turn for item in self.seen if item.item == "ended"]

    def texts(self, kind):
        return [item.message.text for item in self.seen if item.item == "tail" and item.message.kind == kind]


async def after(stage, seconds, *texts):
    """Ask for a roll, and say these while it rolls."""
    stage.conversation.talk("roll")
    await stage.clock.sleep(seconds)
    return [stage.conversation.talk(text) for text in texts]


def test_a_new_message_waits_for_the_turn_under_way():
    stage = Stage().play(lambda stage: after(stage, 2, "heart"))
    assert [turn.say for turn in stage.turns] == ["roll", "heart"]
    assert stage.turns[0].t_end > 20


@pytest.mark.parametrize("correction", ["no, left!", "not that", "I meant the other way", "不对，往左"])
def test_a_correction_takes_the_place_of_what_it_corrects(correction):
    stage = Stage().play(lambda stage: after(stage, 2, "then a heart", correction))
    assert [turn.say for turn in stage.turns] == ["roll", correction, "then a heart"]
    assert stage.turns[0].t_end < 3
    assert stage.turns[0].reply == "You said roll."
    assert "interrupted" in stage.texts("event")
    assert stage.rolls_on < 1


def test_the_word_stop_ends_everything_and_belongs_to_the_turn_it_ends():
    stage = Stage().play(lambda stage: after(stage, 2, "heart", "stop!"))
    assert [turn.say for turn in stage.turns] == ["roll"]
    assert stage.turns[0].reply.endswith("Stopped.")
    assert stage.turns[0].t_end < 3
    assert "stop!" in stage.texts("text")
    assert stage.texts("notice") == ["1 waiting message dropped"]
    assert stage.conversation.stopped


@pytest.mark.parametrize("said", ["a car is coming, stop right there", "stop turning left you fool"])
def test_a_sentence_that_asks_to_stop_does_not_wait_for_the_turn_under_way(said):
    stage = Stage().play(lambda stage: after(stage, 2, said))
    assert [turn.say for turn in stage.turns] == ["roll"]
    assert stage.turns[0].t_end < 3
    assert stage.conversation.stopped


def test_a_command_that_ends_with_a_stop_waits_for_its_turn():
    stage = Stage().play(lambda stage: after(stage, 2, "turn left and then stop"))
    assert [turn.say for turn in stage.turns] == ["roll", "turn left and then stop"]
    assert stage.turns[0].t_end > 20


def test_a_stop_after_the_program_has_ended_is_a_stop_too():
    async def act(stage):
        stage.conversation.run("def run(moss):\n    moss.body.new_move(run=True).roll(0, 90, 20)\n")
        await stage.clock.sleep(2)
        stage.conversation.talk("stop")

    (turn,) = Stage().play(act).turns
    assert turn.reply == "Stopped."
    assert turn.t_end < 3


def test_the_next_command_takes_the_latch_off_and_so_does_release():
    async def act(stage):
        await after(stage, 1, "stop")
        await stage.clock.sleep(1)
        assert stage.conversation.stopped
        stage.conversation.release()
        assert not stage.conversation.stopped
        await stage.conversation.stop()
        stage.conversation.talk("roll")
        await stage.clock.sleep(3)
        assert stage.assembly.virtual_bolt.speed > 10
        await stage.conversation.stop()

    Stage().play(act)


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("queue", ["roll", "a", "b"]),
        ("interrupt", ["roll", "b", "a"]),
        ("interrupt_keep_last", ["roll", "b"]),
        ("ignore", ["roll"]),
    ],
)
def test_the_policy_says_what_a_new_message_does(policy, said):
    stage = Stage(interruptions=policy).play(lambda stage: after(stage, 2, "a", "b"))
    assert [turn.say for turn in stage.turns] == said
    assert (stage.turns[0].t_end < 3) == policy.startswith("interrupt")


def test_a_message_that_is_not_taken_says_so():
    async def act(stage):
        (stream,) = await after(stage, 2, "heart")
        assert [item.message.text async for item in stream] == ["not taken: the robot is busy"]

    Stage(interruptions="ignore").play(act)


def test_an_interruption_ends_a_brain_that_is_still_talking():
    async def act(stage):
        stage.conversation.talk("talk on")
        while not stage.brain.heard:
            await asyncio.sleep(0)
        stage.conversation.talk("no, a heart")

    stage = Stage().play(act)
    assert stage.brain.ended == ["talk on"]
    assert [turn.say for turn in stage.turns] == ["talk on", "no, a heart"]


def test_a_correction_that_comes_at_once_loses_nothing():
    """Whoever answers TurnBegan itself speaks before the turn has taken its first step."""

    async def act(stage):
        def object_to(item):
            if item.item == "began" and item.say == "roll":
                stage.conversation.talk("no, a heart")

        stage.conversation.watch(object_to)
        async for _ in stage.conversation.talk("roll"):
            pass

    assert [turn.say for turn in Stage().play(act).turns] == ["roll", "no, a heart"]


def test_everybody_sees_every_turn_and_a_late_comer_the_transcript():
    async def act(stage):
        one, other = [], []
        stage.conversation.watch(one.append)
        leave = stage.conversation.watch(other.append)
        mine = [item async for item in stage.conversation.talk("hello")]
        assert one == other == mine
        leave()
        async for _ in stage.conversation.talk("again"):
            pass
        assert len(one) > len(other)
        late = stage.conversation.transcript.messages
        assert [message.text for message in late] == ["hello", "You said hello.", "again", "You said again."]
        assert Transcript(one).messages == late

    Stage().play(act)


def test_a_page_that_fails_does_not_end_a_turn():
    async def act(stage):
        def fail(_):
            raise RuntimeError("no page")

        stage.conversation.watch(fail)
        assert [item async for item in stage.conversation.talk("hello")][-1].turn.status == "ok"

    Stage().play(act)


def test_nobody_needs_to_read_the_stream():
    async def act(stage):
        stage.conversation.talk("hello")
        leaving = stage.conversation.talk("and again")
        async for _ in leaving:
            break

    assert len(Stage().play(act).turns) == 2


def test_a_defect_ends_the_turn_and_not_the_conversation():
    async def act(stage):
        run = stage.assembly.session.run
        stage.assembly.session.run = lambda code: run(None, None)
        (ended,) = [item async for item in stage.conversation.run("x")]
        assert ended.turn.status == "error"
        stage.conversation.talk("hello")

    assert [turn.status for turn in Stage().play(act).turns] == ["error", "ok"]


def test_the_transcript_is_bounded():
    transcript = Transcript(most=3)
    for item in [item for number in range(5) for item in _spoken(number)]:
        transcript.add(item)
    assert [message.text for message in transcript.messages] == ["2", "3", "4"]


def _spoken(number):
    from bolt_agent.ghost.messages import Tail, Text

    yield Tail(message=Text(id=f"{number}.1", text=str(number)))


# ---- for programs ---------------------------------------------------------------------------------------------


def test_a_script_talks_and_waits():
    with bolt_agent.open_conversation(clock="fast", brain="reflex") as conversation:
        turn = conversation.talk("roll forward for two seconds, then show a heart")
        ran = conversation.run("def run(moss): moss.face.show('star')")
        report = conversation.report()
    assert (turn.status, ran.status) == ("ok", "ok")
    assert turn.t_end - turn.t_start > 2
    assert len(report["turns"]) == 2


def test_a_program_opens_a_conversation():
    async def main():
        async with bolt_agent.open_conversation(clock="real", brain="reflex") as conversation:
            return [item async for item in conversation.talk("show a heart")]

    assert asyncio.run(main())[-1].turn.status == "ok"


def test_what_cannot_be_opened_says_why():
    with pytest.raises(LookupError, match="no world 'nowhere'"), bolt_agent.open_conversation(world="nowhere"):
        pass


# ---- what a brain is told -------------------------------------------------------------------------------------


def test_what_a_brain_is_told_stays_bounded_and_keeps_facts():
    told = []

    class Listener(Rolling):
        async def reply(self, text, situation):
            told.append(situation)
            yield Say("Yes.")

    stage = Stage()
    stage.container.set(Brain, Listener())

    async def act(stage):
        for text in ("my name is Mia", *(f"number {number}" for number in range(60))):
            async for _ in stage.conversation.talk(text):
                pass

    stage.play(act)
    assert max(len(situation.history) for situation in told) < 30
    assert "my name is Mia" in told[-1].summary
    assert told[-1].history[-1].say == "number 58"


def test_a_brain_that_can_writes_the_summary():
    class Writer(Rolling):
        told = ""

        async def reply(self, text, situation):
            self.told = situation.summary
            yield Say("Yes.")

        async def summarize(self, summary, turns):
            return f"They counted from {turns[0].say}."

    stage, writer = Stage(), Writer()
    stage.container.set(Brain, writer)

    async def act(stage):
        for number in range(32):
            async for _ in stage.conversation.talk(f"number {number}"):
                pass

    stage.play(act)
    assert writer.told == "They counted from number 0."


def test_a_yes_that_is_said_answers_what_waits_for_it():
    async def act(stage):
        stage.assembly.session.attended = True
        stream = stage.conversation.run("def run(moss): moss.face.fill('red')")
        async for item in stream:
            if item.item == "asked":
                assert [item async for item in stage.conversation.talk("yes please")] == []

    stage = Stage(approve="always").play(act)
    assert [turn.status for turn in stage.turns] == ["ok"]
    assert "yes please" in stage.texts("text")


def test_what_waits_does_not_take_the_latch_off_again():
    async def act(stage):
        def stop_at_the_end(item):
            if item.item == "ended" and item.turn.say == "hello":
                stopping.append(asyncio.ensure_future(stage.conversation.stop()))

        stopping = []
        stage.conversation.watch(stop_at_the_end)
        stage.conversation.talk("hello")
        stage.conversation.talk("roll")
        await stage.clock.sleep(3)
        assert stage.conversation.stopped

    Stage().play(act)
