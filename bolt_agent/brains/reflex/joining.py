"""Puts in the joints that people leave out: speech has no commas, and neither has what children type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.tokens import Token
from bolt_agent.brains.reflex.untangle import JOINTS

__all__ = ["STARTERS", "implied_joints", "part_lists"]

STARTERS = frozenset({"move", "turn", "spin", "wait", "show", "write", "blink", "dance", "return", "countdown", "named",
                      "again"})  # fmt: skip
"""Verbs that begin a new clause where the one before has its verb already: "go forward turn right"."""

WEAK = frozenset({"do", "halt", "repeat", "act", "article"})
"""Verbs that lead to another one: "start rolling", "do a spin", "stop turning"."""

LATER_STARTERS = STARTERS | {"clear", "look", "act", "halt", "do", "aim", "on", "forget"}
"""Verbs that begin a new clause where the one before is whole."""

WAYS = frozenset({"direction", "compass", "clock"})
AMOUNTS = frozenset({"time", "length", "degree", "turns"})
TIMING = frozenset({"time", "times", "twice"})
PICTURES = frozenset({"icon", "figure"})
SHAPES = frozenset({"shape", "figure"})
THINGS = frozenset({"icon", "figure", "shape", "mood", "color", "light", "face", "rainbow", "border", "off", "text",
                    "letter"})  # fmt: skip
ALONG = frozenset({"forward", "back", "away"})

ANNOUNCING = frozenset({"repeat", "do", "this", "that", "times", "twice", "all", "num", "filler", "move", "more"})
"""Words of "do this three times", before what is to be repeated."""

OPENS = frozenset({"if", "while", "before", "after"})
"""Joints whose own clause comes first at the start: "while you roll BLINK"."""

NEW_AFTER_TALK = frozenset({"again", "change", "undo", "opposite", "repeat", "mood", "direction"})

SETTLES = frozenset({"wait", "return", "halt", "act", "clear", "look", "again", "do", "aim", "forget"})
"""Verbs that take nothing from what was said before them."""


def implied_joints(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with a joint wherever a clause begins and nothing says so.

    >>> from bolt_agent.brains.reflex.lexicon import load_lexicon
    >>> go, left = Token("move", "roll", "go"), Token("turn", "turn", "turn")
    >>> [token.kind for token in implied_joints([go, left], load_lexicon("en"))]
    ['move', 'then', 'turn']
    """
    joiner = _Joiner(lexicon)
    for at, token in enumerate(tokens):
        joiner.take(token, tokens[at + 1 : at + 4])
    return joiner.joined


