"""What it is told to be: "pretend you are A BEE" plays a part of the lexicon, or shows the picture of it, or dances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bolt_agent.brains.reflex.commanding import EMPTY, begins, ends_part, is_so
from bolt_agent.brains.reflex.lexicon import Lexicon
from bolt_agent.brains.reflex.tokens import Token

__all__ = ["LIKENESS", "playing", "what_it_does"]

LIKENESS = "like a picture: "
"""What the name of a part begins with that is only a picture."""

ACTS = frozenset({"be", "act", "pretend", "imagine", "make", "do", "imitate", "impersonate", "mimic", "transform",
                  "turn", "change", "let's", "you"})  # fmt: skip
"""What begins a phrase that tells it to be something, and not only to look like it."""

BECOMES = frozenset({"be", "turn", "change", "transform"})
"""Those that are said of anything: "that could BE a problem"."""

SOMEBODY = frozenset({"like", "to be", "a", "an", "the", "my", "our", "your", "like a", "being"})
"""What stands before the name of a part."""

PLAYED = frozenset({"unknown", "icon", "figure", "size", "chat", "person"})
"""Kinds of words for what nobody knows how to be."""

TOLD_MORE = PLAYED | {"filler", "article", "relative", "place", "do", "mood"}
"""Kinds of words for what more is said of a part: "a boat ON THE WAVES"."""

YOU_ARE = frozenset({"you are", "you're", "you are now", "you're now"})
ENDS = frozenset({"comma", "stop", "then"})
OFTEN = frozenset({"num", "number", "twice", "again"})
"""Kinds of words for how often it is to be played."""


class Part(NamedTuple):
    """Where the name of a part ends in the tokens, and what it is called."""

    end: int
    name: str


def playing(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """With the part it is to play for what asks for it: "be a BEE", "YOU ARE A BEE NOW", "BUZZ LIKE A BEE"."""
    for at, token in enumerate(tokens):
        if not _begins(tokens[:at]):
            continue
        if token.kind == "act" and _is_told(tokens[:at], token):
            return _played(tokens, at, lexicon)
        if token.text.lower() in YOU_ARE and (said := _known(tokens, at + 1, lexicon)):
            end = said.end + (said.end < len(tokens) and tokens[said.end].text.lower() == "now")
            if (end > said.end or _commands_on(tokens[end:])) and ends_part(tokens[end:]):
                return [Token("named", said.name, said.name), *tokens[end:]]
        like = at + 1 < len(tokens) and tokens[at + 1].text.lower() == "like"
        if like and token.text.lower() in lexicon.acting:
            said = _known(tokens, at + 2, lexicon)
            if said and ends_part(tokens[said.end :]):
                return [*tokens[:at], Token("named", said.name, said.name), *tokens[said.end :]]
    return tokens


def what_it_does(name: str, lexicon: Lexicon) -> str | None:
    """What the robot does for a part, in words; None for a name that is none."""
    if name.startswith(LIKENESS):
        return lexicon.likeness.format(name=name.removeprefix(LIKENESS))
    return lexicon.parts.get(name)


def _begins(before: Sequence[Token]) -> bool:
    """Whether nothing stands before, or only what leads from one command to the next."""
    leads = EMPTY | {"then", "and", "do", "event"}
    return all(token.kind in leads or token.text.lower() == "tonight" for token in before[-1:])


def _known(tokens: list[Token], at: int, lexicon: Lexicon) -> Part | None:
    """The part whose name stands here, behind an article and a word or two of what it is like: "a LITTLE BUSY bee"."""
    while at < len(tokens) and tokens[at].text.lower() in SOMEBODY:
        at += 1
    for start in range(at, min(at + 3, len(tokens))):
        for end in range(min(start + 4, len(tokens)), start, -1):
            name = " ".join(token.text.lower() for token in tokens[start:end] if token.text)
            if (name := name.removeprefix("a ").removeprefix("the ")) in lexicon.parts:
                return Part(end, name)
        if tokens[start].kind not in ("size", "unknown"):
            return None
    return None


def _played(tokens: list[Token], at: int, lexicon: Lexicon) -> list[Token]:
    if said := _known(tokens, at + 1, lexicon):
        end = said.end
        if not ends_part(tokens[end:]) and tokens[end].kind not in OFTEN:
            while end < len(tokens) and tokens[end].kind in TOLD_MORE and not is_so(tokens[end]):
                end += 1
        ends = ends_part(tokens[end:]) or tokens[end].kind in OFTEN
        return [*tokens[:at], Token("named", said.name, said.name), *tokens[end:]] if ends else tokens
    return _pictured(tokens, at, lexicon)


def _pictured(tokens: list[Token], at: int, lexicon: Lexicon) -> list[Token]:
    """With the picture of what it is to be, or a dance: "pretend to be an APPLE", "be a WEREWOLF"."""
    article = next((n for n in range(at + 1, len(tokens)) if tokens[n].text.lower() not in ("like", "to be")), at)
    end = article + 1
    while end < len(tokens) and tokens[end].kind in PLAYED:
        end += 1
    played, rest = tokens[article + 1 : end], tokens[end:]
    if not played or tokens[article].kind != "article" or not (ends_part(rest) or rest[0].kind in OFTEN):
        return tokens
    if played[-1].kind == "icon" and lexicon.likeness:
        name = LIKENESS + lexicon.name("icon", played[-1].value)
        return [*tokens[:at], Token("named", name, played[-1].text), *rest]
    if not ends_part(rest):
        return tokens
    shown = played[-1] if played[-1].kind in ("icon", "figure") else None
    if shown is None and tokens[at].text.lower().partition(" ")[2] == "into":
        return tokens  # "turn into A NIGHTMARE"
    does = [Token("show", "show", ""), shown] if shown else [Token("dance", "dance", "dance")]
    if rest and rest[0].kind not in (*ENDS, "and") and not is_so(rest[0]):
        return [*tokens[:at], *(does if shown else []), *([Token("then", "then", "")] if shown else []), *rest]
    return [*tokens[:at], *does, *rest]


def _is_told(before: Sequence[Token], act: Token) -> bool:
    """Whether it is the robot that is to be something: "be a cat", but not "that could BE a problem"."""
    word = act.text.lower().split()[0]
    led = before[-1].text.lower().split()[-1:] if before else []
    wanted = bool(before) and before[-1].text.lower().endswith("you to")  # "i want you TO be a cat"
    alone = word not in BECOMES or led[:1] not in (["could"], ["would"], ["will"], ["to"], ["can"], ["may"], ["should"])
    return word in ACTS and (alone or wanted)


def _commands_on(rest: Sequence[Token]) -> bool:
    """Whether a command follows: "you are the moon, SO GLOW WHITE"."""
    return len(rest) > 1 and (rest[0].kind in ENDS or is_so(rest[0])) and begins(rest[1:])
