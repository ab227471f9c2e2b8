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

SAYS_MORE = frozenset({"filler", "relative", "place", "chat"})
"""Kinds of words that more is said of a part with: "a cat THAT is stalking a bird"."""

TOLD_MORE = PLAYED | {"filler", "article", "relative", "place", "do", "mood"}
"""Kinds of words for what more is said of a part: "a boat ON THE WAVES"."""

YOU_ARE = frozenset({"you are", "you're", "you are now", "you're now"})
TONIGHT = "tonight"
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
            said = _told(tokens, at, lexicon)
            if said is None:
                return _pictured(tokens, at, lexicon)
        else:
            said = _called(tokens, at, lexicon)
        if said is not None:
            before = tokens[: at - 1] if at and tokens[at - 1].text.lower() == TONIGHT else tokens[:at]
            return [*before, _named(said), *_more(tokens[said.end :], lexicon)]
    return tokens


def _named(said: Part) -> Token:
    return Token("named", said.name, said.name)


def _more(rest: list[Token], lexicon: Lexicon) -> list[Token]:
    """With the parts that it is to play afterwards: "be a cat, then A DOG"."""
    at = next((n for n, token in enumerate(rest) if token.kind not in (*ENDS, "and")), len(rest))
    said = _known(rest, at, lexicon) if at else None
    if said is None or not ends_part(rest[said.end :]):
        return playing(rest, lexicon)
    return [*rest[:at], _named(said), *_more(rest[said.end :], lexicon)]


def _called(tokens: list[Token], at: int, lexicon: Lexicon) -> Part | None:
    """The part that begins here without being told to be it: "YOU ARE A BEE NOW", "BUZZ LIKE A BEE", "A BEE DANCE"."""
    word, after = tokens[at].text.lower(), tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    if word in YOU_ARE and (said := _known(tokens, at + 1, lexicon)):
        end = said.end + (said.end < len(tokens) and tokens[said.end].text.lower() == "now")
        return Part(end, said.name) if (end > said.end or _commands_on(tokens[end:])) and _ends(tokens, end) else None
    if after == "like" and word in lexicon.acting and (said := _known(tokens, at + 2, lexicon)):
        return said if _ends(tokens, said.end) else None
    if tokens[at].kind in ("do", "show") and (said := _known(tokens, at + 1, lexicon)) and said.end < len(tokens):
        danced = tokens[said.end][:2] == ("dance", "dance")
        return Part(said.end + 1, said.name) if danced and _ends(tokens, said.end + 1) else None
    return None


def _told(tokens: list[Token], at: int, lexicon: Lexicon) -> Part | None:
    """The part that it is told to be, with what more is said of it: "be a boat ON THE WAVES"."""
    said = _known(tokens, at + 1, lexicon)
    if said is None:
        return None
    end = said.end
    if not _ends(tokens, end) and (tokens[end].kind in SAYS_MORE or tokens[end].text.lower().endswith("ing")):
        end += 1
        while end < len(tokens) and tokens[end].kind in TOLD_MORE and not is_so(tokens[end]):
            end += 1
    return Part(end, said.name) if _ends(tokens, end) else None


def _ends(tokens: list[Token], end: int) -> bool:
    return ends_part(tokens[end:]) or tokens[end].kind in OFTEN


def what_it_does(name: str, lexicon: Lexicon) -> str | None:
    """What the robot does for a part, in words; None for a name that is none."""
    if name.startswith(LIKENESS):
        return lexicon.likeness.format(name=name.removeprefix(LIKENESS))
    return lexicon.parts.get(name)


def _begins(before: Sequence[Token]) -> bool:
    """Whether nothing stands before, or only what leads from one command to the next."""
    leads = EMPTY | {"then", "and", "do", "event", "first"}
    return all(token.kind in leads or token.text.lower() == TONIGHT for token in before[-1:])


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
