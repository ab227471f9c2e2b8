"""Prepares tokens for the grammar: homophones, numbers, fillers, and the joints that people leave out."""

from __future__ import annotations

from bolt_agent.brains.reflex.counting import UNITS, fold_numbers
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["tidy"]

STARTERS = frozenset({"move", "turn", "spin", "wait", "show", "write", "blink", "dance", "return", "countdown", "named",
                      "again"})  # fmt: skip
"""Verbs that begin a new clause where the one before has its verb already: "go forward turn right"."""

WEAK = frozenset({"do", "halt", "repeat", "act", "article"})
"""Verbs that lead to another one: "start rolling", "do a spin", "stop turning"."""

JOINTS = frozenset({"then", "and", "comma", "stop", "colon", "while", "together", "before", "after", "until", "if",
                    "done"})  # fmt: skip

OPENERS = frozenset({"while", "until", "if", "before", "after", "done", "then"})


def tidy(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens that the grammar is to see."""
    tokens = _homophones(_corrected(tokens), lexicon)
    tokens = [token for token in tokens if token.kind != "filler" or token.text.lower() == "to"]
    tokens = _absolute_turns(_untangle(fold_numbers(tokens), lexicon))
    tokens = [token for token in tokens if token.kind not in ("filler", "article", "first")]
    return _implied_joints(_join_lists(_drop_helpers(tokens)), lexicon)


def _corrected(tokens: list[Token]) -> list[Token]:
    """Without what is taken back: "turn left, no wait, right" is "turn right"."""
    at = max((at for at, token in enumerate(tokens[:-1]) if token.kind == "correct"), default=None)
    if at is None:
        return tokens
    verbs = [token for token in tokens[:at] if token.kind in STARTERS]
    meant = [token for token in tokens[at + 1 :] if token.kind != "correct"]
    while meant and meant[0].kind in ("comma", "stop", "filler"):
        meant = meant[1:]
    return meant if not verbs or any(token.kind in STARTERS for token in meant) else [verbs[-1], *meant]


def _homophones(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "To seconds" is two seconds."""
    heard = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        number = lexicon.homophones.get(token.text.lower())
        before = tokens[at - 1].kind if at else ""
        counts = ("number", "num", "fraction", "article")
        if number and tokens[at + 1].kind in UNITS - {"turns"} and before not in counts:
            heard[at] = Token("num", number, token.text)
    return heard


def _untangle(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Settles words that mean one thing before a number and another elsewhere."""
    kinds = [token.kind for token in tokens] + ["", "", ""]
    clear: list[Token] = []
    for at, token in enumerate(tokens):
        before, after, unit = kinds[at - 1] if at else "", kinds[at + 1], kinds[at + 2]
        if token.kind == "speed" and before == "num" and (after != "num" or unit in UNITS):
            clear.insert(len(clear) - 1, token)  # "at 60 speed", "以50的速度"
            continue
        if token.kind in ("heading", "speed") and after == "num" and unit in ("time", "times"):
            continue  # "at that speed for 2 seconds"
        if token.kind == "late":  # "两秒后右转", but "前后"
            token = Token("then", "then", token.text) if before in UNITS else Token("direction", "back", token.text)
        if token.kind == "event" and not lexicon.spaced and before not in ("if", "until"):
            clear.append(Token("if", "if", ""))  # "撞到墙就停下"
        if token.kind == "plural":  # "two spins", but "the ball spins"
            token = Token("spin" if before in ("num", "do") else "chat", token.value, token.text)
        if token.kind == "by" and not (before in ("num", "length") and after == "num"):
            continue  # "by 30 degrees"
        if token.kind == "twice" and after == "event":
            token = Token("if", "if", token.text)  # "once you hit something"
        clear.append(token)
        if token.kind == "time" and kinds[max(0, at - 2)] == "after" and before == "num" and after not in JOINTS:
            clear.append(Token("comma", ",", ""))  # "after two seconds roll forward"
    return clear


def _absolute_turns(tokens: list[Token]) -> list[Token]:
    """ "Turn TO 90 degrees" names a heading, "turn 90 degrees" an angle."""
    marked = list(tokens)
    for at in range(1, len(tokens) - 1):
        if tokens[at].kind != "filler" or tokens[at].text.lower() != "to" or tokens[at + 1].kind != "num":
            continue
        after = tokens[at + 2].kind if at + 2 < len(tokens) else ""
        sides = after == "degree" and at + 3 < len(tokens) and tokens[at + 3].kind in ("filler", "direction")
        if tokens[at - 1].kind in ("turn", "look") and after not in ("time", "length", "times") and not sides:
            marked[at] = Token("heading", "heading", tokens[at].text)
    return marked


def _drop_helpers(tokens: list[Token]) -> list[Token]:
    """Without verbs that only lead to another verb: "start rolling", "go and spin", "stop turning"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        helps = token.kind == "do" or (token.kind == "move" and after != "move")
        if helps and after in STARTERS and after != "again":
            continue
        if (
            token.kind == "halt"
            and after in STARTERS
            and token.value == "stop"
            and after in ("move", "turn", "spin", "dance")
        ):
            kept.append(token)
            continue
        if (
            kept
            and kept[-1].kind == "halt"
            and token.kind in ("move", "turn", "spin", "dance")
            and at
            and tokens[at - 1].kind == "halt"
        ):
            continue
        kept.append(token)
    return kept


def _join_lists(tokens: list[Token]) -> list[Token]:
    """A list of colours is one part: "red, green and blue"."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].kind in ("and", "comma"):
            end += 1
        beside = kept[-1].kind if kept else ""
        if end > at and end < len(tokens) and tokens[end].kind == beside == "direction" and _is_diagonal(kept):
            at = end
            continue
        if end > at and end < len(tokens) and tokens[end].kind == beside == "light":
            at = end  # "the front light and the back light red"
            continue
        alone = end + 1 >= len(tokens) or tokens[end + 1].kind not in ("light", "face", "icon", "figure", "shape")
        if end > at and end < len(tokens) and beside == "color" == tokens[end].kind and alone:
            at = end
            continue
        kept.append(tokens[at])
        at += 1
    return kept


def _is_diagonal(tokens: list[Token]) -> bool:
    """Whether "diagonally" was said in this clause: "diagonally forward and to the right" is one direction."""
    for token in reversed(tokens):
        if token.kind == "diagonal":
            return True
        if token.kind in JOINTS:
            return False
    return False


def _implied_joints(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """A "then" where a new verb begins: "go forward turn right", "向左走一秒向右走两秒"."""
    joined: list[Token] = []
    has_verb = False
    since: list[Token] = []
    """The tokens of the clause so far."""
    for at, token in enumerate(tokens):
        if token.kind in JOINTS:
            has_verb, since = False, []
        elif has_verb and _begins(token, tokens[at - 1], lexicon):
            lead = 0 if lexicon.spaced else _leading(since)
            joined.insert(len(joined) - lead, Token("then", "then", ""))
            since = since[len(since) - lead :]
        has_verb = has_verb or token.kind in STARTERS
        if token.kind not in JOINTS:
            since.append(token)
        joined.append(token)
    return joined


def _begins(token: Token, before: Token, lexicon: Lexicon) -> bool:
    if token.kind not in STARTERS or before.kind in WEAK:
        return False
    return not (token.kind in ("spin", "turn", "move") and before.kind in ("show",)) and not (
        token.kind == "again" and lexicon.spaced
    )


def _leading(since: list[Token]) -> int:
    """How many tokens before a Chinese verb belong to it: its direction and manner stand first."""
    lead = 0
    for token in reversed(since):
        if token.kind not in ("direction", "compass", "pace", "heading", "clockwise", "color"):
            break
        lead += 1
    return lead
