"""The letters that the face can show: 5 dots wide, 7 high, drawn in `font.txt`."""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["HEIGHT", "WIDTH", "Glyph", "glyph"]

WIDTH, HEIGHT = 5, 7
CELL = WIDTH + 1
"""A letter and the gap after it, in columns of the drawing."""

Glyph = tuple[tuple[bool, ...], ...]
"""HEIGHT rows from the top of WIDTH dots."""

UNKNOWN: Glyph = ((True,) * WIDTH,) * HEIGHT
"""A filled box stands for a letter that is not drawn."""


def glyph(character: str) -> Glyph:
    """The dots of one character.

    >>> "".join("#" if dot else "." for dot in glyph("T")[0])
    '#####'
    """
    return _drawn().get(character, UNKNOWN)


@cache
def _drawn() -> dict[str, Glyph]:
    """All letters of `font.txt`, read when the first one is needed."""
    lines = resources.files(__package__).joinpath("font.txt").read_text(encoding="ascii").splitlines()
    letters: dict[str, Glyph] = {" ": ((False,) * WIDTH,) * HEIGHT}
    for number, line in enumerate(lines):
        if line.startswith("="):
            band = lines[number + 1 : number + 1 + HEIGHT]
            for column in range(1, len(line), CELL):
                rows = (row[column : column + WIDTH].ljust(WIDTH) for row in band)
                letters[line[column]] = tuple(tuple(dot == "#" for dot in row) for row in rows)
    return letters
