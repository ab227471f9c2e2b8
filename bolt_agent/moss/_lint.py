"""Checking code that a model wrote before running it. Works offline: the compiler and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from bolt_agent.moss._progress import acts


def lint_exec_code(code: str, target: str | None = "run") -> str | None:
    """Say what is wrong with the code, or None.

    >>> lint_exec_code("def run(moss): pass")
    >>> lint_exec_code("def rum(moss): pass")
    'the code does not define `run`; it defines `rum`; rename it to `run`?'

    target: the function that must be there, with one parameter or more; None to check the syntax alone.
    """
    try:
        tree = ast.parse(code)
        compile(tree, "<moss>", "exec", dont_inherit=True)  # finds what parsing cannot, as `return` outside a function
    except (SyntaxError, ValueError, RecursionError) as error:
        return _syntax(error, code)
    if target is None:
        return None
    names = bound_names(tree)
    if target not in names:
        return None if acts(tree) else missing(target, names)  # code that acts is executed as it stands
    return _signature(tree, target)


def missing(target: str, defined: Iterable[str]) -> str:
    """The sentence for code that lacks its target."""
    from difflib import get_close_matches  # only needed when something is wrong

    names = [name for name in dict.fromkeys(defined) if not name.startswith("_")]
    if not names:
        return f"the code does not define `{target}`; it defines nothing"
    sentence = f"the code does not define `{target}`; it defines " + ", ".join(f"`{name}`" for name in names)
    near = get_close_matches(target, names, n=1)
    if not near:
        return sentence
    return f"{sentence}; rename {'it' if len(names) == 1 else f'`{near[0]}`'} to `{target}`?"


def bound_names(tree: ast.Module) -> list[str]:
    """The names that the code binds at its top level, in order.

    >>> bound_names(ast.parse("import math\\nx = 1\\ndef run(moss): y = 2"))
    ['math', 'x', 'run']
    """
    return list(dict.fromkeys(_bound(tree)))


def _bound(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name  # and what is inside is its own affair
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name.partition(".")[0]) for alias in names)
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
                yield from _bound(child)
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case _:
                yield from _bound(child)


def _syntax(error: Exception, code: str) -> str:
    if not isinstance(error, SyntaxError):
        return f"the code cannot be read: {error}"
    lines = code.splitlines()
    if error.lineno is None or not 0 < error.lineno <= len(lines):
        return f"{type(error).__name__}: {error.msg}"
    return f"line {error.lineno}: {lines[error.lineno - 1].strip()}\n{type(error).__name__}: {error.msg}"


def _signature(tree: ast.Module, target: str) -> str | None:
    for node in tree.body:
        if isinstance(node, ast.AsyncFunctionDef) and node.name == target:
            return f"line {node.lineno}: write `def {target}(...)`, not `async def`"
        if isinstance(node, ast.FunctionDef) and node.name == target:
            arguments = node.args
            if not (arguments.posonlyargs or arguments.args or arguments.vararg):
                return f"line {node.lineno}: `{target}` must take a parameter: def {target}(moss: Moss)"
    return None
