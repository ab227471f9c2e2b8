"""Words that only mean something by what is said beside them: "a smaller ONE", "TOO SLOW, go faster", reasons."""

from __future__ import annotations

from itertools import groupby

from bolt_agent.brains.reflex.tokens import Token

__all__ = ["named_again", "taken_away", "without_people", "without_reasons"]

THINGS = frozenset({"shape", "figure", "icon"})
"""What "a small one" can be."""

PAUSES = frozenset({"comma", "stop"})
ASIDE = frozenset(
    {"chat", "relative", "that", "filler", "article", "unknown", "wait", "icon", "mood", "talk", "act", "event"}
)
"""Kinds of words of a reason: "it is dark", "the baby is asleep"."""

TOWARDS = frozenset({"for", "to", "with", "at", "like"})
DETERMINERS = frozenset({"the", "my", "our", "your", "all", "a"})
"""What stands before a person: "FOR MY grandma"."""

SHOWN = frozenset({"icon", "figure", "mood", "text", "border", "rainbow", "color", "size"})
"""Kinds of words for what is on the face."""

LIT = frozenset({"light", "face", "border"})


def named_again(tokens: list[Token]) -> list[Token]:
    """With the thing named where only "one" is said: "draw a square, then a bigger ONE"."""
    named: list[Token] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        before = named[-1] if named else Token("", "", "")
        thing = next((one for one in reversed(named) if one.kind in THINGS), None)
        sized = before.kind == "size" or (before.kind == "change" and before.value.startswith("size"))
        if (
            token.text.lower() == "one"
            and sized
            and thing is not None
            and after in ("", "filler", "and", "then", *PAUSES)
        ):
            named[-1] = Token("size", before.value.removeprefix("size "), before.text)
            named.append(thing._replace(text=f"{before.text} {thing.text}"))
        elif token.kind == "change" and before.kind in PAUSES and len(named) > 1 and named[-2].text.startswith("too "):
            named[-2:] = [token]  # "too slow, go faster"
        elif token.text.lower() in ("is", "are") and after == "color" and _is_lit(named):
            continue  # "while your front light IS blue"
        else:
            named.append(token)
    return named


def _is_lit(tokens: list[Token]) -> bool:
    """Whether a light is told to have a colour meanwhile."""
    kinds = [token.kind for token in tokens if token.kind not in ("filler", "article")]
    return kinds[-2:-1] == ["while"] and kinds[-1] in LIT


def taken_away(tokens: list[Token]) -> list[Token]:
    """With the verb that "TAKE the heart AWAY" means."""
    at = next((at for at, token in enumerate(tokens) if token[:1] == ("do",) and token.text.lower() == "take"), None)
    if at is None:
        return tokens
    end = next((n for n in range(at + 1, len(tokens)) if tokens[n].kind not in SHOWN | {"article", "filler"}), -1)
    away = next((n for n in range(at + 1, max(at, end) + 1) if tokens[n].text.lower() in ("away", "off", "down")), at)
    if SHOWN.isdisjoint(token.kind for token in tokens[at:away]):
        return tokens
    return [*tokens[:at], Token("clear", "clear", tokens[at].text), *tokens[at + 1 : away], *tokens[away + 1 :]]


def without_people(tokens: list[Token]) -> list[Token]:
    """Without those something is done for: "show a heart for MY GRANDMA". Any others are no part of a command."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind != "person":
            kept.append(token)
            continue
        lead = len(kept)
        while lead and (kept[lead - 1].text.lower() in DETERMINERS or kept[lead - 1].kind == "size"):
            lead -= 1
        before, after = (
            kept[lead - 1] if lead else Token("", "", ""),
            tokens[at + 1].kind if at + 1 < len(tokens) else "",
        )
        robot = token.value == "it" and before.kind in ("turn", "do") and after in ("color", "mood", "dance")
        goes = before.text.lower() == "to" and lead > 1 and kept[lead - 2].kind in ("move", "return")
        if robot:
            continue  # "turn HIM pink"
        if before.text.lower() in TOWARDS and not goes:
            kept = kept[: lead - 1]
        elif before.kind == "show" and (after in ("article", "num", "number", "text") or _is_your(tokens[at + 1 :])):
            kept = kept[:lead]
        else:
            kept.append(Token("chat", token.value, token.text))
    return kept


def _is_your(after: list[Token]) -> bool:
    """Whether what is to be shown comes next: "show the class YOUR zigzag"."""
    return bool(after) and after[0].text.lower() == "your"


def without_reasons(tokens: list[Token]) -> list[Token]:
    """Without a statement beside a command: "it is dark, turn on your lights", "sneak, the baby is asleep"."""
    parts = [list(part) for _, part in groupby(tokens, key=lambda token: token.kind in PAUSES)]
    reasons = [_is_reason(part) for part in parts]
    if not any(reasons) or all(reason or part[0].kind in PAUSES for reason, part in zip(reasons, parts, strict=True)):
        return tokens
    return [token for reason, part in zip(reasons, parts, strict=True) if not reason for token in part]


def _is_reason(part: list[Token]) -> bool:
    kinds = {token.kind for token in part}
    return (
        "chat" in kinds
        and kinds <= ASIDE
        and not kinds <= {"chat", "filler", "that"}
        and part[0].kind not in ("unknown", "wait", "talk")
    )
