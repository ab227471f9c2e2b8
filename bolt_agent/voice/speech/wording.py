"""What is written as it is spoken: no markup, no code, signs as words, and never a word that would stop the robot."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

__all__ = ["as_spoken"]

Words: TypeAlias = str | Callable[[re.Match[str]], str]

_CODE = re.compile(r"[_=(){}\[\]<>;]|\w\.\w")
"""What shows that something between backticks is code and no word."""


def _quoted(match: re.Match[str]) -> str:
    return "" if _CODE.search(match[1]) else match[1]


_MARKUP: list[tuple[str, Words]] = [
    (r"`([^`]*)`", _quoted),
    (r"!?\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"https?://\S+", "a link"),
    (r"^\s*(?:#+|[-*+•]|>)\s+", ""),
    (r"[*_~]{1,3}(?=\S)(.+?)(?<=\S)[*_~]{1,3}", r"\1"),
    (r"[\U0001F000-\U0001FAFF\u2190-\u2BFF\uFE0F\u200D]+", " "),
]
_SIGNS: list[tuple[str, Words]] = [
    (r"(?<=\d)\s*cm/s\b", " centimeters a second"),
    (r"(?<=\d)\s*m/s\b", " meters a second"),
    (r"\b1 s\b", "1 second"),
    (r"(?<=\d)\s*s\b(?!/)", " seconds"),
    (r"\s*[–—]\s*", ", "),
    (r"\s*&\s*", " and "),
]
_STILL: list[tuple[str, Words]] = [
    (r"^(\W*)(?:i have |i've |i am |i'm )?stopped(\W*)$", r"\1Standing still\2"),
    (r"\bstop sign(s?)\b", r"octagon\1"),
    (r"\bstop(s?)\b", r"stand\1 still"),
    (r"\bstopping\b", "standing still"),
    (r"\bstopped\b", "stood still"),
    (r"\bhalt(s|ed|ing)?\b", r"rest\1"),
    (r"\bfr(?:eeze|oze|ozen)\b", "keep still"),
    (r"\bwait(s?)\b", r"pause\1"),
    (r"\bwaiting\b", "pausing"),
    (r"\bwaited\b", "paused"),
    (r"\bwhoa\b", "wow"),
    (r"\b(no)(?:\W+no)+\b", r"\1"),
    (r"\babort(s?)\b", r"end\1"),
]
"""The ear never sleeps, and what it hears first is the robot's own voice: these words are the person's alone."""

_RULES = [(re.compile(pattern, re.IGNORECASE), words) for pattern, words in (*_MARKUP, *_SIGNS, *_STILL)]


def as_spoken(sentence: str) -> str:
    """A sentence as it is said aloud; empty where there is nothing to say.

    >>> as_spoken("Stopped."), as_spoken("I call `moss.body.stop()` and **rest** for 2 s 🎉")
    ('Standing still.', 'I call and rest for 2 seconds')
    """
    for pattern, words in _RULES:
        sentence = pattern.sub(words, sentence)
    sentence = " ".join(sentence.split())
    return sentence if re.search(r"\w", sentence) else ""
