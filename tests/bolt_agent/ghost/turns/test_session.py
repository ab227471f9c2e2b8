"""Turns, from words to what the virtual robot did, with a scripted brain."""

import asyncio
import itertools
import math

import pytest

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.brains.brain import Brain, Code, Refuse, Say
from bolt_agent.brains.errors import Unreachable
from bolt_agent.moss.worker.executor import Feed
from bolt_agent.moss.worker.protocol import Limits
from drivers.clock import Clock


class Script:
    """A brain that gives prepared answers, one a call, and keeps what it was asked."""

    name, tries = "scripted", 3

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    async def reply(self, text, situation):
        self.asked.append((text, situation))
        answer = self.answers.pop(0)
        for part in answer:
            if isinstance(part, Exception):
                raise part
            yield part


def outline(items):
    """The kinds of the messages and the other items, in their order; growing messages where they are whole."""
    return [item.message.kind if item.item == "tail" else item.item for item in items if item.item not in GROWING]


GROWING = ("head", "chunk", "line")


def messages(items, kind):
    return [item.message for item in items if item.item == "tail" and item.message.kind == kind]


def results(items):
    return messages(items, "result")


class Talk:
    """A conversation with a virtual BOLT on the fast clock."""

    def __init__(self, *answers, **options):
        self.brain = Script(*answers)
        self.container = assemble(Options(brain="reflex", clock="fast", **options))
        self.container.set(Brain, self.brain)
        self.clock = self.container.force_fetch(Clock)

    def take(self, *texts, meanwhile=None):
        """Take the turns; the items of all of them. meanwhile: a coroutine function run beside the first turn."""

        async def main():
            async with opened(self.container) as assembly:
                self.assembly = assembly
                items = []
                beside = asyncio.create_task(meanwhile(assembly)) if meanwhile else None
                for text in texts:
                    items += [item async for item in assembly.session.say(text)]
                if beside is not None:
                    await beside
                self.report = assembly.report()
                self.turns = assembly.session.turns
                return items

        return self.clock.run(main())

    @property
    def end(self):
        return self.report["path"][-1][1:3]

    @property
    def length(self):
        path = self.report["path"]
        return sum(math.dist(a[1:3], b[1:3]) for a, b in itertools.pairwise(path))


def program(*lines):
    return Code("def run(moss):\n" + "".join(f"    {line}\n" for line in lines))


ROLL = program("moss.body.new_move(run=True).roll(90, 90, 2)")


def test_words_become_speech_code_and_motion():
    talk = Talk([Say("Rolling!"), ROLL])
    items = talk.take("go right")
    assert outline(items) == ["began", "text", "code", "result", "ended"]
    (turn,) = talk.turns
    assert (turn.reply, turn.status, turn.error) == ("Rolling!", "ok", None)
    assert turn.code == ROLL.text
    assert talk.end[0] > 40
    assert abs(talk.end[1]) < 5


def test_a_turn_ends_when_the_ball_is_at_rest():
    talk = Talk([ROLL])
    talk.take("go right")
    assert talk.report["path"][-1][4] < 4
    assert talk.turns[0].t_end - talk.turns[0].t_start > 2


def test_a_turn_without_words_still_gets_an_answer():
    talk = Talk([ROLL], [])
    talk.take("go", "nothing")
    assert [turn.reply for turn in talk.turns] == ["Done.", "Done."]


def test_a_brain_may_refuse():
    talk = Talk([Refuse("I cannot fly.")])
    talk.take("fly")
    assert talk.turns[0].status == "refused"
    assert talk.turns[0].reply == "I cannot fly."
    assert talk.length < 0.1


def test_a_broken_program_goes_back_to_the_brain_with_its_error():
    broken = program("moss.body.new_move(run=True).rol(90)")
    talk = Talk([Say("Off I go."), broken], [ROLL])
    items = talk.take("go")
    assert outline(items) == ["began", "text", "code", "result", "code", "result", "ended"]
    (failed, ran) = results(items)
    assert failed.again
    assert (ran.error, ran.again) == (None, False)
    (attempt,) = talk.brain.asked[1][1].attempts
    assert attempt.code == broken.text
    assert "no attribute 'rol'" in attempt.error
    assert talk.turns[0].status == "ok"
    assert talk.length > 40


def test_a_program_may_fail_three_times_then_the_turn_fails_and_the_ball_rests():
    broken = program("moss.body.new_move(run=True).roll(0, 90, 60)", "1 / 0")
    talk = Talk([broken], [broken], [broken], [ROLL])
    talk.take("go", "again")
    assert [turn.status for turn in talk.turns] == ["error", "ok"]
    assert "ZeroDivisionError" in talk.turns[0].error
    assert talk.turns[0].reply
    assert talk.turns[0].t_end < 5


