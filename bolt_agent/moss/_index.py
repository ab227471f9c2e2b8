"""Finding the source of classes and functions, quickly: each module is parsed once.

`inspect.getsource` parses the whole file for every class before Python 3.13; a prompt needs dozens of them.
"""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from bolt_agent.moss._source import hidden_lines, text_filename

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
_KINDS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = (
    *(ast.AsyncFor, ast.AsyncWith, ast.ExceptHandler, ast.For, ast.If, ast.Match),
    *(ast.Try, ast.TryStar, ast.While, ast.With, ast.match_case),
)
_STATEMENTS = ("body", "handlers", "orelse", "finalbody", "cases")
"""The fields of a block that hold statements, or more blocks."""


class Index(NamedTuple):
    """The definitions in one text. hidden: numbers of lines that no prompt shows."""

    lines: tuple[str, ...]
    hidden: frozenset[int]
    definitions: dict[str, Definition]

    def text(self, node: ast.AST) -> str:
        """The visible source lines of a definition, decorators included, moved to the left margin."""
        from textwrap import dedent

        first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", ()))])  # type: ignore[attr-defined]
        numbers = range(first, node.end_lineno + 1)  # type: ignore[attr-defined]
        return dedent("\n".join(self.lines[number - 1] for number in numbers if number not in self.hidden)).rstrip()


_indices: WeakKeyDictionary[ModuleType, tuple[Any, Index | None]] = WeakKeyDictionary()
"""By module, together with the module's spec: reloading a module gives it a new one."""


def find_definition(value: Any) -> tuple[Index, Definition] | None:
    """Where a class or function is defined, or None where its source is not to be had."""
    qualname = getattr(value, "__qualname__", None)
    index = _module_index(getattr(value, "__module__", None)) if qualname else None
    node = index.definitions.get(str(qualname)) if index is not None else None
    if index is not None and node is not None:
        return index, node
    return _inspected(value)


def _module_index(name: Any) -> Index | None:
    module = sys.modules.get(name) if isinstance(name, str) else None
    text_only = linecache.cache.get(text_filename(str(name)))
    if text_only is not None and len(text_only) == 4:  # a MOSS module without a file
        return _index("".join(text_only[2]))
    if module is None:
        return None
    spec, index = _indices.get(module, (None, None))
    if spec is None or spec is not module.__spec__:
        index = _read(module)
        _indices[module] = (module.__spec__, index)
    return index


def _read(module: ModuleType) -> Index | None:
    get_source = getattr(module.__loader__, "get_source", None)
    try:
        text = get_source(module.__name__) if get_source is not None else None
        return _index(text) if text is not None else None
    except (ImportError, OSError, SyntaxError):
        return None


@lru_cache(maxsize=64)
def _index(text: str) -> Index:
    definitions: dict[str, Definition] = {}
    _collect(ast.parse(text), "", definitions)
    return Index(tuple(text.splitlines()), hidden_lines(text), definitions)


def _collect(node: ast.AST, prefix: str, found: dict[str, Definition]) -> None:
    for field in _STATEMENTS:  # definitions are statements; to look into expressions takes most of the time
        for child in getattr(node, field, ()):
            if isinstance(child, _KINDS):
                found[prefix + child.name] = child
                inner = "." if isinstance(child, ast.ClassDef) else ".<locals>."
                _collect(child, prefix + child.name + inner, found)
            elif isinstance(child, _BLOCKS):
                _collect(child, prefix, found)


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement of a tree, those in blocks and definitions too; much faster than ast.walk.

    >>> [type(node).__name__ for node in statements(ast.parse("if x:\\n    import y"))]
    ['If', 'Import']
    """
    for field in _STATEMENTS:
        for child in getattr(node, field, ()):
            yield child
            if isinstance(child, (*_KINDS, *_BLOCKS)):
                yield from statements(child)


def _inspected(value: Any) -> tuple[Index, Definition] | None:
    """The slow way, for what says that it lives elsewhere than where it was written."""
    import inspect
    from textwrap import dedent

    try:
        index = _index(dedent(inspect.getsource(value)))
    except (OSError, TypeError, SyntaxError):
        return None
    first = next(iter(index.definitions.values()), None)
    return (index, first) if first is not None else None
