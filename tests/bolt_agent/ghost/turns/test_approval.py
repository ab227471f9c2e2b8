"""What needs a person's yes: it waits for the answer, a no is an error in the program, and a stop ends the waiting."""

import asyncio

import pytest
from test_session import Talk, program, results

from bolt_agent.assembly import opened
from bolt_agent.brains.brain import Code, Say
from bolt_agent.ghost.turns.approval import Approvals, read_approve
from bolt_agent.robot import motions as m
from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.limits import SafetyLimits

FAST = program("moss.body.new_move(run=True).roll(90, 200, 1)", "moss.body.wait()")
CAREFUL = SafetyLimits(ask_speed=150)


@pytest.fixture(autouse=True)
def kept_moves(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path))


def answering(*answers):
    """Somebody who is there, and answers one question after another."""

    async def person(assembly):
        session = assembly.session
        session.attended = True
        for answer in answers:
            while session.asked is None:
                await asyncio.sleep(0)
            answer(assembly)

    return person


def yes(assembly):
    assembly.session.answer(assembly.session.asked, True)


def no(assembly):
    assembly.session.answer(assembly.session.asked, False)


def questions(items):
    return [item.question for item in items if item.item == "asked"]


def test_what_is_above_a_soft_limit_waits_for_a_yes_and_is_then_performed():
    talk = Talk([FAST], safety=CAREFUL)
    items = talk.take("go", meanwhile=answering(yes))
    assert questions(items) == ["Allow this: roll(90, 200, 1), which is faster than 150?"]
    assert talk.turns[0].status == "ok"
    assert talk.length > 20


def test_a_no_is_an_error_that_the_program_may_handle():
    careful = program(
        "try:",
        "    moss.body.new_move(run=True).roll(90, 200, 1)",
        "except ValueError as error:",
        "    print(error)",
        "moss.body.new_move(run=True).roll(90, 90, 1)",
    )
    talk = Talk([careful], safety=CAREFUL)
    (result,) = results(talk.take("go", meanwhile=answering(no)))
    assert result.text == "the person said no to this: roll(90, 200, 1), which is faster than 150\n"
    assert 5 < talk.length < 60


def test_a_no_that_is_not_handled_fails_the_turn_and_says_so():
    talk = Talk([FAST], safety=CAREFUL)
    talk.brain.tries = 1
    talk.take("go", meanwhile=answering(no))
    assert "Refused: the person said no to this: roll(90, 200, 1)" in talk.turns[0].error
    assert talk.length < 1


def test_where_nobody_can_be_asked_it_is_refused_and_the_setting_is_named():
    talk = Talk([FAST], safety=CAREFUL)
    talk.brain.tries = 1
    assert questions(talk.take("go")) == []
    assert "Nobody can be asked here" in talk.turns[0].error
    assert "--approve never" in talk.turns[0].error


def test_with_never_nobody_is_asked():
    talk = Talk([FAST], safety=CAREFUL, approve="never")
    assert questions(talk.take("go")) == []
    assert talk.length > 20


def test_with_always_every_motion_is_asked_for_once_in_a_turn():
    twice = program("for _ in range(2):", "    moss.face.fill('red')", "moss.body.new_move(run=True).spin(90)")
    talk = Talk([twice], approve="always")
    items = talk.take("go", meanwhile=answering(yes, yes))
    assert questions(items) == ["Allow this: face fill?", "Allow this: spin(90, 1)?"]
    assert talk.turns[0].status == "ok"


def test_a_stop_ends_the_waiting():
    talk = Talk([FAST], [Say("Here.")], safety=CAREFUL)

    def stop(assembly):
        stopping.append(asyncio.create_task(assembly.session.stop()))

    stopping = []
    talk.take("go", "are you there?", meanwhile=answering(stop))
    assert talk.turns[0].reply.endswith("Stopped.")
    assert talk.turns[1].reply == "Here."
    assert talk.length < 1


def test_losing_a_kept_move_is_asked_for_and_keeping_a_new_one_is_not():
    keep = "moss.body.save_move('wiggle', 'A wiggle.', moss.body.new_move().spin(90))"
    talk = Talk([program(keep)], [program(keep)], [program("moss.body.delete_move('wiggle')")])
    items = talk.take("keep", "again", "forget", meanwhile=answering(yes, yes))
    assert questions(items) == [
        "Allow this: replace the kept move 'wiggle'?",
        "Allow this: forget the kept move 'wiggle'?",
    ]
    assert [turn.status for turn in talk.turns] == ["ok", "ok", "ok"]


def test_the_rest_of_a_program_is_written_on_while_it_waits():
    lines = [*FAST.text.splitlines(keepends=True), "    moss.face.fill('red')\n"]
    talk = Talk([Code(line) for line in lines], safety=CAREFUL)
    written = []

    def late_yes(assembly):
        asyncio.get_running_loop().call_later(0.05, lambda: (written.append(talk.turns_code()), yes(assembly)))

    talk.turns_code = lambda: talk.assembly.session._body._code
    talk.take("go", meanwhile=answering(late_yes))
    assert written == ["".join(lines)]
    assert talk.turns[0].status == "ok"


def test_an_answer_that_nobody_waits_for_is_said():
    async def answer(assembly):
        with pytest.raises(LookupError, match=r"1\.9"):
            assembly.session.answer("1.9", True)

    Talk([Say("Hi.")]).take("hello", meanwhile=answer)


def test_in_a_conversation_yes_is_an_answer_and_no_turn_of_its_own():
    talk = Talk([FAST], safety=CAREFUL)

    async def main():
        async with opened(talk.container) as assembly:
            assembly.session.attended = True
            items = []
            async for item in assembly.conversation.talk("go"):
                items.append(item)
                if item.item == "asked":
                    assert [more async for more in assembly.conversation.talk("Yes, please!")] == []
            return items, [turn.status for turn in assembly.session.turns]

    items, statuses = talk.clock.run(main())
    assert len(questions(items)) == 1
    assert statuses == ["ok"]


def test_soft_limits_hold_for_every_motion_of_the_ball():
    asked = []

    async def ask(question):
        asked.append(question)
        return True

    approvals = Approvals("risky", CAREFUL, ask)
    motions = [
        m.Drive(heading=0, speed=-200, duration=1),
        m.Go(distance=50, heading=None, speed=160),
        m.Curve(points=((0, 0, 90), (1, 0, 200)), duration=2),
        m.React(event="collision", motions=(m.Spin(angle=90, duration=80),)),
        m.Drive(heading=0, speed=90, duration=60),
        m.Rest(duration=100),
        m.Fill(color="#ff0000"),
    ]

    async def perform_all():
        for motion in motions:
            await approvals.perform(motion)

    asyncio.run(perform_all())
    assert [question.rpartition("which ")[2] for question in asked] == [
        "is faster than 150?",
        "is faster than 150?",
        "is faster than 150?",
        "goes on for more than 60 s?",
    ]


def test_a_setting_that_does_not_exist_is_named():
    with pytest.raises(BadValue, match=r"'maybe'.*always, never, risky"):
        read_approve("maybe")
