"""Outlines: what one needs to know to use a class or function, without how it works."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from textwrap import indent
from typing import Any

from bolt_agent.moss._index import Definition, Index, find_definition

_TELLING = frozenset(
    {
        "abstractmethod",
        "asynccontextmanager",
        "cached_property",
        "classmethod",
        "contextmanager",
        "overload",
        "property",
        "staticmethod",
    }
)
_PLUMBING = frozenset({"pydantic", "typing_extensions"})
_INDENT = "    "


def outline_function(function: Any, name: str | None = None) -> str:
    """A function's signature, as written, with its docstring.

    >>> print(outline_function(outline_function).splitlines()[0])
    def outline_function(function: Any, name: str | None=None) -> str:
    """
    target = inspect.unwrap(function)
    target = getattr(target, "__func__", target)
    found = find_definition(target)
    if found is not None and isinstance(found[1], (ast.FunctionDef, ast.AsyncFunctionDef)):
        return _function(found[1], name)
    return _signature(target, name or str(getattr(target, "__name__", "function")))


def outline_class(cls: type) -> str:
    """A class with its docstring, its public annotated attributes and its public methods, without bodies.

    What it inherits from classes outside the standard library belongs to it. Special methods, `__init__` among
    them, are shown if they have a docstring: whoever wants a class to be constructed documents how.
    """
    found = find_definition(cls)
    header, doc = f"class {cls.__name__}:", cls.__dict__.get("__doc__")
    if found is not None and isinstance(found[1], ast.ClassDef):
        header, doc = _class_header(found[1]), ast.get_docstring(found[1])
    members: dict[str, list[str]] = {}
    for base in cls.__mro__:
        if base is cls or not _is_plumbing(base):
            for member, text in _members(base):
                # a name belongs to the first class that has it, and then with all its overloads and setters
                members.setdefault(f"{base.__qualname__}:{member}", []).append(text)
    return _assembled(header, doc, _first_of_each(members))


def docstring(text: str) -> str:
    """A docstring as source.

    >>> docstring("Roll.")
    '\"\"\"Roll.\"\"\"'
    """
    text = inspect.cleandoc(text).strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if "\n" in text:
        return f'"""{text}\n"""'
    return f'"""{text} """' if text.endswith('"') else f'"""{text}"""'


def _first_of_each(members: dict[str, list[str]]) -> list[str]:
    seen: dict[str, list[str]] = {}
    for key, texts in members.items():
        seen.setdefault(key.rpartition(":")[2], texts)
    return [text for texts in seen.values() for text in texts]


def _assembled(header: str, doc: str | None, members: list[str]) -> str:
    body = ([docstring(doc)] if doc else []) + members
    return "\n".join([header, indent("\n".join(body or ["..."]), _INDENT)])


def _is_plumbing(cls: type) -> bool:
    top = cls.__module__.partition(".")[0]
    return top in sys.stdlib_module_names or top in _PLUMBING


def _members(cls: type) -> Iterator[tuple[str, str]]:
    found = find_definition(cls)
    if found is None or not isinstance(found[1], ast.ClassDef):
        yield from _runtime_members(cls)
        return
    index, node = found
    body = node.body
    for position, item in enumerate(body):
        if item.lineno in index.hidden:
            continue
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            if not item.target.id.startswith("_"):
                yield item.target.id, _attribute(item, body[position + 1 : position + 2])
        elif isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if _is_public(item.name, ast.get_docstring(item)):
                yield item.name, _function(item)
        elif isinstance(item, ast.ClassDef) and not item.name.startswith("_"):
            yield item.name, _nested(index, item, cls)


def _nested(index: Index, node: ast.ClassDef, owner: type) -> str:
    nested = vars(owner).get(node.name)
    return outline_class(nested) if isinstance(nested, type) else index.text(node)


def _is_public(name: str, doc: str | None) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return bool(doc) and not name.endswith("_prompt__")
    return not name.startswith("_")


def _attribute(item: ast.AnnAssign, following: list[ast.stmt]) -> str:
    text = ast.unparse(item)
    match following:
        case [ast.Expr(value=ast.Constant(value=str(doc)))]:
            return f"{text}\n{docstring(doc)}"
    return text


def _class_header(node: ast.ClassDef) -> str:
    inherits = ", ".join(ast.unparse(item) for item in (*node.bases, *node.keywords))
    return f"class {node.name}{_type_parameters(node)}{f'({inherits})' if inherits else ''}:"


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str | None = None) -> str:
    decorators = [f"@{text}" for text in map(ast.unparse, node.decorator_list) if _tells(text)]
    keyword = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
    header = f"{keyword} {name or node.name}{_type_parameters(node)}({ast.unparse(node.args)}){returns}:"
    doc = ast.get_docstring(node)
    if not doc:
        return "\n".join([*decorators, f"{header} ..."])
    return "\n".join([*decorators, header, indent(docstring(doc), _INDENT)])  # a docstring is body enough


def _tells(decorator: str) -> bool:
    return decorator.rpartition(".")[2] in _TELLING or decorator.endswith((".setter", ".deleter"))


def _type_parameters(node: Definition) -> str:
    parameters = getattr(node, "type_params", ())  # since Python 3.12
    return f"[{', '.join(map(ast.unparse, parameters))}]" if parameters else ""


# --- without source: what the interpreter knows ---


def _runtime_members(cls: type) -> Iterator[tuple[str, str]]:
    for name, annotation in inspect.get_annotations(cls).items():
        if not name.startswith("_"):
            yield name, f"{name}: {annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)}"
    for name, member in vars(cls).items():
        if isinstance(member, property) and not name.startswith("_"):
            yield name, "@property\n" + _signature(member.fget, name)
        elif isinstance(member, (staticmethod, classmethod)) and not name.startswith("_"):
            yield name, f"@{type(member).__name__}\n" + _signature(member.__func__, name)
        elif inspect.isroutine(member) and _is_public(name, getattr(member, "__doc__", None)):
            yield name, _signature(member, name)


class _Written(str):
    """A type hint that is text, shown without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _unquoted(hint: Any) -> Any:
    return _Written(hint) if isinstance(hint, str) else hint


def _signature(function: Any, name: str) -> str:
    try:
        signature = inspect.signature(function)
        parameters = [item.replace(annotation=_unquoted(item.annotation)) for item in signature.parameters.values()]
        written = str(
            signature.replace(parameters=parameters, return_annotation=_unquoted(signature.return_annotation))
        )
    except (TypeError, ValueError):  # some functions written in C do not tell
        written = "(...)"
    doc = getattr(function, "__doc__", None)
    header = f"def {name}{written}:"
    return f"{header}\n{indent(docstring(doc), _INDENT)}" if doc else f"{header} ..."
