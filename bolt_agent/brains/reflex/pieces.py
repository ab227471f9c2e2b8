"""Cuts a text into words, numbers, quotes and marks, and leaves out what calls the robot."""

from __future__ import annotations

import re
import unicodedata

from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.spelling import Unit

__all__ = ["pieces_of", "skip_wake_words"]

_PIECES = re.compile(
    r"[\"“”「『«](?P<quote>[^\"“”」』»]{1,80})[\"“”」』»]"
    r"|(?P<color>#[0-9a-fA-F]{6}\b)"
    r"|(?P<ratio>\d{1,3} ?/ ?\d{1,3})"
    r"|(?P<number>\d+(?:[.,]\d+)?)"
    r"|(?P<word>[^\W\d_一-鿿]+(?:'[^\W\d_一-鿿]+)*)"
    r"|(?P<other>[一-鿿])"
    r"|(?P<mark>[%°&=,.;:!?\n]|(?<![\w])-(?=\s*\d))"
)
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "。": ".", "、": ",", "½": " 1/2 ", "–": "-", "—": ",", "−": "-", "℃": "", "⁄": "/"}
)

LONGEST_CALL = 8
"""Units of the longest phrase that calls the robot, or is magic."""


def pieces_of(text: str) -> list[Unit]:
    """The words, numbers, quotes and marks of a text, in order."""
    text = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
    units = []
    for found in _PIECES.finditer(text):
        shape = found.lastgroup or "mark"
        raw = found[shape]
        if shape == "number":
            raw = raw.replace(",", "") if re.fullmatch(r"\d+,\d{3}", raw) else raw.replace(",", ".")
        if shape == "ratio":
            above, below = map(float, raw.split("/"))
            raw, shape = f"{above / (below or 1.0):.4g}", "number"
        units.append(Unit(raw.lower(), raw, "word" if shape == "other" else shape))
    return units


def skip_wake_words(units: list[Unit], lexicon: Lexicon) -> list[Unit]:
    """Without "hey robot," or magic words at the start, when something follows, and without magic words at the end."""
    units = _without_last_spell(units, lexicon)
    at = 0
    while at < len(units):
        if at == 0 and _greets(units, lexicon):
            break  # "hi there"
        for size in range(LONGEST_CALL, 0, -1):
            called = (" " if lexicon.spaced else "").join(unit.text for unit in units[at : at + size])
            if at + size <= len(units) and (called in lexicon.wake or called in lexicon.spells):
                at += size
                break
        else:
            if at and units[at].shape == "mark" and units[at].text in ",!.":
                at += 1
            else:
                break
    return units[at:] if at < len(units) else units


def _without_last_spell(units: list[Unit], lexicon: Lexicon) -> list[Unit]:
    """Without magic words behind a pause: "turn green, ABRACADABRA"."""
    pause = max((at for at, unit in enumerate(units) if unit.text == ","), default=0)
    last = " ".join(unit.text for unit in units[pause + 1 :] if unit.shape == "word")
    return units[:pause] if pause and last in lexicon.spells else units


def _greets(units: list[Unit], lexicon: Lexicon) -> bool:
    """Whether a greeting of several words begins here: "hi there"."""
    phrases = (tuple(unit.text for unit in units[:size]) for size in range(2, LONGEST_CALL + 1))
    return any((entry := lexicon.phrases.get(phrase)) and entry.kind == "talk" for phrase in phrases)
