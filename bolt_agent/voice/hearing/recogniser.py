"""What an engine is: something that turns the sound of one turn into text. The ear does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bolt_agent.voice.hearing.engine import Samples

__all__ = ["NOTHING", "Recogniser", "Transcript"]


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said. score: 0 is best, comparable within one engine; accepted: whether it is worth passing on.

    sure: it is a whole command for sure, so that no more of it needs to be waited for.
    """

    text: str
    score: float
    accepted: bool
    sure: bool = False


NOTHING = Transcript("", float("-inf"), accepted=False)


class Recogniser(Protocol):
    """Turns the sound of one turn into text; the fake of a test is three lines."""

    def transcribe(self, samples: Samples) -> Transcript:
        """Blocks until it knows."""
        ...
