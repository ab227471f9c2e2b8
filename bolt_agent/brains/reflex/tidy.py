"""Prepares tokens for the grammar: homophones, numbers, fillers, and the joints that people leave out."""

from __future__ import annotations

from bolt_agent.brains.reflex.counting import UNITS, fold_numbers, part_numbers
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.tokens import Token
from bolt_agent.brains.reflex.untangle import (
    JOINTS,
    absolute_turns,
    mark_later,
    mark_others,
    times_that_come_first,
    untangle,
    without_similes,
)

__all__ = ["tidy"]

STARTERS = frozenset({"move", "turn", "spin", "wait", "show", "write", "blink", "dance", "return", "countdown", "named",
                      "again"})  # fmt: skip
"""Verbs that begin a new clause where the one before has its verb already: "go forward turn right"."""

WEAK = frozenset({"do", "halt", "repeat", "act", "article"})
"""Verbs that lead to another one: "start rolling", "do a spin", "stop turning"."""


def tidy(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens that the grammar is to see."""
    tokens = _homophones(_corrected(tokens), lexicon)
    tokens = without_similes(tokens, lexicon)
    tokens = part_numbers(mark_later(mark_others(tokens), lexicon), lexicon)
    tokens = [token for token in tokens if token.kind != "filler" or token.text.lower() == "to"]
    tokens = absolute_turns(untangle(times_that_come_first(fold_numbers(tokens)), lexicon))
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


def _drop_helpers(tokens: list[Token]) -> list[Token]:
    """Without verbs that only lead to another verb: "start rolling", "go and spin", "stop turning"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if token[:2] == ("dance", "dance") and at and tokens[at - 1].kind == "dance":
            continue  # "a wiggle dance"
        helps = token.kind == "do" or (token.kind == "move" and after != "move")
        if token.kind == "show" and _leads_on(tokens[at + 1 :]):
            continue  # "show a countdown", "show me a happy dance"
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


def _leads_on(tokens: list[Token]) -> bool:
    """Whether "show" only leads to something that is a verb by itself."""
    kind = next((token.kind for token in tokens if token.kind not in ("mood", "size", "pace")), "")
    return kind in ("countdown", "blink", "dance")


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
        elif has_verb and token.text.lower() in lexicon.meanwhile:
            joined.append(Token("while", "while", ""))
            since = []
        elif has_verb and _begins(token, tokens[at - 1], tokens[at + 1 : at + 2], lexicon):
            lead = 0 if lexicon.spaced else _leading(since)
            joined.insert(len(joined) - lead, Token("then", "then", ""))
            since = since[len(since) - lead :]
        has_verb = has_verb or token.kind in STARTERS or token[:2] == ("talk", "still")
        if token.kind not in JOINTS:
            since.append(token)
        joined.append(token)
    return joined


def _begins(token: Token, before: Token, after: list[Token], lexicon: Lexicon) -> bool:
    if token.kind in ("repeat", "do") and after and after[0].kind in ("that", "times", "twice", "num"):
        return before.kind not in WEAK and (token.kind == "repeat" or after[0].kind == "that")
    if token[:2] == ("again", "repeat"):
        return True
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
