"""Why a sentence is not done: it was not understood. (What is understood but not to be done is in `limits`.)"""

from __future__ import annotations

__all__ = ["NotUnderstood"]


class NotUnderstood(Exception):
    """Part of what was said means nothing here. words: that part; key: the phrase that says so."""

    def __init__(self, words: str, key: str = "not_understood") -> None:
        super().__init__(words)
        self.words = words
        self.key = key
