"""`Exporter`: one name to import that explains several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

from bolt_agent.moss.prompts import compile_attr_prompts, reflect_code_prompt

__all__ = ["Exporter"]


class Exporter:
    """Subclass it and list what to hand on; a MOSS file that imports the subclass gets all of it explained.

    class Dancing(Exporter):
        Move = Move
        waltz = waltz
    """

    @classmethod
    def __attrs_prompts__(cls) -> Iterable[tuple[str, str]]:
        """Prompts of names, instead of reflecting them; an empty one hides. By default none."""
        return ()

    @classmethod
    def __exports__(cls) -> Iterator[tuple[str, Any]]:
        """The names handed on and their values, in the order written, those of base classes first."""
        names = {name: None for base in reversed(cls.__mro__) if base is not object for name in vars(base)}
        for name in names:
            value = getattr(cls, name, None)
            if not name.startswith("_") and value is not None:
                yield name, value

    @classmethod
    def __class_prompt__(cls) -> str:
        """The class and, in it, the explanation of each name."""
        if cls is Exporter:
            return ""
        prompts = dict(cls.__attrs_prompts__())
        lines, explained = [], []
        for name, value in cls.__exports__():
            lines.append(f"{name} = {getattr(value, '__name__', None) or repr(value)}")
            prompt = prompts[name] if name in prompts else reflect_code_prompt(value, name)
            if prompt:
                explained.append((name, prompt))
        body = "\n".join(lines) + ("\n\n" + compile_attr_prompts(explained) if explained else "")
        return f"class {cls.__name__}:\n" + indent(body or "...", "    ")
