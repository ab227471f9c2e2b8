"""The emergency word: whether something said means "stop, at once". Knows no grammar, so that nothing can delay it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from bolt_agent.brains.reflex import lexicon
from bolt_agent.brains.reflex.lexicon import language_of, languages, load_lexicon, read_lines

__all__ = ["asks_to_stop", "emergency_words", "is_stop"]

LONGEST = 120
"""Characters; whoever means an emergency says no more."""

ONE_WORD = "stop"
"""What every emergency word is read as."""

LATER = frozenset({"if", "until", "after", "while", "done", "number", "fraction", "time", "event"})
"""Kinds of words with which a stop is for another time: "stop AFTER TWO SECONDS"."""

OTHERS = frozenset({"move", "turn", "spin", "show", "write", "blink", "dance", "return", "clear", "light", "shape",
                    "figure", "face", "color", "rainbow", "direction", "compass", "repeat", "again", "countdown",
                    "name", "act", "on"})  # fmt: skip
"""Kinds of words with which something else is to be done or to end: "stop BLINKING", "stop, COME back"."""

_PIECES = re.compile(r"[^\W\d_一-鿿]+(?:'[^\W\d_一-鿿]+)*|[一-鿿]+|\d+")


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """What the files of every language hold, by section, the longest first."""
    found: dict[str, set[str]] = {section: set() for section in ("stop", "phrase", "around", "reason", "at")}
    for language in languages():
        for section, _, words in read_lines(lexicon.HOME.joinpath(language, "stop.txt")):
            found[section].update(words.split(", "))
    return {section: tuple(sorted(words, key=len, reverse=True)) for section, words in found.items()}


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
    >>> is_stop("never mind, stop the music"), is_stop("stop or you will fall"), is_stop("stop, come back")
    (True, True, False)
    """
    if len(text) > LONGEST:
        return False
    words = _said(text)
    if words[:1] != [ONE_WORD]:
        return False
    return words == [ONE_WORD] or not (_names(text, words, LATER | OTHERS) or set(words) & set(_words()["at"]))


def asks_to_stop(text: str) -> bool:
    """Whether a sentence that means nothing else asks to stop.

    >>> asks_to_stop("there is a vase, stop"), asks_to_stop("do not ever stop"), asks_to_stop("stop if you see it")
    (True, False, False)
    """
    words = _said(text[:LONGEST])
    return ONE_WORD in (*words[:1], *words[-1:]) and not _names(text, words, LATER | {"not", "question"})


def _said(text: str) -> list[str]:
    """The words, every emergency word as the same one, without what people say around it and why they say it."""
    sections = _words()
    said = _spoken(text)
    for phrase in (*sections["phrase"], *sections["stop"]):
        said = said.replace(f" {phrase} ", f" {ONE_WORD} ")
    start = said.find(f" {ONE_WORD} ")
    reasons = [at for phrase in sections["reason"] if (at := said.find(f" {phrase} ", start + 1)) >= 0 <= start]
    said = said[: min(reasons, default=len(said)) + 1]
    for phrase in sections["around"]:
        while f" {phrase} " in said:
            said = said.replace(f" {phrase} ", " ")
    words = said.split()
    return [ONE_WORD] if {*words} == {ONE_WORD} else words


def _spoken(text: str) -> str:
    """The words in lower case with a space around each."""
    return " ".join(["", *_PIECES.findall(text.lower().replace("’", "'")), ""])


def _names(text: str, words: list[str], kinds: frozenset[str]) -> bool:
    """Whether words of these kinds are among them. Where words are not told apart by spaces, any others may be."""
    known = load_lexicon(language_of(text))
    if not known.spaced or any(word.isdigit() for word in words):
        return True
    entries = [known.phrases.get(units) for units in (*((word,) for word in words), *pairwise(words))]
    if any(entry is not None and entry.kind in kinds for entry in entries):
        return True
    joints = {units[0] for units, entry in known.phrases.items() if entry.kind in ("and", "then")}
    pairs = pairwise(_spoken(text).split())
    led = [known.phrases.get((after,)) for word, after in pairs if word in joints.union(_words()["stop"])]
    return any(entry is not None and entry.kind in ("icon", "mood") for entry in led)  # "stop smiling"
