"""Writes down what was heard as one would type it: numerals, commas where the speaker paused, a colon after a name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolt_agent.voice.hearing.grammar import Phrase
from bolt_agent.voice.hearing.numerals import written
from bolt_agent.voice.hearing.phonemes import FRAME, Floats

__all__ = ["write_text"]

PAUSE = 0.3
"""Seconds of silence between two phrases that stand for a comma."""
UNBROKEN = frozenset({"one", "number", "tens", "scale", "point", "minus", "article", "filler"})
"""Kinds of phrases that no comma follows."""
LONGEST_NAME = 3
"""Phrases that the name of a move may have."""


def write_text(heard: Sequence[tuple[Phrase, int, int]], log_probs: Floats, frames: np.ndarray) -> str:
    """The text of phrases with the rows at which they begin and end."""
    quiet = np.exp(log_probs[:, -2:]).sum(axis=1) > 0.9
    pauses = [0.0] + [
        _pause(quiet, int(frames[start]) if start < len(frames) else len(quiet)) for _, start, _ in heard[1:]
    ]
    colon = _name_end([phrase.kind for phrase, _, _ in heard], pauses)
    parts: list[str] = []
    words: list[str] = []
    for index, (phrase, _, _) in enumerate(heard):
        before = heard[index - 1][0].kind.partition(":")[0]
        if index and (index == colon or (pauses[index] >= PAUSE and before not in UNBROKEN)):
            parts += [" ".join(written(words)), ": " if index == colon else ", "]
            words = []
        words += phrase.words
    return "".join([*parts, " ".join(written(words))])


def _pause(quiet: np.ndarray, at: int) -> float:
    """Seconds of silence before a frame."""
    sounds = np.flatnonzero(~quiet[:at])
    return FRAME * (at - 1 - int(sounds[-1])) if len(sounds) else 0.0


def _name_end(kinds: list[str], pauses: list[float]) -> int:
    """Where a name ends and what it stands for begins: at the longest pause after it; 0 if nothing is named."""
    if "name" not in kinds:
        return 0
    first = kinds.index("name") + 1
    after = range(first + 1, min(first + 1 + LONGEST_NAME, len(kinds)))
    return max(after, key=lambda index: (pauses[index], -index), default=0)
