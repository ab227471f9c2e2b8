"""A ghost as data: who it is and what it works with; another ghost can read it. How it behaves is its driver's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bolt_agent.ghost.artifact import Artifact
    from bolt_agent.ghost.context import Context

__all__ = ["GHOST_NAME", "BoltGhost", "Chatbot", "Ghost", "MossAgent"]

GHOST_NAME = "__ghost__"
"""The variable of a MOSS file that says who its ghost is."""


@dataclass(frozen=True, kw_only=True)
class Ghost:
    """Who thinks: in a MOSS file (`__ghost__ = Ghost(...)`) the ghost of the robot, elsewhere one of several.

    >>> Ghost(name="Pirate", persona="You are an old pirate. Answer in one short sentence.").name
    'Pirate'

    name, description: for people and for other ghosts.   persona: what a model is told it is.
    instruction: what it is told about how it works. None of the last two: what every BOLT is told.
    moss_module: the MOSS file its code runs in.   model: the name of its model; None: the one for its role.
    context_type, artifact_type: what it is given with words, and what it makes over a conversation.
    """

    name: str = "BOLT"
    description: str = ""
    persona: str | None = None
    instruction: str | None = None
    moss_module: str | None = None
    model: str | None = None
    context_type: type[Context] | None = None
    artifact_type: type[Artifact] | None = None

    def __prompt__(self) -> str:
        """What another ghost reads of it.

        >>> Ghost(name="thinker", description="Thinks long and well.").__prompt__()
        'thinker: Thinks long and well.'
        """
        types = [("is given", self.context_type), ("makes", self.artifact_type)]
        more = "".join(f" It {verb} a {kind.__name__}." for verb, kind in types if kind is not None)
        return f"{self.name}: {self.description or 'a ghost'}{more}"


class Chatbot(Ghost):
    """A ghost that only talks: it answers words with words."""


class MossAgent(Ghost):
    """A ghost that talks and acts: it writes code that runs in its MOSS module."""


class BoltGhost(MossAgent):
    """The ghost of a BOLT's body: a small, cheerful robot."""
