"""How far, how long and how fast a command may go. What is more is cut down, and said; what is absurd is refused."""

from __future__ import annotations

from bolt_agent.robot.drive_model import DriveModel

__all__ = [
    "DEFAULT_SPEED",
    "LONGEST_ROLL",
    "LONGEST_TEXT",
    "LONGEST_WAY",
    "MOST_REPEATS",
    "MOST_SECONDS",
    "TOP_SPEED",
    "Unwilling",
    "byte_for",
    "cm_per_second",
]

DEFAULT_SPEED = 90
"""The speed byte when none is named; about 50 cm/s."""

TOP_SPEED = 255

LONGEST_WAY = 1000.0
"""cm in one roll."""

LONGEST_ROLL = 60.0
"""Seconds of one roll, spin or wait."""

MOST_SECONDS = 60.0
"""Seconds that one command may take in all."""

MOST_REPEATS = 50

LONGEST_TEXT = 300
"""Characters of a command; what is longer is no command."""

ABSURD = 20.0
"""Beyond this many times a limit nobody means it: refused, not cut down."""

_MODEL = DriveModel()


class Unwilling(Exception):
    """Understood, but not to be done. key: the phrase that says why; values: what the phrase needs."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def cm_per_second(byte: int) -> float:
    """About how fast the ball rolls at a speed byte."""
    return max(1.0, _MODEL.steady_speed(byte))


def byte_for(speed: float) -> int:
    """The speed byte for a speed over the ground in cm/s."""
    return round((speed + _MODEL.offset) / _MODEL.slope)
