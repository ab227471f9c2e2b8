"""Learns how one ball answers to speed: drives it to and fro, fits a `DriveModel`, keeps it under the robot's name."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.errors import RobotError
from drivers.clock import Clock

__all__ = [
    "ROLLS",
    "ROOM",
    "Calibration",
    "CalibrationFailed",
    "Rolled",
    "fit",
    "folder_of_robots",
    "kept",
    "load",
    "measure",
]

ROOM = 160
"""cm of free floor that it needs ahead."""

ROLLS = [(byte, hold) for byte in (50, 80, 110, 140) for hold in (0.8, 1.2, 1.6) for _ in range(2)]
"""Speed byte, and seconds for which it is held; each once forward and once back."""

TURN_TIME, REST_TIME, LONGEST_ROLL_OUT = 0.9, 0.4, 4.0
"""Seconds: to turn around, that it must be still to count as at rest, and within which it must be."""

LOOK = 0.1
"""Seconds between looks at the sensors; a BOLT sends about 16 samples a second."""

STILL, LEAST = 1.0, 3.0
"""cm/s; and cm that every roll must come to."""

WORST = 0.12
"""Relative error (rms) of the fit above which something was in the way."""

STEPS = {"slope": 0.02, "offset": 1.0, "breakaway": 0.02, "braking": 10.0}
"""What is fitted of a model, and by how much it is changed to see what that does; what else it holds differs little
between balls."""

LEAST_VALUES = {"slope": 0.2, "offset": 0.0, "breakaway": 0.0, "braking": 30.0}
ROUNDS = 12


class CalibrationFailed(RobotError):
    """The rolls say nothing about the ball; the message says what to do."""


class Rolled(NamedTuple):
    """A roll from rest to rest: speed byte, seconds from start to stop command, cm by the locator."""

    byte: int
    hold: float
    distance: float


@dataclass(frozen=True)
class Calibration:
    """What was learned of a robot. error: how far its rolls are from the model, in cm (rms).   made: ISO date, time."""

    robot: str
    model: DriveModel
    error: float
    made: str

    def save(self) -> Path:
        """Keep it, instead of an earlier one of the same robot. Raises OSError."""
        path = _path(self.robot)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(dataclasses.asdict(self), indent=1) + "\n", encoding="utf-8")
        return path


def load(robot: str | None) -> Calibration | None:
    """What was learned of a robot; None where it was never calibrated, or the file cannot be read."""
    try:
        kept = json.loads(_path(robot or "").read_text(encoding="utf-8"))
        return Calibration(kept["robot"], DriveModel(**kept["model"]), float(kept["error"]), str(kept["made"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept() -> Iterator[Calibration]:
    """All that was learned, by name."""
    folder = folder_of_robots()
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if (calibration := load(path.stem)) is not None:
            yield calibration


def folder_of_robots() -> Path:
    """`robots` in the user's data folder. BOLT_AGENT_DATA names another data folder."""
    if place := os.environ.get("BOLT_AGENT_DATA"):
        return Path(place) / "robots"
    import platformdirs

    return platformdirs.user_data_path("bolt-agent") / "robots"


async def measure(driver: Driver, clock: Clock, told: Callable[[int, Rolled], None] = lambda *_: None) -> list[Rolled]:
    """Roll to and fro, and see how far. told: is given each roll and its number.

    Raises CalibrationFailed when something is in the way, and LinkError.
    """
    bumps: list[str] = []
    driver.on_event(lambda event: bumps.append(event.name))
    rolls: list[Rolled] = []
    for number, (byte, hold) in enumerate(ROLLS):
        heading = 180 * (number % 2)
        driver.drive(heading, 0)
        await clock.sleep(TURN_TIME)
        start = driver.reading
        driver.drive(heading, byte)
        await clock.sleep(hold)
        driver.drive(heading, 0)
        await _rest(driver, clock)
        if "collision" in bumps:
            raise CalibrationFailed(f"I bumped into something; I need {ROOM} cm of free, even floor ahead")
        rolls.append(Rolled(byte, hold, math.dist((start.x, start.y), (driver.reading.x, driver.reading.y))))
        told(number, rolls[-1])
    return rolls


def fit(rolls: Sequence[Rolled], start: DriveModel | None = None) -> tuple[DriveModel, float]:
    """The model that comes nearest to the rolls (least squares), and its error in cm (rms).

    >>> ball = DriveModel(slope=0.8)
    >>> model, error = fit([Rolled(byte, hold, ball.roll(byte, hold).distance) for byte, hold in ROLLS])
    >>> round(model.slope, 2), error < 0.5
    (0.8, True)

    Raises CalibrationFailed.
    """
    if min(roll.distance for roll in rolls) < LEAST:
        raise CalibrationFailed("I hardly moved; is my battery charged, and am I on an even floor?")
    model = start or DriveModel()
    for _ in range(ROUNDS):
        model = _improved(model, rolls)
    distances = [roll.distance for roll in rolls]
    errors = [model.roll(roll.byte, roll.hold).distance - roll.distance for roll in rolls]
    if _rms(errors) > WORST * _rms(distances):
        raise CalibrationFailed(
            f"my rolls do not fit together ({_rms(errors):.0f} cm off); is the floor even, and nothing in the way?"
        )
    return model, _rms(errors)


def _improved(model: DriveModel, rolls: Sequence[Rolled]) -> DriveModel:
    """One Gauss-Newton step."""
    import numpy

    def errors(candidate: DriveModel) -> list[float]:
        return [candidate.roll(roll.byte, roll.hold).distance - roll.distance for roll in rolls]

    now = numpy.array(errors(model))
    changes = [
        (numpy.array(errors(dataclasses.replace(model, **{name: getattr(model, name) + step}))) - now) / step
        for name, step in STEPS.items()
    ]
    found, *_ = numpy.linalg.lstsq(numpy.array(changes).T, -now, rcond=1e-6)
    values = {
        name: round(max(LEAST_VALUES[name], getattr(model, name) + float(change)), 4)
        for name, change in zip(STEPS, found, strict=True)
    }
    return dataclasses.replace(model, **values)


async def _rest(driver: Driver, clock: Clock) -> None:
    """Until it is at rest."""
    still, end = 0.0, clock.now() + LONGEST_ROLL_OUT
    while still < REST_TIME and clock.now() < end:
        await clock.sleep(LOOK)
        still = still + LOOK if driver.reading.speed < STILL else 0.0


def _rms(values: Sequence[float]) -> float:
    return math.sqrt(math.fsum(value * value for value in values) / len(values))


def _path(robot: str) -> Path:
    return folder_of_robots() / f"{re.sub(r'[^A-Za-z0-9-]', '_', robot) or 'unnamed'}.json"
