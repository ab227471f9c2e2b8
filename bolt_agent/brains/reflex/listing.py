"""Letters and numbers in a row, and sums: "letter a, THEN B", "THREE, TWO, ONE, go", "show six times seven"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bolt_agent.brains.reflex.counting import UNITS, fold_numbers
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["listed"]

JOINTS = frozenset({"comma", "and", "then"})
NUMBERS = frozenset({"number", "num", "scale", "fraction"})
SHOWN = frozenset({"show", "write", "letter"})
"""What a sum is asked for with."""

MOVING = frozenset({"move", "turn", "spin", "dance", "shape", "wait", "blink", "repeat"})
"""What "times" counts, where no sum is meant: "blink three times"."""

SIGNS = {"times": "x", "plus": "+", "minus": "-", "take away": "-", "divided by": "/", "multiplied by": "x"}
LONGEST_COUNT = 3
"""Numbers that make a countdown of a list."""

MOST_LISTED = 30
"""Numbers of a row; more would take too long to read."""


def listed(tokens: list[Token]) -> list[Token]:
    """The tokens with rows and sums as what is to be shown."""
    return _sums(_rows(_countdowns(_more_letters(tokens))))


def _more_letters(tokens: list[Token]) -> list[Token]:
    """With the letter shown that is listed after another: "letter a, then B". An "x" after "an" is one too."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        single = len(token.text) == 1 and token.text.isalpha()
        before = [one for one in kept if one.kind not in ("article", "filler")]
        if token.kind == "times" and token.text.lower() == "x" and kept and kept[-1].kind == "article":
            token = Token("unknown", token.text, token.text)
        after_letter = len(before) > 1 and before[-1].kind in JOINTS and _is_letter(before)
        if single and token.kind in ("unknown", "filler", "times") and after_letter:
            kept += [Token("show", "show", ""), Token("text", token.text, token.text)]
        else:
            kept.append(tokens[at] if token.kind != "unknown" else token)
    return kept


def _is_letter(before: Sequence[Token]) -> bool:
    """Whether what stands before the joints is a single letter that is shown."""
    said = [token for token in before if token.kind not in JOINTS]
    return bool(said) and said[-1].kind == "text" and len(said[-1].text) == 1


def _countdowns(tokens: list[Token]) -> list[Token]:
    """With a countdown for the numbers of one: "THREE, TWO, ONE, go"."""
    numbers, end = _numbers_in_row(tokens, start := _first_number(tokens))
    before = [token for token in tokens[:start] if token.kind not in ("filler", "article", "comma", "and")]
    falls = len(numbers) >= LONGEST_COUNT and all(a - b == 1 for a, b in pairwise(numbers))
    if not falls or any(token.kind not in ("countdown", "show", "talk") for token in before):
        return tokens
    count = [Token("countdown", "down", ""), *(Token("num", str(numbers[at]), "") for at in (0, -1))]
    rest = tokens[end:]
    while rest and rest[0].kind in (*JOINTS, "countdown"):
        rest = rest[1:]
    return [*count, *([Token("then", "then", "")] if rest else []), *rest]


def _first_number(tokens: Sequence[Token]) -> int:
    return next((at for at, token in enumerate(tokens) if token.kind in NUMBERS), len(tokens))


def _numbers_in_row(tokens: Sequence[Token], at: int) -> tuple[list[float], int]:
    """Numbers between commas, and where they end."""
    numbers: list[float] = []
    end = at
    while at < len(tokens) and tokens[at].kind in ("number", "num"):
        if at + 1 < len(tokens) and tokens[at + 1].kind in (*UNITS, "scale", "fraction"):
            break
        numbers.append(float(tokens[at].value))
        end = at = at + 1
        while at < len(tokens) and tokens[at].kind in JOINTS:
            at += 1
    return numbers, end


def _rows(tokens: list[Token]) -> list[Token]:
    """With the numbers written that are only described: "show the EVEN NUMBERS UP TO TEN", "the THREE TIMES TABLE"."""
    shown = next((at for at, token in enumerate(tokens) if token.kind in ("show", "write")), None)
    if shown is None:
        return tokens
    words = [token.text.lower() for token in tokens]
    numbers = [float(token.value) for token in fold_numbers(tokens[shown:]) if token.kind == "num"]
    if "numbers" in words and {"even", "odd"} & {*words} and numbers:
        first = 2 if "even" in words else 1
        row = range(first, round(numbers[-1]) + 1, 2)
    elif any(word.endswith("table") for word in words) and numbers and {"times", "x"} & {*words}:
        step = round(numbers[0])
        last = round(numbers[-1]) if len(numbers) > 1 and numbers[-1] > step else step * 10
        row = range(step, last + 1, max(1, step))
    else:
        return tokens
    if not 0 < len(row) <= MOST_LISTED:
        return tokens
    text = " ".join(map(str, row))
    colors = [token for token in tokens[shown:] if token.kind == "color"]
    return [*tokens[:shown], Token("write", "write", "write"), Token("text", text, text), *colors]


def _sums(tokens: list[Token]) -> list[Token]:
    """With the result of a sum that is to be shown: "show the answer to SIX TIMES SEVEN"."""
    kinds = {token.kind for token in tokens}
    if not kinds & SHOWN or kinds & MOVING:
        return tokens
    folded = fold_numbers([token for token in tokens if token.kind not in ("filler", "article")])
    for at in range(1, len(folded) - 1):
        sign = SIGNS.get(folded[at].text.lower())
        if sign is None or folded[at - 1].kind != "num" or folded[at + 1].kind != "num":
            continue
        if at + 2 < len(folded) and folded[at + 2].kind in UNITS | {"twice"}:
            continue
        result = _result(float(folded[at - 1].value), sign, float(folded[at + 1].value))
        colors = [token for token in folded if token.kind == "color"]
        others = {token.kind for token in [*folded[: at - 1], *folded[at + 2 :]]}
        asked = others <= {"show", "unknown", "question", "comma", "color", "face", "that", "write", "stop", "letter"}
        if result is not None and asked:
            return [Token("show", "show", "show"), Token("text", result, result), *colors]
    return tokens


def _result(first: float, sign: str, second: float) -> str | None:
    """What a sum comes to."""
    if sign == "/" and second == 0:
        return None
    value = {"x": first * second, "+": first + second, "-": first - second}.get(sign)
    value = first / second if value is None else value
    return f"{value:.6g}" if abs(value) < 1e6 else None
