"""A token: one word or phrase of a sentence, and what it means."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Token"]


class Token(NamedTuple):
    """kind: a terminal of the grammar in lower case; value: the meaning within the kind; text: what was said."""

    kind: str
    value: str
    text: str
