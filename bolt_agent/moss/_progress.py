"""How far code came: whether it acts without a function to run, and which lines were carried out before it failed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import TracebackType

__all__ = ["acts", "lines_before"]

_ELSEWHERE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def acts(tree: ast.Module) -> bool:
    """Whether the code does something when it is executed as it stands, besides defining names.

    >>> acts(ast.parse("moss.face.fill('red')")), acts(ast.parse("def rum(moss): moss.face.fill('red')"))
    (True, False)
    """
    return any(_does_something(node) for statement in tree.body for node in _own(statement))


def lines_before(error: BaseException, text: str, filename: str, target: str) -> int:
    """How many lines of the code were carried out before the statement that raised.

    Statements of the target's body count one by one, those inside of a loop or a branch with it.
    """
    failed = _line_of(error.__traceback__, filename)
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError):
        return 0
    for node in body:
        if (
            isinstance(node, ast.FunctionDef)
            and node.name == target
            and node.lineno <= failed <= (node.end_lineno or 0)
        ):
            body = [*body, *node.body]
    return max((end for node in body if (end := node.end_lineno or 0) < failed), default=0)


def _line_of(trace: TracebackType | None, filename: str) -> int:
    """The line of the outermost frame that belongs to the code; 0 if none does."""
    while trace is not None and trace.tb_frame.f_code.co_filename != filename:
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else 0


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The node, and those in it that are carried out with it."""
    if not isinstance(node, _ELSEWHERE):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _own(child)


def _does_something(node: ast.AST) -> bool:
    changes = isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load)
    return changes or isinstance(node, ast.Call)
