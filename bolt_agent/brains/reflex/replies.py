"""What the robot says, in the person's language: short sentences made from the phrases of a language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bolt_agent.brains.reflex.intents import (
    Act,
    Answer,
    Blink,
    Border,
    Chance,
    Character,
    Clear,
    Countdown,
    Face,
    Fade,
    Fill,
    Intent,
    Light,
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
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.limits import TOP_SPEED
from bolt_agent.brains.reflex.lines import number
from bolt_agent.brains.reflex.playing import LIKENESS
from bolt_agent.brains.reflex.shades import shade_name

__all__ = ["Voice"]

SLOW, FAST = 65, 140
"""Speed bytes from which on it is worth saying."""

MOST_NAMED = 4
"""Steps named one by one; of a longer program only the number of the rest is said."""


class Voice:
    """Speaks one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def say(self, key: str, **values: Any) -> str:
        """A phrase, filled in."""
        phrase = self._lexicon.says.get(key, key)
        try:
            return phrase.format(**{name: str(value) for name, value in values.items()})
        except (KeyError, IndexError):
            return phrase

    def sentence(self, intents: Sequence[Intent]) -> str:
        """What is being done, as one sentence."""
        text = self.describe(intents)
        text = " ".join(text.split()).replace(" ,", ",").replace(" ;", ";")
        return self.say("sentence", text=text[:1].upper() + text[1:]) if text else ""

    def describe(self, intents: Sequence[Intent]) -> str:
        """What is being done, as a clause."""
        parts = [part for intent in intents if not isinstance(intent, Answer) and (part := self._part(intent))]
        if len(parts) > MOST_NAMED:
            return self.say("more", a=self._chain(parts[:MOST_NAMED]), n=len(parts) - MOST_NAMED)
        return self._chain(parts)

    def event(self, event: str) -> str:
        """An event, in words."""
        return self.say(f"event.{event}")

    def _chain(self, parts: list[str]) -> str:
        text = parts[0] if parts else ""
        for part in parts[1:]:
            text = self.say("then", a=text, b=part)
        return text

    def _part(self, intent: Intent) -> str:
        match intent:
            case Repeat(times, body, str(name)):
                playing = self.say("play", name=self._a(name.removeprefix(LIKENESS)))
                return playing if times == 1 else self.say("repeat", body=playing, times=self._times(times))
            case Repeat(times, body):
                return self.say("repeat", body=self.describe(body), times=self._times(times))
            case Together(face, body):
                return self.say("together", body=self.describe(body), face=self.describe(face))
            case Until(event, body, then):
                key = "until.then" if then else "until"
                return self.say(key, body=self.describe(body), event=self.event(event), then=self.describe(then))
            case React(event, then, body):
                reaction = self.describe(then) or self.say("halt")
                return self.say("react", body=self.describe(body), event=self.event(event), then=reaction)
            case Roll() | Turn() | Face() | Spin() | Trace() | Wait() | Act() | Return():
                return self._body(intent)
            case _:
                return self._shown(intent)

    def _body(self, intent: Intent) -> str:
        match intent:
            case Roll():
                return self._roll(intent)
            case Turn(angle):
                if abs(angle) == 180:
                    return self.say("turn.around")
                side = self.say("side.left" if angle < 0 else "side.right")
                return self.say("turn", side=side, angle=number(abs(angle)))
            case Face(heading):
                return self.say("face", heading=number(heading))
            case Spin(by_chance=True):
                return self.say("spin.bottle")
            case Spin(turns):
                return self.say("spin.left" if turns < 0 else "spin", times=self._times(abs(turns)))
            case Trace(shape, times=times):
                kind = "shape" if shape in self._lexicon.meanings("shape") else "figure"
                name = self._lexicon.name(kind, shape)
                many = self._a(name) if times == 1 else self.say("many", n=times, name=name)
                return self.say("trace", shape=many)
            case Wait(seconds):
                return self.say("wait", seconds=self._seconds(seconds))
            case Act(name):
                kind = "mood" if name in self._lexicon.meanings("mood") else "dance"
                return self.say("act" if kind == "mood" else "act.move", name=self._lexicon.name(kind, name))
            case Return(home):
                return self.say("return.home" if home else "return")
            case _:
                return ""

    def _roll(self, intent: Roll) -> str:
        amount = ""
        if intent.cm is not None:
            amount = self.say("for_cm", n=number(intent.cm))
        elif intent.seconds is not None:
            amount = self.say("for_seconds", n=self._seconds(intent.seconds))
        pace = ""
        if intent.run_up:
            pace = self.say("pace.run_up")
        elif intent.speed >= TOP_SPEED:
            pace = self.say("pace.top")
        elif not SLOW < intent.speed < FAST:
            pace = self.say("pace.fast" if intent.speed >= FAST else "pace.slow")
        named = {0.0: "forward", 90.0: "right", 270.0: "left"}
        if intent.absolute:
            way = self.say("way.heading", n=number(intent.direction))
        elif intent.direction == 180:
            return self.say("roll.back", amount=amount, pace=pace)
        elif intent.direction in named:
            way = self.say(f"way.{named[intent.direction]}")
        else:
            way = self.say("way.angle", n=number(intent.direction))
        return self.say("roll", way=way, amount=amount, pace=pace)

    def _shown(self, intent: Intent) -> str:
        match intent:
            case Show(icon, None) if icon in self._lexicon.meanings("mood"):
                return self.say("show.mood", name=self._a(self._lexicon.name("mood", icon)))
            case Show(icon, color) if icon in self._lexicon.meanings("mood"):
                return self.say("show.mood", name=self._a(self._colored(self._lexicon.name("mood", icon), color)))
            case Show(icon, color):
                return self.say("show", icon=self._a(self._colored(self._icon(icon), color)))
            case Fill(color, other=str(other)):
                return self.say("fill.halves", color=self._color(color), other=self._color(other))
            case Fill(color):
                return self.say("fill", color=self._color(color))
            case Border(color):
                return self.say("border", color=self._color(color))
            case Write(text):
                return self.say("write", text=text)
            case Character(character):
                return self.say("character", text=character)
            case Blink(times):
                return self.say("blink", times=self._times(times))
            case Fade((first, most, last)) if first == last:
                return self.say("fade.breathe", color=self._color(most))
            case Fade(colors):
                return self.say("fade", first=self._color(colors[0]), last=self._color(colors[-1]))
            case Countdown(first, last):
                return self.say("countdown", first=first, last=last)
            case Chance(name):
                return self.say(f"chance.{name}")
            case Clear(lights):
                return self.say("clear.lights" if lights else "clear")
            case Light(which, color):
                name = self.say(f"which.{which}")
                return self.say("light.off" if color == "black" else "light", which=name, color=self._color(color))
            case _:
                return self.say(type(intent).__name__.lower())

    def _icon(self, icon: str) -> str:
        for kind in ("figure", "icon", "mood"):
            if icon in self._lexicon.meanings(kind):
                return self._lexicon.name(kind, icon)
        return icon

    def _color(self, color: str) -> str:
        if (shade := shade_name(color)) is not None:
            return self.say(f"color.{shade[0]}", color=self._lexicon.name("color", shade[1]))
        return self._lexicon.name("color", color)

    def _colored(self, name: str, color: str | None) -> str:
        return name if color is None else self.say("colored", color=self._color(color), name=name)

    def _a(self, name: str) -> str:
        vowel = name[:1] in "aeiou" and "a.vowel" in self._lexicon.says
        return self.say("a.vowel" if vowel else "a", name=name)

    def _times(self, times: float) -> str:
        key = f"times.{number(times)}"
        return self.say(key) if key in self._lexicon.says else self.say("times", n=number(times))

    def _seconds(self, seconds: float) -> str:
        return self.say("second") if seconds == 1 else self.say("seconds", n=number(seconds))
