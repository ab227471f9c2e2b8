"""Writes the code for shapes."""

from __future__ import annotations

from bolt_agent.brains.reflex.budget import CURVE_SPEED, curve_seconds
from bolt_agent.brains.reflex.heading import Compass
from bolt_agent.brains.reflex.intents import Trace
from bolt_agent.brains.reflex.limits import DEFAULT_SPEED
from bolt_agent.brains.reflex.lines import Lines, number
from bolt_agent.brains.reflex.shapes import CURVES, Stretch, outline, usual_size

__all__ = ["OPEN_SHAPES", "trace"]

OPEN_SHAPES = frozenset({"zigzag", "spiral"})
"""Shapes that end somewhere else."""


def trace(lines: Lines, compass: Compass, intent: Trace) -> None:
    """Roll a shape as often as is wanted."""
    lines.need_move()
    if intent.shape in CURVES:
        _curve(lines, compass, intent)
        return
    legs = outline(intent.shape, _size(intent), intent.width, clockwise=intent.clockwise)
    if intent.times > 1:
        with lines.loop(intent.times):
            _legs(lines, compass, intent, legs)
    else:
        _legs(lines, compass, intent, legs)


def _size(intent: Trace) -> float:
    return intent.size if intent.size is not None else usual_size(intent.shape) * intent.scale


def _legs(lines: Lines, compass: Compass, intent: Trace, legs: list[Stretch]) -> None:
    headings = [compass.to(intent.direction + leg.heading) for leg in legs]
    speed = "" if intent.speed in (None, DEFAULT_SPEED) else f", speed={intent.speed}"
    turn = "corner" if compass.variable else "heading"
    if len({leg.cm for leg in legs}) == 1:
        with lines.block(f"for {turn} in ({', '.join(headings)}):"):
            lines.ball(f"go(distance={legs[0].cm}, heading={turn}{speed})")
    else:
        pairs = ", ".join(f"({heading}, {leg.cm})" for heading, leg in zip(headings, legs, strict=True))
        with lines.block(f"for {turn}, side in ({pairs}):"):
            lines.ball(f"go(distance=side, heading={turn}{speed})")


def _curve(lines: Lines, compass: Compass, intent: Trace) -> None:
    lines.use("from bolt_agent import RollFunc")
    speed = CURVE_SPEED if intent.speed is None else intent.speed
    once = curve_seconds(intent.shape, _size(intent), speed)
    start = compass.to(intent.direction)
    sign = "" if intent.clockwise else "-"
    seconds = once * intent.times
    if intent.shape == "eight":  # around one way, then around the other
        turn = f"{sign}360 * min(lap, {number(once)} - lap) / {number(once / 2)}"
    elif intent.shape == "spiral":
        turn = f"{sign}{SPIRAL_RATE} * passed"
    else:
        turn = f"{sign}360 * passed / {number(once)}"
    lap = f"lap = passed % {number(once)}; " if intent.shape == "eight" else ""
    code = f"{lap}self.heading = {_base(compass, start)}{turn}"
    if intent.shape == "spiral":
        code += f"; self.speed = {SPIRAL_START} + {number(max(1.0, (speed - SPIRAL_START) * 2 / seconds))} * passed"
    quoted = f'f"{code}"' if "{" in code else f'"{code}"'
    lines.add(f"{intent.shape} = RollFunc(speed={speed}, duration={number(seconds)}, code={quoted})")
    lines.ball(f"roll_by_func({intent.shape})")


SPIRAL_RATE = 150
"""Degrees a second."""

SPIRAL_START = 40
"""The speed byte a spiral begins with; it ends as far above the usual speed as that is above this."""


def _base(compass: Compass, start: str) -> str:
    if compass.variable:
        return "{" + start + "} + "
    return "" if start == "0" else f"{start} + "
