"""Writes the code for the face and the lights."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from bolt_agent.brains.reflex.intents import (
    FACE_INTENTS,
    Act,
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
    Repeat,
    Show,
    Together,
    Write,
)
from bolt_agent.brains.reflex.lines import Lines
from bolt_agent.robot.colors import parse_color

__all__ = ["FACES", "RAINBOW", "is_timed", "unseen"]

BLINK = 0.4
"""Seconds on, and seconds off."""

TUMBLES, TUMBLE = 6, 0.2
"""How many numbers a die shows before it lies, and the seconds for each."""

FADE_STEPS = 8
"""From one colour to the next."""

RAINBOW = ("red", "orange", "yellow", "green", "cyan", "blue", "purple")


def is_timed(intent: Intent) -> bool:
    """Whether it takes its time, so that what goes on meanwhile must begin before."""
    if isinstance(intent, (Show, Fill, Character, Light)):
        return intent.seconds is not None
    return isinstance(intent, (Blink, Rainbow, Fade, Countdown, Chance, Write))


def unseen(intent: Intent, after: Intent | None) -> bool:
    """Whether what is shown would be gone at once, because what comes after takes its place."""
    if isinstance(after, (Repeat, Together)) and (inner := (*getattr(after, "face", ()), *after.body)):
        after = inner[0]
    if isinstance(intent, Light):
        return intent.seconds is None and isinstance(after, Light) and after.which == intent.which
    replaces = isinstance(after, Act) or (isinstance(after, FACE_INTENTS) and not isinstance(after, Light))
    return isinstance(intent, (Show, Fill, Border, Character)) and not is_timed(intent) and replaces


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _and_color(color: str | None, usual: str | None = None) -> str:
    return "" if color in (None, usual) else f", {_text(str(color))}"


def _for(lines: Lines, seconds: float | None) -> None:
    """Leave what is shown for that long, then clear it."""
    if seconds is not None and not lines.reacting:
        lines.sleep(seconds)
        lines.face("clear_matrix()")


def _show(lines: Lines, intent: Show) -> None:
    lines.face(f"show({_text(intent.icon)}{_and_color(intent.color)})")
    _for(lines, intent.seconds)


def _fill(lines: Lines, intent: Fill) -> None:
    lines.face(f"fill({_text(intent.other or intent.color)})")
    if intent.other:
        with lines.block("for i in range(32):"):
            lines.face(f"set_pixel(i % 4, i // 4, {_text(intent.color)})")
    _for(lines, intent.seconds)


def _border(lines: Lines, intent: Border) -> None:
    lines.face("clear_matrix()")
    with lines.block("for i in range(8):"):
        for x, y in (("i", "0"), ("i", "7"), ("0", "i"), ("7", "i")):
            lines.face(f"set_pixel({x}, {y}, {_text(intent.color)})")


def _write(lines: Lines, intent: Write) -> None:
    pace = "" if intent.fps == 10 else f", fps={intent.fps}"
    call = f"scroll_matrix_text({_text(intent.text)}, {_text(intent.color)}{pace})"
    if intent.times > 1:
        with lines.loop(intent.times):
            lines.face(call)
    else:
        lines.face(call)


def _character(lines: Lines, intent: Character) -> None:
    lines.face(f"set_matrix_character({_text(intent.character)}, {_text(intent.color)})")
    _for(lines, intent.seconds)


def _blink(lines: Lines, intent: Blink) -> None:
    colors = intent.colors or (("white",) if intent.light else ())
    if lines.reacting:  # nothing can be waited for there: show it steadily
        _on(lines, intent, _text(colors[0]) if colors else "")
        return
    if not intent.light:
        lines.face("clear_matrix()")
    with lines.loop(intent.times):
        if len(colors) > 1:
            with lines.block(f"for color in ({', '.join(map(_text, colors))}):"):
                _on_and_off(lines, intent, "color")
        else:
            _on_and_off(lines, intent, _text(colors[0]) if colors else "")


def _on_and_off(lines: Lines, intent: Blink, color: str) -> None:
    half = intent.beat / 2 if intent.beat else BLINK
    _on(lines, intent, color)
    lines.sleep(half)
    if intent.light:
        for which in _lights(intent.light):
            lines.face(f'set_{which}_led("black")')
    else:
        lines.face("clear_matrix()")
    lines.sleep(half)


def _on(lines: Lines, intent: Blink, color: str) -> None:
    if intent.light:
        for which in _lights(intent.light):
            lines.face(f"set_{which}_led({color})")
    elif intent.icon or not color:
        lines.face(f"show({_text(intent.icon or 'smile')}{', ' + color if color else ''})")
    else:
        lines.face(f"fill({color})")


def _lights(which: str) -> tuple[str, ...]:
    return ("front", "back") if which == "both" else (which,)


def _rainbow(lines: Lines, intent: Rainbow) -> None:
    beat = intent.beat or BLINK
    if intent.times > 1 and not lines.reacting:
        with lines.loop(intent.times):
            _colors(lines, RAINBOW, beat, intent.light)
    else:
        _colors(lines, RAINBOW, beat, intent.light)


def _fade(lines: Lines, intent: Fade) -> None:
    colors = _blended(intent.colors)
    _colors(lines, colors, intent.seconds / len(colors), intent.light, intent.icon)


def _blended(colors: Sequence[str]) -> tuple[str, ...]:
    """The colours with the steps between them.

    >>> _blended(("red", "blue"))[::4]
    ('#ff0000', '#800080', '#0000ff')
    """
    parts = [[int(parse_color(color)[at : at + 2], 16) for at in (1, 3, 5)] for color in colors]
    steps = [
        "#" + "".join(f"{round(a + (b - a) * step / FADE_STEPS):02x}" for a, b in zip(first, second, strict=True))
        for first, second in pairwise(parts)
        for step in range(FADE_STEPS)
    ]
    return (*steps, parse_color(colors[-1]))


def _colors(lines: Lines, colors: Sequence[str], beat: float, light: str | None, icon: str | None = None) -> None:
    """One colour after another; the last one at once where nothing can be waited for."""
    shown = f"show({_text(icon)}, color)" if icon else "fill(color)"
    calls = [f"set_{which}_led(color)" for which in _lights(light)] if light else [shown]
    if lines.reacting:
        for call in calls:
            lines.face(call.replace("color", _text(colors[-1])))
        return
    with lines.block(f"for color in ({', '.join(map(_text, colors))}):"):
        for call in calls:
            lines.face(call)
        lines.sleep(beat)


def _countdown(lines: Lines, intent: Countdown) -> None:
    step = -1 if intent.first >= intent.last else 1
    if lines.reacting:
        counted = " ".join(str(n) for n in range(intent.first, intent.last + step, step))
        lines.face(f"scroll_matrix_text({_text(counted)}, {_text(intent.color)})")
        return
    span = f"{intent.first}, {intent.last + step}" + (", -1" if step < 0 else "")
    with lines.block(f"for number in range({span}):"):
        if max(intent.first, intent.last) > 9:
            with lines.block("if number > 9:"):
                lines.face(f"scroll_matrix_text(str(number), {_text(intent.color)}, fps=20)")
            with lines.block("else:"):
                lines.face(f"set_matrix_character(str(number), {_text(intent.color)})")
                lines.sleep(1)
        else:
            lines.face(f"set_matrix_character(str(number), {_text(intent.color)})")
            lines.sleep(1)


def _chance(lines: Lines, intent: Chance) -> None:
    """What may come up tumbles by before one of it stays."""
    lines.use("import random")
    first, last = intent.among[0], intent.among[-1]
    drawn = f"str(random.randint({first}, {last}))" if first.isdigit() else f"random.choice({intent.among!r})"
    if len(last) > 1:
        lines.face(f"scroll_matrix_text({drawn}, {_text('gold')})")
        return
    if not lines.reacting:
        with lines.loop(TUMBLES):
            lines.face(f"set_matrix_character({drawn}, {_text('gray')})")
            lines.sleep(TUMBLE)
    lines.face(f"set_matrix_character({drawn}, {_text('gold')})")


def _clear(lines: Lines, intent: Clear) -> None:
    lines.face("clear_matrix()")
    if intent.lights:
        lines.face('set_front_led("black")')
        lines.face('set_back_led("black")')


def _light(lines: Lines, intent: Light) -> None:
    lines.face(f"set_{intent.which}_led({_text(intent.color)})")
    if intent.seconds is not None and not lines.reacting:
        lines.sleep(intent.seconds)
        lines.face(f'set_{intent.which}_led("black")')


FACES: dict[type[Any], Callable[[Lines, Any], None]] = {
    Blink: _blink,
    Border: _border,
    Chance: _chance,
    Character: _character,
    Clear: _clear,
    Countdown: _countdown,
    Fade: _fade,
    Fill: _fill,
    Light: _light,
    Rainbow: _rainbow,
    Show: _show,
    Write: _write,
}
