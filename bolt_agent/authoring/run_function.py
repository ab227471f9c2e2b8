"""Whether a file has a `run` that can be called with moss."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from bolt_agent.authoring.api import nearest
from bolt_agent.authoring.findings import Finding
from bolt_agent.authoring.kinds import MossShape
from bolt_agent.authoring.known import Knowledge
from bolt_agent.authoring.literals import NotLiteral
from bolt_agent.authoring.scopes import Scope
from bolt_agent.ghost.ghost import GHOST_NAME

__all__ = ["check_run"]

HOW = "write `def run(moss: Moss):`"


def check_run(tree: ast.Module, module: Scope, knowledge: Knowledge) -> Iterator[Finding]:
    """What is wrong with `run`. A file with a ghost of its own needs none: the ghost writes it."""
    bindings = module.names.get("run")
    if bindings is None:
        if GHOST_NAME not in module.names:
            yield _missing(tree)
        return
    node = bindings[-1].node
    match node:
        case ast.FunctionDef():
            yield from _signature(node, module, knowledge)
        case ast.AsyncFunctionDef():
            yield _at(node, f"`run` is called without await: {HOW}, not `async def`")
        case ast.ClassDef():
            yield _at(node, f"`run` must be a function: {HOW}")
        case ast.Lambda(args=arguments) if not [*arguments.posonlyargs, *arguments.args, arguments.vararg]:
            yield _at(node, f"`run` must take moss: {HOW}")
        case ast.expr() if not isinstance(node, ast.Lambda):
            try:
                value = knowledge.literal(node, module)
            except NotLiteral:
                return
            yield _at(node, f"`run` must be a function, not {value!r:.40}: {HOW}")


def _missing(tree: ast.Module) -> Finding:
    functions = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    names = [name for name in functions if not name.startswith(("_", "test_"))]
    near = nearest("run", names) or (f"; is it `{names[0]}`?" if len(names) == 1 else "")
    where = functions[near.split("`")[1]].lineno if near else 1
    return Finding(where, 1, "run", f"there is no function `run`{near or f': {HOW}'}")


def _signature(node: ast.FunctionDef, module: Scope, knowledge: Knowledge) -> Iterator[Finding]:
    arguments = node.args
    parameters = [*arguments.posonlyargs, *arguments.args]
    if not parameters:
        if arguments.vararg is None:
            yield _at(node, f"`run` must take moss: {HOW}")
        return
    first = parameters[0]
    wrong = _is_not_moss(first.annotation, module, knowledge)
    if wrong:
        yield _at(first, f"the first parameter of `run` is moss, which is no {wrong}: {HOW}")
    elif first.arg != "moss" and not isinstance(knowledge.annotated(first.annotation, module), MossShape):
        yield _at(first, f"the first parameter of `run` must be called moss: {HOW}")
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is None:
            yield _at(argument, f"nothing gives `{argument.arg}` a value: parameters after * need a default")


def _is_not_moss(annotation: ast.expr | None, module: Scope, knowledge: Knowledge) -> str | None:
    """The type that is declared instead of a Moss, where that is certain."""
    if annotation is None or isinstance(knowledge.annotated(annotation, module), MossShape):
        return None
    text = ast.unparse(annotation)
    builtin = isinstance(annotation, ast.Name) and annotation.id not in module.names and hasattr(builtins, text)
    return text if builtin or knowledge.annotated(annotation, module) is not None else None


def _at(node: ast.expr | ast.stmt | ast.arg, message: str) -> Finding:
    return Finding(node.lineno, node.col_offset + 1, "run", message)
