"""Walls in Python itself, for systems whose kernel offers too few: a program is read before it runs.

Lists say which builtins, special names and parts of modules it may use. What leads from a harmless object to the
machinery behind it goes through a name that begins with an underscore, through an attribute of frames or code, or
through something that takes names or code as text; none of these is on the lists. Weaker than a kernel, and stricter:
some honest programs are refused, with the line and the reason.
"""

from __future__ import annotations

import ast
import builtins
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, ModuleType
from typing import Any

from bolt_agent import robot
from bolt_agent.moss.worker.walls import EXTRA_MODULES
from bolt_agent.robot import curve

__all__ = ["Forbidden", "check_program", "checked_source", "guard_curves", "only_offered"]


def _words(text: str) -> list[str]:
    return text.split()


BUILTINS = {
    *(name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)),
    *_words(
        "Ellipsis False None NotImplemented True abs all any ascii bin bool bytearray bytes callable chr classmethod "
        "complex dict divmod enumerate filter float format frozenset hasattr hash hex id int isinstance issubclass "
        "iter len list map max min next object oct ord pow print property range repr reversed round set slice sorted "
        "staticmethod str sum super tuple zip"
    ),
}
"""Not `type`, for one: it makes classes of names that are text."""

SPECIAL = {
    f"__{name}__"
    for name in _words(
        "abs add and bool call contains delitem doc enter eq exit floordiv ge getitem gt hash init invert iter le len "
        "lt mod mul name ne neg next or post_init pos pow radd repr reversed rmul round rsub setitem str sub truediv "
        "xor"
    )
}
"""Names with underscores that a program may use."""

INNER = set(
    _words(
        "ag_await ag_code ag_frame cr_await cr_code cr_frame cr_origin gi_code gi_frame gi_yieldfrom f_back f_builtins "
        "f_code f_globals f_locals tb_frame tb_next mro "  # what runs
        "model_rebuild parse_file parse_raw update_forward_refs "  # models: evaluate text, read files
        "DataSource ctypes ctypeslib dump fromfile fromregex genfromtxt lib load loadtxt memmap save savetxt savez "
        "savez_compressed tofile"  # numpy: files and addresses
    )
)
"""Attributes that lead behind the scenes."""

KEPT_BACK = {
    "dataclasses": {"make_dataclass"},
    "functools": {"singledispatch", "singledispatchmethod", "update_wrapper", "wraps"},
    "string": {"Formatter"},
    "typing": {"ForwardRef", "get_type_hints"},
}
"""What modules on the list do not offer here: each takes names or code as text."""

OFFERED_PACKAGES = ("bolt_agent", "bolt_agent.robot")


class Forbidden(SyntaxError):
    """A program uses what is not on the lists."""


def check_program(tree: ast.AST, text: str = "") -> None:
    """Raise Forbidden, with the line, for what a program may not use."""
    for node in ast.walk(tree):
        why = next(_refusals(node), None)
        if why is not None:
            lines, line = text.splitlines(), getattr(node, "lineno", 1)
            error = Forbidden(why)
            error.lineno, error.text = line, lines[line - 1] if line <= len(lines) else ""
            raise error


def only_offered(load: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
    """An import that gives what a module offers to others, without the modules that it uses itself."""

    def import_offered(name: str, *args: Any, **kwargs: Any) -> ModuleType:
        if name.partition(".")[0] in OFFERED_PACKAGES and name not in OFFERED_PACKAGES:
            raise ImportError(f"generated code cannot import {name} here")
        return _offer(load(name, *args, **kwargs))

    return import_offered


def checked_source(source: str) -> str:
    """Text that will be executed with a real import, such as a kept move, if that is harmless. Raises Forbidden."""
    tree = ast.parse(source)
    check_program(tree, source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and not _is_plain(node):
            raise Forbidden(f"a kept move imports from bolt_agent and math only here, not: {ast.unparse(node)}")
    return source


def guard_curves() -> None:
    """From now on, read the code of curves, which is text, as programs are read."""
    compile_curve = curve._compile

    def compile_checked(code: str) -> CodeType:
        compiled = compile_curve(code)
        checked_source(textwrap.dedent(code).strip())
        return compiled

    curve._compile = compile_checked


def _refusals(node: ast.AST) -> Iterator[str]:
    for name in _names(node):
        if name.startswith("_") and name.strip("_") and name not in SPECIAL:
            yield f"generated code cannot use {name}: here, names that begin with _ are not for it"
    for name in _attributes(node):
        if name in INNER:
            yield f"generated code cannot use .{name} here"
    if isinstance(node, ast.Name) and node.id in vars(builtins) and node.id not in BUILTINS:
        yield f"generated code has no {node.id} here: it sees the robot and nothing else"
    if isinstance(node, ast.MatchClass) and node.patterns and not _is_builtin(node.cls):
        yield "generated code matches classes by keyword here: case Point(x=0)"
    yield from _in_annotations(node)


def _names(node: ast.AST) -> Iterator[str]:
    """Every name that a node uses, binds or asks for."""
    for field in ("id", "attr", "name", "arg", "asname", "rest"):
        if isinstance(name := getattr(node, field, None), str):
            yield from name.split(".")
    if isinstance(node, ast.Global | ast.Nonlocal):
        yield from node.names
    elif isinstance(node, ast.MatchClass):
        yield from node.kwd_attrs
    elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
        yield from (node.module or "").split(".")


def _attributes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.MatchClass):
        yield from node.kwd_attrs
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (part for alias in node.names for part in alias.name.split("."))


def _in_annotations(node: ast.AST) -> Iterator[str]:
    """What is refused in annotations that are text: libraries evaluate them."""
    for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        for part in ast.walk(annotation) if annotation is not None else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                try:
                    inner = ast.parse(part.value.strip(), mode="eval")
                except (SyntaxError, ValueError):
                    continue
                for evaluated in ast.walk(inner):
                    yield from _refusals(evaluated)


def _is_plain(node: ast.Import | ast.ImportFrom) -> bool:
    names = {alias.name for alias in node.names}
    if isinstance(node, ast.Import):
        return names == {"math"}
    return node.module == "math" or (node.module == "bolt_agent" and names <= set(robot.__all__))


def _is_builtin(cls: ast.expr) -> bool:
    return isinstance(cls, ast.Name) and cls.id in BUILTINS


@cache
def _offer(module: ModuleType) -> ModuleType:
    offered = ModuleType(module.__name__, module.__doc__)
    extra = {part.rpartition(".")[2] for part in EXTRA_MODULES.get(module.__name__, ())}
    kept_back = KEPT_BACK.get(module.__name__, set()) | INNER
    for name in getattr(module, "__all__", dir(module)):
        if name.startswith("_") or name in kept_back:
            continue
        value = vars(module).get(name)  # not getattr, which may load more
        if value is None and module.__name__ in OFFERED_PACKAGES and name in robot.__all__:
            value = getattr(robot, name)
        if isinstance(value, ModuleType):
            value = _offer(value) if name in extra else None
        if value is not None:
            setattr(offered, name, value)
    return offered
