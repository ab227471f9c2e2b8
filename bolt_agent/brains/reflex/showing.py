"""What a clause about the face and the lights means: pictures, texts, colours, blinking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bolt_agent.brains.reflex import measures
from bolt_agent.brains.reflex.clauses import Clause
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.intents import (
    Blink,
    Border,
    Chance,
    Character,
    Clear,
    Countdown,
    Fade,
    Fill,
    Intent,
    Light,
    Rainbow,
    Recolor,
    Repeat,
    Show,
    Write,
)
from bolt_agent.brains.reflex.limits import MOST_SECONDS, Unwilling
from bolt_agent.brains.reflex.moods import MOODS
from bolt_agent.brains.reflex.moving import check_parts

__all__ = ["FACE_KINDS", "face_intents"]

FACE_KINDS = frozenset(
    {"show", "write", "blink", "clear", "color", "face", "light", "text", "letter", "rainbow", "countdown", "border",
     "icon", "figure", "off"}
)  # fmt: skip
"""Kinds of words that are about the face or the lights."""

PLACE = {"face", "show", "turn", "all", "color", "move", "write", "act", "look"}
TIMING = {"seconds", "one_second", "pace", "extent"}
BEAT = {"every", "every_one"}
RAINBOW_BEATS = 7
BREATH = 3.0
USUAL_BEAT = 0.8
FADE_SECONDS, FADE_PACE = 3.0, {"slow": 2.0, "fast": 0.5}
FIRST_PRINTABLE, LAST_PRINTABLE = "\x20", "\xff"
COUNT_FROM, MOST_COUNTED = 5, 30
CHANCES = {"dice": tuple("123456"), "coin": ("heads", "tails"), "ten": tuple(map(str, range(1, 11))),
           "hundred": tuple(map(str, range(1, 101)))}  # fmt: skip
"""What may come up, by what is thrown."""
SCROLL_PACE = {"slow": 5, "fast": 20}
"""Columns a second."""


def face_intents(clause: Clause) -> tuple[Intent, ...]:
    """What the face and the lights are to do."""
    if clause.first("rainbow") == "change" and clause.has("color"):
        clause = clause.without("rainbow")  # "change your color to red"
    for kinds, meaning in MEANINGS:
        if clause.has(*kinds):
            return meaning(clause)
    if clause.first("show") == "glow":
        return _nothing_named(clause)
    raise NotUnderstood(clause.text)


def _countdown(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"countdown", "number", "times", "twice"}, PLACE, TIMING)
    if among := CHANCES.get(name := clause.first("countdown") or ""):
        return (Chance(name, among),) * (measures.count(clause) or 1)
    numbers = [abs(round(float(number))) for number in clause.all("number")]
    if any(number > MOST_COUNTED for number in numbers):
        raise Unwilling("count_too_far", most=str(MOST_COUNTED))
    color = clause.first("color") or "white"
    if clause.first("countdown") == "up":
        last = numbers[-1] if numbers else COUNT_FROM
        return (Countdown(numbers[0] if len(numbers) > 1 else 1, last, color),)
    return (Countdown(numbers[0] if numbers else COUNT_FROM, numbers[1] if len(numbers) > 1 else 1, color),)


def _rainbow(clause: Clause) -> tuple[Intent, ...]:
    pictures = {"icon", "figure", "mood"} if clause.first("rainbow") == "breathe" else set()
    check_parts(clause, {"rainbow", "times", "twice", "light", "blink", *pictures}, BEAT, PLACE, TIMING)
    seconds, beat, light = measures.seconds(clause), measures.beat(clause), clause.first("light")
    if clause.first("rainbow") == "fade" and (colors := clause.all("color")):
        pace = FADE_PACE.get(clause.first("pace") or "", 1.0)
        first = () if len(colors) > 1 else ("black",)
        return (Fade((*first, *colors), seconds or FADE_SECONDS * pace, light),)
    if clause.first("rainbow") == "breathe":
        if clause.has("icon", "figure", "mood"):
            return _blink(clause.without("rainbow"))
        return _breathe(clause)
    lasts = RAINBOW_BEATS * beat if beat else 3
    times = measures.count(clause) or (max(1, round(seconds / lasts)) if seconds else 1)
    return (Rainbow(times, light, beat),)


def _breathe(clause: Clause) -> tuple[Intent, ...]:
    """From dark to a colour and back, several times."""
    breath = BREATH * FADE_PACE.get(clause.first("pace") or "", 1.0)
    seconds = measures.seconds(clause)
    times = measures.count(clause) or (max(1, round(seconds / breath)) if seconds else 3)
    color = clause.first("color") or "white"
    return (Repeat(times, (Fade(("black", color, "black"), breath, clause.first("light")),)),)


def _blink(clause: Clause) -> tuple[Intent, ...]:
    check_parts(
        clause,
        {"blink", "times", "twice", "number", "light", "icon", "figure", "mood", "off", "change"},
        BEAT,
        PLACE,
        TIMING,
    )
    number = clause.first("number")
    seconds, beat = measures.seconds(clause), measures.beat(clause)
    what, _, factor = (clause.first("change") or "").partition(" ")
    beat = USUAL_BEAT / float(factor) if what == "speed" else beat  # "blink faster"
    times = measures.count(clause) or (round(float(number)) if number else 0)
    times = times or (max(1, round(min(seconds, MOST_SECONDS) / (beat or 1))) if seconds else 3)
    if times < 1:
        raise Unwilling("no_times")
    return (Blink(times, tuple(clause.all("color")), _picture(clause), clause.first("light"), beat),)


def _lights(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"light", "clear", "off", "on"}, PLACE, TIMING)
    which = clause.all("light")
    if clause.has("clear", "off"):
        if "both" in which:
            return (Clear(lights=True),)
        return tuple(Light(name, "black") for name in _both(which))
    colors = clause.all("color")
    if not colors:
        colors = ["white"]
    if len(colors) == len(which) > 1 and "both" not in which:
        return tuple(Light(_both([name])[0], color) for name, color in zip(which, colors, strict=True))
    return tuple(Light(name, colors[0], measures.seconds(clause)) for name in _both(which))


def _both(which: list[str]) -> list[Literal["front", "back"]]:
    names: list[Literal["front", "back"]] = []
    which = [name for name in which if name != "both"] or which  # in "light your front led" the verb looks like a light
    if "front" in which or "both" in which:
        names.append("front")
    if "back" in which or "both" in which:
        names.append("back")
    return names


def _clear(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"clear", "off", "icon", "figure", "text", "that", "mood", "letter"}, PLACE, TIMING)
    lights = clause.first("off") == "lights" or (clause.has("off") and clause.has("that"))
    return (Clear(lights=lights),)  # "turn it off": whatever of it is lit


def _border(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"border"}, PLACE)
    return (Border(clause.first("color") or "white"),)


def _text(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"text", "write", "letter", "size", "times", "twice", "number"}, PLACE, TIMING)
    texts = clause.all("text") or [_plain(number) for number in clause.all("number")]
    text = " ".join(texts).strip()
    color = clause.first("color") or "white"
    if not text:
        raise Unwilling("nothing_to_write")
    if any(not FIRST_PRINTABLE <= char <= LAST_PRINTABLE for char in text):
        raise Unwilling("cannot_write", text=text[:20])
    seconds = measures.seconds(clause)
    if len(text) == 1 and (clause.has("letter", "show", "number") or not clause.has("write")):
        return (Character(text, color, seconds),)
    return (Write(text, color, measures.count(clause) or 1, SCROLL_PACE.get(clause.first("pace") or "", 10)),)


def _plain(number: str) -> str:
    value = float(number)
    return str(int(value)) if value.is_integer() else str(value)


def _show(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"icon", "figure", "mood", "times", "twice", "number", "size"}, PLACE, TIMING)
    number = clause.first("number")
    if (number and float(number) != 1) or "take" in clause.all("do"):  # "take an umbrella"
        raise NotUnderstood(clause.text)
    colors = clause.all("color")
    color = colors[0] if len(colors) == 1 else None  # "a fish, orange and white" has its own colors
    if times := measures.count(clause):
        return (Blink(times, (color,) if color else (), _picture(clause)),)
    picture = _picture(clause) or "smile"
    return (Show(picture, color, measures.seconds(clause)),)


def _fill(clause: Clause) -> tuple[Intent, ...]:
    if clause.has("show") and clause.has("number"):
        return _text(clause)  # "display 42 in orange"
    check_parts(clause, {"color", "that", "times", "twice"}, PLACE, TIMING)
    colors = clause.all("color")
    if clause.has("that") and not clause.has("face"):
        return (Recolor(colors[0]),)
    if len(colors) == 2 and clause.first("all") == "halves":
        return (Fill(colors[0], measures.seconds(clause), colors[1]),)
    if len(colors) > 1 or measures.count(clause):
        return (Blink(measures.count(clause) or 1, tuple(colors)),)
    return (Fill(colors[0], measures.seconds(clause)),)


def _nothing_named(clause: Clause) -> tuple[Intent, ...]:
    """ "Show your face": nothing is said of what should be seen there."""
    check_parts(clause, {"on", "size"}, PLACE, TIMING)
    if clause.first("show") == "glow":
        light = (Light("front", "white"), Light("back", "white"))
        return (Fill("white", measures.seconds(clause)),) if clause.has("face") else light
    return (Show("smile", None, measures.seconds(clause)),)


def _picture(clause: Clause) -> str | None:
    if mood := clause.first("mood"):
        return MOODS[mood].icon
    return clause.first("icon") or clause.first("figure")


Meaning = Callable[[Clause], tuple[Intent, ...]]

MEANINGS: tuple[tuple[tuple[str, ...], Meaning], ...] = (
    (("countdown",), _countdown),
    (("rainbow",), _rainbow),
    (("blink",), _blink),
    (("light",), _lights),
    (("clear", "off"), _clear),
    (("border",), _border),
    (("text", "write", "letter"), _text),
    (("icon", "figure", "mood"), _show),
    (("color",), _fill),
    (("number",), _text),
    (("face",), _nothing_named),
)
"""What a clause is about, by the first kind of word in this list that it has."""
