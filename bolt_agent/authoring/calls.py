"""Checking what a file says of the robot: names, attributes, calls and the values in them."""

from __future__ import annotations

import ast
import builtins
import importlib
from collections.abc import Iterator, Mapping
from typing import Any

from bolt_agent.authoring.api import CLASSES, attributes, mismatch, nearest, refusal, signature
from bolt_agent.authoring.findings import Finding
from bolt_agent.authoring.kinds import OURS, Method, MossShape, Object, Thing
from bolt_agent.authoring.known import REACTIONS, Knowledge
from bolt_agent.authoring.literals import NotLiteral
from bolt_agent.authoring.scopes import Scope, parts

__all__ = ["CallChecker"]

EXPECTED = {
    "AttributeError",
    "BadValue",
    "BaseException",
    "Exception",
    "NameError",
    "RobotError",
    "TypeError",
    "ValueError",
}
"""Who catches one of these, or `raises` it in a test, may try what the robot does not have."""

DYNAMIC = {"eval", "exec", "globals", "locals", "vars"}
"""With one of these, names may come from anywhere."""


class CallChecker:
    """Goes through one file."""

    def __init__(self, tree: ast.Module, scopes: Mapping[ast.AST, Scope], knowledge: Knowledge) -> None:
        self._tree = tree
        self._scopes = scopes
        self._known = knowledge
        nodes = list(ast.walk(tree))
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        stars = any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes)
        self._names_are_certain = not stars and not names & DYNAMIC
        self._asked_for = {text for node in nodes if isinstance(node, ast.Call) for text in _asked(node)}

    def findings(self) -> Iterator[Finding]:
        """What is wrong, in no order."""
        yield from self._visit(self._tree, self._scopes[self._tree])

    def _visit(self, node: ast.AST, scope: Scope) -> Iterator[Finding]:
        around, inside = parts(node)
        for part in around:
            yield from self._visit(part, scope)
        scope = self._scopes.get(node, scope)
        match node:
            case ast.Attribute(ctx=ast.Load()):
                yield from self._attribute(node, scope)
            case ast.Name(ctx=ast.Load()):
                yield from self._name(node, scope)
            case ast.Call():
                yield from self._call(node, scope)
            case ast.ImportFrom():
                yield from _import(node)
            case ast.Try() if any(_expects(handler.type) for handler in node.handlers):
                for child in (*node.handlers, *node.orelse, *node.finalbody):
                    yield from self._visit(child, scope)
                return
            case ast.With() if any(_is_raises(item.context_expr) for item in node.items):
                return
        for part in inside:
            yield from self._visit(part, scope)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Iterator[Finding]:
        owner, name = self._known.of(node.value, scope), node.attr
        match owner:
            case MossShape(members=members, open=False) if name not in members:
                known, what = [word for word in members if not word.startswith("_")], "moss"
            case Thing(cls=cls) if not name.startswith("_") and name not in attributes(cls):
                known, what = attributes(cls), f"{_article(cls)} {cls.__name__}"
            case _:
                return
        if name not in self._asked_for:
            hint = nearest(name, known) or f"; it has {', '.join(known)}"
            yield _at(node, "api", f"{what} has no `{name}`{hint}", after=node.value)

    def _name(self, node: ast.Name, scope: Scope) -> Iterator[Finding]:
        if not self._names_are_certain or node.id == "moss" or (node.id.startswith("__") and node.id.endswith("__")):
            return
        if scope.lookup(node.id) is None and not hasattr(builtins, node.id):
            hint = nearest(node.id, [*scope.module().names, *scope.names, *dir(builtins)])
            yield _at(node, "name", f"nothing is called `{node.id}`{hint}")

    def _call(self, node: ast.Call, scope: Scope) -> Iterator[Finding]:
        match self._known.of(node.func, scope):
            case Method(cls=cls, name=name) if name in attributes(cls):
                called: tuple[type[Any], str | None] = cls, name
            case Object(value=cls) if isinstance(cls, type) and cls in CLASSES:
                called = cls, None
            case _:
                return
        if called[1] in REACTIONS:
            yield from self._reaction(node, scope)
        if any(isinstance(item, ast.Starred) for item in node.args) or any(item.arg is None for item in node.keywords):
            return
        label = called[1] or called[0].__name__
        words = [item.arg for item in node.keywords if item.arg is not None]
        wrong = mismatch(*called, len(node.args), words)
        if wrong is not None:
            yield _at(node, "call", f"{label}: {wrong}")
            return
        yield from self._values(node, scope, called, label)

    def _values(
        self, node: ast.Call, scope: Scope, called: tuple[type[Any], str | None], label: str
    ) -> Iterator[Finding]:
        """The robot is asked about each value alone, so that the line is known, and then about all together."""
        form = signature(*called).bind(*node.args, **{item.arg: item.value for item in node.keywords if item.arg})
        values: dict[str, Any] = {}
        refused = False
        for word, expression in form.arguments.items():
            try:
                values[word] = self._value(expression, scope)
            except NotLiteral:
                continue
            why = refusal(*called, {word: values[word]})
            if why is not None:
                refused = True
                yield _at(self._guilty(expression, scope, called, word), "value", f"{label}: {why}")
        if not refused and len(values) == len(form.arguments) > 1:
            why = refusal(*called, values)
            if why is not None:
                yield _at(node, "value", f"{label}: {why}")

    def _value(self, expression: ast.expr, scope: Scope) -> Any:
        known = self._known.of(expression, scope)
        if isinstance(known, Thing):
            return CLASSES[known.cls]()
        return self._known.literal(expression, scope)

    def _guilty(self, expression: ast.expr, scope: Scope, called: tuple[type[Any], str | None], word: str) -> ast.expr:
        """The item of a list that the robot refuses alone, such as one frame of several; else the whole value."""
        if isinstance(expression, ast.List) and not any(isinstance(item, ast.Starred) for item in expression.elts):
            for item in expression.elts:
                if refusal(*called, {word: [self._known.literal(item, scope)]}) is not None:
                    return item
        return expression

    def _reaction(self, node: ast.Call, scope: Scope) -> Iterator[Finding]:
        given = [*node.args[:1], *(item.value for item in node.keywords if item.arg == "callback")]
        for callback in given:
            function: ast.AST | None = callback
            if isinstance(callback, ast.Name):
                bindings = scope.lookup(callback.id) or []
                function = bindings[0].node if len(bindings) == 1 else None
            if not isinstance(function, (ast.Lambda, ast.FunctionDef)):
                continue
            arguments = function.args
            if not [*arguments.posonlyargs, *arguments.args] and arguments.vararg is None:
                yield _at(
                    callback,
                    "call",
                    "what happens then is composed in a new move: it takes one, `lambda m: m.spin(180)`",
                )


