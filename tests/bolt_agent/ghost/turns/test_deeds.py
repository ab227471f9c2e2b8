"""What was performed when a program fails, and which line is being performed, as the stream tells it."""

import pytest
from test_session import Talk, in_pieces, program, results

from bolt_agent.brains.brain import Code
from bolt_agent.ghost.turns.deeds import Deeds, describe
from bolt_agent.robot import motions as m

WRONG = program(
    "moss.face.fill('red')",
    "moss.body.new_move(run=True).roll(0, 90, 1)",
    "moss.body.wait()",
    "moss.body.new_move(run=True).roll(90, 90, 5).spin(360, 1)",
    "moss.body.wait(1)",
    "moss.face.fil('blue')",
)


@pytest.mark.parametrize("streamed", [True, False])
def test_a_model_is_told_what_had_been_performed_when_its_program_failed(streamed):
    answer = in_pieces(WRONG) if streamed else [WRONG]
    talk = Talk(answer, [], stream=streamed)
    (failed,) = results(talk.take("go"))
    told, line, message = failed.error.splitlines()
    assert told == (
        "Before that, lines 1-6 were carried out. Done: face fill, roll(0, 90, 1). Broken off: roll(90, 90, 5). "
        "Dropped before it began: spin(360, 1)."
    )
    assert line.startswith("line 7")
    assert "fil" in message
    (attempt,) = talk.brain.asked[1][1].attempts
    assert attempt.error == failed.error


def test_a_program_that_fails_at_once_is_told_only_why():
    talk = Talk([program("moss.face.fil('blue')")], [])
    (failed,) = results(talk.take("go"))
    assert failed.error.startswith("line 2")


def test_a_turn_begins_with_nothing_performed():
    talk = Talk([program("moss.face.fill('red')")], [program("1 / 0")], [])
    items = talk.take("red", "fail")
    assert "face fill" not in results(items)[1].error


def test_each_motion_that_begins_tells_its_line():
    code = program(
        "moss.face.fill('red')",
        "for heading in (0, 90):",
        "    moss.body.new_move(run=True).go(20, heading)",
        "moss.body.new_move(run=True).spin(360, 1)",
    )
    talk = Talk([code])
    lines = [(item.track, item.line) for item in talk.take("go") if item.item == "line"]
    assert [line for track, line in lines if track == "face"] == [2]
    assert [line for track, line in lines if track == "ball"] == [4, 4, 5]


def test_a_reaction_tells_the_line_that_armed_it():
    code = "def run(moss):\n    move = moss.body.new_move(run=True)\n    move.on_collision(lambda m: m.spin(180, 1))\n"
    talk = Talk([Code(code + "    move.roll(0, 90, 10)\n")], world="walled")
    lines = [item.line for item in talk.take("go") if item.item == "line"]
    assert lines == [4, 3]


def test_a_function_of_the_moss_file_has_no_lines(tmp_path):
    file = tmp_path / "dance.py"
    file.write_text("def run(moss): moss.face.fill('red')")
    talk = Talk(moss_file=file, trusted=True)

    async def main():
        from bolt_agent.assembly import opened

        async with opened(talk.container) as assembly:
            return [item.item async for item in assembly.session.call("run", [])]

    assert "line" not in talk.clock.run(main())


def test_a_long_account_tells_the_newest_motions():
    deeds = Deeds()
    for angle in range(1, 41):
        deeds.ask(m.Spin(angle=angle, duration=1), 2)
    assert deeds.told() == (
        "Dropped before it began: 28 earlier ones, " + ", ".join(f"spin({angle}, 1)" for angle in range(29, 41)) + "."
    )


def test_a_curve_is_told_without_its_points():
    assert describe(m.Curve(points=((0, 0, 90),) * 500, duration=4)) == "roll_by_func(4 s)"
