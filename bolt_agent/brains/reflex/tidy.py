"""Prepares tokens for the grammar: homophones, numbers, fillers, and the joints that people leave out."""

from __future__ import annotations

from bolt_agent.brains.reflex.amending import amended
from bolt_agent.brains.reflex.asides import (
    without_asides,
    without_causes,
    without_event_objects,
    without_names,
    without_places,
    without_roles,
)
from bolt_agent.brains.reflex.counting import UNITS, fold_numbers, part_numbers
from bolt_agent.brains.reflex.joining import STARTERS, implied_joints, part_lists
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.listing import listed
from bolt_agent.brains.reflex.places import UNSEEN, unseen_places
from bolt_agent.brains.reflex.playing import playing
from bolt_agent.brains.reflex.referring import named_again, taken_away, without_people, without_reasons
from bolt_agent.brains.reflex.remarks import without_remarks
from bolt_agent.brains.reflex.shades import shaded
from bolt_agent.brains.reflex.tokens import Token
from bolt_agent.brains.reflex.untangle import (
    JOINTS,
    absolute_turns,
    halves,
    lights_on,
    mark_later,
    mark_others,
    that_blink,
    times_that_come_first,
    untangle,
    without_calls,
    without_similes,
)

__all__ = ["tidy"]

ALONE = (("talk", "later"),)
"""What is answered whatever is said beside it: "wait until I say go"."""


REPLACED = frozenset({"color", "direction", "compass", "icon", "figure", "shape", "number", "num", "text"})
"""Kinds of words that a correction replaces where they stood; any other says the command anew."""


GOES_ON = (("diagonal", "direction"), ("countdown", "num"))
"""What a comma does not part: "diagonal, forward and right", "count down, twenty to zero"."""

INSTEAD = ("instead of", "rather than")
PAUSING = frozenset({"comma", "filler", "article"})


