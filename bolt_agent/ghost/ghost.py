"""Who a MOSS file makes of the robot: `__ghost__ = Ghost(...)`, which `bolt-agent chat FILE` brings to life."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GHOST_NAME", "Ghost"]

GHOST_NAME = "__ghost__"
"""The variable of a MOSS file that says who its ghost is."""


@dataclass(frozen=True, kw_only=True)
class Ghost:
    """Who the robot is, in a MOSS file.

    >>> Ghost(name="Pirate", persona="You are an old pirate. Answer in one short sentence.").name
    'Pirate'

    name, description: for people; a chat shows them.   persona: what a model is told it is.
    instruction: what it is told about writing code. None of the last two: what every BOLT is told.
    """

    name: str = "BOLT"
    description: str = ""
    persona: str | None = None
    instruction: str | None = None
