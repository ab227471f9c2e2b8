"""`bolt-agent calibrate`: learns how this ball answers to speed, so that its rolls end where they were meant to."""

from __future__ import annotations

from datetime import UTC, datetime

from bolt_agent.assembly import assemble
from bolt_agent.cli.options import Choices
from bolt_agent.robot.calibration import ROLLS, ROOM, Calibration, Rolled, fit, measure
from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.remote_stop import listening
from drivers.clock import Clock

__all__ = ["calibrate_robot"]

MIDDLE = 100
"""The speed byte that the summary speaks of."""


def calibrate_robot(choices: Choices) -> int:
    """Drive the rolls, fit the model, keep it. Raises CalibrationFailed, LinkError, OSError."""
    container = assemble(choices.options())
    driver, clock = container.force_fetch(Driver), container.force_fetch(Clock)

    async def run() -> Calibration:
        await driver.open()
        try:
            name = driver.name or "the robot"
            print(f"{name} rolls to and fro {len(ROLLS)} times; it needs {ROOM} cm of free floor ahead. Ctrl-C ends.")
            async with listening(driver.stop):
                rolls = await measure(driver, clock, _tell)
        finally:
            await driver.close()
        model, error = fit(rolls)
        return Calibration(name, model, round(error, 2), datetime.now(UTC).isoformat(timespec="seconds"))

    calibration: Calibration = clock.run(run())
    path = calibration.save()
    model, usual = calibration.model, DriveModel()
    print(
        f"{calibration.robot}: speed {MIDDLE} is {model.steady_speed(MIDDLE):.0f} cm/s (usually "
        f"{usual.steady_speed(MIDDLE):.0f}), it starts {model.dead_time:.2f} s late, and brakes at {model.braking:.0f} "
        f"cm/s²; its rolls are {calibration.error:.1f} cm off that (rms)."
    )
    print(f"Kept in {path}; from now on it is reckoned with.")
    return 0


def _tell(number: int, roll: Rolled) -> None:
    print(f"{number + 1:2} of {len(ROLLS)}: speed {roll.byte:3} for {roll.hold} s: {roll.distance:5.1f} cm", flush=True)
