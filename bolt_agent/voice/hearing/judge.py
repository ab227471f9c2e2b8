"""What words mean: the reflex brain itself says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from functools import lru_cache

from bolt_agent.brains.reflex import ReflexBrain
from bolt_agent.brains.reflex.lexicon import load_lexicon

__all__ = ["Judge", "reflex_judge"]

Judge = Callable[[str], str | None]
"""Tells what words mean: the same for words that would make the robot do the same, None for what is no command."""

PUZZLED = ("not_understood", "only_know", "nothing_said", "nothing_to_write")
"""What the brain says when it does not know what is meant; other refusals are answers."""


def reflex_judge(names: Iterable[str] = ()) -> Judge:
    """A judge that knows the reflex brain's words and the names of moves.

    >>> meaning = reflex_judge(["wiggle waggle"])
    >>> meaning("turn to the left") == meaning("turn left") != meaning("do the wiggle waggle")
    True
    >>> meaning("what a lovely day")
    """
    says = load_lexicon("en").says
    puzzled = tuple(says[key].partition("{")[0] for key in PUZZLED)
    brain = ReflexBrain()
    for name in names:
        brain.think(f"call this {name}: spin")

    @lru_cache(maxsize=256)
    def meaning(text: str) -> str | None:
        thought = deepcopy(brain).think(text)
        return None if thought.reply.startswith(puzzled) else thought.code or thought.reply

    return meaning
