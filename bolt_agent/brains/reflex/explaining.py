"""Shows the steps from words to code, for people who want to see why the robot did what it did."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from bolt_agent.brains.reflex.brain import Thought

__all__ = ["explain"]

COLUMN = 9
"""Characters of the names of the steps, and the space after them."""


def explain(thought: Thought) -> str:
    """The words with what they mean, the intents they come to, and the code.

    >>> from bolt_agent.brains.reflex import ReflexBrain
    >>> print(explain(ReflexBrain().think("turn left")))
    words    turn [turn]  left [direction left]
    intents  Turn(angle=-90.0)
    code     def run(moss):
                 moss.body.new_move(run=True).turn_to(270)
    """
    words = "  ".join(f"{token.text} [{_meaning(token.kind, token.value)}]" for token in thought.tokens if token.text)
    intents = "\n".join(map(_short, thought.intents))
    steps = {"words": words, "intents": intents, "code": thought.code or ""}
    return "\n".join(name.ljust(COLUMN) + _hanging(text.strip() or "(none)") for name, text in steps.items())


def _meaning(kind: str, value: str) -> str:
    return kind if kind == value else f"{kind} {value}"


def _short(value: Any) -> str:
    """An intent with only what differs from the usual."""
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_short, value)) + "]"
    if not hasattr(value, "__dataclass_fields__"):
        return repr(value)
    told = [(field.name, getattr(value, field.name)) for field in fields(value)
            if field.default is MISSING or field.default != getattr(value, field.name)]  # fmt: skip
    return f"{type(value).__name__}({', '.join(f'{name}={_short(what)}' for name, what in told)})"


def _hanging(text: str) -> str:
    return text.replace("\n", "\n" + " " * COLUMN)
