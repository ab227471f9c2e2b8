"""What words make a command: what begins one, and what needs no more."""

from __future__ import annotations

from collections.abc import Sequence

from bolt_agent.brains.reflex.tokens import Token

__all__ = ["ACTIONS", "BEGINS", "EMPTY", "IMPERATIVES", "LEADS_IN", "STRANGE", "begins", "commands",
           "ends_part", "is_so"]  # fmt: skip

STRANGE = frozenset({"unknown", "chat", "question"})
"""Kinds of words that no command has."""

EMPTY = frozenset({"filler", "article", "comma", "stop"})

ACTIONS = frozenset({"move", "turn", "spin", "dance", "shape", "figure", "show", "blink", "clear", "light", "color",
                     "icon", "face", "mood", "rainbow", "countdown", "return", "change", "direction", "again", "do",
                     "compass", "pace", "clock", "length", "time", "degree", "twice",
                     "off", "on", "bright", "text", "halt", "look", "named", "undo", "write", "more"})  # fmt: skip
"""Kinds of words that a command consists of."""

WHOLE = frozenset(
    {"spin", "dance", "shape", "figure", "change", "rainbow", "again", "countdown", "named", "undo", "bright"}
)
"""Kinds of words that are a command by themselves: "SPEED UP, you are crawling", but not "WAIT, we are late"."""

IMPERATIVES = frozenset({"move", "turn", "spin", "dance", "show", "blink", "clear", "return", "change", "on", "do"})
"""Kinds of words that a command begins with behind a remark."""

BEGINS = IMPERATIVES | {"direction", "halt", "wait", "act", "write", "countdown", "repeat", "move"}
"""Kinds of words that a command begins with behind a name or a cause."""

LEADS_IN = frozenset({"if", "until", "while", "before", "after", "not", "colon", "done", "when", "name"})
"""What makes a statement behind it a part of the command: "roll UNTIL i clap"."""


def begins(tokens: Sequence[Token]) -> bool:
    """Whether a command begins here, after a polite word at most."""
    first = next((token for token in tokens if token.kind not in EMPTY), None)
    return first is not None and first.kind in BEGINS and not first.text.lower().endswith("ing")


def ends_part(rest: Sequence[Token]) -> bool:
    """Whether nothing more is said of what came before: the end, or another command."""
    return (
        not rest
        or rest[0].kind in ("comma", "stop", "then", "and")
        or is_so(rest[0])
        or (rest[0].kind in IMPERATIVES and begins(rest))
    )


def is_so(token: Token) -> bool:
    """Whether what follows is what is to be done: "you are tired, SO sleep"."""
    return token.text.lower() == "so"


def commands(tokens: Sequence[Token]) -> bool:
    """Whether these words are a command that needs no more."""
    said = [token for token in tokens if token.kind not in EMPTY]
    if any(token.kind in ("question", "chat", "ask", "name") for token in said):
        return False
    does = [token for token in said if token.kind in ACTIONS]
    whole = any(token.kind in WHOLE or (" " in token.text and token.kind != "mood") for token in does)
    cheers = tokens[0][:2] == ("mood", "celebrate")  # "celebrate", "calm down", but not "we won"
    whole = whole or (tokens[0].kind == "mood" and cheers != (" " in tokens[0].text))
    whole = whole or {"act", "mood"} <= {token.kind for token in said}  # "be grumpy"
    whole = whole or (bool(does) and does[0].kind == "light" and tokens[-1].text.lower() == "on")
    return tokens[0].kind != "article" and (whole or len(does) > 1)