def tidy(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens that the grammar is to see."""
    if (alone := next((token for token in tokens if token[:2] in ALONE), None)) is not None:
        return [alone]
    unseen: list[Token] = []
    if lexicon.spaced:
        tokens = unseen_places(shaded(amended(listed(without_remarks(playing(tokens, lexicon))))))
        unseen = [token for token in tokens if token.kind == UNSEEN]
        tokens = [token for token in tokens if token.kind != UNSEEN]
        tokens = without_causes(without_event_objects(without_places(without_people(taken_away(tokens)))))
        tokens = named_again(without_reasons(without_roles(tokens)))
        tokens = without_names(tokens, lexicon)
        tokens = that_blink(without_asides(without_similes(tokens, lexicon)))
    tokens = _homophones(_corrected(_without_others(tokens)), lexicon)
    tokens = without_calls(_after_no(_without_withouts(tokens)), lexicon)
    tokens = part_numbers(mark_later(lights_on(mark_others(halves(tokens))), lexicon), lexicon)
    tokens = [token for token in tokens if token.kind != "filler" or token.text.lower() == "to"]
    tokens = absolute_turns(untangle(times_that_come_first(fold_numbers(tokens)), lexicon))
    tokens = [token for token in part_lists(tokens) if token.kind not in ("filler", "article", "first")]
    return [*implied_joints(_join_lists(_drop_helpers(tokens, lexicon)), lexicon), *unseen]


def _corrected(tokens: list[Token]) -> list[Token]:
    """Without what is taken back: "turn left, no wait, right" is "turn right"."""
    tokens = [Token("correct", "", token.text) if _takes_back(tokens, at) else token for at, token in enumerate(tokens)]
    at = max((at for at, token in enumerate(tokens[:-1]) if token.kind == "correct"), default=None)
    if at is None:
        return tokens
    said = [token for token in tokens[:at] if token.kind != "correct"]
    verbs = [token for token in said if token.kind in STARTERS]
    meant = [token for token in tokens[at + 1 :] if token.kind != "correct"]
    while meant and meant[0].kind in ("comma", "stop", "filler"):
        meant = meant[1:]
    new = next((token.kind for token in meant if token.kind not in ("article", "filler")), "")
    wrong = max((at for at, token in enumerate(said) if token.kind == new in REPLACED), default=None)
    if wrong is not None:
        return [*said[:wrong], *meant]  # "make the front light red, i mean blue"
    amounts = UNITS | REPLACED & {"number", "num"} | {"comma", "filler", "article", "fraction", "scale", "point"}
    if verbs and meant and all(token.kind in amounts for token in meant):  # "turn right, not that much, 30 degrees"
        return [*said, *meant]
    return meant if not verbs or any(token.kind in STARTERS for token in meant) else [verbs[-1], *meant]


def _without_others(tokens: list[Token]) -> list[Token]:
    """Without what it is not to be: "turn left NOT RIGHT", "INSTEAD OF RED make it blue"."""
    for at, token in enumerate(tokens):
        word = token.text.lower()
        if token.kind != "not" or word not in ("not", *INSTEAD):
            continue
        named = next((n for n in range(at + 1, len(tokens)) if tokens[n].kind not in PAUSING), at)
        before = next((one.kind for one in reversed(tokens[:at]) if one.kind not in PAUSING), "")
        if tokens[named].kind in REPLACED and (before == tokens[named].kind or (word in INSTEAD and not before)):
            return _without_others([*tokens[:at], *tokens[named + 1 :]])
        if word in INSTEAD and before and tokens[named].kind in STARTERS:  # "dance RATHER THAN SPIN"
            end = next((n for n in range(named, len(tokens)) if tokens[n].kind in JOINTS), len(tokens))
            return _without_others([*tokens[:at], *tokens[end:]])
    return [token._replace(kind="filler") if token.text.lower() in INSTEAD else token for token in tokens]


def _takes_back(tokens: list[Token], at: int) -> bool:
    """Whether "no" stands before another of what was just named: "turn left, NO, right"."""
    if tokens[at].kind != "not" or tokens[at].text.lower() != "no":
        return False
    after = [token.kind for token in tokens[at + 1 :] if token.kind not in PAUSING]
    before = [token.kind for token in tokens[:at] if token.kind not in PAUSING]
    return bool(after and before) and after[0] == before[-1] and after[0] in REPLACED


def _without_withouts(tokens: list[Token]) -> list[Token]:
    """ "Roll forward without turning" is to roll forward."""
    at = next((at for at, token in enumerate(tokens) if at and token[:1] == ("not",) and token.text == "without"), None)
    if at is None or at + 1 >= len(tokens):
        return tokens
    if not tokens[at + 1].text.lower().endswith("ing") and tokens[at + 1].kind not in ("light", "face"):
        return tokens
    return _without_withouts([*tokens[:at], *tokens[at + 2 :]])


def _after_no(tokens: list[Token]) -> list[Token]:
    """ "No turn left" answers what was done before; "no turning" forbids something."""
    kinds = [token.kind for token in tokens[:3]]
    if len(kinds) < 3 or kinds[0] != "not" or kinds[1] not in STARTERS or tokens[0].text.lower() != "no":
        return tokens
    return tokens if tokens[1].text.lower().endswith("ing") else [tokens[0], Token("comma", ",", ""), *tokens[1:]]


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


def _drop_helpers(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Without verbs that only lead to another verb: "start rolling", "go and spin", "stop turning"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if token[:2] == ("dance", "dance") and at and tokens[at - 1].kind == "dance":
            continue  # "a wiggle dance"
        named = at and (tokens[at - 1].kind in ("dance", "named") or (tokens[at - 1].kind == "icon" and not after))
        if token.kind == "move" and token.text == "move" and named:
            continue  # "the wiggle move"
        leads = not lexicon.spaced or token.text.lower() in lexicon.helpers or after == "return"
        helps = token.kind == "do" or (token.kind == "move" and after != "move" and leads)
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
            and (token.text.lower().endswith("ing") or not lexicon.spaced)
        ):
            continue
        kept.append(token)
    return kept


def _leads_on(tokens: list[Token]) -> bool:
    """Whether "show" only leads to something that is a verb by itself."""
    kind = next((token.kind for token in tokens if token.kind not in ("mood", "size", "pace")), "")
    return kind in ("countdown", "blink", "dance", "named")


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
        goes_on = (beside, tokens[end].kind) in GOES_ON if end > at and end < len(tokens) else False
        if goes_on and tokens[at].kind == "comma":
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
