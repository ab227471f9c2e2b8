"""What can be said of the expressions of a file without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import prompts.bolt
from bolt_agent.authoring.api import CLASSES, attributes, result_class
from bolt_agent.authoring.kinds import Known, Method, MossShape, Object, Thing, imported, is_ours, moss_members
from bolt_agent.authoring.literals import NotLiteral, literal
from bolt_agent.authoring.scopes import Binding, Scope
from bolt_agent.moss import Moss
from bolt_agent.robot import Move

__all__ = ["REACTIONS", "Knowledge"]

REACTIONS = ("on_collision", "on_freefall", "on_landing")


class Knowledge:
    """What is known of the expressions of one file.

    A call that does not exist is taken for one that chains, so that the rest of the chain is still looked at.
    """

    def __init__(self, tree: ast.Module, module: Scope) -> None:
        self._module = module
        self._busy: set[Binding] = set()
        self._cut_short = False
        """Whether something was left out because it is being looked at already."""
        self._remembered: dict[Binding, Known | None] = {}
        reactions = list(_reactions(tree))
        self._reactions = {node.id for node in reactions if isinstance(node, ast.Name)}
        self._lambdas = {node for node in reactions if isinstance(node, ast.Lambda)}
        self._set_somewhere = {
            node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }
        self.moss = self._moss_shape()

    def of(self, node: ast.expr, scope: Scope) -> Known | None:
        """What an expression is, as far as one can tell."""
        match node:
            case ast.Attribute(value=owner, attr=name):
                return self._attribute(self.of(owner, scope), name)
            case ast.Call(func=function):
                return self._called(self.of(function, scope))
            case ast.Name(id=name):
                return self._name(name, scope)
            case ast.NamedExpr(value=value):
                return self.of(value, scope)
        try:
            return Object(self.literal(node, scope))
        except NotLiteral:
            return None

    def literal(self, node: ast.expr, scope: Scope) -> Any:
        """The value of a literal, or of a name that stands for one. Raises NotLiteral."""

        def of_name(name: ast.Name) -> Any:
            known = self._name(name.id, scope)
            if isinstance(known, Object) and isinstance(known.value, (int, float, str, list, tuple)):
                return known.value
            raise NotLiteral

        return literal(node, of_name)

    def annotated(self, annotation: ast.expr | None, scope: Scope) -> Known | None:
        """What an object with this annotation is."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return None
        if not isinstance(annotation, (ast.Name, ast.Attribute)):
            return None
        if isinstance(annotation, ast.Name) and annotation.id == "Moss":
            return self.moss
        known = self.of(annotation, scope)
        if isinstance(known, Object) and isinstance(known.value, type):
            if issubclass(known.value, Moss):
                return self.moss
            return Thing(known.value) if known.value in CLASSES else None
        return None

    # --- inside ---

    def _attribute(self, owner: Known | None, name: str) -> Known | None:
        match owner:
            case MossShape(members=members):
                return members.get(name)
            case Thing(cls=cls):
                if name not in attributes(cls) or callable(getattr(cls, name, None)):
                    return Method(cls, name)
                result = result_class(cls, name)
                return Thing(result) if result is not None else None
            case Object(value=value) if is_ours(value) and hasattr(value, name):
                return Object(getattr(value, name))
        return None

    def _called(self, function: Known | None) -> Known | None:
        match function:
            case Method(cls=cls, name=name):
                result = result_class(cls, name) if name in attributes(cls) else cls
                return Thing(result) if result is not None else None
            case Object(value=value) if isinstance(value, type) and value in CLASSES:
                return Thing(value)
        return None

    def _name(self, name: str, scope: Scope) -> Known | None:
        bindings = scope.lookup(name)
        if bindings is None:
            return self.moss if name == "moss" else None
        self._cut_short |= any(item in self._busy for item in bindings)
        found = [self._binding(name, item) for item in bindings if item not in self._busy]
        first = found[0] if found else None
        return first if all(other is first or other == first for other in found) else None

    def _binding(self, name: str, binding: Binding) -> Known | None:
        if binding in self._remembered:
            return self._remembered[binding]
        before, self._cut_short = self._cut_short, False
        self._busy.add(binding)  # `move = move.roll(...)`: the other assignments say what it is
        found = self._bound(name, binding)
        self._busy.discard(binding)
        if not (self._cut_short and self._busy):
            self._remembered[binding] = found
        self._cut_short |= before
        return found

    def _bound(self, name: str, binding: Binding) -> Known | None:
        match binding.node:
            case ast.arg():
                return self._parameter(name, binding)
            case ast.Import() | ast.ImportFrom():
                return imported(name, binding.node)
            case ast.expr():
                return self.of(binding.node, binding.scope)
        return self.annotated(binding.annotation, binding.scope) if binding.node is None else None

    def _parameter(self, name: str, binding: Binding) -> Known | None:
        if binding.annotation is not None:
            return self.annotated(binding.annotation, binding.scope)
        function = binding.scope.node
        reacts = function in self._lambdas or getattr(function, "name", None) in self._reactions
        arguments: ast.arguments = function.args  # type: ignore[attr-defined]
        if reacts and [*arguments.posonlyargs, *arguments.args][:1] == [binding.node]:
            return Thing(Move)
        return self.moss if name == "moss" else None

    def _moss_shape(self) -> MossShape:
        members: dict[str, Thing | None] = dict.fromkeys([*dir(Moss), *self._set_somewhere, "executing_code"])
        bindings = self._module.names.get("Moss")
        if bindings is None:
            return MossShape({**members, **moss_members(prompts.bolt.Moss)}, open=False)
        if len(bindings) != 1:
            return MossShape(members, open=True)
        return self._described(bindings[0], members)

    def _described(self, binding: Binding, members: dict[str, Thing | None]) -> MossShape:
        """The shape that a class gives, with all that it inherits."""
        if isinstance(binding.node, ast.Import | ast.ImportFrom):
            known = imported("Moss", binding.node)
            if isinstance(known, Object) and isinstance(known.value, type) and issubclass(known.value, Moss):
                return MossShape({**members, **moss_members(known.value)}, open=False)
        if not isinstance(binding.node, ast.ClassDef):
            return MossShape(members, open=True)
        is_open = False
        for base in binding.node.bases:
            above = self._base(base, binding.scope, members)
            members, is_open = {**members, **above.members}, is_open or above.open
        for item in binding.node.body:
            match item:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                    known = self.annotated(annotation, binding.scope)
                    members[name] = known if isinstance(known, Thing) else None
                case ast.Assign(targets=targets):
                    members.update({target.id: None for target in targets if isinstance(target, ast.Name)})
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    members[name] = None
        return MossShape(members, is_open)

    def _base(self, base: ast.expr, scope: Scope, members: dict[str, Thing | None]) -> MossShape:
        known = self.of(base, scope)
        if isinstance(known, Object) and isinstance(known.value, type) and issubclass(known.value, Moss):
            return MossShape({**members, **moss_members(known.value)}, open=False)
        bindings = scope.lookup(base.id) if isinstance(base, ast.Name) else None
        if bindings and len(bindings) == 1 and bindings[0] not in self._busy:
            self._busy.add(bindings[0])
            described = self._described(bindings[0], members)
            self._busy.discard(bindings[0])
            return described
        return MossShape(members, open=True)


def _reactions(tree: ast.Module) -> Iterator[ast.expr]:
    """What is given to on_collision and its like: a function that takes a new move."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in REACTIONS:
            yield from node.args[:1]
            yield from (item.value for item in node.keywords if item.arg == "callback")
