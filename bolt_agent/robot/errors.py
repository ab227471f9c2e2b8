"""Everything that can go wrong with a robot, in one tree.

* RobotError                       everything that can go wrong with a robot
  + LinkError                      the way to the robot (see `drivers.errors`)
    - NotFound (LookupError)         no BOLT answered where one was looked for
    - Disconnected (ConnectionError) the link broke; .reason says why
    - NoAnswer (TimeoutError)        a command was not acknowledged in time
    - CommandFailed                  the robot answered with an error
  + BadValue (ValueError)          a heading, speed, colour, icon ... that does not exist
  + Refused (ValueError)           understood, but against a limit; .limit names it
  + Stopped                        the emergency stop is latched
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from drivers.errors import RobotError

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["BadValue", "Refused", "RobotError", "Stopped", "did_you_mean", "explain"]


class BadValue(RobotError, ValueError):
    """A value that a robot has no use for; the message names what is allowed."""


class Refused(RobotError, ValueError):
    """Understood, but against a limit. `limit` is the limit's name."""

    def __init__(self, message: str, *, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


class Stopped(RobotError):
    """The emergency stop is latched: nothing moves until it is released."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of an error message: the nearest known words, or some of them.

    >>> did_you_mean("hart", ["heart", "star"])
    'did you mean heart?'
    """
    names = sorted(known)
    near = difflib.get_close_matches(word.lower(), names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}"


def explain(what: str, error: ValidationError) -> BadValue:
    """The first thing wrong with a value, as a person would say it, where pydantic tells its own story."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    shown = repr(first["input"])
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    reason = first["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    if isinstance(first.get("ctx", {}).get("error"), BadValue):
        return BadValue(reason)  # one of ours: it says all there is to say
    return BadValue(f"{what} cannot have {where} {shown}: {reason}")
