"""The emergency word: whether something said means "stop, at once". Knows no grammar, so that nothing can delay it."""

from __future__ import annotations

import re
from functools import cache

from bolt_agent.brains.reflex import lexicon
from bolt_agent.brains.reflex.lexicon import languages, read_lines

__all__ = ["emergency_words", "is_stop"]

LONGEST = 60
"""Characters; whoever means an emergency says no more."""

ONE_WORD = "stop"
"""What the emergency words of several words are read as."""

_PIECES = re.compile(r"[^\W\d_一-鿿]+(?:'[^\W\d_一-鿿]+)*|[一-鿿]+")


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """The emergency words of every language, those of several words, and what people say around them without meaning
    anything else."""
    found: dict[str, set[str]] = {"stop": set(), "phrase": set(), "around": set()}
    for language in languages():
        for section, _, words in read_lines(lexicon.HOME.joinpath(language, "stop.txt")):
            found[section].update(words.split(", "))
    return frozenset(found["stop"]), tuple(sorted(found["phrase"], key=len, reverse=True)), frozenset(found["around"])


def emergency_words(language: str) -> tuple[str, ...]:
    """The emergency words of one language."""
    lines = read_lines(lexicon.HOME.joinpath(language, "stop.txt"))
    return tuple(word for section, _, words in lines if section == "stop" for word in words.split(", "))


def is_stop(text: str) -> bool:
    """Whether this is an emergency stop and nothing else.

    >>> is_stop("STOP now!"), is_stop("停下"), is_stop("stop after two seconds"), is_stop("don't stop")
    (True, True, False, False)
    >>> is_stop("stand still please"), is_stop("stand still for two seconds")
    (True, False)
    """
    if len(text) > LONGEST:
        return False
    stop, phrases, around = _words()
    said = " ".join(["", *_PIECES.findall(text.lower().replace("’", "'")), ""])
    for phrase in phrases:
        said = said.replace(f" {phrase} ", f" {ONE_WORD} ")
    words = said.split()
    return not stop.isdisjoint(words) and all(word in stop or word in around for word in words)
