"""What the robot's classes offer, asked of the classes themselves: on a robot that is not there, so nothing moves."""

from __future__ import annotations

import difflib
import inspect
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bolt_agent.robot import Animation, Ball, LedMatrix, Move, Outlet, Position, RobotError, RollFunc, Straight
from bolt_agent.robot.stage import NoStage

__all__ = ["CLASSES", "attributes", "mismatch", "nearest", "refusal", "result_class", "sample"]


def _outlet() -> Outlet:
    return Outlet(NoStage())


CLASSES: Mapping[type[Any], Callable[[], Any]] = {
    Animation: lambda: Animation(palette=["black"] * 16),  # any index is a colour: which one, only the run decides
    Ball: lambda: Ball(_outlet()),
    LedMatrix: lambda: LedMatrix(_outlet()),
    Move: lambda: Move(_outlet()),
    Position: lambda: Position(0.0, 0.0),
    RollFunc: RollFunc,
    Straight: Straight,
}
"""The classes whose calls are checked, each with a way to make one."""

_VALID: Mapping[str, Callable[[], Any]] = {
    "angle": lambda: 90,
    "animation": CLASSES[Animation],
    "character": lambda: "a",
    "color": lambda: "red",
    "degrees": lambda: 0,
    "direction": lambda: 0,
    "distance": lambda: 10,
    "duration": lambda: 1,
    "fn": RollFunc,
    "frame": lambda: ["0" * 8] * 8,
    "heading": lambda: 0,
    "icon": lambda: "heart",
    "move": CLASSES[Move],
    "nodes": list,
    "seconds": lambda: 1,
    "speed": lambda: 90,
    "text": lambda: "hi",
    "waddle": lambda: True,
    "x": lambda: 0,
    "y": lambda: 0,
}
"""A value that the robot accepts, for each parameter that a call must have: it stands in for what is not known."""


_MOTION = re.compile(r"^(an? )?\w+ cannot have")
"""How a motion begins to complain; people know the call and not the motion."""


def sample(cls: type[Any]) -> Any:
    """A new object of a class that is checked."""
    return CLASSES[cls]()


def attributes(cls: type[Any]) -> list[str]:
    """The public attributes of its objects."""
    made = sample(cls)
    return sorted({name for name in (*dir(cls), *getattr(made, "__dict__", ())) if not name.startswith("_")})


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a message: which of the known words was meant, as far as one can tell."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else ""


def result_class(cls: type[Any], name: str) -> type[Any] | None:
    """The class of what a method returns or a property is, where it is one that is checked."""
    member = inspect.getattr_static(cls, name, None)
    function = member.fget if isinstance(member, property) else member
    try:
        found = typing.get_type_hints(function).get("return") if function is not None else None
    except (NameError, TypeError):
        return None
    return found if found in CLASSES else None


def signature(cls: type[Any], name: str | None) -> inspect.Signature:
    """How a method is called, or, without a name, how an object is made."""
    return inspect.signature(cls if name is None else getattr(sample(cls), name))


def mismatch(cls: type[Any], name: str | None, positional: int, keywords: Iterable[str]) -> str | None:
    """What is wrong with the number or the names of the arguments of a call."""
    form = signature(cls, name)
    given = list(keywords)
    known = [item.name for item in form.parameters.values()]
    unknown = [word for word in given if word not in known]
    if unknown:
        hint = nearest(unknown[0], known) or f"; it takes {', '.join(known) or 'nothing'}"
        return f"no argument is called `{unknown[0]}`{hint}"
    try:
        form.bind(*[None] * positional, **dict.fromkeys(given))
    except TypeError as error:
        takes = [str(item.replace(annotation=item.empty)) for item in form.parameters.values()]
        return f"{error}; it takes ({', '.join(takes)})"
    return None


def refusal(cls: type[Any], name: str | None, values: Mapping[str, Any]) -> str | None:
    """What the robot says against a call with these values; those that it must have besides are filled in."""
    required = [item.name for item in signature(cls, name).parameters.values() if item.default is item.empty]
    if any(word not in values and word not in _VALID for word in required):
        return None
    filled = {**{word: _VALID[word]() for word in required if word not in values}, **values}
    try:
        if name is not None:
            getattr(sample(cls), name)(**filled)
        else:
            _drive_along(cls(**filled))
    except RobotError as error:
        return _MOTION.sub("cannot have", str(error))
    except Exception:  # what a method does with a value of the wrong kind is of no interest
        return f"it has no use for {', '.join(f'{word}={value!r}' for word, value in values.items())}"
    return None


def _drive_along(made: object) -> None:
    """A curve only meets the limits when it is rolled."""
    if isinstance(made, RollFunc):
        sample(Move).roll(made.heading, made.speed, made.duration)
