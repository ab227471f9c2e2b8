"""Magic prompters: names in a MOSS file that list other names of it for the model.

from bolt_agent.moss import __is_subclass__
moves = __is_subclass__(Move)    # the prompt says: `moves`: the subclasses of Move here are Zigzag, Spiral
"""

# ruff: noqa: N807 - these names are the protocol
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from types import ModuleType
from typing import Any

__all__ = ["MagicPrompter", "__is_instance__", "__is_subclass__"]


class MagicPrompter(ABC):
    """A value that explains itself by looking at the module that it is in."""

    @abstractmethod
    def __moss_magic_prompt__(self, compiled: ModuleType) -> str:
        """What a model reads."""


class _Listing(MagicPrompter):
    def __init__(self, what: str, matches: Callable[[Any], bool]) -> None:
        self._what = what
        self._matches = matches

    def __moss_magic_prompt__(self, compiled: ModuleType) -> str:
        names = [name for name, value in vars(compiled).items() if not name.startswith("_") and self._matches(value)]
        return f"the {self._what} here are {', '.join(names) or 'none'}"


def __is_subclass__(type_: type) -> MagicPrompter:
    """Lists the names of the module that are subclasses of a type."""
    what = f"subclasses of {type_.__name__}"
    return _Listing(what, lambda value: isinstance(value, type) and value is not type_ and issubclass(value, type_))


def __is_instance__(type_: type) -> MagicPrompter:
    """Lists the names of the module that are instances of a type."""
    return _Listing(f"instances of {type_.__name__}", lambda value: isinstance(value, type_))
