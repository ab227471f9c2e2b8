"""Running the body of a function statement by statement, as if it were one function.

Its locals live in the module's own names while it runs, so that functions and lambdas inside see them, and are taken
out again at its end. `return` becomes a signal that no `except` of the body can catch; `nonlocal` becomes `global`.
"""

from __future__ import annotations

import ast
from types import CodeType
from typing import Any

from bolt_agent.moss._lint import bound_names

__all__ = ["ReturnSignal", "RunBody"]

SIGNAL = "__moss_return__"


class ReturnSignal(BaseException):
    """A `return` of the body: control flow, not an error."""

    def __init__(self, value: Any = None) -> None:
        self.value = value


class RunBody:
    """The body of one function, run a statement at a time.

    function: its name.   names: the module's names.   filename: what tracebacks call the text.
    """

    def __init__(self, function: str, names: dict[str, Any], filename: str) -> None:
        self._function = function
        self._names = names
        self._filename = filename
        self._before: dict[str, Any] = {}
        self._own: set[str] = set()
        self._shared: set[str] = set()
        self._take(SIGNAL)
        names[SIGNAL] = ReturnSignal

    def bind(self, arguments: dict[str, Any]) -> None:
        """Set the parameters."""
        for name, value in arguments.items():
            self._take(name)
            self._names[name] = value

    def run(self, nodes: list[ast.stmt]) -> None:
        """Run statements. Raises ReturnSignal at a `return`, and whatever they raise."""
        shared, own = self._shared, set(bound_names(ast.Module(nodes, [])))
        for node in nodes:
            shared.update(name for inner in _own_scope(node) if isinstance(inner, ast.Global) for name in inner.names)
        for name in own - shared:
            self._take(name)
        tree = ast.Module([_Rewrite().visit(node) for node in nodes], [])
        ast.fix_missing_locations(tree)
        code: CodeType = compile(tree, self._filename, "exec", dont_inherit=True)
        exec(code.replace(co_name=self._function, co_qualname=self._function), self._names)

    def close(self) -> None:
        """Take the locals out of the module's names, and put back what they hid."""
        for name in self._own:
            self._names.pop(name, None)
        self._names.update(self._before)

    def _take(self, name: str) -> None:
        if name not in self._own:
            self._own.add(name)
            if name in self._names:
                self._before[name] = self._names[name]


class _Rewrite(ast.NodeTransformer):
    """Makes statements of a function's body run outside of one."""

    def __init__(self) -> None:
        self._inside: list[set[str]] = []
        """What the nested functions we are in bind, the innermost last."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._nested(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._nested(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._nested(node)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if self._inside:
            return node
        value = [node.value] if node.value is not None else []
        call = ast.Call(ast.Name(SIGNAL, ast.Load()), value, [])
        return ast.copy_location(ast.Raise(call, None), node)

    def visit_Try(self, node: ast.Try) -> ast.AST:
        self.generic_visit(node)
        if not self._inside and node.handlers:
            passed_on = ast.ExceptHandler(ast.Name(SIGNAL, ast.Load()), None, [ast.Raise(None, None)])
            node.handlers.insert(0, ast.copy_location(passed_on, node))
        return node

    def visit_Nonlocal(self, node: ast.Nonlocal) -> ast.AST | list[ast.AST]:
        enclosing = set().union(*self._inside[:-1])
        of_the_body = [name for name in node.names if name not in enclosing]
        others = [name for name in node.names if name in enclosing]
        made: list[ast.AST] = [ast.copy_location(ast.Global(of_the_body), node)] if of_the_body else []
        return [*made, ast.copy_location(ast.Nonlocal(others), node)] if others else made

    def _nested(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> ast.AST:
        bound = set(bound_names(ast.Module(node.body, [])))
        if not isinstance(node, ast.ClassDef):
            arguments = node.args
            every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            bound |= {argument.arg for argument in [*every, arguments.vararg, arguments.kwarg] if argument}
        elsewhere = (ast.Global, ast.Nonlocal)
        scope = [inner for statement in node.body for inner in _own_scope(statement)]
        bound -= {name for inner in scope if isinstance(inner, elsewhere) for name in inner.names}
        self._inside.append(bound)
        self.generic_visit(node)
        self._inside.pop()
        return node


def _own_scope(node: ast.AST) -> list[ast.AST]:
    """The nodes that belong to the body itself, not to functions inside it."""
    found = [node]
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            found += _own_scope(child)
    return found
