"""What people say beside a command and what asks for nothing: reasons, purposes, places, praise of a picture.

A sentence is only searched for these where it has words that no command has; any other is left as it was said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bolt_agent.brains.reflex.commanding import (
    ACTIONS,
    EMPTY,
    IMPERATIVES,
    LEADS_IN,
    STRANGE,
    begins,
    commands,
    ends_part,
    is_so,
)
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.prefaces import without_prefaces
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["without_asides", "without_causes", "without_event_objects", "without_names", "without_places",
           "without_roles"]  # fmt: skip

ENDS = frozenset({"comma", "stop", "then"})
"""Kinds of words that end an aside."""

SUBJECTS = frozenset({"i", "he", "she", "they", "we", "you", "my", "our", "his", "her", "it", "that", "there", "this",
                      "everyone", "everybody", "nobody", "someone", "somebody", "people"})  # fmt: skip
"""What a statement begins with."""

VERBS = frozenset({"is", "are", "am", "s", "re", "m", "was", "were", "has", "had", "might", "should", "wants"})
"""What follows the name of something in a statement: "the floor IS wet"."""

REASONS = frozenset({"because", "since", "although", "though", "cause"})
"""What a reason begins with."""

SHOWY = frozenset({"dance", "spin", "blink", "show"})
"""What is to be done itself where it stands in a cause: "it is time to DANCE, so wiggle"."""

THINGS = frozenset({"icon", "figure", "shape", "color"})
"""What can be asked for by its name alone."""

OPINIONS = frozenset({"i think", "i guess", "i suppose", "i reckon"})
"""What says no more than that it is a wish: "I THINK your headlight should be white"."""

REMARKS = frozenset({"chat", "unknown", "filler", "article", "icon", "mood", "relative", "person"})
"""Kinds of words of a remark before a command."""

TOWARDS = frozenset({"to", "of", "for", "with", "than", "from", "into", "at", "as", "like", "through", "and", "where"})
"""Words that a command does not end with."""

DETERMINERS = frozenset({"the", "my", "our", "your", "his", "her", "this", "a", "an", "whole", "entire", "all"})

ALONG = frozenset({"across", "through", "down", "along", "around", "round", "about", "over", "in", "on", "inside",
                   "all over", "all around", "throughout", "up", "all the way"})  # fmt: skip
"""What leads to a place that the ball is at: "roll ACROSS the kitchen"."""


def without_asides(tokens: list[Token]) -> list[Token]:
    """Without what asks for nothing, as far as there are words that no command has."""
    for leave_out in LEAVES_OUT:
        if not any(token.kind in STRANGE for token in tokens):
            break
        tokens = leave_out(tokens)
    return tokens


def without_places(tokens: list[Token]) -> list[Token]:
    """Without where the ball is anyway: "zigzag ACROSS THE KITCHEN FLOOR". Any other place is one it does not know."""
    kept: list[Token] = []
    for token in tokens:
        if token.kind != "place":
            kept.append(token)
            continue
        lead = len(kept)
        while lead and kept[lead - 1].text.lower() in DETERMINERS:
            lead -= 1
        along = lead
        while along and _is_along(kept[along - 1], token.value):
            along -= 1
        before = [one[:2] for one in kept[:lead]][-1:]
        to_and_fro = token.value == "area" and before == [("direction", "back")]
        if 0 < along < lead or (to_and_fro and lead < len(kept)):  # "up and down THE HALLWAY"
            kept = kept[: min(along, lead)]
        else:
            kept.append(Token("chat", token.value, token.text))
    return kept


def _is_along(token: Token, place: str) -> bool:
    """Whether this leads to a place the ball is at; a way AROUND A TABLE is another one than a way around a room."""
    word = token.text.lower()
    return word in ALONG and (place == "area" or word not in ("around", "round", "about", "all around", "down"))


def without_roles(tokens: list[Token]) -> list[Token]:
    """Without who is in that mood: "be a scared LITTLE MOUSE", "act like a sleepy PUPPY"."""
    kinds = [token.kind for token in tokens]
    if "act" not in kinds or "mood" not in kinds[kinds.index("act") :] or "show" in kinds:
        return tokens
    mood = kinds.index("mood", kinds.index("act"))
    named = kinds[mood - 1] == "article"
    start = end = mood + 1
    while end < len(tokens) and kinds[end] in ("size", "icon", "unknown"):
        end += 1
    if kinds[end : end + 1] == ["filler"] and tokens[end].text.lower() == "of":
        end = _end_of_aside(tokens, end)  # "scared OF THE DARK"
    if named and end == start and end < len(tokens) and kinds[end] not in (*ENDS, "and"):
        end += 1  # "an angry BEAR", whatever else that means
    return [*tokens[:start], *tokens[end:]]


def without_event_objects(tokens: list[Token]) -> list[Token]:
    """Without what it bumps into: "if you crash INTO THE CHAIR", "if you hit MY FOOT" is any collision."""
    at = next((at for at, token in enumerate(tokens) if token[:2] == ("event", "collision")), None)
    if at is None:
        return tokens
    start = end = at + 1
    while end < len(tokens) and (tokens[end].kind in EMPTY or tokens[end].text.lower() in DETERMINERS):
        end += 1
    thing = end
    while end < len(tokens) and tokens[end].kind in ("unknown", "icon", "person", "shape", "place", "chat"):
        end += 1
    end += end == thing < len(tokens) and tokens[thing - 1].text.lower() in DETERMINERS
    return [*tokens[:start], *tokens[end:]] if start < thing < end else tokens


def without_causes(tokens: list[Token]) -> list[Token]:
    """Without why it should, where "so" says what: "YOU ARE STUCK so back up"."""
    so = next((at for at, token in enumerate(tokens) if at and token[:2] == ("filler", "filler") and is_so(token)), 0)
    first = next((token for token in tokens[:so] if token.kind not in ("filler", "article")), None)
    if first is None or any(token.kind in (*LEADS_IN - {"not"}, "question", "write", *SHOWY) for token in tokens[:so]):
        return tokens
    said = [token.text.lower().replace("'", " ").partition(" ")[0] for token in (tokens[0], first)]
    speaks = not (SUBJECTS | REASONS | {"nothing", "there"}).isdisjoint(said)
    described = tokens[0].text.lower() in DETERMINERS
    return tokens[so + 1 :] if (speaks or described) and begins(tokens[so + 1 :]) else tokens


def without_names(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Without a name that calls the robot: "SPARKLE turn left and roll". A common word is no name."""
    at = next((at for at, token in enumerate(tokens) if token.kind not in EMPTY), len(tokens))
    rest = tokens[at + 1 :]
    if not rest or tokens[at].kind != "unknown" or any(token.kind == "article" for token in tokens[:at]):
        return tokens
    name = tokens[at].text.lower()
    if " " in name or not name.isalpha() or name.endswith(("s", "ing", "ed", "ly")) or lexicon.knows(name):
        return tokens
    plain = not any(token.kind in STRANGE for token in rest) and rest[0].kind != "direction"
    whole = len(rest) > 1 and commands(rest)
    return rest if plain and begins(rest) and (whole or rest[0].kind == "return") else tokens


