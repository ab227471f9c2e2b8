"""What can go wrong with a brain.

* BrainError               no answer to be had; the message says why and what to do
  + MissingKey               an endpoint is asked for, but no key is set
  + NoAnswer                 the model answered nothing, or nothing that can be read
  + OverBudget               today's tokens or money are used up
  + Unreachable              the endpoint does not answer, or answers with an error
"""

from __future__ import annotations

__all__ = ["BrainError", "MissingKey", "NoAnswer", "OverBudget", "Unreachable"]


class BrainError(Exception):
    """A brain has no answer; the message says why and what to do."""


class MissingKey(BrainError, LookupError):
    """A model endpoint is to be used, but no key for it is set."""


class NoAnswer(BrainError, ValueError):
    """A model answered nothing, or what it sent cannot be read."""


class OverBudget(BrainError):
    """Today's tokens or money are used up."""


class Unreachable(BrainError, ConnectionError):
    """The model endpoint cannot be reached, or answers with an error."""
