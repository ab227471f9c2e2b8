"""What can go wrong with hearing.

* HearingError
  + EngineMissing (ImportError)    a package of the chosen engine is not installed, or is another version
  + EngineFailed (RuntimeError)    the engine did not answer: the network, a server, a download
"""

from __future__ import annotations

__all__ = ["EngineFailed", "EngineMissing", "HearingError"]


class HearingError(Exception):
    """Anything that keeps an ear from hearing."""


class EngineMissing(HearingError, ImportError):
    """A package of the chosen engine is not installed, or is another version. The message says what to type."""

    def __init__(self, package: str, extra: str, why: str = "it is not installed") -> None:
        super().__init__(f"Hearing needs the package {package}, but {why}: pip install 'bolt-agent[{extra}]'")


class EngineFailed(HearingError, RuntimeError):
    """The engine did not answer."""
