"""Values as JSON and back: what a PyContext can keep.

Plain JSON values stand for themselves. Everything else is an object with two keys, `$type` and `value`:

    (1, 2)                 {"$type": "tuple", "value": [1, 2]}
    {1: "a"}               {"$type": "dict", "value": [[1, "a"]]}
    Mood(level=3)          {"$type": "prompts.bolt:Mood", "value": {"level": 3}}

Reading back never imports anything: a class must be visible in the MOSS module or be loaded already, and must be
a pydantic model, a dataclass or an Enum, because what is read may have been written by generated code.
"""

from __future__ import annotations

import dataclasses
import enum
import math
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, cast

from bolt_agent.moss.errors import NotPersistable

_TYPE, _VALUE = "$type", "value"
_PLAIN = (bool, int, str, type(None))
_COLLECTIONS: dict[str, Callable[[list[Any]], Any]] = {"tuple": tuple, "set": set, "frozenset": frozenset}


def is_model(cls: type) -> bool:
    """Whether a class is a pydantic model. While nobody has imported pydantic, which takes a while, none is."""
    pydantic = sys.modules.get("pydantic.main")
    return pydantic is not None and issubclass(cls, pydantic.BaseModel)


def encode(value: Any) -> Any:
    """A value as JSON. Raises NotPersistable for what is not one of the kinds that can be kept.

    >>> encode([1, (2, 3)])
    [1, {'$type': 'tuple', 'value': [2, 3]}]
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is float:
        return value if math.isfinite(value) else _tagged("float", repr(value))
    if kind is list:
        return [encode(item) for item in value]
    if kind is dict:
        return _encode_dict(value)
    if kind in (set, frozenset):  # sorted by how they are written, so that the same set is always the same text
        return _tagged(kind.__name__, sorted((encode(item) for item in value), key=repr))
    if kind is tuple:
        return _tagged("tuple", [encode(item) for item in value])
    return _encode_object(value)


def decode(data: Any, module: ModuleType | None = None) -> Any:
    """The value again. module: where to look for classes first.

    >>> decode({'$type': 'tuple', 'value': [2, 3]})
    (2, 3)
    """
    if isinstance(data, list):
        return [decode(item, module) for item in data]
    if not isinstance(data, dict):
        return data
    if data.keys() != {_TYPE, _VALUE}:
        return {key: decode(item, module) for key, item in data.items()}
    kind, value = data[_TYPE], data[_VALUE]
    if kind == "float":
        return float(value)
    if kind == "dict":
        return {decode(key, module): decode(item, module) for key, item in value}
    if kind in _COLLECTIONS:
        return _COLLECTIONS[kind]([decode(item, module) for item in value])
    return _decode_object(_find_class(str(kind), module), value, module)


def _tagged(kind: str, value: Any) -> dict[str, Any]:
    return {_TYPE: kind, _VALUE: value}


def _encode_dict(value: dict[Any, Any]) -> dict[str, Any]:
    if all(type(key) is str for key in value) and _TYPE not in value:
        return {key: encode(item) for key, item in value.items()}
    return _tagged("dict", [[encode(key), encode(item)] for key, item in value.items()])


def _encode_object(value: Any) -> dict[str, Any]:
    cls = type(value)
    kind = f"{cls.__module__}:{cls.__qualname__}"
    if isinstance(value, enum.Enum):
        return _tagged(kind, value.name)
    if is_model(cls):
        names = [*cast(Any, cls).model_fields, *(value.model_extra or {})]
    elif dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
    else:
        raise NotPersistable(
            f"a {cls.__qualname__} cannot be kept; use int, float, bool, str, None, list, dict, set, tuple, "
            "an Enum, a pydantic model or a dataclass"
        )
    return _tagged(kind, {name: encode(getattr(value, name)) for name in names})


def _decode_object(cls: type, value: Any, module: ModuleType | None) -> Any:
    if issubclass(cls, enum.Enum):
        return cls[value]
    fields = {name: decode(item, module) for name, item in value.items()}
    if is_model(cls):
        return cast(Any, cls).model_validate(fields, by_name=True, by_alias=True)
    made = object.__new__(cls)  # not through __init__, which need not take every field
    for field in dataclasses.fields(cast(Any, cls)):
        if field.name in fields:
            object.__setattr__(made, field.name, fields[field.name])
        elif field.default is not dataclasses.MISSING:
            object.__setattr__(made, field.name, field.default)
        elif field.default_factory is not dataclasses.MISSING:
            object.__setattr__(made, field.name, field.default_factory())
    return made


def _find_class(kind: str, module: ModuleType | None) -> type:
    home, _, qualname = kind.partition(":")
    first = [] if module is None else [module] if module.__name__ == home else list(vars(module).values())
    for place in (*first, sys.modules.get(home)):
        found = _lookup(place, qualname) if isinstance(place, ModuleType) else place
        if isinstance(found, type) and (found.__module__, found.__qualname__) == (home, qualname) and _allowed(found):
            return found
    raise NotPersistable(f"there is no model, dataclass or Enum {kind!r} any more")


def _lookup(module: ModuleType, qualname: str) -> Any:
    found: Any = module
    for name in qualname.split("."):
        found = vars(found).get(name) if isinstance(found, (ModuleType, type)) else None
    return found


def _allowed(found: type) -> bool:
    return dataclasses.is_dataclass(found) or is_model(found) or issubclass(found, enum.Enum)
