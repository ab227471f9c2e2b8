"""Writes down what was heard as one would type it: numerals, and commas where the speaker paused."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolt_agent.voice.hearing.grammar import Phrase
from bolt_agent.voice.hearing.language import counts, kind_of
from bolt_agent.voice.hearing.numerals import written
from bolt_agent.voice.hearing.phonemes import FRAME, Floats

__all__ = ["write_text"]

PAUSE, CERTAINTY, AT_LEAST = 0.17, 45.0, -2.5
"""Seconds of silence that say nothing about a comma, how much each second more says for one (a logarithm of odds), and
what no silence at all says. Of 756 pauses at the commas of spoken sentences half were longer than 0.24 s, a quarter
shorter than 0.17 s; of 2716 between other words one in forty was longer than 0.2 s."""

JOINS = "with"
"""A word before which people pause and write no comma: "heading 45 WITH speed 100"."""


def write_text(heard: Sequence[tuple[Phrase, int, int]], log_probs: Floats, frames: np.ndarray) -> str:
    """The text of phrases with the rows at which they begin and end."""
    quiet = np.exp(log_probs[:, -2:]).sum(axis=1) > 0.9
    parts: list[list[str]] = [[]]
    before = ""
    for phrase, start, _ in heard:
        kind = kind_of(phrase.kind)
        pause = _pause(quiet, int(frames[start]) if start < len(frames) else len(quiet))
        if before and phrase.words[0] != JOINS and _is_comma(before, kind, pause):
            parts.append([])
        parts[-1] += phrase.words
        before = kind
    return ", ".join(" ".join(written(words)) for words in parts)


def _is_comma(before: str, after: str, pause: float) -> bool:
    """Whether one would write a comma between two kinds of phrases: as a rule, and with a pause of so many seconds."""
    return counts().pause_odds(before, after) + max(AT_LEAST, CERTAINTY * (pause - PAUSE)) > 0


def _pause(quiet: np.ndarray, at: int) -> float:
    """Seconds of silence before a frame."""
    sounds = np.flatnonzero(~quiet[:at])
    return FRAME * (at - 1 - int(sounds[-1])) if len(sounds) else 0.0
