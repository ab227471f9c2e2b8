"""Amounts that are taken back: "forward one metre, NO, MAKE THAT TWO", "turn ninety degrees, MAKE THAT sixty"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bolt_agent.brains.reflex.counting import UNITS
from bolt_agent.brains.reflex.intents import (
    Act,
    Blink,
    Character,
    Countdown,
    Intent,
    Repeat,
    Roll,
    Spin,
    Trace,
    Turn,
    Wait,
)
from bolt_agent.brains.reflex.limits import DEFAULT_SECONDS
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["amended", "amount_changed"]

NUMBERS = frozenset({"number", "num", "scale", "fraction", "point"})
PAUSING = frozenset({"comma", "stop", "filler"})
HOLD_ON = frozenset({"hold on", "wait", "hang on"})
MOST_METRES = 10.0
"""A bare number below this is meters where meters were said before."""

MOST_TIMES = 12
"""A bare number up to this counts shapes, beyond it centimeters."""


def amended(tokens: list[Token]) -> list[Token]:
    """With the amount that is meant where one is taken back, and with "no" for "i mean" at the start."""
    tokens = _hesitations(tokens)
    start = next((at for at, token in enumerate(tokens) if token.kind not in PAUSING), 0)
    if tokens[start:] and tokens[start].kind == "correct" and len(tokens) > start + 1:
        return [Token("not", "not", "no"), Token("comma", ",", ""), *tokens[start + 1 :]]
    for at in range(1, len(tokens)):
        number = _taken_back(tokens, at)
        if number is None:
            continue
        end = _end_of_number(tokens, number)
        last = _last_number(tokens[:at])
        if last is None or end == number:
            continue
        first, beyond = last
        unit = end < len(tokens) and tokens[end].kind in UNITS
        if unit and tokens[beyond : beyond + 1] and tokens[beyond].kind in UNITS:
            beyond += 1
        kept = tokens[beyond:at]
        while kept and (kept[-1].kind in (*PAUSING, "not", "correct") or kept[-1].text.lower() == "or"):
            kept = kept[:-1]
        meant = tokens[number : end + unit]
        return amended([*tokens[:first], *meant, *kept, *tokens[end + unit :]])
    return tokens


def _hesitations(tokens: list[Token]) -> list[Token]:
    """With one word for "no, hold on", "no, not that blue": what comes next is meant."""
    settled: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        after = [one for one in tokens[at + 1 : at + 5] if one.kind not in PAUSING]
        word = token.text.lower() if token.kind == "not" and at else ""
        no = word in ("no", "not")
        kinds = [one.kind for one in after]
        if word == "no" and after and after[0].text.lower() in HOLD_ON:
            at = tokens.index(after[0], at) + 1
            settled.append(Token("correct", "correct", "no wait"))
        elif no and kinds[:1] == ["that"] and kinds[1:2] and kinds[1] in ("color", "figure", "shape"):
            at = tokens.index(after[1], at) + 1
            settled.append(Token("correct", "correct", "not that"))
        elif no and kinds[:1] == ["correct"]:
            at += 1  # "no, not that much"
        else:
            settled.append(token)
            at += 1
    return settled


def _taken_back(tokens: Sequence[Token], at: int) -> int | None:
    """Where the amount begins that is meant instead; None where nothing is taken back here."""
    kind, word = tokens[at].kind, tokens[at].text.lower()
    number = at + 1
    if kind == "do" and word == "make" and tokens[at + 1 : at + 2] and tokens[at + 1].text.lower() in ("it", "that"):
        number = at + 2
        alone = tokens[at - 1].kind in (*PAUSING, "not", "correct")
    elif (kind == "not" and word == "no") or kind == "correct":
        alone = True
    else:
        return None
    while number < len(tokens) and tokens[number].kind in (*PAUSING, "correct"):
        number += 1
    if number < len(tokens) and tokens[number].kind == "do" and number != at:
        return None  # "no, make that two" is taken back at "make"
    return number if alone and number < len(tokens) and tokens[number].kind in NUMBERS else None


def _end_of_number(tokens: Sequence[Token], at: int) -> int:
    """Where the number ends that begins here: "one and a half"."""
    while at < len(tokens):
        if tokens[at].kind in NUMBERS:
            at += 1
        elif [token.kind for token in tokens[at : at + 3]] == ["and", "article", "fraction"]:
            at += 3
        else:
            break
    return at


def _last_number(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where the last number before begins and ends."""
    end = max((at + 1 for at, token in enumerate(tokens) if token.kind in NUMBERS), default=0)
    if not end:
        return None
    start = end - 1
    while start and tokens[start - 1].kind in NUMBERS:
        start -= 1
    return start, end


def amount_changed(intent: Intent, amount: float) -> Intent | None:
    """The same with that amount instead; None where it has none."""
    match intent:
        case Roll(cm=float(cm)):
            return replace(intent, cm=amount * 100 if cm >= 100 and amount < MOST_METRES else amount)
        case Roll(seconds=seconds) if seconds is not None or amount < MOST_METRES:
            return replace(intent, seconds=amount)
        case Roll():
            return replace(intent, cm=amount)
        case Turn(angle):
            return Turn((amount if angle > 0 else -amount) - angle)  # it has turned already
        case Spin(turns, seconds):
            return replace(intent, turns=amount if turns > 0 else -amount, seconds=amount * seconds / abs(turns))
        case Trace() if amount <= MOST_TIMES:
            return replace(intent, times=max(1, round(amount)))
        case Trace():
            return replace(intent, size=amount)
        case Blink() | Act() | Repeat():
            return replace(intent, times=max(1, round(amount)))
        case Wait():
            return Wait(amount or DEFAULT_SECONDS)
        case Countdown():
            return replace(intent, first=round(amount))
        case Character(text) if text.isdigit() and 0 <= amount <= MOST_METRES - 1:
            return replace(intent, character=str(round(amount)))
        case _:
            return None
