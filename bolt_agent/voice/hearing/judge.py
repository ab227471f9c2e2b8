"""Whether words are a command: the reflex brain itself says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from functools import lru_cache

from bolt_agent.brains.reflex import ReflexBrain
from bolt_agent.brains.reflex.lexicon import load_lexicon

__all__ = ["Judge", "reflex_judge"]

Judge = Callable[[str], bool]

PUZZLED = ("not_understood", "only_know", "nothing_said")
"""What the brain says when it does not know what is meant; other refusals are answers."""


def reflex_judge(names: Iterable[str] = ()) -> Judge:
    """A judge that knows the reflex brain's words and the names of moves.

    >>> understands = reflex_judge(["wiggle waggle"])
    >>> understands("do the wiggle waggle"), understands("what a lovely day")
    (True, False)
    """
    says = load_lexicon("en").says
    puzzled = tuple(says[key].partition("{")[0] for key in PUZZLED)
    brain = ReflexBrain()
    for name in names:
        brain.think(f"call this {name}: spin")

    @lru_cache(maxsize=256)
    def understands(text: str) -> bool:
        return not deepcopy(brain).think(text).reply.startswith(puzzled)

    return understands
