"""What comes after a piece of work: the operators that code returns from `run`, and drivers from `on_event`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Error", "Fail", "Finish", "Observe", "Operator", "Think", "Wait", "read_operator"]


@dataclass(frozen=True, slots=True)
class Operator:
    """Says what happens next; which kind it is says what. As plain data it is `{"operator": ..., "text": ...}`.

    >>> Observe("did I reach the wall?").as_data()
    {'operator': 'observe', 'text': 'did I reach the wall?'}
    """

    text: str = ""

    def as_data(self) -> dict[str, str]:
        """As JSON has it."""
        return {"operator": type(self).__name__.lower(), "text": self.text}


class Finish(Operator):
    """The work is done; text: its result."""

    __slots__ = ()


class Fail(Operator):
    """The work cannot be done; text: why, for whoever asked for it. For a mistake that can be mended use Error."""

    __slots__ = ()


class Wait(Operator):
    """Nothing more to do until somebody says something; text: what is said or asked meanwhile."""

    __slots__ = ()


class Think(Operator):
    """Go on at once with another program; text: a note to oneself. To see first what came of this one use Observe."""

    __slots__ = ()


class Observe(Operator):
    """Look at what came of this program, when the robot has come to rest, and go on; text: what to look for."""

    __slots__ = ()


class Error(Operator):
    """This went wrong and its author may try again; text: what its author should see. To give up use Fail."""

    __slots__ = ()


KINDS: Mapping[str, type[Operator]] = {
    kind.__name__.lower(): kind for kind in (Error, Fail, Finish, Observe, Think, Wait)
}


def read_operator(data: Mapping[str, Any] | None) -> Operator | None:
    """The operator that plain data stands for; None for anything else, because generated code may have made it.

    >>> read_operator({"operator": "wait", "text": "which way?"})
    Wait(text='which way?')
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("operator"), str):
        return None
    kind = KINDS.get(data["operator"])
    return kind(str(data.get("text", ""))) if kind is not None else None