def part_lists(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a joint between the things of a list: "show a red heart A BLUE STAR"."""
    parted: list[Token] = []
    for at, token in enumerate(tokens):
        end = at + 1
        while end < len(tokens) and tokens[end].kind in ("color", "size", "mood"):
            end += 1
        pair = {parted[-1].kind, tokens[end].kind} if parted and end < len(tokens) else {""}
        if token.kind in ("article", "num") and (pair <= PICTURES | {"face"} or pair <= SHAPES):
            parted.append(Token("then", "then", ""))
        parted.append(token)
    return parted


@dataclass
class _Joiner:
    lexicon: Lexicon
    joined: list[Token] = field(default_factory=list)
    since: list[Token] = field(default_factory=list)
    """The tokens of the clause so far."""
    opened: str = ""
    """The joint that rules this part of the sentence: "if", "while", ..."""

    def take(self, token: Token, after: Sequence[Token]) -> None:
        if token.kind in JOINTS:
            self._follow(token)
        elif self._verbed() and token.text.lower() in self.lexicon.meanwhile:
            self.joined.append(Token("while", "while", ""))
            self.since = []
        elif (lead := self._lead(token, after)) is not None:
            at = len(self.joined) - lead
            self.joined.insert(at, self._joint())
            self.since = self.since[len(self.since) - lead :]
        if token.kind not in JOINTS:
            self.since.append(token)
        self.joined.append(token)

    def _follow(self, token: Token) -> None:
        """Notes a joint that was said."""
        if token.kind in OPENS and not self.since and (not self.opened or token.kind == "if"):
            begins = not self.joined or self.joined[-1].kind in JOINTS
            self.opened = token.kind if begins else ""
        elif token.kind in ("stop", "colon") or (token.kind in ("comma", "then") and self.opened != "if"):
            self.opened = ""
        self.since = []

    def _joint(self) -> Token:
        if self.since and _announces(self.since):
            return Token("colon", ":", "")
        if self.opened:
            self.opened = self.opened if self.opened == "if" else ""
            return Token("comma", ",", "")
        return Token("then", "then", "")

    def _verbed(self) -> bool:
        return any(token.kind in STARTERS or token[:2] == ("talk", "still") for token in self.since)

    def _lead(self, token: Token, after: Sequence[Token]) -> int | None:
        """How many tokens before this one begin a clause with it; None if it does not begin any."""
        if not self.since:
            return None
        if not self.lexicon.spaced:
            return _leading(self.since) if self._verbed() and _begins(token, self.since[-1], after) else None
        if self.since[0].kind in ("repeat", "do", "num", "twice") and _announces(self.since):
            return 0 if _is_announced(self.since, token, after) else None
        if self._verbed() and _begins(token, self.since[-1], after):
            return 0
        if token.kind in LATER_STARTERS:
            return 0 if _is_whole(self.since, token, after) else None
        return _thing(self.since, token, after)


def _begins(token: Token, before: Token, after: Sequence[Token]) -> bool:
    """Whether a verb begins a clause after one that has a verb."""
    if token.kind in ("repeat", "do") and after and after[0].kind in ("that", "times", "twice", "num"):
        return before.kind not in WEAK and (token.kind == "repeat" or after[0].kind == "that")
    if token[:2] == ("again", "repeat"):
        return True
    if token.kind not in STARTERS or before.kind in WEAK:
        return False
    return not (token.kind in ("spin", "turn", "move") and before.kind in ("show",)) and token.kind != "again"


def _announces(since: Sequence[Token]) -> bool:
    """Whether these words only say how often: "do this three times", "repeat twice", "three times"."""
    kinds = {token.kind for token in since}
    return bool(kinds & {"times", "twice"}) and kinds <= ANNOUNCING


def _is_announced(since: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """Whether what is to be repeated begins here."""
    kinds = {one.kind for one in since}
    if kinds <= {"num", "times", "twice"} or ("that" in kinds and "repeat" not in kinds):
        return token.kind in ("move", "turn") and "that" not in kinds
    return token.kind in LATER_STARTERS - {"again"} | THINGS or (token.kind in WAYS and bool(after))


def _is_whole(since: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """Whether a clause needs nothing more, so that a verb begins the next one."""
    before, kinds = since[-1], {one.kind for one in since}
    if kinds == {"talk"} and before.value != "still":
        return token.kind != "do" or not _is_over(after)
    if token.kind == "again" and token.value != "repeat":
        return False
    if before.kind == "halt":
        return not token.text.lower().endswith("ing") and token.kind not in ("do", "halt")
    if before.kind in WEAK or (token.kind == "look" and before.kind in ("mood", "show")):
        return False
    if token.kind == "on" and " " not in token.text:
        return False  # "turn the lights ON"
    if token.kind == "do" and (not after or kinds <= {"talk", "do", "named", "again", "move"}):
        return False
    if token.text.lower() == "stopping" or (token.kind == "clear" and _is_over(after)) or kinds == {"clear"}:
        return False  # "wipe it clean", "without stopping", "hide by turning off your lights"
    if token.kind in ("act", "on") and not kinds & {*STARTERS, "clear", "act", "aim", "look"}:
        return token.kind == "act" and _has_way_and_amount(since)
    if kinds & {"clear", "aim", "halt"} or {"act", "mood"} <= kinds or ("look" in kinds and len(since) > 1):
        return True
    if ("talk", "cancel") in {one[:2] for one in since}:
        return True
    if kinds & STARTERS:
        return token.kind in LATER_STARTERS - STARTERS and before.kind != "show"
    return _stands(since, token, kinds)


def _is_over(after: Sequence[Token]) -> bool:
    """Whether nothing follows in the clause."""
    return not after or after[0].kind in JOINTS


def _stands(since: Sequence[Token], token: Token, kinds: set[str]) -> bool:
    """The same for a clause without a verb: "forward ten centimeters WAIT", "in yellow write hello" is one."""
    if _has_way_and_amount(since) or ("not" in kinds and kinds & WAYS):
        return True
    if kinds <= {"direction", "filler"}:
        along = {one.value for one in since} <= ALONG
        return token.kind not in ("move", "turn", "spin", "dance", "act") or (along and token.kind in ("turn", "spin"))
    if kinds & WAYS and "do" in kinds:
        return token.kind not in ("turn", "spin")
    if kinds & THINGS:
        if token.kind == "dance" and since[-1].kind in ("mood", "icon", "figure"):
            return False
        if token.kind in SETTLES or since[-1][:2] == ("mood", "celebrate"):
            return True
        if "do" in kinds:  # "make your eyes blink", "make your face say hi"
            return bool(kinds & (THINGS - {"face", "light"})) and (token.kind != "blink" or "color" in kinds)
        if kinds & {"shape", "icon", "figure"}:
            return token.kind not in ("move", "turn", "spin", "blink", "dance")
        return {"color", "face"} <= kinds or {"color", "light"} <= kinds or {"color", "time"} <= kinds
    return False


def _has_way_and_amount(since: Sequence[Token]) -> bool:
    kinds = {token.kind for token in since}
    return bool(kinds & WAYS) and (bool(kinds & AMOUNTS) or since[-1].kind == "extent")


def _thing(since: Sequence[Token], token: Token, after: Sequence[Token]) -> int | None:
    """The same where something begins a clause that is no verb: "left one second FORWARD one second"."""
    kinds = [one.kind for one in since]
    if {*kinds} == {"talk"} and since[-1].value != "still" and token.kind in NEW_AFTER_TALK:
        return 0
    if token[:2] == ("mood", "celebrate") and "mood" in kinds and token[:2] not in {one[:2] for one in since}:
        return 0
    if token.kind == "talk":
        return 0 if "talk" in kinds else None
    if "wait" in kinds and kinds[-1] in ("time", "wait") and token.kind in THINGS | WAYS:
        return 0
    if token.kind == "face" and after and after[0].kind in WAYS:
        return 0 if _has_way_and_amount(since) else None  # "roll one meter FACE west"
    if token.kind in WAYS:
        return 0 if _is_next_way(since, token, after) else None
    if token.kind == "num":
        return 0 if _is_next_amount(kinds, after) else None
    if token.kind in ("color", "mood") and token.kind in kinds:
        return 0 if not TIMING.isdisjoint(kinds[kinds.index(token.kind) :]) else None
    if token[:2] == ("off", "lights") and kinds[-1] not in STARTERS and STARTERS & {*kinds}:
        return 0
    if token.kind == "light" and "light" in kinds:
        return 0 if {"color", "off", "on"} & {*kinds[kinds.index("light") :]} else None
    return 0 if token.kind == "heading" and "heading" in kinds and len(kinds) > 2 else None


def _is_next_way(since: Sequence[Token], token: Token, after: Sequence[Token]) -> bool:
    """Whether a direction is the next one: "forward one second RIGHT", but not "forward RIGHT"."""
    kinds = [one.kind for one in since]
    counted = bool(after) and after[0].kind == "num"
    at = next((at for at, kind in enumerate(kinds) if kind in WAYS), None)
    if at is None:
        along = token.value in ALONG and token.kind == "direction"
        done = kinds[-1] in ("times", "twice", "time", "turns", "degree") or since[-1][:2] == ("turn", "around")
        turned = bool({"spin", "turn"} & {*kinds}) and done and along and (counted or token.value != "back")
        shown = bool({"show", "blink", "write", "clear", "icon", "text"} & {*kinds}) and (along or counted)
        return (turned or shown) and "move" not in kinds
    amounts = AMOUNTS & {*kinds[at:]}
    if not amounts:
        aside = {"turn", "spin"} & {*kinds} and since[at].value not in ALONG and token.value in ALONG
        same = since[-1][:2] == token[:2]
        return bool(same or (aside and counted))
    if amounts == {"degree"} and since[at].value in ALONG and token.value not in ALONG:
        return counted  # "forward 30 degrees to the left"
    return counted or not token.text.lower().startswith("to ")


def _is_next_amount(kinds: list[str], after: Sequence[Token]) -> bool:
    """Whether amounts stand before their directions, and this is the next: "one meter north TWO METERS east"."""
    first = next((kind for kind in kinds if kind in WAYS | AMOUNTS), "")
    follows = [one.kind for one in after[:2]]
    return first in AMOUNTS and kinds[-1] in WAYS and len(follows) > 1 and follows[0] in AMOUNTS and follows[1] in WAYS


def _leading(since: Sequence[Token]) -> int:
    """How many tokens before a Chinese verb belong to it: its direction and manner stand first."""
    lead = 0
    for token in reversed(since):
        if token.kind not in ("direction", "compass", "pace", "heading", "clockwise", "color"):
            break
        lead += 1
    return lead
