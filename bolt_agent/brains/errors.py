"""What can go wrong with a brain.

* BrainError               no answer to be had; the message says why and what to do
  + MissingKey               an endpoint is asked for, but no key is set
  + Unreachable              the endpoint does not answer, or answers with an error
"""

from __future__ import annotations

__all__ = ["BrainError", "MissingKey", "Unreachable"]


class BrainError(Exception):
    """A brain has no answer; the message says why and what to do."""


class MissingKey(BrainError, LookupError):
    """A model endpoint is to be used, but no key for it is set."""


class Unreachable(BrainError, ConnectionError):
    """The model endpoint cannot be reached, or answers with an error."""
