"""What goes wrong in a container, and how a contract is called in a sentence."""

from __future__ import annotations

import os.path
import sys
from collections.abc import Sequence
from typing import Any

_PACKAGE = os.path.dirname(__file__)


class ContainerError(Exception):
    """Anything a container refuses."""


class NotBound(ContainerError, NotImplementedError):
    """Nobody bound what was asked for. `.contract` is what was asked for, `.path` what was being made."""

    def __init__(self, message: str, contract: Any, path: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.contract = contract
        self.path = tuple(path)


class CircularDependency(ContainerError, RuntimeError):
    """To make A, A is needed. `.path` begins and ends with the same contract."""

    def __init__(self, path: Sequence[Any]) -> None:
        super().__init__(f"circular dependency: {arrows(path)}")
        self.path = tuple(path)


class ContainerClosed(ContainerError, RuntimeError):
    """The container was shut down before this use."""


def called(contract: Any) -> str:
    """Name a contract as a person would.

    >>> called(dict), called("speed")
    ('dict', "'speed'")
    """
    name = getattr(contract, "__qualname__", None)
    return name if isinstance(name, str) else repr(contract)


def arrows(path: Sequence[Any]) -> str:
    """Draw a path of contracts.

    >>> arrows([dict, list])
    'dict -> list'
    """
    return " -> ".join(called(contract) for contract in path)


def asker() -> str:
    """Say which line outside this package is asking, as `file:line in function`."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    code = frame.f_code
    return f"{os.path.basename(code.co_filename)}:{frame.f_lineno} in {code.co_name}"
