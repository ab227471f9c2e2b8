"""Push-to-talk with a key of a terminal, which repeats a key that is held but never tells that it was let go."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["TalkKey"]

FIRST_REPEAT = 0.7
"""Seconds after which a held key begins to repeat, at the slowest."""

REPEAT = 0.2
"""Seconds between two repeats, at the slowest."""


class TalkKey:
    """Hold it and talk, or press it, talk, and press it again. Give it every key press, and `tick` it often.

    press, release: called when the person begins and ends.
    """

    def __init__(self, press: Callable[[], None], release: Callable[[], None]) -> None:
        self._press = press
        self._release = release
        self._began: float | None = None
        self._last = 0.0
        self._held = False

    @property
    def talking(self) -> bool:
        """Whether the person talks."""
        return self._began is not None

    def key(self, now: float) -> None:
        """The key was pressed, or repeats. now: seconds."""
        if self._began is None:
            self._began = now
            self._held = False
            self._press()
        elif now - self._last <= REPEAT or (not self._held and now - self._began <= FIRST_REPEAT):
            self._held = True
        else:
            self._end()
        self._last = now

    def tick(self, now: float) -> None:
        """Time has passed: a held key that does not repeat any more was let go."""
        if self._held and now - self._last > REPEAT and now - (self._began or now) > FIRST_REPEAT:
            self._end()

    def _end(self) -> None:
        self._began = None
        self._held = False
        self._release()
