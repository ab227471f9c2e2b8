"""The model of the ball that the player reckons with."""

import csv
import math
from pathlib import Path

import pytest

from bolt_agent.robot.drive_model import DriveModel

ROLLS = Path(__file__).parents[2] / "data" / "bolt_rolls.csv"


def rows():
    with ROLLS.open() as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            yield float(row["seconds"]), int(row["speed"]), float(row["distance_cm"])


def test_it_tells_how_far_a_real_ball_rolled():
    model = DriveModel()
    errors = [model.roll(speed, seconds).distance - distance for seconds, speed, distance in rows()]
    assert math.sqrt(sum(error**2 for error in errors) / len(errors)) < 7


@pytest.mark.parametrize(("byte", "speed"), [(0, 0), (17, 0), (50, 23), (100, 58), (150, 92), (200, 131)])
def test_steady_speeds_are_those_that_were_measured(byte, speed):
    assert DriveModel().steady_speed(byte) == pytest.approx(speed, rel=0.1)


@pytest.mark.parametrize("byte", [40, 90, 255])
@pytest.mark.parametrize("wanted", [0.5, 1, 5])
def test_a_hold_for_a_time_gives_that_time(byte, wanted):
    model = DriveModel()
    assert model.roll(byte, model.hold_for_time(byte, wanted)).moving == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("distance", [3, 50, 500])
def test_a_hold_for_a_distance_gives_that_distance(distance):
    model = DriveModel()
    byte = model.byte_for_distance(200, distance)
    assert model.roll(byte, model.hold_for_distance(byte, distance)).distance == pytest.approx(distance, rel=0.03)


def test_a_short_way_is_taken_slowly():
    assert DriveModel().byte_for_distance(255, 4) < 90
