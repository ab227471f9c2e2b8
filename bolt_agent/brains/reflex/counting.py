"""Folds number words into numbers: "one and a half", "a couple of", "two hundred", "half a", "三点五", "一百八十"."""

from __future__ import annotations

from collections.abc import Sequence

from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["chinese_number", "fold_numbers", "part_numbers"]

UNITS = frozenset({"time", "length", "degree", "turns", "times", "percent"})
"""Kinds of words that a number stands before."""

HANZI_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
HANZI_SCALES = {"十": 10, "百": 100, "千": 1000}


NUMERIC = frozenset({"number", "num", "scale", "fraction"})
"""Kinds of words that numbers consist of."""

DECIDES = frozenset({"speed", "heading"})
"""Words that a number belongs to: in "speed sixty two seconds" there are two."""


def part_numbers(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Settles where a number ends: "speed sixty FOR four seconds" has two, "one POINT five" is one."""
    parted: list[Token] = []
    parted_to = 0
    for at, token in enumerate(tokens):
        if at < parted_to:
            continue
        word, before = token.text.lower(), parted[-1].kind if parted else ""
        if token.kind == "filler" and word in lexicon.parting and _kind(tokens, at + 1) in (*NUMERIC, "article"):
            parted += [token, Token("parting", word, "")]
        elif word in lexicon.points and _has_decimals(tokens, at + 1, counted=before in ("number", "num", "scale")):
            parted.append(Token("point", word, token.text))
        elif before == "heading" and token.kind in ("number", "num") and (heading := _hundreds(tokens, at)):
            parted.append(heading)
            parted_to = at + 2
        elif token.kind == "then" and word in lexicon.thirds and before in ("article", "number", "num"):
            parted.append(Token("fraction", "0.333333", token.text))  # "a third of a meter"
        else:
            parted.append(token)
    return parted


def _hundreds(tokens: Sequence[Token], at: int) -> Token | None:
    """A heading that is said as its hundreds and the rest: "three thirty" is 330."""
    if _kind(tokens, at + 1) not in ("number", "num") or _kind(tokens, at + 2) == "number":
        return None
    first, rest = float(tokens[at].value), float(tokens[at + 1].value)
    spoken = f"{tokens[at].text} {tokens[at + 1].text}"
    return Token("num", str(first * 100 + rest), spoken) if first in (1, 2, 3) and 10 <= rest < 100 else None


def _has_decimals(tokens: Sequence[Token], at: int, *, counted: bool) -> bool:
    """Whether decimals follow: any after a number; by themselves ("point five seconds") only before a unit."""
    end = at
    while _kind(tokens, end) in ("number", "num"):
        end += 1
    return end > at and (counted or _kind(tokens, end) in ("time", "length"))


def fold_numbers(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every number phrase as one token of kind `num`."""
    folded: list[Token] = []
    at = 0
    while at < len(tokens):
        value, end = _number(tokens, at)
        if _kind(tokens, at) == "parting":
            at += 1
        elif value is None:
            folded.append(tokens[at])
            at += 1
        else:
            folded.append(Token("num", str(value), " ".join(token.text for token in tokens[at:end])))
            at = end
    return _trailing_halves(folded)


def _number(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """The number that begins here and where it ends; None if none does."""
    start, sign = at, 1.0
    decides = at > 0 and tokens[at - 1].kind in DECIDES
    if _kind(tokens, at) == "minus":
        at, sign = at + 1, -1.0
    has_article = _kind(tokens, at) == "article"
    first = at + 1 if has_article else at
    value, end = _cardinal(tokens, first)
    if decides and end - first > 1 and _kind(tokens, end) == "time" and _kind(tokens, end - 1) == "number":
        value, end = _cardinal(tokens[: end - 1], first)
    if value is None:
        if _kind(tokens, first) == "point":
            value, end = _decimals(tokens, 0.0, first + 1)
        elif _kind(tokens, first) == "fraction":
            value, end = float(tokens[first].value), _skip_article(tokens, first + 1)
        elif has_article and _kind(tokens, first) in UNITS:
            value, end = 1.0, first
        else:
            return None, start
    elif _kind(tokens, end) == "fraction":
        value, end = value * float(tokens[end].value), _skip_article(tokens, end + 1)
    else:
        value, end = _add_fraction(tokens, value, end)
    return sign * value, end


def _cardinal(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Words or digits without fractions: "two hundred and fifty", "three sixty", "one thousand five hundred"."""
    thousands, value = 0.0, None
    while True:
        kind = _kind(tokens, at)
        if kind == "num" and value is None and not thousands:
            return float(tokens[at].value), at + 1
        if kind == "num" and value == 1 and 10 <= float(tokens[at].value) < 100:
            return 100 + float(tokens[at].value), at + 1  # "one 80", as a speech recogniser writes it
        if kind == "number":
            added = float(tokens[at].value)
            if value is None:
                value = added
            elif _fits(value, added):
                value += added
            elif value < 10 <= added < 100:  # "one eighty"
                value = value * 100 + added
            else:
                return thousands + value, at
        elif kind == "scale":
            scale = float(tokens[at].value)
            value = (1.0 if value is None else value) * scale
            if scale >= 1000:
                thousands, value = thousands + value, None
        elif not (kind == "and" and _is_round(thousands, value) and _kind(tokens, at + 1) == "number"):
            return (thousands + (value or 0.0) if thousands else value), at
        at += 1


def _is_round(thousands: float, value: float | None) -> bool:
    """Whether "and" goes on with the number: "two hundred and fifty"."""
    return bool(thousands) if value is None else bool(value) and value % 100 == 0


def _fits(value: float, added: float) -> bool:
    """Whether the word completes the number, as "five" does "twenty" and "eighty" does "two hundred"."""
    return (value % 100 == 0 and value > 0 and added < 100) or (
        value % 10 == 0 and value % 100 >= 20 and 0 < added < 10
    )


def _add_fraction(tokens: Sequence[Token], value: float, end: int) -> tuple[float, int]:
    """ "... and a half", "... and three quarters", "... point five"."""
    if _kind(tokens, end) == "and":
        at = _skip_article(tokens, end + 1)
        if _kind(tokens, at) == "fraction":
            return value + float(tokens[at].value), _skip_article(tokens, at + 1)
        if _kind(tokens, at) == "number" and _kind(tokens, at + 1) == "fraction":
            return value + float(tokens[at].value) * float(tokens[at + 1].value), _skip_article(tokens, at + 2)
    if _kind(tokens, end) == "point" and _kind(tokens, end + 1) in ("number", "num"):
        return _decimals(tokens, value, end + 1)
    return value, end


def _decimals(tokens: Sequence[Token], value: float, at: int) -> tuple[float, int]:
    """What follows the point: "five", "two five", "seventy five"."""
    digits = ""
    while _kind(tokens, at) in ("number", "num"):
        spoken, at = _cardinal(tokens, at)
        digits += f"{spoken or 0:.0f}"
    return float(f"{value:.0f}.{digits}"), at


def _trailing_halves(tokens: list[Token]) -> list[Token]:
    """The half that follows its unit: "a second and a half", "一秒半"."""
    folded: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        after = at + 1 + (_kind(tokens, at + 1) == "and")
        if token.kind in UNITS and folded and folded[-1].kind == "num" and _is_half(tokens, after):
            folded[-1] = folded[-1]._replace(value=str(float(folded[-1].value) + 0.5))
            folded.append(token)
            at = after + 1
        else:
            folded.append(token)
            at += 1
    return folded


def _is_half(tokens: Sequence[Token], at: int) -> bool:
    return _kind(tokens, at) == "num" and tokens[at].value == "0.5" and _kind(tokens, at + 1) not in UNITS


def _skip_article(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if _kind(tokens, at) == "article" else at


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if at < len(tokens) else ""


def chinese_number(text: str) -> tuple[float, int] | None:
    """The number in 汉字 at the start of a text and how many characters it takes.

    >>> chinese_number("一百八十度"), chinese_number("三点五秒"), chinese_number("半秒"), chinese_number("走")
    ((180.0, 4), (3.5, 3), (0.5, 1), None)
    """
    if text.startswith("半"):
        return 0.5, 1
    total, digit, at = 0.0, None, 0
    for char in text:
        if char in HANZI_DIGITS:
            digit = (digit or 0) * 10 + HANZI_DIGITS[char]
        elif char in HANZI_SCALES:
            total, digit = total + (1 if digit is None else digit) * HANZI_SCALES[char], None
        else:
            break
        at += 1
    if at == 0:
        return None
    value = total + (digit or 0)
    if text[at : at + 1] == "点" and text[at + 1 : at + 2] in HANZI_DIGITS:
        decimals = ""
        for char in text[at + 1 :]:
            if char not in HANZI_DIGITS:
                break
            decimals += str(HANZI_DIGITS[char])
        return float(f"{value:.0f}.{decimals}"), at + 1 + len(decimals)
    return value, at
