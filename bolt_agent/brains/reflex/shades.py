"""Darker and lighter colours: a light of three lamps is dimmed by giving each of them less."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bolt_agent.brains.reflex.tokens import Token
from bolt_agent.robot.colors import COLOR_NAMES, parse_color

__all__ = ["DARK", "DIMMEST", "brightness", "lightened", "shade_name", "shaded", "with_brightness"]

DARK = 0.35
"""How bright a "dark green" is; half as bright hardly looks darker."""

PALE = 0.5
"""How much of a "light pink" is white."""

DIMMEST = 0.06
"""The least that still glows."""

KNOWN = {("dark", "blue"): "navy", ("dark", "red"): "maroon", ("light", "blue"): "sky"}
"""Shades that have names of their own."""

WORDS = {"dark": "dark", "darker": "dark", "deep": "dark", "deeper": "dark", "dim": "dark", "dimmer": "dark",
         "lighter": "light", "pale": "light", "paler": "light", "pastel": "light", "soft": "light",
         "light": "light"}  # fmt: skip
"""What a shade is called, before a colour."""


def brightness(color: str) -> float:
    """How bright a colour is, 0..1.

    >>> brightness("red"), brightness("black")
    (1.0, 0.0)
    """
    return max(_lamps(color)) / 255


def with_brightness(color: str, level: float) -> str:
    """The colour as bright as that, 0..1.

    >>> with_brightness("orange", 0.5)
    '#804000'
    """
    most = max(_lamps(color))
    return _code([lamp * level * 255 / most for lamp in _lamps(color)]) if most else color


def lightened(color: str) -> str:
    """The colour with white in it."""
    return _code([lamp + (255 - lamp) * PALE for lamp in _lamps(color)])


def shaded(tokens: list[Token]) -> list[Token]:
    """With one colour where a shade of it is said: "a DARKER GREEN", "LIGHT PINK"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        word = kept[-1].text.lower() if kept else ""
        shade = WORDS.get(word) if token.kind == "color" and token.value != "black" else None
        before = kept[-2] if len(kept) > 1 else Token("", "", "")
        if shade and (word != "light" or _may_be_shade(before)):
            name = KNOWN.get((shade, token.value)) or _shade(token.value, shade)
            kept[-1] = Token("color", name, f"{word} {token.text}")
        elif not (token.text.lower() == "shade of" and word in WORDS):
            kept.append(tokens[at])
    return kept


def _may_be_shade(before: Token) -> bool:
    """Whether "light" is a shade behind this word: "a LIGHT green", but "your LIGHT green"."""
    return before.kind in ("article", "that") or before.text.lower() in ("in", "to", "into")


def _shade(color: str, shade: str) -> str:
    return with_brightness(color, DARK * brightness(color)) if shade == "dark" else lightened(color)


def shade_name(color: str) -> tuple[str, str] | None:
    """What a mixed colour is a shade of: ("dark", "green"); None for a colour that has a name.

    >>> shade_name("#005900"), shade_name("green")
    (('dark', 'green'), None)
    """
    if not color.startswith("#"):
        return None
    alike = [name for name, code in _full().items() if _is_near(_lamps(with_brightness(color, 1.0)), _lamps(code))]
    if alike:
        return "dark", alike[0]
    pale = [name for name in _full() if _is_near(_lamps(color), _lamps(lightened(name)))]
    return ("light", pale[0]) if pale else None


@cache
def _full() -> dict[str, str]:
    """The colours that have names, as bright as they can be; the plainest first."""
    plain = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "cyan")
    return {name: with_brightness(name, 1.0) for name in (*plain, *COLOR_NAMES) if max(_lamps(name))}


def _is_near(first: Sequence[float], second: Sequence[float]) -> bool:
    return all(abs(a - b) <= 24 for a, b in zip(first, second, strict=True))


def _lamps(color: str) -> list[int]:
    code = parse_color(color)
    return [int(code[at : at + 2], 16) for at in (1, 3, 5)]


def _code(lamps: Sequence[float]) -> str:
    """The colour of these lamps, by its name if it has one."""
    code = "#" + "".join(f"{max(0, min(255, round(lamp))):02x}" for lamp in lamps)
    return next((name for name in COLOR_NAMES if COLOR_NAMES[name] == code and name != "off"), code)
