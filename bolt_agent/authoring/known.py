"""What can be said of an expression without running it: the object it is, or the class of the object."""

from __future__ import annotations

import ast
import importlib
from dataclasses import dataclass
from typing import Any

from bolt_agent.authoring.api import CLASSES, attributes, result_class
from bolt_agent.authoring.literals import NotLiteral, literal
from bolt_agent.authoring.scopes import Binding, Scope
from bolt_agent.container import NotBound
from bolt_agent.moss import Moss
from bolt_agent.moss._members import member_hints

__all__ = ["Knowledge", "Known", "Method", "MossShape", "Object", "Thing"]

OURS = ("bolt_agent", "prompts")
"""Packages that may be imported to look into them; a person's own modules are never run by a check."""

REACTIONS = ("on_collision", "on_freefall", "on_landing")


@dataclass(frozen=True)
class Object:
    """Exactly this object: a literal, or something imported from us."""

    value: Any


@dataclass(frozen=True)
class Thing:
    """Some object of one of the checked classes."""

    cls: type[Any]


@dataclass(frozen=True)
class Method:
    """A method of a Thing."""

    cls: type[Any]
    name: str


@dataclass(frozen=True, eq=False)
class MossShape:
    """The moss of the file: its members, where known what they are. open: it may have others."""

    members: dict[str, Thing | None]
    open: bool


Known = Object | Thing | Method | MossShape


class Knowledge:
    """What is known of the expressions of one file.

    A call that does not exist is taken for one that chains, so that the rest of the chain is still looked at.
    """

    def __init__(self, tree: ast.Module, module: Scope) -> None:
        self._module = module
        self._busy: set[Binding] = set()
        self._reactions = {
            call.args[0].id
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in REACTIONS
            and call.args
            and isinstance(call.args[0], ast.Name)
        }
        self._lambdas = {
            call.args[0]
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in REACTIONS
            and call.args
            and isinstance(call.args[0], ast.Lambda)
        }
        self._set_on_moss = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "moss"
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
            case Object(value=value) if _is_ours(value) and hasattr(value, name):
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
        found: list[Known | None] = [self._binding(name, item) for item in bindings if item not in self._busy]
        first = found[0] if found else None
        return first if all(other is first or other == first for other in found) else None

    def _binding(self, name: str, binding: Binding) -> Known | None:
        self._busy.add(binding)  # `move = move.roll(...)`: the other assignments say what it is
        try:
            match binding.node:
                case ast.arg():
                    return self._parameter(name, binding)
                case ast.Import() | ast.ImportFrom():
                    return _imported(name, binding.node)
                case ast.expr():
                    return self.of(binding.node, binding.scope)
            return self.annotated(binding.annotation, binding.scope) if binding.node is None else None
        finally:
            self._busy.discard(binding)

    def _parameter(self, name: str, binding: Binding) -> Known | None:
        if binding.annotation is not None:
            return self.annotated(binding.annotation, binding.scope)
        function = binding.scope.node
        reacts = function in self._lambdas or getattr(function, "name", None) in self._reactions
        arguments: ast.arguments = function.args  # type: ignore[attr-defined]
        if reacts and [*arguments.posonlyargs, *arguments.args][:1] == [binding.node]:
            from bolt_agent.robot import Move

            return Thing(Move)
        return self.moss if name == "moss" else None

    def _moss_shape(self) -> MossShape:
        import prompts.bolt

        members: dict[str, Thing | None] = dict.fromkeys([*dir(Moss), *self._set_on_moss, "executing_code"])
        bindings = self._module.names.get("Moss")
        if bindings is None:
            return MossShape({**members, **_members(prompts.bolt.Moss)}, open=False)
        if len(bindings) != 1:
            return MossShape(members, open=True)
        return self._described(bindings[0], members)

    def _described(self, binding: Binding, members: dict[str, Thing | None]) -> MossShape:
        """The shape that a class gives, with all that it inherits."""
        if isinstance(binding.node, ast.Import | ast.ImportFrom):
            known = _imported("Moss", binding.node)
            if isinstance(known, Object) and isinstance(known.value, type) and issubclass(known.value, Moss):
                return MossShape({**members, **_members(known.value)}, open=False)
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
            return MossShape({**members, **_members(known.value)}, open=False)
        bindings = scope.lookup(base.id) if isinstance(base, ast.Name) else None
        if bindings and len(bindings) == 1 and bindings[0] not in self._busy:
            self._busy.add(bindings[0])
            return self._described(bindings[0], members)
        return MossShape(members, open=True)


def _members(cls: type[Moss]) -> dict[str, Thing | None]:
    members: dict[str, Thing | None] = dict.fromkeys(dir(cls))
    try:
        hints = member_hints(cls, {})
    except NotBound:
        return members
    return members | {name: Thing(hint) if hint in CLASSES else None for name, hint in hints.items()}


def _imported(name: str, node: ast.Import | ast.ImportFrom) -> Known | None:
    """What an import binds, if it comes from us."""
    try:
        for alias in node.names:
            if (alias.asname or alias.name.partition(".")[0]) != name:
                continue
            if isinstance(node, ast.Import):
                target = alias.name if alias.asname else alias.name.partition(".")[0]
                return Object(importlib.import_module(target)) if target.partition(".")[0] in OURS else None
            if node.level == 0 and node.module and node.module.partition(".")[0] in OURS:
                return Object(getattr(importlib.import_module(node.module), alias.name))
    except (ImportError, AttributeError):
        return None  # that the import fails is found where it stands
    return None


def _is_ours(value: Any) -> bool:
    home = getattr(value, "__module__", None) or getattr(value, "__name__", None)
    return isinstance(home, str) and home.partition(".")[0] in OURS
