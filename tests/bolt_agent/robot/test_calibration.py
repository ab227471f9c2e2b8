"""A ball that is faster or slower than usual rolls exactly again once it was calibrated."""

import json

import pytest

from bolt_agent.robot import Ball, Outlet
from bolt_agent.robot.calibration import ROLLS, Calibration, CalibrationFailed, Rolled, fit, kept, load, measure
from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.player import Player
from drivers import BoltDriver, MemoryLink
from drivers.clock import FastClock
from simulator import Quirks, VirtualBolt


class Stage:
    def __init__(self, player):
        self.perform, self.cut, self.state = player.perform, player.cut, player.state


def with_driver(bolt, use):
    """What a coroutine function of (driver, clock) gives on a ball."""
    clock = FastClock()
    driver = BoltDriver(MemoryLink(bolt, clock), clock)

    async def main():
        await driver.open()
        try:
            return await use(driver, clock)
        finally:
            await driver.close()

    return clock.run(main())


def calibrated(quirks):
    return fit(with_driver(VirtualBolt(quirks=quirks), measure))


def roll_half_a_metre(quirks, model):
    """Where `go(50)` ends, in cm."""
    bolt = VirtualBolt(quirks=quirks)

    async def use(driver, clock):
        player = Player(driver, clock)
        player.reckon_with(model)
        Ball(Outlet(Stage(player))).new_move(run=True).go(50)
        await player.wait()
        await player.close()
        return bolt.pose.y

    return with_driver(bolt, use)


@pytest.mark.parametrize("gain", [0.85, 1.15])
def test_a_ball_of_another_gain_rolls_exactly_once_it_was_calibrated(gain):
    model, error = calibrated(Quirks(gain=gain))
    assert error < 1
    assert model.steady_speed(100) == pytest.approx(gain * DriveModel().steady_speed(100), rel=0.03)
    assert roll_half_a_metre(Quirks(gain=gain), DriveModel()) != pytest.approx(50, abs=4)
    assert roll_half_a_metre(Quirks(gain=gain), model) == pytest.approx(50, abs=1.5)


def test_an_ideal_ball_is_found_to_be_one():
    model, _ = calibrated(Quirks())
    assert model.slope == pytest.approx(DriveModel().slope, rel=0.02)
    assert model.dead_time == pytest.approx(DriveModel().dead_time, abs=0.03)


def test_a_wall_in_the_way_is_said():
    with pytest.raises(CalibrationFailed, match="free, even floor"):
        with_driver(VirtualBolt("walled"), measure)


def test_a_ball_that_hardly_moves_and_rolls_that_do_not_fit_are_said():
    with pytest.raises(CalibrationFailed, match="hardly moved"):
        fit([Rolled(byte, hold, 0.1) for byte, hold in ROLLS])
    with pytest.raises(CalibrationFailed, match="do not fit"):
        fit([Rolled(byte, hold, 20 + 60 * (number % 2)) for number, (byte, hold) in enumerate(ROLLS)])


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLT_AGENT_DATA", str(tmp_path))
    return tmp_path


def test_it_is_kept_under_the_robots_name(data):
    learned = Calibration("SB-1234", DriveModel(slope=0.8), 0.5, "2026-01-02T03:04:05+00:00")
    assert learned.save() == data / "robots" / "SB-1234.json"
    assert load("SB-1234") == learned
    assert list(kept()) == [learned]
    assert load("SB-9999") is None
    assert load(None) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"robot": "SB-1234", "model": {"speed": 1}}'])
def test_a_file_that_makes_no_sense_is_as_good_as_none(data, text):
    (data / "robots").mkdir()
    (data / "robots" / "SB-1234.json").write_text(text)
    assert load("SB-1234") is None
    assert list(kept()) == []


def test_the_file_can_be_read_by_people(data):
    path = Calibration("SB-1234", DriveModel(), 0.5, "2026-01-02T03:04:05+00:00").save()
    assert json.loads(path.read_text())["model"]["slope"] == 0.698
