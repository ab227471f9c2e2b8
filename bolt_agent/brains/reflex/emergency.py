"""The emergency word: whether something said means "stop, at once". Knows no grammar, so that nothing can delay it."""

from __future__ import annotations

import re
from functools import cache

from bolt_agent.brains.reflex import lexicon
from bolt_agent.brains.reflex.lexicon import languages, read_lines

__all__ = ["emergency_words", "is_stop"]

LONGEST = 60
"""Characters; whoever means an emergency says no more."""

_PIECES = re.compile(r"[^\W\d_一-鿿]+(?:'[^\W\d_一-鿿]+)*|[一-鿿]+")


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The emergency words of every language, and what people say around them without meaning anything else."""
    found: dict[str, set[str]] = {"stop": set(), "around": set()}
    for language in languages():
        for section, _, words in read_lines(lexicon.HOME.joinpath(language, "stop.txt")):
            found[section].update(words.split(", "))
    return frozenset(found["stop"]), frozenset(found["around"])


def emergency_words(language: str) -> tuple[str, ...]:
    """The emergency words of one language."""
    lines = read_lines(lexicon.HOME.joinpath(language, "stop.txt"))
    return tuple(word for section, _, words in lines if section == "stop" for word in words.split(", "))


def is_stop(text: str) -> bool:
    """Whether this is an emergency stop and nothing else.

    >>> is_stop("STOP now!"), is_stop("停下"), is_stop("stop after two seconds"), is_stop("don't stop")
    (True, True, False, False)
    """
    if len(text) > LONGEST:
        return False
    words = _PIECES.findall(text.lower())
    stop, around = _words()
    return not stop.isdisjoint(words) and all(word in stop or word in around for word in words)
