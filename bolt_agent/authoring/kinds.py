"""What is known of a value: the object itself, or its class; and what our own modules say of theirs."""

from __future__ import annotations

import ast
import importlib
from dataclasses import dataclass
from typing import Any

from bolt_agent.authoring.api import CLASSES
from bolt_agent.moss import Moss, NotInjectable
from bolt_agent.moss._members import member_hints

__all__ = ["OURS", "Known", "Method", "MossShape", "Object", "Thing", "imported", "is_ours", "moss_members"]

OURS = ("bolt_agent", "prompts")
"""Packages that may be imported to look into them; a person's own modules are never run by a check."""


@dataclass(frozen=True)
class Object:
    """Exactly this object: a literal, or something imported from us."""

    value: Any


@dataclass(frozen=True)
class Thing:
    """Some object of one of the checked classes."""

    cls: type[Any]


@dataclass(frozen=True)
class Method:
    """A method of a Thing."""

    cls: type[Any]
    name: str


@dataclass(frozen=True, eq=False)
class MossShape:
    """The moss of the file: its members, where known what they are. open: it may have others."""

    members: dict[str, Thing | None]
    open: bool


Known = Object | Thing | Method | MossShape


def moss_members(cls: type[Moss]) -> dict[str, Thing | None]:
    """The members of a Moss class of ours, where known with what they are."""
    members: dict[str, Thing | None] = dict.fromkeys(dir(cls))
    try:
        hints = member_hints(cls, {})
    except NotInjectable:
        return members
    return members | {name: Thing(hint) if hint in CLASSES else None for name, hint in hints.items()}


def imported(name: str, node: ast.Import | ast.ImportFrom) -> Known | None:
    """What an import binds, if it comes from us."""
    try:
        for alias in node.names:
            if (alias.asname or alias.name.partition(".")[0]) != name:
                continue
            if isinstance(node, ast.Import):
                target = alias.name if alias.asname else alias.name.partition(".")[0]
                return Object(importlib.import_module(target)) if target.partition(".")[0] in OURS else None
            if node.level == 0 and node.module and node.module.partition(".")[0] in OURS:
                return Object(getattr(importlib.import_module(node.module), alias.name))
    except (ImportError, AttributeError):
        return None  # that the import fails is found where it stands
    return None


def is_ours(value: Any) -> bool:
    """Whether looking into a value runs nobody else's code."""
    home = getattr(value, "__module__", None) or getattr(value, "__name__", None)
    return isinstance(home, str) and home.partition(".")[0] in OURS
