"""Curves: code or a function, sampled once."""

import math

import pytest

from bolt_agent.robot import BadValue, RollFunc, Straight


def test_code_may_use_blocks_math_and_the_time_that_passed():
    code = """
        if passed < 0.5:
            self.heading = 0
        else:
            self.heading = math.degrees(math.pi)
        self.speed = 50
    """
    curve = RollFunc(duration=1, code=code).sample()
    assert curve.points[0] == (0.0, 0.0, 50)
    assert curve.points[-1][1] == pytest.approx(180)


def test_a_function_gives_heading_and_speed():
    curve = RollFunc(duration=2, fn=lambda t: (90 * t, 100)).sample()
    assert curve.duration == 2
    assert curve.points[20] == (1.0, 90.0, 100)


def test_state_that_a_curve_keeps_moves_on_from_frame_to_frame():
    curve = RollFunc(duration=1, code="self.heading += 10").sample()
    assert curve.points[3][1] == 40


def test_speeds_are_limited_to_what_the_ball_can_do():
    assert RollFunc(duration=0.1, code="self.speed = 9999").sample().points[0][2] == 255


def test_a_curve_without_an_end_ends_at_ten_minutes():
    assert RollFunc(duration=0).sample().duration == 600


def test_a_straight_curve_keeps_its_heading():
    assert {point[1] for point in Straight(45, 60, 1).sample().points} == {45.0}


@pytest.mark.parametrize(
    ("curve", "message"),
    [
        (lambda: RollFunc(code="self.heading ="), "does not parse"),
        (lambda: RollFunc(fn=lambda t: (math.nan, 1)).sample(), "nan"),
    ],
)
def test_a_broken_curve_says_what_is_wrong(curve, message):
    with pytest.raises(BadValue, match=message):
        curve()
