"""Calling the robot by its name: what is said counts only right after "hey bolt"."""

from __future__ import annotations

from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.hearing.spotter import Spotter

__all__ = ["Waker"]

FITS = -1.2
"""How well the call must fit."""
AWAKE = 8.0
"""Seconds that the robot listens after it was called."""


class Waker:
    """Knows whether the robot was called. spotter: one for the word alone."""

    def __init__(self, word: str, spotter: Spotter) -> None:
        self._word = word
        self._spotter = spotter
        self._called = float("-inf")

    def look(self, samples: Samples, now: float) -> None:
        """Look for the call in the last second of sound."""
        if self._spotter.look(samples, now, {self._word: FITS}) is not None:
            self._called = now

    def called(self, text: str, started: float, now: float) -> str | None:
        """What was said after the call; an empty text for the call alone, None if nobody called.

        Whoever was called stays awake as long as the talk goes on.
        """
        if text.startswith(self._word):
            text = text.removeprefix(self._word).lstrip(" ,")
        elif self._called < started - AWAKE:
            return None
        self._called = now
        return text
