"""Numbers as they are said and as they are written: "one point five" and "1.5"."""

from __future__ import annotations

import re

__all__ = ["spelled", "written"]

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(_SMALL.split())}
TENS = {word: 20 + 10 * index for index, word in enumerate(_TENS.split())}
SCALES = {"hundred": 100, "thousand": 1000}
UNITS = {"cm": "centimeters", "mm": "millimeters", "m": "meters", "s": "seconds", "secs": "seconds", "%": "percent",
         "°": "degrees", "ms": "milliseconds"}  # fmt: skip

_NAMES = {number: word for word, number in (SMALL | TENS).items()}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len)[::-1])
_NUMERAL = re.compile(rf"(\d+)(?:[.,](\d+))?\s*({_UNIT})?(?![\w])")


def spelled(text: str) -> str:
    """A text with its numerals as words.

    >>> spelled("roll 1.5 m, then turn 120°")
    'roll one point five meters, then turn one hundred twenty degrees'
    """

    def say(match: re.Match[str]) -> str:
        whole, part, unit = match.groups()
        words = [_cardinal(int(whole))]
        words += ["point", *(_NAMES[int(digit)] for digit in part)] if part else []
        return " ".join([*words, UNITS[unit]] if unit else words)

    return _NUMERAL.sub(say, text.replace("½", "half"))


def _cardinal(number: int) -> str:
    if number in _NAMES:
        return _NAMES[number]
    if number < 100:
        return f"{_NAMES[number // 10 * 10]} {_NAMES[number % 10]}"
    scale, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    rest = number % scale
    return f"{_cardinal(number // scale)} {name}" + (f" {_cardinal(rest)}" if rest else "")


def written(words: list[str]) -> list[str]:
    """Words with the numbers among them as numerals; a small number alone stays a word.

    >>> written("at speed one hundred twenty for one point five seconds".split())
    ['at', 'speed', '120', 'for', '1.5', 'seconds']
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        value, size = _number(words, at)
        if size == 0 or (size == 1 and words[at] in SMALL and SMALL[words[at]] < 13):
            out.append(words[at])
            at += 1
        else:
            out.append(f"{value:g}" if value < 1e6 else str(int(value)))
            at += size
    return out


def _number(words: list[str], start: int) -> tuple[float, int]:
    """The number that begins at a word, and how many words it takes; 0 words if none does."""
    at, total, group, room = start, 0.0, 0.0, 1000
    while at < len(words):
        word = words[at]
        if word in TENS and room > 10:
            group, room = group + TENS[word], 10
        elif word in SMALL and (room > 20 or (room == 10 and SMALL[word] in range(1, 10))):
            group, room = group + SMALL[word], 0
        elif word in SCALES and group:
            group, room = group * SCALES[word], 100
            if word == "thousand":
                total, group, room = total + group, 0.0, 1000
        elif word == "and" and room == 100 and words[at + 1 : at + 2] and words[at + 1] in SMALL | TENS:
            pass
        else:
            break
        at += 1
    if at > start and words[at : at + 1] == ["point"]:
        digits = ""
        while at + 1 + len(digits) < len(words) and SMALL.get(words[at + 1 + len(digits)], 10) < 10:
            digits += str(SMALL[words[at + 1 + len(digits)]])
        if digits:
            return total + group + int(digits) / 10 ** len(digits), at + 1 + len(digits) - start
    return total + group, at - start
