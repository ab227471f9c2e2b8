"""A shape side by side: "a square, STOP AT EVERY CORNER", "EACH SIDE A DIFFERENT COLOR", "EACH TIME FASTER"."""

from __future__ import annotations

import itertools
from dataclasses import replace

from bolt_agent.brains.reflex.clauses import Clause
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.facewriter import RAINBOW
from bolt_agent.brains.reflex.intents import Blink, Fill, Intent, Repeat, Roll, Trace, Turn, Wait
from bolt_agent.brains.reflex.limits import DEFAULT_SPEED
from bolt_agent.brains.reflex.recall import changed_speed
from bolt_agent.brains.reflex.shapes import usual_size
from bolt_agent.brains.reflex.showing import face_intents

__all__ = ["SHAPED", "at_corners", "each_time"]

Intents = tuple[Intent, ...]

SIDES = {"triangle": 3, "square": 4, "pentagon": 5, "hexagon": 6, "heptagon": 7, "octagon": 8}
SHAPED = ("shape", "size", "distance", "side", "pace", "change", "move", "times", "twice", "clockwise")
"""What of a clause is about the shape."""

LOOSE = ("corner", "side", "do", "act", "that", "turn", "look", "this")
MOST_ROUNDS = 6
"""Rounds that are written one by one, each quicker than the one before."""


def at_corners(clause: Clause, done: Intents) -> Intents:
    """The shape that was done last, with what a clause asks for on each of its sides or at its corners."""
    last = done[-1] if done else None
    if not isinstance(last, Trace) or last.shape not in SIDES:
        raise NotUnderstood(clause.text)
    what = clause.without(*LOOSE)
    if what.has("rainbow") and not what.has("color"):
        return (*done[:-1], *_repeated(last, _colorful(last)))
    if what.has("halt", "wait"):
        each: Intents = (Wait(1.0),)
    elif what.has("color") and not what.has("blink"):
        each = (Fill(what.all("color")[0]),)
    elif what.has("show") and not what.has("icon", "figure", "color", "text", "mood"):
        each = (Blink(1, ("white",)),)
    elif what.parts:
        each = tuple(replace(one, times=1) if isinstance(one, Blink) and not what.has("times", "twice") else one
                     for one in face_intents(what))  # fmt: skip
    else:
        raise NotUnderstood(clause.text)
    return (*done[:-1], *_repeated(last, (Repeat(SIDES[last.shape], (*_side(last), *each)),)))


def _repeated(shape: Trace, once: Intents) -> Intents:
    return once if shape.times == 1 else (Repeat(shape.times, once),)


def _side(shape: Trace) -> Intents:
    """One side of a shape, and the turn to the next."""
    angle = 360 / SIDES[shape.shape] * (1 if shape.clockwise else -1)
    size = (shape.size or usual_size(shape.shape)) * (1 if shape.size else shape.scale)
    return Roll(shape.direction, cm=size, speed=shape.speed or DEFAULT_SPEED), Turn(angle)


def _colorful(shape: Trace) -> Intents:
    """Every side in a color of its own."""
    colors = itertools.islice(itertools.cycle(("red", "yellow", "green", "blue", *RAINBOW)), SIDES[shape.shape])
    return tuple(intent for color in colors for intent in (Fill(color), *_side(shape)))


def each_time(factor: float, done: Intents) -> Intents:
    """What was done last so many times, each time that much faster."""
    last = done[-1] if done else None
    times = getattr(last, "times", 1)
    if not isinstance(last, (Repeat, Trace)):
        raise NotUnderstood("")
    body: Intents = last.body if isinstance(last, Repeat) else (replace(last, times=1),)
    rounds = min(times if times > 1 else 3, MOST_ROUNDS)
    return (*done[:-1], *(one for n in range(rounds) for one in changed_speed(body, factor**n)))
