"""Reflection: how a value of a module is explained to a model."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import typing
from collections.abc import Iterable
from types import GenericAlias, ModuleType, UnionType
from typing import Any, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from bolt_agent.moss._index import find_definition
from bolt_agent.moss._outline import outline_class, outline_function
from bolt_agent.moss._values import is_model

__all__ = [
    "AttrPrompts",
    "PromptAbleClass",
    "PromptAbleObj",
    "compile_attr_prompts",
    "outline_class",
    "outline_function",
    "reflect_code_prompt",
]

AttrPrompts = Iterable[tuple[str, str]]
"""Names of a module, each with what explains it."""


@runtime_checkable
class PromptAbleObj(Protocol):
    """An object that explains itself."""

    def __prompt__(self) -> str:
        """What a model reads."""


@runtime_checkable
class PromptAbleClass(Protocol):
    """A class that explains itself; a nearly always shorter text than its source."""

    @classmethod
    def __class_prompt__(cls) -> str:
        """What a model reads."""


def reflect_code_prompt(value: Any, name: str = "") -> str | None:
    """What explains a value, or None where nothing does: plain values and modules.

    A class or object that explains itself, as it does; abstract classes, pydantic models, dataclasses, TypedDicts
    and Enums: their source; other classes: an outline; functions: signature and docstring; types: as written.

    >>> reflect_code_prompt(int | None, "Speed")
    'Speed = int | None'
    """
    own = _own_prompt(value)
    if own is not None:
        return own or None
    if is_alias(value):
        return _alias(value, name)
    if isinstance(value, type) or inspect.isroutine(value):
        return _reflected(value)
    return None


def compile_attr_prompts(attr_prompts: AttrPrompts) -> str:
    """One block for each name; empty prompts are left out.

    >>> print(compile_attr_prompts([("Speed", "Speed = int"), ("hidden", "")]))
    # <attr name=Speed>
    Speed = int
    # </attr>
    """
    blocks = [f"# <attr name={name}>\n{prompt.strip()}\n# </attr>" for name, prompt in attr_prompts if prompt]
    return "\n\n".join(blocks)


def is_alias(value: Any) -> bool:
    """Whether a value is a type written out, such as `int | None` or `Literal["a", "b"]`."""
    return (
        isinstance(value, (UnionType, GenericAlias)) or _is_named_alias(value) or typing.get_origin(value) is not None
    )


def _is_named_alias(value: Any) -> bool:
    return type(value).__name__ == "TypeAliasType"  # `type Speed = int`, since Python 3.12


def _alias(value: Any, name: str) -> str:
    if _is_named_alias(value):
        return f"type {value.__name__} = {value.__value__}"
    text = str(value).replace("typing.", "")
    return f"{name} = {text}" if name else text


def _own_prompt(value: Any) -> str | None:
    if isinstance(value, ModuleType):
        own = vars(value).get("__prompt__")
    elif isinstance(value, type):
        own = getattr(value, "__class_prompt__", None)
    else:
        own = getattr(value, "__prompt__", None) if hasattr(type(value), "__prompt__") else None
    if callable(own):
        own = own()
    return str(own) if own is not None else None


def _is_open_book(cls: type) -> bool:
    return (
        inspect.isabstract(cls)
        or is_model(cls)
        or issubclass(cls, enum.Enum)
        or dataclasses.is_dataclass(cls)
        or typing.is_typeddict(cls)
    )


_texts: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
"""What was found before. A class or function that changes, by a reload or another compile, is another object."""


def _reflected(value: Any) -> str:
    try:
        text = _texts.get(value)
    except TypeError:  # neither hashable nor weakly referable: then without memory
        return _fresh(value)
    if text is None:
        text = _texts[value] = _fresh(value)
    return text


def _fresh(value: Any) -> str:
    if not isinstance(value, type):
        return outline_function(value)
    return _class_source(value) if _is_open_book(value) else outline_class(value)


def _class_source(cls: type) -> str:
    found = find_definition(cls)
    return found[0].text(found[1]) if found is not None else outline_class(cls)
