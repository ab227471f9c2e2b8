"""How long and how far things take, and the limits on that: too much is cut down and said, the absurd is refused."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

from bolt_agent.brains.reflex.facewriter import RAINBOW, unseen
from bolt_agent.brains.reflex.intents import (
    Act,
    Blink,
    Chance,
    Character,
    Countdown,
    Define,
    Fade,
    Fill,
    Intent,
    Light,
    Rainbow,
    React,
    Repeat,
    Return,
    Roll,
    Show,
    Spin,
    Together,
    Trace,
    Turn,
    Until,
    Wait,
    Write,
)
from bolt_agent.brains.reflex.limits import (
    ABSURD,
    DEFAULT_SECONDS,
    DEFAULT_SPEED,
    LONGEST_ROLL,
    LONGEST_WAY,
    MOST_SECONDS,
    RUN_UP,
    SEEN,
    TOP_SPEED,
    Unwilling,
    byte_for,
    cm_per_second,
)
from bolt_agent.brains.reflex.moods import mood_of
from bolt_agent.brains.reflex.recall import CURVE_SPEED, SLOWEST
from bolt_agent.brains.reflex.shapes import CURVES, outline, usual_size

__all__ = ["CURVE_SPEED", "curve_seconds", "duration", "fit", "paced", "shape_seconds"]

Intents = tuple[Intent, ...]

START_AND_STOP = 0.9
"""Seconds that a roll takes besides rolling at speed: turning there, gathering speed, coming to rest."""

SMALLEST_SHAPE, LARGEST_SHAPE = 8.0, 300.0
"""cm of a side, or across."""

QUICKEST_SPIN = 0.72
"""Seconds for a full turn, at best."""

SPIRAL_SECONDS = 7.0
BLINK_SECONDS, RAINBOW_SECONDS, CHANCE_SECONDS = 0.8, 3.5, 3.0


def fit(intents: Intents) -> tuple[Intents, list[str]]:
    """The intents within the limits, and what was cut down (keys of phrases). Raises Unwilling for the absurd."""
    notes: list[str] = []
    fitted = tuple(_fit(intent, notes) for intent in intents)
    if duration(fitted) > MOST_SECONDS:
        fitted = _fewer_rounds(fitted, notes)
    return fitted, notes


def _fewer_rounds(intents: Intents, notes: list[str]) -> Intents:
    """One repetition with fewer rounds; anything else that takes too long is refused."""
    busy = [intent for intent in intents if duration((intent,)) > 0]
    if len(busy) == 1 and isinstance(repeat := busy[0], (Repeat, Trace, Act)):
        once = duration((replace(repeat, times=1),))
        if once <= MOST_SECONDS:
            notes.append("clamped_rounds")
            fewer = replace(repeat, times=max(1, int(MOST_SECONDS // once)))
            return tuple(fewer if intent is repeat else intent for intent in intents)
    raise Unwilling("too_long", most=f"{MOST_SECONDS:.0f}")


def _fit(intent: Intent, notes: list[str]) -> Intent:
    if isinstance(intent, (Roll, Trace, Return)) and (intent.speed or 0) > TOP_SPEED:
        notes.append("clamped_speed")
        intent = replace(intent, speed=TOP_SPEED)
    match intent:
        case Roll(cm=float(cm)):
            return replace(intent, cm=_cut(cm, LONGEST_WAY, "clamped_way", "too_far", notes))
        case Roll(seconds=float(seconds), speed=speed):
            longest = min(LONGEST_ROLL, LONGEST_WAY / cm_per_second(speed))
            return replace(intent, seconds=max(0.1, _cut(seconds, longest, "clamped_time", "too_long", notes)))
        case Wait(seconds):
            return Wait(_cut(seconds, LONGEST_ROLL, "clamped_time", "too_long", notes))
        case Spin(turns, seconds):
            most = LONGEST_ROLL / QUICKEST_SPIN
            fewer = math.copysign(_cut(abs(turns), most, "clamped_turns", "too_many_turns", notes), turns)
            quickest = abs(fewer) * QUICKEST_SPIN
            if fewer != turns:
                return Spin(math.floor(abs(fewer)) * math.copysign(1, turns), LONGEST_ROLL)
            slowest = _cut(seconds, LONGEST_ROLL, "clamped_time", "too_long", notes)
            return replace(intent, seconds=max(quickest, slowest))
        case Turn(angle, seconds):
            angle = math.copysign(_cut(abs(angle), 36_000.0, "clamped_turns", "too_many_turns", notes), angle)
            return Turn(angle, None if seconds is None else min(LONGEST_ROLL, seconds))
        case Trace():
            return _fit_shape(intent, notes)
        case Act(seconds=float(seconds)):
            return replace(intent, seconds=_cut(seconds, LONGEST_ROLL, "clamped_time", "too_long", notes))
        case Repeat() | Until() | React() | Together() | Define():
            body = tuple(_fit(one, notes) for one in intent.body)
            if isinstance(intent, (Until, React)):
                return replace(intent, body=body, then=tuple(_fit(one, notes) for one in intent.then))
            return replace(intent, body=body)
        case _:
            return intent


def _fit_shape(intent: Trace, notes: list[str]) -> Trace:
    size, width = intent.size, intent.width
    if size is not None:
        size = max(SMALLEST_SHAPE, _cut(size, LARGEST_SHAPE, "clamped_size", "too_far", notes))
    if width is not None:
        width = max(SMALLEST_SHAPE, _cut(width, LARGEST_SHAPE, "clamped_size", "too_far", notes))
    return replace(intent, size=size, width=width, scale=min(5.0, max(0.3, intent.scale)))


def _cut(amount: float, limit: float, note: str, absurd: str, notes: list[str]) -> float:
    if amount > limit * ABSURD:
        raise Unwilling(absurd, most=f"{MOST_SECONDS:.0f}")
    if amount > limit * 1.001:
        notes.append(note)
        return round(limit, 1)
    return amount


def curve_seconds(shape: str, size: float, speed: int) -> float:
    """How long a curve takes: once around a circle of `size` cm across, or twice for an eight."""
    if shape == "spiral":
        return SPIRAL_SECONDS
    around = math.pi * size / cm_per_second(speed)
    return round(2 * around if shape == "eight" else around, 1)


def shape_seconds(intent: Trace) -> float:
    """About how long a shape takes once."""
    size = intent.size if intent.size is not None else usual_size(intent.shape) * intent.scale
    if intent.shape in CURVES:
        return curve_seconds(intent.shape, size, intent.speed or CURVE_SPEED) + START_AND_STOP
    speed = cm_per_second(intent.speed or DEFAULT_SPEED)
    return sum(leg.cm / speed + START_AND_STOP for leg in outline(intent.shape, size, intent.width))


def paced(shape: Trace, seconds: float, *, once: bool) -> Trace:
    """A shape that takes so long in all: at the speed for that, and unless it is to be done once, in more rounds."""
    if shape.shape == "spiral":
        return shape
    if not once and shape.times == 1:
        shape = replace(shape, times=max(1, round(seconds / shape_seconds(shape))))
    size = shape.size if shape.size is not None else usual_size(shape.shape) * shape.scale
    around, rolling = math.pi * size * (2 if shape.shape == "eight" else 1), seconds / shape.times
    if shape.shape not in CURVES:
        legs = outline(shape.shape, size, shape.width)
        around, rolling = sum(leg.cm for leg in legs), rolling - len(legs) * START_AND_STOP
    speed = TOP_SPEED if rolling <= 0 else byte_for(around / rolling)
    return replace(shape, speed=max(SLOWEST, min(TOP_SPEED, speed)))


def duration(intents: Intents) -> float:
    """About how many seconds it all takes."""
    return sum(_seconds(intent) for intent in intents) + SEEN * sum(
        itertools.starmap(unseen, itertools.pairwise(intents))
    )


def _seconds(intent: Intent) -> float:
    match intent:
        case Roll(seconds=seconds, cm=cm, speed=speed, run_up=run_up):
            rolling = seconds or DEFAULT_SECONDS if cm is None else cm / cm_per_second(speed)
            return rolling + START_AND_STOP + (RUN_UP if run_up else 0.0)
        case Turn(angle, seconds):
            return seconds or 0.3 + abs(angle) / 360
        case Spin(_, seconds) | Wait(seconds):
            return seconds
        case Trace(times=times):
            return times * shape_seconds(intent)
        case Act(name, seconds, times, pace):
            steps = mood_of(name, pace).steps
            return times * max(seconds or 0.0, sum(step.seconds for step in steps))
        case Return():
            return 2 * START_AND_STOP
        case Show(seconds=float(seconds)) | Fill(seconds=float(seconds)) | Light(seconds=float(seconds)):
            return seconds
        case Character(seconds=float(seconds)):
            return seconds
        case Blink(times=times, beat=beat):
            return times * (beat or BLINK_SECONDS)
        case Rainbow(times=times, beat=beat):
            return times * (len(RAINBOW) * beat if beat else RAINBOW_SECONDS)
        case Fade(seconds=seconds):
            return seconds
        case Chance():
            return CHANCE_SECONDS
        case Countdown(first, last):
            return abs(first - last) + 1.0
        case Write(text, times=times, fps=fps):
            return times * (len(text) * 6 + 8) / fps
        case Repeat(times, body):
            return times * duration(body)
        case Together(face, body):
            return max(duration(face), duration(body))
        case Until(_, body, then) | React(_, then, body):
            return duration(body) + duration(then)
        case _:
            return 0.0