def _without_whereabouts(tokens: list[Token]) -> list[Token]:
    """Without where a turn is to be, which is here: "hang a left AT THE CHAIR LEG", "back away FROM THE DOG"."""
    for at in range(1, len(tokens) - 2):
        if tokens[at - 1].kind in STRANGE:
            return tokens
        if tokens[at].text.lower() not in ("at", "from"):
            continue
        before = tokens[:at]
        word, ways = tokens[at].text.lower(), [token.value for token in before if token.kind == "direction"]
        turns = word == "at" and {"left", "right"}.intersection(ways)
        backs = word == "from" and {"back", "away"}.intersection(ways)
        if (turns or backs) and tokens[at + 1].text.lower() in DETERMINERS:
            end = at + 2
            while end < len(tokens) and tokens[end].kind in ("unknown", "chat", "icon", "person"):
                end += 1
            if end > at + 2 and ends_part(tokens[end:]):
                return [*before, *tokens[end:]]
    return tokens


def _without_manners(tokens: list[Token]) -> list[Token]:
    """Without how it is done, where that is a matter of taste: "spin ELEGANTLY"."""
    if not commands(tokens):
        return tokens
    return [token for token in tokens if token.kind != "unknown" or not _is_manner(token.text.lower())]


def _is_manner(word: str) -> bool:
    return word.endswith("ly") and len(word) > len("only") + 1 and " " not in word


def _without_praise(tokens: list[Token]) -> list[Token]:
    """Without what a picture is said to be like: "show a JUICY apple"."""
    shown = next((at for at, token in enumerate(tokens) if token.kind in ("show", "do")), len(tokens))
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        described = token.kind == "unknown" and at > shown and kept[-1].kind in ("article", "size", "color")
        if not described or at + 1 == len(tokens) or tokens[at + 1].kind not in ("icon", "figure", "color"):
            kept.append(token)
    return kept


def _without_what_stays(tokens: list[Token]) -> list[Token]:
    """Without what is to stay as it is: "make the front light red and LEAVE THE REAR ONE ALONE"."""
    texts = [token.text.lower() for token in tokens]
    start = next((at for at, text in enumerate(texts) if at and text.split()[:1] == ["leave"]), None)
    end = next((at for at, text in enumerate(texts) if text in ("alone", "unchanged")), None)
    if start is None or end is None or end < start:
        return tokens
    head = tokens[: start - 1] if tokens[start - 1].kind in ("and", "comma") else tokens[:start]
    return [*head, *tokens[end + 1 :]]