def test_the_brain_is_shown_the_talk_so_far():
    talk = Talk([Say("Hi!")], [Say("Yes.")])
    talk.take("hello", "are you there?")
    (earlier,) = talk.brain.asked[1][1].history
    assert (earlier.say, earlier.reply, earlier.code, earlier.status) == ("hello", "Hi!", None, "ok")


def test_a_brain_that_cannot_be_reached_fails_the_turn_and_not_the_conversation():
    talk = Talk([Unreachable("no answer from there")], [Say("Back.")])
    talk.take("hello", "hello?")
    assert [(turn.status, turn.error) for turn in talk.turns] == [("error", "no answer from there"), ("ok", None)]


def test_speech_and_code_come_in_the_order_given():
    talk = Talk([Say("First."), program("moss.face.fill('red')"), Say("Second."), program("moss.face.fill('blue')")])
    items = talk.take("colours")
    assert outline(items) == ["began", "text", "code", "result", "text", "code", "result", "ended"]
    assert [frame[1][0] for frame in talk.report["matrix_log"]] == ["#ff0000", "#0000ff"]


def test_what_a_program_prints_is_in_its_result():
    talk = Talk([program("print('hello', moss.body.battery > 50)")])
    (output,) = results(talk.take("print"))
    assert output.text == "hello True\n"


def test_the_word_stop_needs_no_brain():
    talk = Talk()
    talk.take("stop!")
    assert talk.brain.asked == []
    assert (talk.turns[0].status, talk.turns[0].reply) == ("ok", "Stopped.")
    assert [name for _, name in talk.report["events"]] == ["stop"]


def test_an_emergency_stop_ends_the_turn_and_the_roll_at_once():
    async def stop_it(assembly):
        clock = assembly.container.force_fetch(Clock)
        await clock.sleep(2)
        await assembly.session.stop()

    talk = Talk([program("moss.body.new_move(run=True).roll(0, 90, 30)", "moss.body.wait()")], [ROLL])
    talk.take("go", "go again", meanwhile=stop_it)
    first, second = talk.turns
    assert first.reply.endswith("Stopped.")
    assert first.t_end < 2.5
    assert second.status == "ok"
    assert talk.end[0] > 40  # the next command moves it again


def test_a_collision_is_told_and_its_reaction_is_performed():
    move = "moss.body.new_move(run=True).on_collision(lambda m: m.turn_to(180).roll(180, 60, 1)).roll(0, 90, 10)"
    talk = Talk([program(move)], world="walled")
    happened = messages(talk.take("go until you bump"), "event")
    assert happened[0].name == "collision"
    assert happened[0].text == "bumped into something"
    bump = next(t for t, name in talk.report["events"] if name == "collision")
    at = min(talk.report["path"], key=lambda point: abs(point[0] - bump))
    assert at[2] - talk.end[1] > 10
    assert talk.turns[0].t_end < 8  # the rest of the ten seconds was dropped


def test_a_program_without_an_end_is_ended_and_the_next_turn_works():
    endless = program("while True:", "    pass")
    talk = Talk([endless], [endless], [endless], [ROLL], limits=Limits(cpu=0.2))
    talk.take("loop", "go")
    assert "computing time" in talk.turns[0].error
    assert talk.turns[1].status == "ok"


def test_thousands_of_motions_are_refused():
    flood = program("while True:", "    moss.body.new_move(run=True).roll(0, 90, 1)")
    talk = Talk([flood], [flood], [flood])
    talk.take("flood")
    assert "more than 2000 motions" in talk.turns[0].error
    assert talk.length < 60


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_report(seed):
    def run():
        talk = Talk(
            [program("moss.face.show('heart')", "moss.body.new_move(run=True).roll(0, 90, 1).spin(360, 1)")], seed=seed
        )
        talk.take("dance")
        return talk.report

    assert run() == run()


def in_pieces(code, size=6):
    return [Code(code.text[i : i + size]) for i in range(0, len(code.text), size)]


class Slow(Script):
    """A brain that writes the next piece of a program only when everything before it has been performed."""

    def __init__(self, *answers):
        super().__init__(*answers)
        self.seen = []
        self.look = lambda: None

    async def reply(self, text, situation):
        self.asked.append((text, situation))
        for number, part in enumerate(self.answers.pop(0)):
            if number >= 2:  # with its second piece a program begins to be performed
                await Hungry.asked.wait()
                Hungry.asked.clear()
            self.seen.append(self.look())
            if isinstance(part, Exception):
                raise part
            yield part


