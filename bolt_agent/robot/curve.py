"""Curves: a heading and a speed that change with time, sampled once into setpoints."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable
from types import CodeType

from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.motions import Curve, make

__all__ = ["RollFunc", "Straight"]

SAMPLES_PER_SECOND = 20
"""Finer than a Bluetooth link can carry (about 13 commands a second), so a curve loses nothing to sampling."""

LONGEST = 600.0
"""Seconds; a curve without an end is sampled this far."""


class RollFunc:
    """A roll along a curve: a heading and a speed for every moment.

    >>> circle = RollFunc(speed=80, duration=4, code="self.heading = 360 * passed / 4")
    >>> wave = RollFunc(duration=3, fn=lambda t: (40 * math.sin(t), 90))
    """

    def __init__(
        self,
        heading: float = 0,
        speed: float = 90,
        duration: float = 1,
        code: str = "",
        *,
        fn: Callable[[float], tuple[float, float]] | None = None,
    ) -> None:
        """duration: seconds, 0 = until something ends it.
        code: sets `self.heading` and `self.speed`; it may use `passed` (seconds since the start) and `math`.
        fn: instead of code, gives `(heading, speed)` for `passed`.
        """
        self.heading = heading
        self.speed = speed
        self.duration = duration
        self.code = code
        self.fn = fn
        self._compiled = _compile(code) if code.strip() else None

    # <moss-hide>
    def run_frame(self, passed: float) -> bool:
        """Set heading and speed for `passed` seconds after the start. True when the curve is over."""
        if self.fn is not None:
            self.heading, self.speed = self.fn(passed)
        elif self._compiled is not None:
            exec(self._compiled, {"self": self, "passed": passed, "math": math})
        return self.duration > 0 and passed >= self.duration

    def sample(self) -> Curve:
        """The curve as setpoints. Raises BadValue for a heading or a speed that is no number."""
        duration = self.duration or LONGEST
        points: list[tuple[float, float, int]] = []
        for step in range(int(duration * SAMPLES_PER_SECOND) + 1):
            passed = step / SAMPLES_PER_SECOND
            if self.run_frame(passed) and points:
                duration = min(duration, passed)
                break
            try:
                points.append((passed, float(self.heading), max(-255, min(255, round(self.speed)))))
            except (TypeError, ValueError, OverflowError):
                raise BadValue(
                    f"a curve gave heading {self.heading!r} and speed {self.speed!r}: both are numbers"
                ) from None
        return make(Curve, points=tuple(points), duration=duration)

    # </moss-hide>


class Straight(RollFunc):
    """A roll straight ahead.

    >>> Straight(heading=90, speed=60, duration=2).sample().duration
    2.0
    """

    def __init__(self, heading: float = 0, speed: float = 90, duration: float = 1) -> None:
        super().__init__(heading, speed, duration)


def _compile(code: str) -> CodeType:
    try:
        return compile(textwrap.dedent(code).strip(), "<curve>", "exec")
    except SyntaxError as error:
        raise BadValue(f"the code of a curve does not parse: {error.msg} in {error.text!r}") from None
