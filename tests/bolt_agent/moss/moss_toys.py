"""A small robot's API, as a MOSS file would import it."""

from __future__ import annotations

import enum
import functools
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from math import pi
from textwrap import dedent
from typing import Any, Literal, TypedDict, TypeVar

from pydantic import BaseModel

from bolt_agent.moss import Exporter, MossRuntime

F = TypeVar("F", bound=Callable[..., object])
Colour = Literal["red", "blue"] | tuple[int, int, int]
Speeds = list[int]
CIRCLE = 2 * pi


class Wheel:
    """Something that turns."""

    radius: float = 3.5
    """in cm"""

    def turn(self, angle: float) -> Wheel:
        """Turn by an angle."""
        self.radius = angle
        return self


class Toy(Wheel):
    """A toy ball.

    It rolls.
    """

    name: str
    _secret: int = 1

    def __init__(self, name: str = "toy") -> None:
        self.name = name

    def roll(self, heading: float, *, colour: Colour = "red") -> Toy:
        """Roll away."""
        secret_of_the_body = heading
        return self if secret_of_the_body else Toy(str(colour))

    @property
    def battery(self) -> int:
        """Percent."""
        return 100

    @staticmethod
    def shape() -> str:
        return "round"

    def _hidden(self) -> None: ...

    # <moss-hide>
    def maintenance(self) -> None:
        """Not for models."""

    # </moss-hide>


class Documented:
    """Made by whoever wants one."""

    def __init__(self, size: int) -> None:
        """size: in cm"""


class Pilot(ABC):
    """Steers."""

    @abstractmethod
    def steer(self) -> int:
        """Left or right."""
        raise NotImplementedError("body of an abstract method")


class Frame(BaseModel):
    """A picture."""

    pixels: list[int] = []

    def bright(self) -> bool:
        return sum(self.pixels) > 100


@dataclass
class Step:
    """One step."""

    heading: float = 0
    then: Step | None = None


class Config(TypedDict):
    volume: int


class Feeling(enum.Enum):
    HAPPY = "happy"
    SAD = "sad"


class Explained:
    secret_attribute: int

    @classmethod
    def __class_prompt__(cls) -> str:
        return "class Explained: in its own words"


class Speaking:
    def __prompt__(self) -> str:
        return "speaking = an object in its own words"


class Song:
    def __init__(self, title: str) -> None:
        self.title = title


speaking = Speaking()
silent = Song("silence")


def wave(times: int = 2) -> str:
    """Wave a hand."""
    return "body of wave" * times


def logged(function: F) -> F:
    @functools.wraps(function)
    def inner(*args: object) -> object:
        return function(*args)

    return inner  # type: ignore[return-value]


@logged
def nod(depth: int) -> None:
    """Nod once."""


def run(runtime: MossRuntime, code: str) -> Any:
    """What `run(moss)` of the code returns."""
    return runtime.execute(target="run", code=dedent(code), local_args=["moss"]).returns


class Dancing(Exporter):
    wave = wave
    Step = Step
