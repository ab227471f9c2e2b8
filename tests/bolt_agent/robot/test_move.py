"""Composing moves: what a model writes becomes motions, and what makes no sense is refused in words."""

import math

import pytest

from bolt_agent.robot import Animation, BadValue, RollFunc
from bolt_agent.robot.motions import Drive, Go, MotionAdapter, Picture, Play, React, Spin


def kinds(motions):
    return [motion.kind for motion in motions]


def test_calls_chain_and_follow_one_another(ball):
    move = ball.new_move().roll(0, 90, 2).spin(360, 1).wait(0.5).turn_to(90).go(50).stop_roll().reset_aim()
    assert kinds(move.motions) == ["drive", "spin", "rest", "turn", "go", "halt", "aim"]


def test_a_move_with_run_performs_each_call_as_it_is_added(ball, stage):
    ball.new_move(True).roll(90, 60, 1)
    assert [motion for _, motion in stage.motions] == [Drive(heading=90, speed=60, duration=1)]


def test_a_move_without_run_waits_for_the_ball_to_run_it(ball, stage):
    move = ball.new_move().roll(0, 90, 1).spin(-90)
    assert stage.motions == []
    ball.run(move)
    assert stage.asked == ["cut"]
    assert kinds(motion for _, motion in stage.motions) == ["drive", "spin"]
    assert len({number for number, _ in stage.motions}) == 1


def test_a_move_can_come_after_what_the_ball_is_doing(ball, stage):
    ball.run(ball.new_move().spin(90), stop_at_first=False)
    assert stage.asked == []


def test_the_animation_of_a_move_begins_with_it(ball, stage):
    ball.run(ball.new_move(animation=Animation(fps=2)).roll(0, 90, 1))
    assert isinstance(stage.motions[0][1], Play)


def test_negative_speed_drives_backward_and_any_heading_is_accepted(ball):
    move = ball.new_move().roll(400, -255, 1).roll(-90, 85.6, 1)
    assert move.motions[0] == Drive(heading=400, speed=-255, duration=1)
    assert move.motions[1].speed == 86


@pytest.mark.parametrize(
    ("compose", "message"),
    [
        (lambda move: move.roll(0, 300, 1), "speed 300"),
        (lambda move: move.roll(0, 90, -1), "duration -1"),
        (lambda move: move.roll(0, 90, math.nan), "duration nan"),
        (lambda move: move.roll("north", 90, 1), "heading 'north'"),
        (lambda move: move.roll(0, math.inf, 1), "speed inf"),
        (lambda move: move.go(5000), "distance 5000"),
        (lambda move: move.spin(None), "angle None"),
        (lambda move: move.wait(100_000), "duration 100000"),
        (lambda move: move.roll_by_func(RollFunc(fn=lambda t: ("a", "b"))), "heading 'a'"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value_it_was_given(ball, compose, message):
    with pytest.raises(BadValue, match=message):
        compose(ball.new_move())


def test_a_reaction_is_composed_into_the_move_and_not_performed(ball, face, stage):
    move = ball.new_move()
    move.on_collision(lambda answer: (face.show("angry"), answer.spin(180, 1)))
    (react,) = move.motions
    assert isinstance(react, React)
    assert kinds(react.motions) == ["picture", "spin"]
    assert stage.motions == []


def test_a_reaction_works_in_a_move_that_runs(ball, stage):
    ball.new_move(run=True).on_freefall(lambda m: m.stop_roll()).on_landing(log="ouch").roll(0, 90, 1)
    assert kinds(motion for _, motion in stage.motions) == ["react", "react", "drive"]
    assert stage.motions[1][1].log == "ouch"


def test_a_reaction_may_set_itself_up_again(ball):
    def bounce(move):
        move.on_collision(bounce).spin(180, 1).roll(180, 90, 5)

    (react,) = ball.new_move().on_collision(bounce).motions
    assert kinds(react.motions) == ["spin", "drive"]


def test_waiting_inside_a_reaction_does_not_block(ball, face, stage):
    ball.new_move().on_collision(lambda m: (ball.wait(), ball.stop(), face.scroll_matrix_text("ow")))
    assert stage.asked == []


def test_the_ball_tells_about_itself(ball):
    assert ball.position == (12.5, -3.0)
    assert (ball.heading, ball.speed, ball.battery) == (90.0, 4.0, 87)


def test_a_waddle_holds_for_the_rolls_that_follow(ball):
    move = ball.new_move().set_waddle(True).roll(0, 90, 1).set_waddle(False).roll(0, 90, 1)
    assert [motion.waddle for motion in move.motions] == [True, False]


def test_motions_survive_the_way_through_json(ball, face, stage):
    ball.new_move(run=True).on_collision(lambda m: m.go(-10)).roll_by_func(RollFunc(duration=0.2))
    face.show("heart")
    for _, motion in stage.motions:
        assert MotionAdapter.validate_json(MotionAdapter.dump_json(motion)) == motion
    assert isinstance(stage.motions[-1][1], Picture)


def test_go_keeps_the_way_it_faces_unless_told(ball):
    assert ball.new_move().go(30).motions == (Go(distance=30, heading=None, speed=90),)
    assert ball.new_move().spin(90).motions == (Spin(angle=90, duration=1),)
