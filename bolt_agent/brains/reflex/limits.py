"""How far, how long and how fast a command may go. What is more is cut down, and said; what is absurd is refused."""

from __future__ import annotations

from bolt_agent.robot.drive_model import DriveModel

__all__ = [
    "DEFAULT_SECONDS",
    "DEFAULT_SPEED",
    "LONGEST_ROLL",
    "LONGEST_TEXT",
    "LONGEST_WAY",
    "MOST_REPEATS",
    "MOST_SECONDS",
    "RUN_UP",
    "SEEN",
    "SHORT_DASH",
    "TOP_SPEED",
    "UNTIL_SECONDS",
    "Unwilling",
    "byte_for",
    "cm_per_second",
]

DEFAULT_SPEED = 90
"""The speed byte when none is named; about 50 cm/s."""

DEFAULT_SECONDS = 1.5
"""A roll of which nobody said how long or how far."""

TOP_SPEED = 255

RUN_UP = 1.8
"""Seconds to gather full speed: 166 cm/s at 100 cm/s², and the start."""

SEEN = 1.0
"""Seconds that a picture stays when another follows and nothing is said of how long."""

SHORT_DASH = 3.0
"""Seconds; a roll at full speed that is shorter would never get there, so the run-up comes on top."""

LONGEST_WAY = 1000.0
"""cm in one roll."""

LONGEST_ROLL = 60.0
"""Seconds of one roll, spin or wait."""

MOST_SECONDS = 60.0
"""Seconds that one command may take in all."""

UNTIL_SECONDS = 8.0
"""How long to roll towards an event at most, when nothing is said."""

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
