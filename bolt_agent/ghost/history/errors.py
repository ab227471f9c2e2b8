"""What can go wrong with a history."""

from __future__ import annotations

__all__ = ["HistoryError", "UnknownNumber"]


class HistoryError(Exception):
    """The history cannot be read or written; the message says why and what to do."""


class UnknownNumber(HistoryError, LookupError):
    """There is no turn, thread or fact of that number."""
