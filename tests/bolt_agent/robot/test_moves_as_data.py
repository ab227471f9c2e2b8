"""A move is data: it can be turned around, mirrored, scaled, repeated, joined, compared, printed, kept and read."""

import math

import pytest

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.cli.moves import list_moves
from bolt_agent.robot import Animation, BadValue, RollFunc
from bolt_agent.robot.kept_moves import MoveLibrary, compose_source
from drivers.clock import Clock


def kinds(move):
    return [motion.kind for motion in move.motions]


def test_a_mirrored_move_goes_left_for_right(ball):
    move = ball.new_move().roll(90, 80, 1).spin(45, 1).go(20, 300).turn_to(10)
    other = ball.new_move().roll(270, 80, 1).spin(-45, 1).go(20, 60).turn_to(350)
    assert move.mirrored() == other
    assert move.mirrored().mirrored() == move
    assert move != other


def test_a_scaled_move_is_the_same_way_faster_or_bigger(ball):
    move = ball.new_move().roll(0, 100, 2).go(30).wait(1)
    assert move.scaled(speed=2) == ball.new_move().roll(0, 200, 1).go(30, None, 180).wait(0.5)
    assert move.scaled(size=2) == ball.new_move().roll(0, 100, 4).go(60).wait(1)
    with pytest.raises(BadValue, match="speed 400"):
        move.scaled(speed=4)
    with pytest.raises(BadValue, match="above 0"):
        move.scaled(size=0)


def test_moves_are_repeated_and_joined(ball):
    first, second = ball.new_move().spin(90, 1), ball.new_move().go(10)
    assert (first + second).motions == first.joined(second).motions == (*first.motions, *second.motions)
    assert kinds((first + second).repeated(2)) == ["spin", "go", "spin", "go"]
    with pytest.raises(BadValue):
        first.repeated(-1)


def test_the_way_back_is_the_way_there_from_its_end(ball):
    move = ball.new_move().go(30, 0).go(20, 90).spin(90, 1).roll(None, 60, 1)
    back = move.reversed()
    assert back == ball.new_move().roll(180, -60, 1).turn_to(180).spin(-90, 1).go(-20, 90).go(-30, 0)
    with pytest.raises(BadValue, match="no way back"):
        ball.new_move().go(10, 0).reset_aim().reversed()


def test_a_curve_runs_backward_too(ball):
    curve = RollFunc(speed=60, duration=2, fn=lambda t: (90 * t, 60 + 10 * t))
    motion = ball.new_move().roll_by_func(curve).reversed().motions[0]
    assert motion.points[0][1:] == (pytest.approx(90 * 1.95), -round(60 + 19.5))
    assert motion.points[0][0] == 0
    assert motion.duration == 2


def everything(ball):
    move = ball.new_move(animation=Animation(palette=["black", "red"], frames=[["10101010"] * 8]))
    move.on_collision(lambda m: m.spin(180, 1).roll(None, -50, 0.5), log="it's a wall")
    move.on_freefall()
    move.set_waddle(True).roll(90.5, 80, 2).set_waddle(False).roll(None, -40, 1.25).go(30, 45, 60).spin(-360, 2)
    move.turn_to(10).wait(0.5).stop_roll().stop_roll(90).reset_aim().set_compass_direction(90)
    return move.roll_by_func(RollFunc(speed=80, duration=1, code="self.heading = 90 * passed"))


def test_a_move_printed_as_python_composes_the_same_move(ball):
    move, again = everything(ball), ball.new_move()
    exec(move.as_python(), {"move": again})
    assert again == move
    assert "move.roll(90.5, 80, 2)" in move.as_python()


def test_a_kept_move_is_a_python_file_with_a_docstring_and_comes_back(ball, stage):
    move = everything(ball)
    ball.save_move("Happy dance", 'Turns, "and" bumps.', move)
    source = stage.moves["Happy dance"]
    assert source.startswith('"""Turns, \'and\' bumps."""\n')
    assert "def happy_dance(move: Move) -> None:" in source
    again, code = ball.read_move("Happy dance")
    assert again == move
    assert code.strip() == stage.program()
    ball.delete_move("Happy dance")
    assert stage.moves == {}


@pytest.mark.parametrize("name", ["", "../evil", "class", "9 lives", "a/b", "_x", "x" * 100])
def test_a_name_that_is_no_name_is_refused(tmp_path, name):
    with pytest.raises(BadValue, match="no name"):
        MoveLibrary(tmp_path).save(name, "pass")


def test_unknown_moves_list_the_near_ones_and_broken_files_do_no_harm(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path))
    library = MoveLibrary(tmp_path / "moves")
    with pytest.raises(BadValue, match="none is kept"):
        library.read("wiggle")
    library.save("wiggle", compose_source("wiggle", "Left and right.", ["move.spin(45, 1)"]))
    library.save("跳舞", compose_source("跳舞", "A dance.", ["pass"]))
    with pytest.raises(BadValue, match="did you mean wiggle"):
        library.delete("wigle")
    with pytest.raises(BadValue, match="no Python"):
        library.save("broken", "def (")
    (tmp_path / "moves" / "edited.py").write_text("def edited(", encoding="utf-8")
    assert [move.name for move in library] == ["edited", "wiggle", "跳舞"]
    assert list_moves() == 0
    assert "Left and right." in capsys.readouterr().out


def turn(*programs):
    """Run programs as turns of one session; the turns, and the report."""
    container = assemble(Options(brain="reflex", clock="fast"))

    async def main():
        async with opened(container) as assembly:
            for code in programs:
                async for _ in assembly.session.run(code):
                    pass
            return assembly.session.turns, assembly.report()

    return container.force_fetch(Clock).run(main())


SAVE = """
def run(moss):
    move = moss.body.new_move().go(30, 90)
    moss.body.save_move("to the right", "Goes 30 cm to the right.", move)
"""
RUN = "def run(moss):\n    moss.body.run_move('to the right')"


def test_a_move_survives_the_session_and_is_told_to_a_model(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path))
    assert turn(SAVE)[0][0].error is None
    turns, report = turn(RUN)  # another session, another worker
    assert turns[0].error is None
    (x0, y0), (x1, y1) = report["path"][0][1:3], report["path"][-1][1:3]
    assert (x1 - x0, y1 - y0) == (pytest.approx(30, abs=3), pytest.approx(0, abs=3))
    kept = next(iter(MoveLibrary(tmp_path / "moves")))
    assert kept.name == "to_the_right"
    assert 'CODE = """' in kept.source
    assert "moss.body.save_move" in kept.source
    assert kept.ran_well is not None
    from bolt_agent.assembly.reading import system_prompt

    assert "- to_the_right: Goes 30 cm to the right." in system_prompt(Options())
    turns, _ = turn("def run(moss):\n    moss.body.run_move('to the left')")
    assert "did you mean to_the_right" in turns[0].error


def test_a_kept_move_cannot_do_more_than_a_program(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path))
    evil = "def evil(move):\n    open('/etc/passwd').read()\n"
    MoveLibrary(tmp_path / "moves").save("evil", evil)
    turns, report = turn("def run(moss):\n    moss.body.run_move('evil')")
    assert turns[0].status == "error"
    assert math.hypot(*report["path"][-1][1:3]) < 1
