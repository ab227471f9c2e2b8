"""Colours as people write them: a name, `#rrggbb`, `rrggbb`, or three numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from bolt_agent.robot.errors import BadValue, did_you_mean

__all__ = ["COLOR_NAMES", "Color", "parse_color"]

Color: TypeAlias = str | Sequence[int]
"""A name such as "red", "#ff0000", "ff0000", or (255, 0, 0)."""

COLOR_NAMES: dict[str, str] = {
    "amber": "#ffbf00",
    "aqua": "#00ffff",
    "black": "#000000",
    "blue": "#0000ff",
    "brown": "#8b4513",
    "coral": "#ff5f40",
    "crimson": "#dc143c",
    "cyan": "#00ffff",
    "gold": "#ffc800",
    "gray": "#808080",
    "green": "#00ff00",
    "grey": "#808080",
    "indigo": "#4b00c8",
    "lavender": "#b48cff",
    "lime": "#80ff00",
    "magenta": "#ff00ff",
    "maroon": "#800000",
    "mint": "#40ffa0",
    "navy": "#000080",
    "off": "#000000",
    "olive": "#808000",
    "orange": "#ff8000",
    "peach": "#ffb080",
    "pink": "#ff50a0",
    "purple": "#a000ff",
    "red": "#ff0000",
    "salmon": "#ff8070",
    "scarlet": "#ff2400",
    "silver": "#c0c0c0",
    "sky": "#50b4ff",
    "teal": "#00a0a0",
    "turquoise": "#30e0d0",
    "violet": "#9400ff",
    "white": "#ffffff",
    "yellow": "#ffff00",
}
"""Colours as they look on LEDs, which is more vivid than their namesakes on a page."""

_HEX = re.compile(r"#?([0-9a-fA-F]{6})\Z")


def parse_color(color: Color) -> str:
    """The colour as `#rrggbb`.

    >>> parse_color("red"), parse_color("FF8000"), parse_color((0, 0, 255))
    ('#ff0000', '#ff8000', '#0000ff')

    Raises BadValue, naming the nearest colours.
    """
    if isinstance(color, str):
        word = color.strip().lower()
        if found := _HEX.match(word):
            return f"#{found[1]}"
        if (name := word.replace(" ", "").replace("_", "")) in COLOR_NAMES:
            return COLOR_NAMES[name]
        raise BadValue(f"no colour {color!r}: {did_you_mean(word, COLOR_NAMES)}")
    if isinstance(color, Sequence) and len(color) == 3 and all(isinstance(c, int) and 0 <= c <= 255 for c in color):
        return "#{:02x}{:02x}{:02x}".format(*color)
    raise BadValue(f"no colour {color!r}: use a name, '#rrggbb', or three numbers from 0 to 255")
