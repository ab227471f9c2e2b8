"""What is lit, and the same brighter or dimmer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from bolt_agent.brains.reflex.clauses import Clause
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.intents import (
    FACE_INTENTS,
    Act,
    Answer,
    Blink,
    Chance,
    Character,
    Clear,
    Countdown,
    Dim,
    Fade,
    Fill,
    Intent,
    Light,
    Rainbow,
    React,
    Repeat,
    Show,
    Together,
    Until,
)
from bolt_agent.brains.reflex.limits import Unwilling
from bolt_agent.brains.reflex.moods import mood_of
from bolt_agent.brains.reflex.shades import DIMMEST, brightness, with_brightness
from bolt_agent.robot.icons import load_icons

__all__ = ["Lamps", "bright_intents", "dimmed", "lit_after", "shone"]

Intents = tuple[Intent, ...]

FADES = 3.0
"""Seconds from one brightness to another, where it is to be seen."""

LITTLE, LOT = 0.7, 0.25
"""How bright "a bit dimmer" and "a lot dimmer" are."""

PLAIN = frozenset({"move", "act", "do", "that", "light", "face", "all", "turn", "show", "look", "on", "bright",
                   "extent", "percent", "number", "seconds", "pace", "this", "icon", "figure"})  # fmt: skip
"""What a clause about brightness may have."""


@dataclass(frozen=True)
class Lamps:
    """What is lit: what the face shows, and the colours of the lights."""

    face: Intent | None = None
    front: str | None = None
    back: str | None = None


def bright_intents(clause: Clause) -> Intents:
    """What a clause about brightness asks for, of what is lit."""
    if rest := clause.without(*PLAIN).parts:
        raise NotUnderstood(rest[0].text)
    what, _, amount = (clause.first("bright") or "").partition(" ")
    lights = [name for name in clause.all("light") if name != "both"]
    part = lights[0] if len(lights) == 1 else "face" if clause.has("face") else "all"
    slowly = clause.first("pace") == "slow" or clause.first("pace") == "20%"
    spans = clause.values("seconds")
    time = float(spans[0]) * float(spans[1]) if spans else FADES if slowly or what in ("down", "up") else None
    number = clause.first("percent") or (clause.first("number") if what in ("set", "") else None)  # not "a darker ONE"
    if what == "set" or number:
        if number is None:
            raise Unwilling("how_bright")
        share = float(number) / (100 if clause.has("percent") or float(number) > 1 else 1)
        return (Dim(max(0.0, min(1.0, share)), part=part, seconds=time),)
    if what in ("down", "up"):
        return (Dim(0.0 if what == "down" else 1.0, part=part, seconds=time),)
    if what == "=":
        return (Dim(float(amount), part=part, seconds=time),)
    factor = float(amount)
    if extent := clause.first("extent"):
        share = LITTLE if float(extent) < 1 else LOT
        factor = share if factor < 1 else 1 / share
    return (Dim(factor, relative=True, part=part, seconds=time),)


def lit_after(lamps: Lamps, intents: Intents) -> Lamps:
    """What is lit after these."""
    for intent in intents:
        match intent:
            case Repeat(_, body) | React(_, _, body):
                lamps = lit_after(lamps, body)
            case Until(_, body, then):
                lamps = lit_after(lamps, (*body, *then))
            case Together(face, body):
                lamps = lit_after(lamps, (*body, *face))
            case Act(name):
                mood = mood_of(name)
                lamps = Lamps(Show(mood.icon), mood.light, mood.light)
            case Light(which, color, seconds):
                lit = None if color == "black" or seconds is not None else color
                lamps = replace(lamps, front=lit) if which == "front" else replace(lamps, back=lit)
            case Clear(lights):
                lamps = Lamps() if lights else replace(lamps, face=None)
            case _ if isinstance(intent, FACE_INTENTS):
                lamps = _lit_face(lamps, intent)
    return lamps


def _lit_face(lamps: Lamps, intent: Intent) -> Lamps:
    light = getattr(intent, "light", None)
    match intent:
        case Fade(colors) | Blink(colors=colors) if light and colors:
            lit = colors[-1] if isinstance(intent, Fade) and brightness(colors[-1]) else None
            front, back = (lit if light in (which, "both") else old for which, old in (
                ("front", lamps.front), ("back", lamps.back)))  # fmt: skip
            return replace(lamps, front=front, back=back)
        case Rainbow() if light is None:
            return replace(lamps, face=Fill("purple"))
        case Fade(colors, icon=icon):
            left = Show(icon, colors[-1]) if icon else Fill(colors[-1])
            return replace(lamps, face=left if brightness(colors[-1]) else None)
        case Countdown(_, last, color):
            return replace(lamps, face=Character(str(last)[-1], color))
    gone = isinstance(intent, (Show, Fill, Character)) and intent.seconds is not None
    return replace(lamps, face=None if gone else intent)


def dimmed(lamps: Lamps, dim: Dim) -> Intents:
    """What is lit, brighter or dimmer. Raises Unwilling where nothing is lit that could be."""
    face = lamps.face if dim.part in ("all", "face") else None
    if isinstance(face, Chance):  # to show it again would throw the die again
        raise Unwilling("cannot_change")
    lights = [("front", lamps.front), ("back", lamps.back)]
    lit = [(which, color) for which, color in lights if color and dim.part in ("all", which)]
    if face is None and not lit:
        return _from_nothing(dim)
    done: list[Intent] = []
    if face is not None:
        done += _dimmed_face(face, dim)
    if len(lit) == 2 and lit[0][1] == lit[1][1] and dim.seconds is not None:
        done += _faded((lit[0][1], _level(lit[0][1], dim)), dim, light="both")
    else:
        for which, color in lit:
            to = _level(color, dim)
            fades = dim.seconds is not None
            done += _faded((color, to), dim, light=which) if fades else [Light(cast(Any, which), to)]
    before = [one for one in (face, *(Light(cast(Any, which), color) for which, color in lit)) if one is not None]
    brighter = dim.level > 1 if dim.relative else dim.level == 1
    return (Answer("brightest"),) if brighter and done == before else tuple(done)


def _from_nothing(dim: Dim) -> Intents:
    if dim.seconds is not None and dim.level == 0:
        return (Clear(),)
    if dim.relative or not dim.level:
        raise Unwilling("nothing_lit")
    if dim.part in ("front", "back"):
        return (Light(cast(Any, dim.part), with_brightness("white", dim.level)),)
    return (Fill(with_brightness("white", dim.level)),)


def _dimmed_face(face: Intent, dim: Dim) -> list[Intent]:
    if isinstance(face, Blink):
        colors = face.colors or (_color_of(face.icon) if face.icon else "white",)
        return [replace(face, colors=tuple(_level(color, dim) for color in colors))]
    color = getattr(face, "color", None) or _color_of(getattr(face, "icon", ""))
    to = _level(color, dim)
    if dim.seconds is not None and isinstance(face, (Fill, Show)):
        return _faded((color, to), dim, icon=face.icon if isinstance(face, Show) else None)
    if not brightness(to):
        return [Clear()]
    if isinstance(face, Fill) and face.other:
        return [replace(face, color=to, other=_level(face.other, dim))]
    same = getattr(face, "color", None) is None and to == color
    return [face if same else cast(Intent, replace(cast(Any, face), color=to))]


def _faded(colors: tuple[str, str], dim: Dim, *, light: str | None = None, icon: str | None = None) -> list[Intent]:
    return [Fade(colors, dim.seconds or FADES, light, icon)] if colors[0] != colors[1] else []


def _level(color: str, dim: Dim) -> str:
    """The colour as bright as it is to be."""
    now = brightness(color)
    level = min(1.0, max(DIMMEST, now * dim.level)) if dim.relative else dim.level
    return color if abs(level - now) < 0.01 else with_brightness(color, level)


def _color_of(icon: str) -> str:
    """The colour that most of a picture has."""
    drawn = load_icons().get(icon)
    dots = [drawn.colors[dot] for row in drawn.rows for dot in row if dot != "."] if drawn else []
    return max(dots, key=dots.count, default="white")


def shone(intents: Intents, level: float) -> Intents:
    """The same with all its colours as bright as that."""
    dim = Dim(level, relative=True)
    done: list[Intent] = []
    for intent in intents:
        if isinstance(intent, Fade):
            intent = replace(intent, colors=tuple(_level(color, dim) if brightness(color) else color
                                                  for color in intent.colors))  # fmt: skip
        elif isinstance(intent, Light) and intent.color != "black":
            intent = replace(intent, color=_level(intent.color, dim))
        elif isinstance(intent, (Blink, Fill, Character)) or (isinstance(intent, Show) and intent.color):
            intent = _dimmed_face(intent, dim)[0]
        done.append(intent)
    return tuple(done)
