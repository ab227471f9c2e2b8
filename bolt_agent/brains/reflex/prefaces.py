"""Leaves out a remark before a command that begins anew: "i don't like that undo it", "choo choo roll forward"."""

from __future__ import annotations

from collections.abc import Sequence

from bolt_agent.brains.reflex.commanding import IMPERATIVES, LEADS_IN, STRANGE, begins, commands
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["without_prefaces"]

AFRESH = frozenset({"do", "try", "play", "repeat", "undo", "take", "revert"})
"""What begins a command about the last one behind a remark: "i don't like that UNDO it", "he laughed DO it again"."""

ALTERS = frozenset({"change", "make", "turn", "switch"})
"""What alters what was there: "i don't like pink CHANGE it to blue"."""

REQUESTS = frozenset({"can you", "could you", "will you", "would you", "can you please", "could you please"})
"""What a request begins with behind any remark: "i had a bad day CAN YOU be silly"."""

PREFACED = LEADS_IN - {"not"} | {"question", "write"}
"""Kinds of words with which a remark is no mere remark."""


def without_prefaces(tokens: list[Token]) -> list[Token]:
    """Without a remark before a request or before what is done about it: "I DON'T LIKE THAT undo it"."""
    for at in range(1, len(tokens)):
        before, rest = tokens[:at], tokens[at:]
        said = {one.kind for one in before}
        if said & STRANGE and said.isdisjoint(PREFACED) and _is_afresh(before, rest):
            return tokens if any(one.kind in STRANGE for one in rest) else rest
    return tokens


def _is_afresh(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a command begins anew: "could you ...", "undo it", "change it to ...", or anything after mere shouts."""
    first, word = rest[0], rest[0].text.lower()
    if word in REQUESTS:
        return begins(rest[1:]) and commands(rest[1:])
    if first.kind in ("undo", "again"):
        told = first.kind == "undo" or before[-1].kind not in ("chat", "filler")  # not "they will DO IT AGAIN"
        return told and word.partition(" ")[0] in AFRESH
    if len(rest) < 2 or not commands(rest):
        return False
    shouts = all(one.kind in ("unknown", "filler", "talk") and not one.text.endswith("n't") for one in before)
    return (word in ALTERS and rest[1].kind == "that") or (shouts and first.kind in IMPERATIVES and begins(rest))
