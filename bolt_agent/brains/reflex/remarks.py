"""Leaves out whole parts of a sentence that ask for nothing: "go slower, YOU'LL CRASH", "THE BABY'S ASLEEP, dim it".

A part stands between commas. It is left out only where what remains is a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bolt_agent.brains.reflex.commanding import ACTIONS, IMPERATIVES, STRANGE, begins
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["without_remarks"]

PAUSES = frozenset({"comma", "stop"})

SPEAKERS = frozenset({"i", "we", "he", "she", "they", "it", "that", "there", "this", "you", "my", "our", "his", "her",
                      "everyone", "everybody", "nobody", "somebody", "someone"})  # fmt: skip
"""What a statement begins with."""

SAYS = frozenset({"is", "are", "was", "were", "am", "has", "had", "says", "said", "will", "want", "wants", "like",
                  "likes", "love", "loves", "need", "needs", "won", "lost", "got", "went", "can't"})  # fmt: skip
"""Verbs of statements."""

REASONS = frozenset({"because", "cause", "since"})

COUNTED = frozenset({"num", "number", "fraction", "time", "times", "length", "degree"})
NAMES = frozenset({"unknown", "person"})
MOST_NAMED = 3
"""Words of who or what says something: "MAGIC WAND says go pink"."""

OPENS = frozenset({"if", "until", "while", "before", "after", "name", "write", "countdown", "question", "ask", "not"})
"""Kinds of words with which a part is no mere remark."""

JOINS = frozenset({"then", "and"})
ENDS = PAUSES | {"then"}


def without_remarks(tokens: list[Token]) -> list[Token]:
    """Without remarks, whose names are said for, and what people do meanwhile."""
    tokens = _without_meanwhile(_without_sayers(tokens))
    parts = [list(part) for _, part in groupby(tokens, key=lambda token: token.kind in PAUSES)]
    kept = [not _is_left_out(parts, at) for at in range(len(parts))]
    said = [part for at, part in enumerate(parts) if kept[at] and part[0].kind not in PAUSES]
    wants = any(_is_wanted(part) for part in said)
    if wants and not all(kept):
        tokens = [token for at, part in enumerate(parts) if kept[at] for token in part]
    return _without_beneficiaries(tokens)


def _is_left_out(parts: Sequence[list[Token]], at: int) -> bool:
    """Whether a part is a remark, or leads to one: "once upon a time a star got lost, SO twinkle"."""
    part = parts[at]
    if part[0].kind in PAUSES or len(parts) < 2:
        return False
    later = next((n for n in range(at + 1, len(parts)) if parts[n][0].text.lower() == "so"), None)
    if later is not None and _is_story(part):
        return True
    after = parts[at + 2][0].kind if at + 2 < len(parts) else ""
    stands = after not in JOINS or any(_is_wanted(one) for one in parts[:at])
    return stands and (_is_statement(part) or (at > 0 and (_is_state(part) or _is_purpose(part))))


def _is_story(part: Sequence[Token]) -> bool:
    """Whether a part before "so" only says why."""
    rest = [token for token in part if token.kind not in (*JOINS, "filler", "article")]
    strange = any(token.kind in STRANGE | {"person"} for token in rest)
    strange = strange or [token.kind for token in rest[:2]] == ["icon", "mood"]  # "the dragon woke up"
    told = bool(rest) and (rest[0].kind in IMPERATIVES or any(token.kind in OPENS - {"not"} for token in rest))
    return strange and not told


def _is_purpose(part: Sequence[Token]) -> bool:
    """Whether a part says what it is good for: "left two seconds, SO YOU END IN THE MIDDLE"."""
    words = [token.text.lower().partition(" ")[0] for token in part[:2]]
    says_so = words[:1] == ["so"] and words[1:2] and words[1] in SPEAKERS
    return bool(says_so) and any(token.kind in STRANGE for token in part)


def _is_statement(part: Sequence[Token]) -> bool:
    """Whether somebody says how something is: "i'm learning to count", "the song's getting quick"."""
    first = part[0]
    if any(token.kind in OPENS - {"write", "countdown"} for token in part[:2]):
        return False
    word = first.text.lower().partition(" ")[0]
    subject, _, contracted = word.partition("'")
    if subject in REASONS:
        return True
    if subject in SPEAKERS and contracted not in ("", "d") and len(part) > 1:
        return first.kind in ("chat", "filler", "that", "relative", "event") and not _commands(part)
    if first.kind in ("chat", "that", "relative") and subject in SPEAKERS:
        return any(set(token.text.lower().split()) & SAYS for token in part) and not _commands(part)
    return _names_and_says(part)


def _commands(part: Sequence[Token]) -> bool:
    """Whether a wish is said as a statement: "i want you to spin"."""
    return any(token.kind == "filler" and token.text.lower().endswith(" to") for token in part)


def _names_and_says(part: Sequence[Token]) -> bool:
    """Whether something is named, and then said to be so: "the BABY'S asleep", "SUPPER IS ready"."""
    named = 0
    for token in part:
        words = token.text.lower().split()
        if token.kind == "chat" and named and (not token.text or words[0] in SAYS):
            return True
        if token.kind in ("filler", "article") and not named:
            continue
        named += 1
        if named > MOST_NAMED or token.kind in ("move", "turn", "show", "write", "blink", "clear", "do", "act"):
            return False
    return False


def _is_state(part: Sequence[Token]) -> bool:
    """Whether an event is only said to have happened: "reverse, YOU'RE STUCK"."""
    return part[0].kind == "event" and part[0].text.lower().startswith(("you're", "you are")) and len(part) == 1


def _is_wanted(part: Sequence[Token]) -> bool:
    """Whether a part asks for something."""
    rest = part[1:] if part[0].text.lower() == "so" or part[0].kind in JOINS else part
    wanted = bool(rest) and (begins(rest) or any(token.kind in ACTIONS | {"bright"} for token in rest[:2]))
    return wanted and not any(token.kind in STRANGE for token in part)


def _without_sayers(tokens: list[Token]) -> list[Token]:
    """Without who says so: "GRANDAD SAYS roll slowly", "SIMON SAYS spin"."""
    at = next((n for n, token in enumerate(tokens[: MOST_NAMED + 2]) if token.text.lower() == "says"), 0)
    named = [token for token in tokens[:at] if token.text.lower() not in ("the", "my", "our", "a")]
    if not named or not all(token.kind in NAMES for token in named) or not begins(tokens[at + 1 :]):
        return tokens
    return tokens if any(token.kind == "wait" for token in tokens) else tokens[at + 1 :]


def _without_meanwhile(tokens: list[Token]) -> list[Token]:
    """Without what people do meanwhile: "glow blue WHILE I FALL ASLEEP"."""
    for at in range(1, len(tokens) - 1):
        who = tokens[at + 1].text.lower().partition("'")[0]
        if tokens[at].kind == "while" and tokens[at + 1].kind in ("chat", "person") and who != "it":
            end = next((n for n in range(at, len(tokens)) if tokens[n].kind in ENDS), len(tokens))
            if _is_wanted(tokens[:at]):
                return [*tokens[:at], *tokens[end:]]
    return tokens


def _without_beneficiaries(tokens: list[Token]) -> list[Token]:
    """Without the name of who it is for: "spin once FOR AMELIA and twice FOR ZAC", "a heart FOR MOTHER'S DAY"."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        while end < len(tokens) and (tokens[end].kind in NAMES or (not tokens[end].text and end > at + 1)):
            end += 1
        over = end == len(tokens) or tokens[end].kind in (*ENDS, "and")
        if kept and tokens[at].text.lower() == "for" and at + 1 < end <= at + 4 and over:
            at = end
        else:
            kept.append(tokens[at])
            at += 1
    return kept
