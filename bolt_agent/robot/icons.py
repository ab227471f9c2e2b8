"""The gallery: pictures for the face, by name. They are drawn in `icons.txt`, for people to read and add to."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bolt_agent.robot.colors import parse_color
from bolt_agent.robot.errors import BadValue, did_you_mean

__all__ = ["SIZE", "Icon", "draw_icon", "icon_names", "load_icons"]

SIZE = 8
"""Rows and columns of the face."""

BLACK = "#000000"


class Icon(NamedTuple):
    """One picture: its names (the first is its own), its colours by letter, and 8 rows of 8 letters ('.' is dark)."""

    names: tuple[str, ...]
    colors: dict[str, str]
    rows: tuple[str, ...]


def draw_icon(name: str, color: str | None = None) -> tuple[tuple[str, ...], ...]:
    """The picture as 8 rows of `#rrggbb`; with a colour, all of it in that one.

    >>> draw_icon("heart", "#ff0000")[0][1]
    '#ff0000'

    Raises BadValue, naming the nearest icons.
    """
    icons = load_icons()
    icon = icons.get(name.strip().lower().replace("_", " "))
    if icon is None:
        raise BadValue(f"no icon {name!r}: {did_you_mean(name, icons)}")
    return tuple(tuple(BLACK if dot == "." else color or icon.colors[dot] for dot in row) for row in icon.rows)


def icon_names() -> list[str]:
    """The icons' own names, in the order of the gallery."""
    return list(dict.fromkeys(icon.names[0] for icon in load_icons().values()))


@cache
def load_icons() -> dict[str, Icon]:
    """The gallery by every name an icon has."""
    icons: dict[str, Icon] = {}
    for block in files("bolt_agent.robot").joinpath("icons.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("//")]
        if not lines:
            continue
        icon = _parse(lines)
        icons.update(dict.fromkeys(icon.names, icon))
    return icons


def _parse(lines: list[str]) -> Icon:
    """`name, other name: #=red o=white`, then 8 rows."""
    head, _, palette = lines[0].partition(":")
    rows = tuple(lines[1:])
    colors = {letter: parse_color(color) for letter, color in (pair.split("=") for pair in palette.split())}
    if len(rows) != SIZE or any(len(row) != SIZE or set(row) - {".", *colors} for row in rows):
        raise BadValue(f"the icon {head!r} is not 8 rows of 8 letters from its palette")
    return Icon(tuple(name.strip() for name in head.split(",")), colors, rows)