def _without_statements(tokens: list[Token]) -> list[Token]:
    """Without a reason or a remark behind a command: "turn around BECAUSE THERE IS A WALL", "slow down I AM DIZZY"."""
    for at, token in enumerate(tokens):
        start = _statement(tokens, at) if token.kind == "chat" else None
        if start and tokens[start - 1].kind not in LEADS_IN and _wants(tokens[:start], token.text.lower()):
            start -= tokens[start - 1].kind == "and"
            return _without_statements([*tokens[:start], *tokens[_end_of_aside(tokens, at) :]])
    return tokens


def _without_openings(tokens: list[Token]) -> list[Token]:
    """Without a remark before a command: "IT IS DARK turn on your lights"."""
    at = next((at for at, token in enumerate(tokens) if token.kind != "filler"), len(tokens))
    if tokens[at:] and tokens[at].text.lower() in OPINIONS and not any(one.kind in STRANGE for one in tokens[at + 1 :]):
        return tokens[at + 1 :]
    said = [token.text.lower().replace("'", " ").split() for token in tokens]
    first = next((at for at, token in enumerate(tokens) if token.kind not in ("filler", "article")), 0)
    speaks = tokens[first].kind == "chat" and said[first][:1] and said[first][0] in SUBJECTS | REASONS
    named = first and tokens[first - 1].kind == "article" and tokens[first].kind in ("unknown", "icon", "chat")
    if not (speaks or named):
        return tokens
    for at in range(first + 1, len(tokens)):
        if tokens[at].kind in IMPERATIVES and not tokens[at].text.lower().endswith("ing"):
            is_said = any(VERBS.intersection(words) for words in said[:at])
            whole = tokens[at - 1].kind in ("unknown", "icon", "mood") and commands(tokens[at:])
            return tokens[at:] if is_said and whole else tokens
        if tokens[at].kind not in REMARKS:
            return tokens
    return tokens


def _statement(tokens: Sequence[Token], at: int) -> int | None:
    """Where the statement begins whose first known word is here; None if that is none."""
    first = tokens[at].text.lower().replace("'", " ").partition(" ")[0]
    start = at
    while first in VERBS and start and tokens[start - 1].kind in ("unknown", "chat", "icon", "light", "ask"):
        start -= 1
    named = start < at and (start and tokens[start - 1].kind in ("article", "filler"))
    start -= bool(named)
    speaks = named or first in SUBJECTS or tokens[start].value == "person"
    return start if first in REASONS or (speaks and start and not _leads_on(tokens[:start])) else None


def _wants(tokens: Sequence[Token], statement: str) -> bool:
    """Whether something is asked for here; before a reason, a thing that is named is enough: "a SUN because ..."."""
    named = statement in REASONS and any(token.kind in THINGS for token in tokens)
    return commands(tokens) or (named and not any(token.kind in STRANGE for token in tokens))


def _leads_on(before: Sequence[Token]) -> bool:
    return before[-1].text.lower() in TOWARDS - {"and"}


def _end_of_aside(tokens: Sequence[Token], start: int) -> int:
    """Where the next part of the sentence begins."""
    for at in range(start + 1, len(tokens)):
        joined = tokens[at].kind == "and" and at + 1 < len(tokens) and tokens[at + 1].kind in ACTIONS - {"do", "mood"}
        if tokens[at].kind in ENDS or joined:
            return at
    return len(tokens)


def _without_purposes(tokens: list[Token]) -> list[Token]:
    """Without what it is good for: "draw a check FOR THE RIGHT ANSWER"."""
    for at in range(1, len(tokens) - 1):
        leads = tokens[at + 1].text.lower() in DETERMINERS or tokens[at + 1].kind == "unknown"
        if tokens[at].text.lower() == "for" and leads and commands(tokens[:at]):
            purpose = tokens[at : (end := _end_of_aside(tokens, at))]
            if any(one.kind in STRANGE for one in purpose) and all(one.kind not in COUNTED for one in purpose):
                return [*tokens[:at], *tokens[end:]]
    return tokens


COUNTED = frozenset({"num", "number", "time", "times", "length", "degree", "turns", "if", "until"})
"""Kinds of words that say how much, which is no purpose: "for the next two seconds"."""

LEAVES_OUT: tuple[Callable[[list[Token]], list[Token]], ...] = (
    _without_what_stays,
    _without_whereabouts,
    _without_praise,
    _without_manners,
    _without_openings,
    without_prefaces,
    _without_statements,
    _without_purposes,
)
