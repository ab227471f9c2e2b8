"""Moves: what people and models compose. A Move only builds motions; a player performs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from pydantic import ValidationError

from bolt_agent.robot import transform
from bolt_agent.robot.curve import RollFunc
from bolt_agent.robot.errors import BadValue, explain
from bolt_agent.robot.motions import (
    Aim,
    Compass,
    Curve,
    Drive,
    EventName,
    Go,
    Halt,
    Motion,
    MotionAdapter,
    React,
    Rest,
    Spin,
    Turn,
    make,
)
from bolt_agent.robot.stage import Outlet

__all__ = ["Move", "Reaction"]

MOST_REPEATS = 1000

Reaction: TypeAlias = Callable[["Move"], object]
"""A function that fills a new Move: what to do when something happens."""


class Move:
    """Motions of the ball, one after another; each call adds one and returns the move.

    Headings: degrees clockwise (0 forward, 90 right). Speeds: -255..255 (90 is calm, about 50 cm/s). Times: seconds.
    """

    def __init__(self, outlet: Outlet, *, run: bool = False) -> None:
        self._outlet = outlet
        self._run = run
        self._id = outlet.new_move()
        self._waddle = False
        self._motions: list[Motion] = []

    def roll(self, heading: float | None, speed: float, duration: float) -> Move:
        """Roll that way (None: where it faces) for that long, then stop. A negative speed rolls backward."""
        return self._add(make(Drive, heading=heading, speed=_byte(speed), duration=duration, waddle=self._waddle))

    def go(self, distance: float, heading: float | None = None, speed: float = 90) -> Move:
        """Roll exactly `distance` cm (negative: backward); without a heading, the way it faces."""
        return self._add(make(Go, distance=distance, heading=heading, speed=_byte(speed)))

    def spin(self, angle: float, duration: float = 1) -> Move:
        """Turn on the spot by that many degrees; negative is counter-clockwise, 360 a full turn."""
        return self._add(make(Spin, angle=angle, duration=duration))

    def turn_to(self, heading: float) -> Move:
        """Turn on the spot to face a heading."""
        return self._add(make(Turn, heading=heading))

    def wait(self, seconds: float) -> Move:
        """Do nothing for that long."""
        return self._add(make(Rest, duration=seconds))

    def roll_by_func(self, fn: RollFunc) -> Move:
        """Roll along a curve."""
        curve: Curve = fn.sample()
        return self._add(curve)

    def stop_roll(self, heading: float | None = None) -> Move:
        """Stop, and face a heading."""
        return self._add(make(Halt, heading=heading))

    def set_waddle(self, waddle: bool) -> Move:
        """Whether the next rolls sway from side to side."""
        self._waddle = bool(waddle)
        return self

    def reset_aim(self) -> Move:
        """Make the way it faces now the new heading 0."""
        return self._add(Aim())

    def set_compass_direction(self, direction: float = 0) -> Move:
        """Find north, face that compass direction (90 east) and make it the new heading 0."""
        return self._add(make(Compass, direction=direction))

    def on_collision(self, callback: Reaction | None = None, *, log: str = "bumped into something") -> Move:
        """At a bump, drop the rest of this move and do what `callback` puts into a new one; without one, stop.

        move.on_collision(lambda m: m.spin(180, 1).roll(180, 90, 1)).roll(0, 90, 5)
        """
        return self._react("collision", callback, log)

    def on_freefall(self, callback: Reaction | None = None, *, log: str = "started to fall") -> Move:
        """The same, when it starts to fall."""
        return self._react("freefall", callback, log)

    def on_landing(self, callback: Reaction | None = None, *, log: str = "landed") -> Move:
        """The same, when it lands after a fall."""
        return self._react("landing", callback, log)

    # <moss-hide>
    def mirrored(self) -> Move:
        """A copy with left and right exchanged; `body.run` performs it."""
        return self._copy(map(transform.mirrored, self._motions))

    def scaled(self, speed: float = 1, size: float = 1) -> Move:
        """A copy that is `speed` times as fast and `size` times as big."""
        return self._copy(transform.scaled(motion, speed=speed, size=size) for motion in self._motions)

    def repeated(self, times: int) -> Move:
        """A copy that does it all that often."""
        if not isinstance(times, int) or not 0 <= times <= MOST_REPEATS:
            raise BadValue(f"a move is repeated 0 to {MOST_REPEATS} times, not {times!r}")
        return self._copy(self._motions * times)

    def reversed(self) -> Move:
        """The way back: the same from the last motion to the first."""
        return self._copy(transform.reversed_motions(self._motions))

    def joined(self, *others: Move) -> Move:
        """A copy with other moves after it; `first + second` does the same."""
        return self._copy([*self._motions, *(motion for other in others for motion in other._motions)])

    def __add__(self, other: Move) -> Move:
        return self.joined(other) if isinstance(other, Move) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self._motions == other._motions if isinstance(other, Move) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def as_python(self) -> str:
        """The calls that compose this move, a line each, on a variable `move`."""
        return "\n".join(transform.as_calls(self._motions))

    def include(self, motion: dict[str, Any]) -> Move:
        """Add a motion as data: what files of kept moves hold where no call makes it."""
        try:
            return self._add(MotionAdapter.validate_python(motion))
        except ValidationError as error:
            raise explain("a motion", error) from None

    def _copy(self, motions: Iterable[Motion]) -> Move:
        copy = Move(self._outlet)
        copy._motions.extend(motions)
        return copy

    @property
    def motions(self) -> tuple[Motion, ...]:
        """What has been composed so far."""
        return tuple(self._motions)

    # </moss-hide>

    def _react(self, event: EventName, callback: Reaction | None, log: str) -> Move:
        motions: Sequence[Motion] = ()
        if callback is not None:
            with self._outlet.record(callback) as recorded:
                if recorded is None:  # it re-arms itself: it stays armed to the end of the move anyway
                    return self
                answer = Move(self._outlet)
                callback(answer)
                motions = (*recorded, *answer.motions)
        return self._add(make(React, event=event, motions=tuple(motions), log=log))

    def _add(self, motion: Motion) -> Move:
        self._motions.append(motion)
        if self._run:
            self._outlet.perform(motion, move=self._id)
        return self

    def __repr__(self) -> str:
        return f"Move({len(self._motions)} motions)"


def _byte(speed: float) -> float | int:
    """Models write 90.0 or 85.5; the ball takes whole numbers. What is no number is left for the motion to refuse."""
    return round(speed) if isinstance(speed, float) and abs(speed) < 1e6 else speed