def _import(node: ast.ImportFrom) -> Iterator[Finding]:
    if node.level or not node.module or node.module.partition(".")[0] not in OURS:
        return
    try:
        module = importlib.import_module(node.module)
    except ImportError:
        yield _at(node, "name", f"there is no module `{node.module}`")
        return
    for alias in node.names:
        if alias.name == "*" or hasattr(module, alias.name):
            continue
        try:
            importlib.import_module(f"{node.module}.{alias.name}")
        except ImportError:
            known = getattr(module, "__all__", dir(module))
            yield _at(node, "name", f"`{node.module}` has no `{alias.name}`{nearest(alias.name, known)}")


def _asked(call: ast.Call) -> Iterator[str]:
    """The attribute that a `hasattr`, `getattr` or `setattr` is about."""
    match call:
        case ast.Call(func=ast.Name(id="hasattr" | "getattr" | "setattr"), args=[_, ast.Constant(value=str(name)), *_]):
            yield name


def _expects(caught: ast.expr | None) -> bool:
    """Whether an except clause, or raises(), waits for what a wrong call raises."""
    if caught is None:
        return True
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(ast.unparse(kind).rpartition(".")[2] in EXPECTED for kind in kinds)


def _is_raises(expression: ast.expr) -> bool:
    match expression:
        case ast.Call(func=function, args=[caught, *_]):
            return ast.unparse(function).rpartition(".")[2] in ("raises", "suppress") and _expects(caught)
    return False


def _article(cls: type[Any]) -> str:
    return "an" if cls.__name__[0] in "AEIO" else "a"


def _at(node: ast.expr | ast.stmt, kind: str, message: str, *, after: ast.expr | None = None) -> Finding:
    """A finding at a node; `after` is the owner of an attribute, which stands behind its dot."""
    if after is not None and after.end_lineno is not None and after.end_col_offset is not None:
        end = node.end_lineno or after.end_lineno
        column = (node.end_col_offset or 1) - len(getattr(node, "attr", "")) + 1
        return Finding(end, column, kind, message)
    return Finding(node.lineno, node.col_offset + 1, kind, message)