class Hungry(Feed):
    """A feed that says when the worker has performed all it has and asks for more."""

    asked = asyncio.Event()

    async def more(self):
        if not self._waiting:
            Hungry.asked.set()
        return await super().more()


@pytest.fixture
def streaming_talk(monkeypatch):
    monkeypatch.setattr("bolt_agent.ghost.turns.writing.Feed", Hungry)
    Hungry.asked = asyncio.Event()
    return slow_talk


def slow_talk(*answers):
    talk = Talk()
    talk.brain = Slow(*answers)
    talk.container.set(Brain, talk.brain)
    return talk


def test_the_robot_acts_while_the_model_is_still_writing(streaming_talk):
    code = program("moss.face.fill('red')", "moss.face.fill('blue')", "moss.face.fill('green')").text
    lines = code.splitlines(keepends=True)
    talk = streaming_talk([Code(lines[0]), Code(lines[1]), Code(lines[2]), Code(lines[3])])
    asked = []

    async def watch(assembly):
        answer = assembly.session._body.answer

        async def noting(what, args):
            asked.append(what)
            return await answer(what, args)

        assembly.session._body.answer = noting
        talk.brain.look = lambda: len(asked)

    talk.take("colours", meanwhile=watch)
    assert talk.brain.seen == [0, 0, 1, 2]
    assert talk.report["matrix"][0][0] == "#00ff00"


def test_a_streamed_program_has_the_outcome_of_the_whole():
    code = program("for heading in (0, 90):", "    moss.body.new_move(run=True).go(20, heading)", "print('done')")
    outcomes = []
    for answer in ([code], in_pieces(code)):
        talk = Talk(answer)
        items = talk.take("go")
        outcomes.append((talk.end, [result.text for result in results(items)], talk.turns[0].code))
    assert outcomes[0][1:] == outcomes[1][1:]
    assert math.dist(outcomes[0][0], outcomes[1][0]) < 1


def test_an_error_half_way_ends_the_writing_and_goes_back_to_the_brain(streaming_talk):
    broken = program("moss.face.fill('red')", "moss.face.fil('blue')", *["moss.face.fill('green')"] * 50)
    lines = broken.text.splitlines(keepends=True)
    talk = streaming_talk([Code(line) for line in lines], [program("moss.face.fill('white')")])
    talk.take("colours")
    (attempt,) = talk.brain.asked[1][1].attempts
    assert "line 3" in attempt.error
    assert len(attempt.code) < len(broken.text)
    assert [frame[1][0] for frame in talk.report["matrix_log"]] == ["#ff0000", "#ffffff"]


def test_an_answer_that_is_cut_off_fails_the_turn_and_what_it_began_is_not_carried_on(streaming_talk):
    lines = program("moss.body.new_move(run=True).roll(0, 90, 30)", "moss.body.wait()").text.splitlines(keepends=True)
    cut = Unreachable("the connection was cut")
    talk = streaming_talk([*map(Code, lines[:2]), Code("    mo"), cut], [Say("Here.")])
    talk.take("go", "are you there?")
    assert talk.turns[0].error == "Broken off: roll(0, 90, 30).\nthe connection was cut"
    assert talk.turns[0].t_end < 1
    assert talk.turns[1].status == "ok"
    assert talk.report["path"][-1][4] < 4
    assert talk.length < 30


def test_a_stop_while_the_model_writes_drops_the_rest(streaming_talk):
    async def stop_it(assembly):
        while len(talk.brain.seen) < 5:
            await asyncio.sleep(0)
        await assembly.session.stop()

    lines = program(*["moss.body.new_move(run=True).roll(0, 90, 1)"] * 30).text.splitlines(keepends=True)
    talk = streaming_talk([Code(line) for line in lines], [ROLL])
    talk.take("go", "go right", meanwhile=stop_it)
    assert talk.turns[0].reply.endswith("Stopped.")
    assert len(talk.brain.seen) < 30
    assert talk.turns[1].status == "ok"


def test_without_streaming_a_program_is_performed_when_it_is_whole():
    talk = Talk(in_pieces(program("moss.face.fill('red')", "moss.face.fil('blue')")), [], [], stream=False)
    talk.brain.tries = 1
    talk.take("colours")
    assert "no attribute 'fil'" in talk.turns[0].error
