"""What can be done to motions as data: turned around, mirrored, scaled, and printed as the Python that makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from bolt_agent.robot import motions as m
from bolt_agent.robot.errors import BadValue

__all__ = ["as_calls", "mirrored", "reversed_motions", "scaled"]


M = TypeVar("M", bound=BaseModel)


def mirrored(motion: m.Motion) -> m.Motion:
    """Left and right exchanged; what the face shows stays as it is.

    >>> mirrored(m.Drive(heading=90, speed=100, duration=2)).heading
    270.0
    """
    if isinstance(motion, m.Spin):
        return motion.model_copy(update={"angle": -motion.angle})
    if isinstance(motion, m.Curve):
        points = tuple((time, -heading % 360, speed) for time, heading, speed in motion.points)
        return motion.model_copy(update={"points": points})
    if isinstance(motion, m.React):
        return motion.model_copy(update={"motions": tuple(map(mirrored, motion.motions))})
    if isinstance(motion, m.Drive | m.Go | m.Turn | m.Halt) and motion.heading is not None:
        return motion.model_copy(update={"heading": -motion.heading % 360})
    return motion


def scaled(motion: m.Motion, *, speed: float, size: float) -> m.Motion:
    """The same way faster (`speed` times), and bigger (`size` times). Raises BadValue where the ball cannot."""
    if speed <= 0 or size <= 0:
        raise BadValue("a move is scaled by numbers above 0")
    if isinstance(motion, m.Drive):
        duration = motion.duration * size / speed
        return _changed(motion, speed=round(motion.speed * speed), duration=duration)
    if isinstance(motion, m.Go):
        return _changed(motion, speed=max(1, round(motion.speed * speed)), distance=motion.distance * size)
    if isinstance(motion, m.Spin | m.Rest):
        return _changed(motion, duration=motion.duration / speed)
    if isinstance(motion, m.Curve):
        stretch = size / speed
        points = tuple((time * stretch, heading, round(byte * speed)) for time, heading, byte in motion.points)
        return _changed(motion, points=points, duration=motion.duration * stretch)
    if isinstance(motion, m.React):
        inner = tuple(scaled(reaction, speed=speed, size=size) for reaction in motion.motions)
        return motion.model_copy(update={"motions": inner})
    return motion


def reversed_motions(motions: Sequence[m.Motion]) -> list[m.Motion]:
    """The way back: the same motions from the last to the first, each the other way. Raises BadValue."""
    reactions = [motion for motion in motions if isinstance(motion, m.React)]
    back: list[m.Motion] = []
    facing: float | None = None
    relative = False
    for motion in motions:
        if isinstance(motion, m.React):
            continue
        if isinstance(motion, m.Aim | m.Compass):
            raise BadValue("a move that changes what forward means has no way back")
        if (heading := _new_heading(motion)) is not None:
            if facing is None and relative:
                raise BadValue("the way back is not known: give the first roll a heading")
            if isinstance(motion, m.Turn | m.Halt):
                back += [] if facing is None else [m.Turn(heading=facing)]
                facing = heading
                continue
            facing = heading
        elif isinstance(motion, m.Drive | m.Go | m.Spin):
            relative = relative or facing is None
        if isinstance(motion, m.Spin):
            back.append(motion.model_copy(update={"angle": -motion.angle}))
            if facing is not None:
                facing = (facing + motion.angle) % 360
                back.append(m.Turn(heading=facing))  # comes before the spin, on the way back
        elif not isinstance(motion, m.Halt):
            back.append(_backward(motion, facing))
    return [*reactions, *reversed(back)]


def as_calls(motions: Iterable[m.Motion], name: str = "move") -> list[str]:
    """The lines of Python that compose these motions.

    >>> as_calls([m.Drive(heading=90, speed=100, duration=2), m.Spin(angle=360, duration=1)])
    ['move.roll(90, 100, 2)', 'move.spin(360, 1)']
    """
    lines, waddle = [], False
    for motion in motions:
        if isinstance(motion, m.Drive) and motion.waddle != waddle:
            waddle = motion.waddle
            lines.append(f"{name}.set_waddle({waddle})")
        lines.append(f"{name}.{_call(motion)}")
    return lines


def _changed(motion: M, **values: Any) -> M:
    return m.make(type(motion), **{**dict(motion), **values})


def _new_heading(motion: m.Motion) -> float | None:
    """The way a motion makes the ball face, where it says so."""
    if isinstance(motion, m.Curve):
        return motion.points[-1][1] % 360
    heading: float | None = getattr(motion, "heading", None)
    return heading


def _backward(motion: m.Motion, facing: float | None) -> m.Motion:
    if isinstance(motion, m.Drive):
        return motion.model_copy(update={"heading": facing, "speed": -motion.speed})
    if isinstance(motion, m.Go):
        return motion.model_copy(update={"heading": facing, "distance": -motion.distance})
    if isinstance(motion, m.Curve):
        ends = [time for time, _, _ in motion.points[1:]] + [motion.duration]
        pairs = list(zip(motion.points, ends, strict=True))
        points = tuple((motion.duration - end, heading, -speed) for (_, heading, speed), end in reversed(pairs))
        return motion.model_copy(update={"points": points})
    return motion


def _call(motion: m.Motion) -> str:
    write = _CALLS.get(type(motion))
    call = write(motion) if write is not None else None
    return call or f"include({motion.model_dump(mode='json')!r})"


def _number(value: float | None) -> str:
    return "None" if value is None else repr(int(value)) if value == int(value) else repr(value)


def _numbers(*values: float | None) -> str:
    return ", ".join(map(_number, values))


def _react(motion: m.React) -> str:
    log = f"log={motion.log!r}"
    if motion.event not in ("collision", "freefall", "landing"):
        return ""
    if not motion.motions:
        return f"on_{motion.event}({log})"
    calls = "".join(f".{line.removeprefix('move.')}" for line in as_calls(motion.motions))
    return f"on_{motion.event}(lambda m: m{calls}, {log})"


_CALLS: dict[type[Any], Callable[[Any], str]] = {
    m.Aim: lambda _: "reset_aim()",
    m.Compass: lambda motion: f"set_compass_direction({_number(motion.direction)})",
    m.Drive: lambda motion: f"roll({_numbers(motion.heading, motion.speed, motion.duration)})",
    m.Go: lambda motion: f"go({_numbers(motion.distance, motion.heading, motion.speed)})",
    m.Halt: lambda motion: f"stop_roll({'' if motion.heading is None else _number(motion.heading)})",
    m.React: _react,
    m.Rest: lambda motion: f"wait({_number(motion.duration)})",
    m.Spin: lambda motion: f"spin({_numbers(motion.angle, motion.duration)})",
    m.Turn: lambda motion: f"turn_to({_number(motion.heading)})",
}
