"""What a model is told about a MOSS module: the visible source, and what its imports are."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

from bolt_agent.container import Container
from bolt_agent.moss import lifecycle
from bolt_agent.moss._index import statements
from bolt_agent.moss._lint import bound_names
from bolt_agent.moss._moss import MOSS_TYPE_NAME, MOSS_VALUE_NAME, Moss
from bolt_agent.moss._source import Source, hidden_lines, visible
from bolt_agent.moss.magics import MagicPrompter
from bolt_agent.moss.prompts import AttrPrompts, compile_attr_prompts, is_alias, reflect_code_prompt

_IGNORED = frozenset({"builtins", "openai", "pydantic", "pydantic_core", "typing_extensions"})
"""Besides the standard library: what a model that writes Python knows already."""


class MossPrompter:
    """Explains a compiled module. The text depends on nothing but the module: the same, byte for byte, everywhere.

    >>> from bolt_agent.moss import MossCompiler
    >>> runtime = MossCompiler().compile("demo", source="speed = 3")
    >>> runtime.prompter().dump_module_prompt()
    'speed = 3\\n'

    values: the names of the module when it was compiled; what code defines later is not the model's to read.
    """

    def __init__(
        self,
        container: Container,
        module: ModuleType,
        source: Source,
        values: Mapping[str, Any],
        ignored: Iterable[str] = (),
    ) -> None:
        self._container = container
        self._module = module
        self._source = source
        self._values = dict(values)
        self._ignored = frozenset((*_IGNORED, *ignored))

    def container(self) -> Container:
        """The container of the MOSS."""
        return self._container

    def module(self) -> ModuleType:
        """The compiled module."""
        return self._module

    def get_source_code(self, exclude_hide_code: bool = True) -> str:
        """The source that was compiled; by default only what a model may read."""
        return visible(self._source.text) if exclude_hide_code else self._source.text

    def get_imported_attrs(self) -> dict[str, Any]:
        """What the visible source imports, by the names it has there, in the order of the module.

        With it comes what `with_locals` and `with_default_moss_type` gave. Left out: private names, hidden imports,
        the standard library and other modules that are ignored.
        """
        shown = _names_of(self._source.text)
        attrs: dict[str, Any] = {}
        for name, value in self._values.items():
            if name.startswith("_") or name == MOSS_VALUE_NAME or not self._explainable(value):
                continue
            given = name not in shown.bound and value is not Moss
            if given or name in shown.imported:
                attrs[name] = value
        return attrs

    def imported_attr_prompts(self) -> AttrPrompts:
        """The names of get_imported_attrs and of `Moss.__watching__` that can be explained, with what does."""
        for name, value in self._to_explain().items():
            prompt = reflect_code_prompt(value, name)
            if prompt:
                yield name, prompt

    def get_imported_attrs_prompt(self, includes: Iterable[Any] | None = None) -> str:
        """The explanations in blocks of routines, classes, modules and others.

        includes: only what is one of these objects.
        """
        chosen = None if includes is None else list(includes)
        blocks: dict[str, list[str]] = {"routines": [], "classes": [], "modules": [], "others": []}
        for name, value in self._to_explain().items():
            if chosen is not None and not any(value is item for item in chosen):
                continue
            prompt = reflect_code_prompt(value, name)
            if prompt:
                blocks[_block_of(value)].append(prompt.strip())
        return "\n\n".join(
            f"#<{block}>\n" + "\n\n".join(texts) + f"\n#</{block}>" for block, texts in blocks.items() if texts
        )

    def replaced_magic_prompts(self) -> dict[str, str]:
        """The magic prompters of the module, by name, with what they say."""
        found = {name: value for name, value in self._values.items() if isinstance(value, MagicPrompter)}
        return {name: value.__moss_magic_prompt__(self._module) for name, value in found.items()}

    def get_magic_prompt(self) -> str:
        """What the magic prompters say."""
        return "\n\n".join(f"# `{name}`: {text.strip()}" for name, text in self.replaced_magic_prompts().items())

    def dump_imported_prompt(self, auto_generation: bool = True, attr_prompts: dict[str, str] | None = None) -> str:
        """One block for each name that is explained.

        Of several explanations of a name this order decides: attr_prompts, `__moss_attr_prompts__`, reflection.
        An empty one hides the name. auto_generation: whether there is reflection.
        """
        prompts = dict(attr_prompts or {})
        own = self._values.get("__moss_attr_prompts__", lifecycle.__moss_attr_prompts__)
        for name, prompt in own():
            if prompt is not None:
                prompts.setdefault(name, prompt)
        if auto_generation:
            for name, value in self._to_explain().items():
                if name not in prompts:
                    prompts[name] = reflect_code_prompt(value, name) or ""
        order = {name: position for position, name in enumerate(self._values)}
        names = sorted(prompts, key=lambda name: order.get(name, len(order)))
        return compile_attr_prompts((name, prompts[name]) for name in names)

    def dump_module_prompt(self, attr_prompts: dict[str, str] | None = None) -> str:
        """The whole prompt: what `__moss_module_prompt__` of the module says, else the source and the imports."""
        own = self._values.get("__moss_module_prompt__")
        if own is None:
            return lifecycle.__moss_module_prompt__(self, attr_prompts)
        takes_prompts = len(inspect.signature(own).parameters) > 1
        return str(own(self, attr_prompts) if takes_prompts else own(self))

    # --- inside ---

    def _to_explain(self) -> dict[str, Any]:
        attrs = self.get_imported_attrs()
        moss_type = self._values.get(MOSS_TYPE_NAME)
        for value in getattr(moss_type, "__watching__", ()):
            if not any(value is known for known in attrs.values()):
                attrs[getattr(value, "__name__", str(value)).rpartition(".")[2]] = value
        return attrs

    def _explainable(self, value: Any) -> bool:
        if is_alias(value):
            return True
        home = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        if home is None:
            return hasattr(type(value), "__prompt__")
        parts = str(home).split(".")
        if parts[0] in sys.stdlib_module_names or home == self._module.__name__:
            return False
        return not any(".".join(parts[:count]) in self._ignored for count in range(1, len(parts) + 1))


class _Names(NamedTuple):
    imported: frozenset[str]
    bound: frozenset[str]


@lru_cache(maxsize=32)
def _names_of(text: str) -> _Names:
    """The names that visible imports of the text bind, and all the names that it binds."""
    tree = ast.parse(text)
    hidden = hidden_lines(text)
    imports = [node for node in statements(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    shown = [alias for node in imports if node.lineno not in hidden for alias in node.names]
    names = frozenset(alias.asname or alias.name.partition(".")[0] for alias in shown)
    return _Names(names, frozenset(bound_names(tree)))


def _block_of(value: Any) -> str:
    if inspect.isroutine(value):
        return "routines"
    if isinstance(value, type):
        return "classes"
    return "modules" if isinstance(value, ModuleType) else "others"
