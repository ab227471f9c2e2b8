"""What code returns from run says what comes next."""

import pytest
from minds_stage import Stage, program

from bolt_agent.brains.brain import Attempt, Observation, Say
from bolt_agent.ghost.context import Context
from bolt_agent.ghost.operators import Error, Observe, read_operator
from bolt_agent.ghost.turns.rounds import MOST_LOOKS

LOOK = "return moss.mind.observe()"


def test_a_ghost_looks_where_it_really_ended_and_goes_on():
    stage = Stage(
        [Say("Going."), program("moss.body.new_move(run=True).go(300)", LOOK)],
        [Say("A wall!"), program("moss.face.show('surprised')")],
        world="walled",
    )
    (turn,) = stage.say("go three metres")
    assert turn.reply == "Going. A wall!"
    assert turn.status == "ok"
    (seen,) = [program for program in stage.brain.asked[1][1].attempts if isinstance(program, Observation)]
    assert "go(300)" in seen.code
    assert "cm forward of the start" in seen.seen
    assert "collision" in seen.seen
    assert stage.assembly.report()["matrix"][0] != stage.assembly.report()["matrix"][3]


def test_what_is_observed_is_when_the_ball_has_come_to_rest():
    stage = Stage([program("moss.body.new_move(run=True).go(50)", LOOK)], [Say("Half a metre.")])
    stage.say("go")
    seen = stage.brain.asked[1][1].attempts[0].seen
    forward = float(seen.split(" cm forward")[0].rsplit(" ", 1)[1])
    assert forward == pytest.approx(50, abs=4)


def test_what_it_printed_is_seen_too():
    stage = Stage([program("print('battery', moss.body.battery > 0)", LOOK)], [Say("Fine.")])
    stage.say("battery?")
    assert "It printed:\nbattery True" in stage.brain.asked[1][1].attempts[0].seen


def test_nobody_looks_for_ever():
    stage = Stage(*[[program(LOOK)]] * (MOST_LOOKS + 1))
    (turn,) = stage.say("look")
    assert turn.status == "ok"
    assert len(stage.brain.asked) == MOST_LOOKS + 1
    assert "often enough" in stage.messages("notice")[0].text


def test_an_error_that_code_returns_is_mended_like_one_it_raises():
    stage = Stage([program("return moss.mind.error('too fast')")], [Say("Better.")])
    stage.brain.tries = 2
    (turn,) = stage.say("go")
    assert isinstance(stage.brain.asked[1][1].attempts[0], Attempt)
    assert stage.brain.asked[1][1].attempts[0].error == "too fast"
    assert turn.status == "ok"


def test_giving_up_says_why_and_leaves_nothing_moving():
    stage = Stage([program("moss.body.new_move(run=True).roll(0, 90, 30)", "return moss.mind.fail('I am afraid.')")])
    (turn,) = stage.say("go")
    assert (turn.status, turn.reply) == ("refused", "I am afraid.")
    assert turn.t_end < 3


def test_waiting_asks_the_person():
    stage = Stage([program("return moss.mind.wait('Left or right?')")], [Say("Right it is.")])
    first, second = stage.say("turn", "right")
    assert first.reply == "Left or right?"
    assert second.reply == "Right it is."
    assert stage.brain.asked[1][1].history[0].reply == "Left or right?"


def test_a_program_without_words_may_finish_with_some():
    async def act(assembly):
        async for _ in assembly.conversation.run("def run(moss): return moss.mind.finish('All done.')"):
            pass

    stage = Stage()
    stage.play(act)
    assert stage.turns[0].reply == "All done."


def test_code_may_return_anything_else():
    stage = Stage([program("return 42")], [program("return moss")])
    assert [turn.status for turn in stage.say("one", "two")] == ["ok", "ok"]


def test_forged_operators_are_nothing():
    assert read_operator({"operator": "observe", "text": "x"}) == Observe("x")
    assert read_operator({"operator": ["observe"]}) is None
    assert read_operator({"operator": "launch"}) is None
    assert read_operator(None) is None
    assert Error("x") != Observe("x")


class Lesson(Context):
    topic: str
    children: int = 2


def test_the_context_ends_the_prompt_and_is_a_variable_of_code():
    stage = Stage(
        [program("print(moss.mind.context.topic, moss.mind.context.children, moss.mind.context.world)")], ["ok"]
    )

    async def act(assembly):
        async for _ in assembly.conversation.talk("begin", Lesson(topic="angles")):
            pass
        async for _ in assembly.conversation.talk("and on"):
            pass

    stage.play(act)
    told = stage.brain.asked[0][1].context
    assert told.splitlines()[0].startswith("Your body: 0 cm right and 0 cm forward of the start, facing 0 degrees")
    assert told.splitlines()[1:] == ["topic: angles", "children: 2"]
    assert stage.messages("result")[0].text == "angles 2 open\n"
    assert "angles" not in stage.brain.asked[1][1].context


def test_the_context_knows_the_last_bump():
    stage = Stage([program("moss.body.new_move(run=True).roll(0, 90, 5)")], ["Ouch."], world="walled")
    stage.say("go", "what happened?")
    assert "last bump: collision, at x" in stage.brain.asked[1][1].context
    assert "last bump" not in stage.brain.asked[0][1].context
