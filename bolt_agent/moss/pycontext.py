"""The part of a MOSS that outlives a turn: which module, with which text, and the values that its code kept."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from bolt_agent.moss._values import decode, encode
from bolt_agent.moss.errors import NotPersistable

__all__ = ["PyContext"]


@dataclasses.dataclass(kw_only=True)
class PyContext:
    """What to keep of a MOSS between turns; goes through JSON unchanged.

    >>> ctx = PyContext(module="prompts.bolt")
    >>> ctx.set_prop("steps", [1, (2, 3)])
    >>> PyContext.model_validate_json(ctx.model_dump_json()).get_prop("steps")
    [1, (2, 3)]

    module: the module whose source is compiled. code: if given, compiled instead of the module's source.
    properties: the values kept on moss, as JSON. execute_code: the code that was executed last; executed: whether
    it ran to its end. The methods are named as a pydantic model's, so that it can stand for one without the cost of
    importing pydantic; it can be a field of a pydantic model.
    """

    module: str | None = None
    code: str | None = None
    properties: dict[str, Any] = dataclasses.field(default_factory=dict)
    execute_code: str | None = None
    executed: bool = False

    def set_prop(self, name: str, value: Any) -> None:
        """Keep a value. Raises NotPersistable for what cannot be kept."""
        self.properties[name] = encode(value)

    def get_prop(self, name: str, module: ModuleType | None = None) -> Any:
        """A kept value, or None. module: where the classes of the value may be defined."""
        return decode(self.properties[name], module) if name in self.properties else None

    def iter_props(self, module: ModuleType | None = None) -> Iterator[tuple[str, Any]]:
        """Every kept value with its name."""
        for name in self.properties:
            yield name, self.get_prop(name, module)

    @staticmethod
    def allow_prop(value: Any) -> bool:
        """Whether a value can be kept.

        >>> PyContext.allow_prop({1, 2}), PyContext.allow_prop(print)
        (True, False)
        """
        try:
            encode(value)
        except (NotPersistable, RecursionError):
            return False
        return True

    def join(self, ctx: PyContext) -> PyContext:
        """A new context of both: what is set here stays, what is not comes from ctx; ctx's properties win."""
        return PyContext(
            module=self.module if self.module is not None else ctx.module,
            code=self.code if self.code is not None else ctx.code,
            properties=copy.deepcopy({**self.properties, **ctx.properties}),
            execute_code=self.execute_code if self.execute_code is not None else ctx.execute_code,
            executed=self.executed if self.execute_code is not None else ctx.executed,
        )

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> PyContext:
        """An independent copy, with other values for some fields."""
        changes = dict(update or {})
        if "properties" not in changes:
            changes["properties"] = copy.deepcopy(self.properties)
        return dataclasses.replace(self, **changes)

    def model_dump(self) -> dict[str, Any]:
        """The context as a dict that JSON can hold."""
        return {field.name: copy.deepcopy(getattr(self, field.name)) for field in dataclasses.fields(self)}

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The context as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, allow_nan=False, indent=indent)

    @classmethod
    def model_validate(cls, data: Mapping[str, Any]) -> PyContext:
        """The context that model_dump wrote. Fields that it does not know are left out. Raises ValueError."""
        known = {field.name: data[field.name] for field in dataclasses.fields(cls) if field.name in data}
        for name in ("module", "code", "execute_code"):
            if not isinstance(known.get(name), (str, type(None))):
                raise ValueError(f"{name} of a PyContext must be a string, not {known[name]!r}")
        if not isinstance(known.get("properties", {}), Mapping):
            raise ValueError(f"properties of a PyContext must be an object, not {known['properties']!r}")
        return copy.deepcopy(cls(**known))

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> PyContext:
        """The context that model_dump_json wrote. Raises ValueError."""
        data = json.loads(text)
        if not isinstance(data, dict):
            raise ValueError("a PyContext is written as a JSON object")
        return cls.model_validate(data)
