"""What was before: the last command, the moves that have names, the way the robot faces. Turns "again", "faster",
"the other way" and names into plain intents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, cast

from bolt_agent.brains.reflex.amending import amount_changed
from bolt_agent.brains.reflex.dimming import Lamps, dimmed, lit_after, shone
from bolt_agent.brains.reflex.intents import (
    FACE_INTENTS,
    Act,
    Again,
    Alter,
    Amend,
    Answer,
    Blink,
    Clear,
    Define,
    Dim,
    Face,
    Fill,
    Intent,
    Opposite,
    Perform,
    React,
    Recolor,
    Redirect,
    Repeat,
    Return,
    Roll,
    Spin,
    Together,
    Trace,
    Turn,
    Undo,
    Until,
    Wait,
    Write,
)
from bolt_agent.brains.reflex.limits import DEFAULT_SECONDS, DEFAULT_SPEED, TOP_SPEED, Unwilling

__all__ = ["Leg", "Memory", "changed_speed", "remember", "resolve", "resolve_what_can_be"]

Intents = tuple[Intent, ...]
SLOWEST, CURVE_SPEED = 25, 70
MOST_COLUMNS = 30
"""Columns of a text a second; beyond that nobody reads it."""

MOST_REMEMBERED = 4
"""Commands that can be done again together."""


@dataclass(frozen=True)
class Leg:
    """A straight roll that can be taken back: for `seconds`, or over `cm`."""

    heading: float
    speed: int
    seconds: float | None = None
    cm: float | None = None


@dataclass
class Memory:
    """What a conversation has come to."""

    facing: float = 0.0
    """What "forward" means to the person, in degrees from the last aim."""
    aimed: float = 0.0
    """The way the ball really points after the last roll."""
    last: Intents = ()
    past: tuple[Intents, ...] = ()
    """The last commands, the last one last."""
    trail: list[Leg] | None = field(default_factory=list)
    """The straight rolls of the last command that moved; None when it cannot be taken back that way."""
    origin: tuple[float, float] = (0.0, 0.0)
    """Where that command began, in cm."""
    names: dict[str, Intents] = field(default_factory=dict)
    parts: dict[str, Intents] = field(default_factory=dict)
    """What it does for what it was told to pretend to be, by name."""
    reactions: dict[str, React] = field(default_factory=dict)
    """What to do about events in everything that follows, by event."""
    lamps: Lamps = field(default_factory=Lamps)
    """What is lit."""
    said: str = ""
    """How the last command was described."""


def remember(done: Intents, memory: Memory) -> None:
    """Note what was done last."""
    memory.last = done
    memory.lamps = lit_after(memory.lamps, done)
    memory.past = (*memory.past, done)[-MOST_REMEMBERED:]


def resolve(intents: Intents, memory: Memory) -> Intents:
    """The same in plain intents, without any that refer to what was before."""
    return tuple(plain for intent in intents for plain in _resolve(intent, memory))


def resolve_what_can_be(intents: Intents, memory: Memory) -> tuple[Intents, list[str]]:
    """The same, less a change of nothing beside something that can be done; and the keys of what to say about that."""
    plain: list[Intent] = []
    refused: list[Unwilling] = []
    once = [one for one, after in zip_longest(intents, intents[1:]) if not _is_said_again(one, after)]
    asked = [intent for intent in once if not isinstance(intent, Answer)]
    latest = replace(memory, past=memory.past[-1:]) if len(asked) > 1 else memory  # "do a dance but slower"
    level = 1.0
    for intent in once:
        if isinstance(intent, Dim):
            plain = _dimmed_at_last(plain, intent, memory)
            level = intent.level if not intent.relative and intent.seconds is None else level
            continue
        try:
            done = _resolve(intent, latest if isinstance(intent, Alter) else memory)
            plain += shone(done, level) if level < 1 else done
        except Unwilling as error:
            if not isinstance(intent, Alter):
                raise
            refused.append(error)
    if refused and not plain:
        raise refused[0]
    return tuple(plain), [error.key for error in refused]


def _dimmed_at_last(plain: list[Intent], dim: Dim, memory: Memory) -> list[Intent]:
    """With what is lit after these brighter or dimmer; what was to be lit just now is so from the start."""
    lamps = lit_after(memory.lamps, tuple(plain))
    at_once = dim.seconds is None and plain[-1:] == [lamps.face]
    return [*(plain[:-1] if at_once else plain), *dimmed(lamps, dim)]


def _is_said_again(intent: Intent, after: Intent | None) -> bool:
    """Whether the same change is asked for once more: "you are too slow, speed up"."""
    if isinstance(intent, Dim) and isinstance(after, Dim):
        return intent.relative and after.relative and (intent.level < 1) == (after.level < 1)
    return isinstance(intent, Alter) and isinstance(after, Alter) and intent.what == after.what


def _resolve(intent: Intent, memory: Memory) -> Intents:
    match intent:
        case Again(times, (like, *_)):
            one = next((last for last in memory.last if _is_alike(last, like)), like)
            return resolve((one,) if times == 1 else (Repeat(times, (one,)),), memory)
        case Again(times, commands=commands):
            last = tuple(one for command in memory.past[-commands:] for one in command) or _last(memory)
            return last if times == 1 else (Repeat(times, last),)
        case Alter(what, factor):
            return _changed_last(memory, CHANGES[what](factor))
        case Amend(amount):
            return _changed_last(memory, lambda one: amount_changed(one, amount))
        case Recolor(color):
            try:
                return _changed(memory.last, lambda one: _recolor(one, color))
            except Unwilling:
                return (Fill(color),)
        case Redirect(direction) if not memory.last:
            return (Roll(direction),)  # "no, go left"
        case Redirect(direction):
            return _changed_last(memory, lambda one: _redirect(one, direction))
        case Opposite():
            return _changed_last(memory, _mirror)
        case Undo(commands):
            return _undone(tuple(one for command in memory.past[-commands:] for one in command) or _last(memory))
        case Perform(name, times):
            body = memory.names.get(name)
            if body is None and (part := memory.parts.get(name)):
                return (Repeat(times, resolve(part, memory), name),)
            if body is None:
                raise Unwilling("unknown_move", name=name)
            return body if times == 1 else (Repeat(times, body),)
        case Repeat(times, body, name):
            return (Repeat(times, resolve(body, memory), name),)
        case Together(face, body):
            return (Together(resolve(face, memory), resolve(body, memory)),)
        case Until(event, body, then):
            return (Until(event, resolve(body, memory), resolve(then, memory)),)
        case React(event, then, body):
            return (React(event, resolve(then, memory), resolve(body, memory)),)
        case Dim():
            return dimmed(memory.lamps, intent)
        case Define(name, body):
            return (Define(name, resolve(body, memory) if body else _last(memory)),)
        case _:
            return (intent,)


def _is_alike(last: Intent, like: Intent) -> bool:
    """Whether this is what "the circle again" means: a circle, be it of another size."""
    names = ("shape", "icon", "name", "text", "light", "which")
    said = [getattr(like, name) for name in names if getattr(like, name, None) is not None]
    same = said == [getattr(last, name) for name in names if getattr(last, name, None) is not None]
    return type(last) is type(like) and (same or like in (Blink(), Act("dance")))


def _last(memory: Memory) -> Intents:
    if not memory.last:
        raise Unwilling("nothing_before")
    return memory.last


Change = Callable[[Intent], "Intent | None"]
"""A new intent, or None where the change means nothing."""


def _changed(intents: Intents, change: Change) -> Intents:
    """The intents with the change wherever it means something. Raises Unwilling when that is nowhere."""
    changed, touched = _apply(intents, change)
    if not touched:
        raise Unwilling("cannot_change")
    return changed


def _changed_last(memory: Memory, change: Change) -> Intents:
    """The last command that the change means something for: "faster" is about the roll before a picture was shown."""
    _last(memory)
    for command in reversed(memory.past):
        changed, touched = _apply(command, change)
        if touched:
            return changed
    raise Unwilling("cannot_change")


def _apply(intents: Intents, change: Change) -> tuple[Intents, bool]:
    result: list[Intent] = []
    touched = False
    for intent in intents:
        if isinstance(intent, (Repeat, Until, React)):
            body, inner = _apply(intent.body, change)
            result.append(replace(intent, body=body))
        elif isinstance(intent, Together):
            body, moved = _apply(intent.body, change)
            face, shown = _apply(intent.face, change)
            result.append(Together(face, body))
            inner = moved or shown
        else:
            new = change(intent)
            result.append(intent if new is None else new)
            inner = new is not None
        touched = touched or inner
    return tuple(result), touched


def _scale_speed(factor: float) -> Change:
    def change(intent: Intent) -> Intent | None:
        match intent:
            case Roll(speed=speed, run_up=run_up):
                byte = _byte(speed * factor)
                return replace(intent, speed=byte, run_up=run_up and byte == TOP_SPEED)
            case Return(speed=speed):
                return replace(intent, speed=_byte(speed * factor))
            case Trace(speed=speed):
                return replace(intent, speed=_byte((speed or CURVE_SPEED) * factor))
            case Spin(seconds=seconds):
                return replace(intent, seconds=seconds / factor)
            case Turn(angle, seconds):
                return replace(intent, seconds=(seconds or abs(angle) / 360) / factor)
            case Act(pace=pace):
                return replace(intent, pace=pace * factor)
            case Write(fps=fps):  # "make the text go faster"
                return replace(intent, fps=max(1, min(MOST_COLUMNS, round(fps * factor))))
            case _:
                return None

    return change


def changed_speed(intents: Intents, factor: float) -> Intents:
    """The same so many times as fast."""
    return _changed(intents, _scale_speed(factor)) if factor != 1 else intents


def _pace(speed: float) -> Change:
    def change(intent: Intent) -> Intent | None:
        match intent:
            case Roll() | Return():
                return replace(intent, speed=_byte(speed))
            case Trace():
                return replace(intent, speed=None)
            case Spin(turns=turns):
                return replace(intent, seconds=abs(turns))
            case Act():
                return replace(intent, pace=speed / DEFAULT_SPEED)
            case _:
                return None

    return change


def _scale_size(factor: float) -> Change:
    def change(intent: Intent) -> Intent | None:
        match intent:
            case Roll(cm=float(cm)):
                return replace(intent, cm=cm * factor)
            case Roll(seconds=seconds):
                return replace(intent, seconds=(seconds or DEFAULT_SECONDS) * factor)
            case Trace(size=size, width=width, scale=scale):
                scaled = None if width is None else width * factor
                if size is None:
                    return replace(intent, scale=scale * factor)
                return replace(intent, size=size * factor, width=scaled)
            case Turn(angle):
                return replace(intent, angle=angle * factor)
            case Spin(turns=turns, seconds=seconds):
                return replace(intent, turns=max(1, round(turns * factor)), seconds=seconds * factor)
            case Wait(seconds):
                return Wait(seconds * factor)
            case Act(seconds=seconds):
                return replace(intent, seconds=(seconds or 3) * factor)
            case _:
                return None

    return change


CHANGES: dict[str, Callable[[float], Change]] = {"speed": _scale_speed, "size": _scale_size, "pace": _pace}
"""What a change does to one intent, by what is changed."""


def _byte(speed: float) -> int:
    return max(SLOWEST, min(TOP_SPEED, round(speed)))


def _recolor(intent: Intent, color: str) -> Intent | None:
    if isinstance(intent, Blink):
        return replace(intent, colors=(color,))
    if isinstance(intent, FACE_INTENTS) and hasattr(intent, "color"):
        recolored: Intent = replace(cast(Any, intent), color=color)
        return recolored
    return None


def _redirect(intent: Intent, direction: float) -> Intent | None:
    match intent:
        case Roll():
            return replace(intent, direction=direction, absolute=False)
        case Turn(angle):
            meant = -abs(angle) if direction == 270 else abs(angle)
            return Turn(meant - angle) if meant != angle else intent
        case Spin(turns=turns):
            return replace(intent, turns=-abs(turns) if direction == 270 else abs(turns))
        case _:
            return None


def _mirror(intent: Intent) -> Intent | None:
    match intent:
        case Roll(direction=direction):
            return replace(intent, direction=(direction + 180) % 360)
        case Turn(angle):
            return replace(intent, angle=-angle)
        case Face(heading):
            return Face((heading + 180) % 360)
        case Spin(turns=turns):
            return replace(intent, turns=-turns)
        case Trace(clockwise=clockwise, direction=direction):
            turned = (direction + 180) % 360 if intent.shape == "zigzag" else direction
            return replace(intent, clockwise=not clockwise, direction=turned)
        case _:
            return None


def _undone(intents: Intents) -> Intents:
    """The moves backwards, last first; what is shown is cleared."""
    undone: list[Intent] = []
    for intent in reversed(intents):
        if isinstance(intent, Repeat):
            undone.append(Repeat(intent.times, _undone(intent.body)))
        elif isinstance(intent, Together):
            undone += [Clear(), *_undone(intent.body)]
        elif isinstance(intent, FACE_INTENTS):
            undone.append(Clear(lights=True))
        elif isinstance(intent, (Roll, Turn, Spin)) and (back := _mirror(intent)):
            undone.append(back)
        elif isinstance(intent, (Until, React, Face)):
            return (Return(),)
    return tuple(dict.fromkeys(undone)) or (Clear(),)
