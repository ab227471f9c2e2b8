"""What a robot may not do: top speed, longest command, fence, tilt, falling, low battery. Rows of one table.

Motions against a limit are refused before they start; the fence, tilt, falling and the battery are watched while it
moves, too (see `guard`).
"""

from __future__ import annotations

import math
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bolt_agent.robot.errors import BadValue, explain

__all__ = ["Fence", "SafetyLimits", "read_limits"]

Point: TypeAlias = tuple[float, float]


class Fence(BaseModel):
    """An area around the start, in cm: a circle, or a polygon of (x right, y forward).

    >>> Fence(radius=200).beyond(0, 230)
    30.0
    >>> Fence(corners=[(-100, -50), (100, -50), (100, 50), (-100, 50)]).beyond(0, 0)
    -50.0
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    radius: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    corners: Annotated[tuple[Point, ...], Field(min_length=3)] | None = None

    def model_post_init(self, _: Any) -> None:
        if (self.radius is None) == (self.corners is None):
            raise BadValue("a fence is a radius in cm or at least three corners")

    def beyond(self, x: float, y: float) -> float:
        """How many cm outside of the fence a place is; negative inside."""
        if self.radius is not None:
            return math.hypot(x, y) - self.radius
        assert self.corners is not None
        sides = list(zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True))
        distance = min(_distance(x, y, a, b) for a, b in sides)
        return -distance if sum(_crosses(x, y, a, b) for a, b in sides) % 2 else distance

    def __str__(self) -> str:
        if self.radius is not None:
            return f"{self.radius / 100:g} m around the start"
        return f"an area with {len(self.corners or ())} corners"


def _read_fence(value: Any) -> Any:
    """A fence as written in settings: '200' is a radius, '0,0 100,0 100,100' are corners, '' and 'none' are none."""
    if isinstance(value, int | float):
        return Fence(radius=value)
    if not isinstance(value, str):
        return value
    words = value.split()
    if not words or words == ["none"]:
        return None
    try:
        if len(words) == 1:
            return Fence(radius=float(words[0]))
        return Fence(corners=tuple((float(x), float(y)) for x, y in (word.split(",") for word in words)))
    except ValueError:
        raise BadValue(f"{value!r} is no fence: write a radius in cm, or corners such as 0,0 100,0 100,100") from None


class SafetyLimits(BaseModel):
    """The limits of one robot.

    >>> SafetyLimits(fence="250").fence
    Fence(radius=250.0, corners=None)

    top_speed: the highest speed byte; 255 is about 165 cm/s.   top_seconds: the longest single command.
    fence: where it may roll; None, everywhere.   tilt: degrees from upright at which the motors go off; 0, never.
    low_battery: percent of charge below which it stops rolling.
    ask_speed, ask_seconds: soft limits; a program that goes beyond them waits for a person's yes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    top_speed: Annotated[int, Field(ge=20, le=255)] = 255
    top_seconds: Annotated[float, Field(gt=0, le=600)] = 600.0
    fence: Annotated[Fence | None, BeforeValidator(_read_fence)] = None
    tilt: Annotated[float, Field(ge=0, le=180)] = 75.0
    low_battery: Annotated[int, Field(ge=0, le=100)] = 5
    ask_speed: Annotated[int, Field(ge=0, le=255)] = 255
    ask_seconds: Annotated[float, Field(ge=0, le=600)] = 60.0


def read_limits(**values: Any) -> SafetyLimits:
    """Limits from settings. Raises BadValue."""
    try:
        return SafetyLimits(**values)
    except ValidationError as error:
        raise explain("a limit", error) from None


def _distance(x: float, y: float, a: Point, b: Point) -> float:
    """From a place to the nearest point of a side."""
    along_x, along_y = b[0] - a[0], b[1] - a[1]
    length = along_x**2 + along_y**2
    share = max(0.0, min(1.0, ((x - a[0]) * along_x + (y - a[1]) * along_y) / length)) if length else 0.0
    return math.hypot(x - a[0] - share * along_x, y - a[1] - share * along_y)


def _crosses(x: float, y: float, a: Point, b: Point) -> bool:
    """Whether a ray from the place to the right crosses a side."""
    if (a[1] > y) == (b[1] > y):
        return False
    return x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
