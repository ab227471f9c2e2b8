"""Which names a file binds where, and to what: read from its text, without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["ANYTHING", "Binding", "Scope", "parts", "scopes_of"]

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, eq=False)
class Binding:
    """What gives a name its value: an expression, a definition, an import, a parameter; None where nobody can say."""

    node: ast.AST | None
    scope: Scope
    annotation: ast.expr | None = None


@dataclass(eq=False)
class Scope:
    """The names of a module, class, function or comprehension."""

    node: ast.AST
    outer: Scope | None = None
    names: dict[str, list[Binding]] = field(default_factory=dict)
    elsewhere: dict[str, Scope] = field(default_factory=dict)
    """Names declared global or nonlocal, with where they live."""

    def lookup(self, name: str) -> list[Binding] | None:
        """What the name may stand for, as code in this scope sees it; None for a name that nothing binds."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names and (scope is self or not isinstance(scope.node, ast.ClassDef)):
                return scope.names[name]
            scope = scope.outer
        return None

    def module(self) -> Scope:
        """The outermost one."""
        return self if self.outer is None else self.outer.module()

    def bind(self, name: str, node: ast.AST | None, annotation: ast.expr | None = None) -> None:
        """Note a value of a name."""
        home = self.elsewhere.get(name, self)
        if home is not self:
            node, annotation = None, None  # set from within another function: when, nobody can say
        home.names.setdefault(name, []).append(Binding(node, self, annotation))


ANYTHING = None
"""The node of a binding whose value is known only when the code runs."""


def scopes_of(tree: ast.Module) -> dict[ast.AST, Scope]:
    """The scope of each node that opens one: module, classes, functions, lambdas, comprehensions.

    Go on with `parts` of such a node: what is written before its body belongs to the scope around it.
    """
    scopes: dict[ast.AST, Scope] = {}
    _Collector(scopes).open(tree, None)
    return scopes


def parts(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST]]:
    """The parts of a node: those that see the names around it, and those that see its own.

    >>> around, inside = parts(ast.parse("def f(x=y): return x").body[0])
    >>> [ast.unparse(part) for part in around], [ast.unparse(part) for part in inside]
    (['y'], ['return x'])
    """
    if isinstance(node, _COMPREHENSIONS):
        first, *others = node.generators
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        conditions = [part for item in node.generators for part in (item.target, *item.ifs)]
        return [first.iter], [*conditions, *(item.iter for item in others), *results]
    if isinstance(node, _FUNCTIONS):
        inside: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
        arguments = node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        hints = [item.annotation for item in named if item is not None]
        around = [*arguments.defaults, *arguments.kw_defaults, *hints, getattr(node, "returns", None)]
        return [*getattr(node, "decorator_list", ()), *(part for part in around if part is not None)], inside
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *(word.value for word in node.keywords)], [*node.body]
    return [], list(ast.iter_child_nodes(node))


class _Collector(ast.NodeVisitor):
    def __init__(self, scopes: dict[ast.AST, Scope]) -> None:
        self._scopes = scopes
        self._scope: Scope = Scope(ast.Module([], []))

    def open(self, node: ast.AST, outer: Scope | None) -> None:
        around, inside = parts(node)
        for part in around:
            self.visit(part)
        before, self._scope = self._scope, Scope(node, outer)
        self._scopes[node] = self._scope
        if isinstance(node, _FUNCTIONS):
            self._parameters(node)
        for declared in _declared(node):
            home = self._scope.module() if isinstance(declared, ast.Global) else outer
            for name in declared.names:
                self._scope.elsewhere[name] = home or self._scope
        for parameter in getattr(node, "type_params", ()):
            self._scope.bind(parameter.name, ANYTHING)
        for part in inside:
            self.visit(part)
        self._scope = before

    def _parameters(self, node: Function) -> None:
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            self._scope.bind(argument.arg, argument, argument.annotation)
        for rest in (arguments.vararg, arguments.kwarg):
            if rest is not None:
                self._scope.bind(rest.arg, ANYTHING)

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self._scope.bind(node.name, node)
        self.open(node, self._scope)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _define  # noqa: N815 - ast's names

    def _nested(self, node: ast.AST) -> None:
        self.open(node, self._scope)

    visit_Lambda = visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _nested  # noqa: N815

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._scope.bind(target.id, node.value)
            else:
                self.visit(target)
        self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._scope.bind(node.target.id, node.value, node.annotation)
        else:
            self.visit(node.target)
        if node.value is not None:
            self.visit(node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        scope = self._scope
        while isinstance(scope.node, _COMPREHENSIONS) and scope.outer is not None:
            scope = scope.outer
        scope.bind(node.target.id, ANYTHING if scope is not self._scope else node.value)
        self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):  # a target of for, with, del, +=, or of several at once
            self._scope.bind(node.id, ANYTHING)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            self._scope.bind(alias.asname or alias.name.partition(".")[0], node)

    visit_Import = visit_ImportFrom = _import  # noqa: N815

    def generic_visit(self, node: ast.AST) -> None:
        for name in ("name", "rest"):  # `except ... as name`, and what a pattern captures
            bound: Any = getattr(node, name, None)
            if isinstance(bound, str) and isinstance(
                node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping)
            ):
                self._scope.bind(bound, ANYTHING)
        super().generic_visit(node)


def _declared(node: ast.AST) -> Iterator[ast.Global | ast.Nonlocal]:
    """The `global` and `nonlocal` statements of a function itself."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Global, ast.Nonlocal)):
            yield child
        elif not isinstance(child, (*_FUNCTIONS, ast.ClassDef)):
            yield from _declared(child)
