"""The members of a Moss class: which are injected, which are data, and what each begins with."""

from __future__ import annotations

import copy
import dataclasses
import enum
import inspect
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, is_typeddict

from bolt_agent.container import Container
from bolt_agent.container._calls import alternatives
from bolt_agent.moss._moss import Moss
from bolt_agent.moss._values import is_model
from bolt_agent.moss.errors import NotInjectable, NotPersistable
from bolt_agent.moss.pycontext import PyContext

_BUILTIN_DATA = (bool, int, float, complex, str, bytes, list, dict, set, frozenset, tuple, type(None), object)


def new_moss(
    moss_type: type[Moss], container: Container, namespace: Mapping[str, Any], injects: Mapping[str, Any]
) -> tuple[Moss, dict[str, Any]]:
    """Make the instance of a Moss class; says also which of its members were injected.

    injects: values for members that win over what the container has.
    """
    moss = moss_type()
    moss._container = container
    injected = dict(injects)
    for name, hint in member_hints(moss_type, namespace).items():
        if name in injected:
            continue
        found = _bound(container, hint)
        if found is not None:
            injected[name] = found
        elif hasattr(moss_type, name):
            continue  # its default
        elif type(None) in alternatives(hint):
            setattr(moss, name, None)
        elif not _is_data(hint):
            raise NotInjectable(_unbound(moss_type, name, hint, container))
    for name, value in injected.items():
        setattr(moss, name, value)
    _copy_plain_defaults(moss)
    return moss, injected


def restore(moss: Moss, pycontext: PyContext, module: Any, injected: Mapping[str, Any]) -> None:
    """Put back what was kept. A value whose class has changed beyond recognition is left out and logged."""
    for name in pycontext.properties:
        if name in injected:
            continue
        try:
            setattr(moss, name, pycontext.get_prop(name, module))
        except (NotPersistable, ValueError, KeyError, TypeError, AttributeError) as error:
            import logging  # only when there is something to say

            logging.getLogger(__name__).warning("moss.%s was not restored: %s", name, error)


def kept(moss: Moss, injected: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a moss that persist: everything set on it that is neither injected nor private."""
    return {
        name: value
        for name, value in vars(moss).items()
        if not name.startswith("_") and name not in injected and name != "executing_code"
    }


def member_hints(moss_type: type[Moss], namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The type of each declared member. namespace: the globals of the MOSS module."""
    hints: dict[str, Any] = {}
    for cls in reversed(moss_type.__mro__):
        if cls in (Moss, object):
            continue
        names = namespace if cls.__module__ == namespace.get("__name__") else vars(sys.modules[cls.__module__])
        for name, annotation in inspect.get_annotations(cls).items():
            if name.startswith("_"):
                continue
            hint = _evaluated(annotation, names, cls, name)
            if get_origin(hint) is Annotated:
                hint = get_args(hint)[0]
            if hint is not ClassVar and get_origin(hint) is not ClassVar:
                hints[name] = hint
    return hints


def _evaluated(annotation: Any, names: Mapping[str, Any], cls: type, name: str) -> Any:
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, dict(names), dict(vars(cls)))
    except Exception as error:
        raise NotInjectable(f"cannot read the type of {cls.__name__}.{name}, `{annotation}`: {error}") from error


def _bound(container: Container, hint: Any) -> Any:
    for choice in alternatives(hint):
        kind = get_origin(choice) or choice
        if kind in _BUILTIN_DATA or kind is Any or kind is Literal:
            continue
        found = container.get(choice)
        if found is not None:
            return found
    return None


def _is_data(hint: Any) -> bool:
    return all(_is_plain(choice) for choice in alternatives(hint))


def _is_plain(hint: Any) -> bool:
    kind = get_origin(hint) or hint
    if kind in _BUILTIN_DATA or kind is Any or kind is Literal or is_typeddict(kind):
        return True
    if not isinstance(kind, type) or inspect.isabstract(kind):
        return False
    return is_model(kind) or issubclass(kind, enum.Enum) or dataclasses.is_dataclass(kind)


def _unbound(moss_type: type[Moss], name: str, hint: Any, container: Container) -> str:
    kind = getattr(hint, "__qualname__", None) or str(hint)
    return (
        f"{moss_type.__name__}.{name} needs a {kind}, and nothing is bound for it in {container.bloodline}; "
        f"bind it with container.set({kind}, ...), or declare `{name}: Optional[{kind}]`"
    )


def _copy_plain_defaults(moss: Moss) -> None:
    """Give the moss defaults of its own, so that changing a list in place changes it and not its class."""
    for name, value in _plain_defaults(type(moss)):
        if name not in vars(moss) and PyContext.allow_prop(value):
            setattr(moss, name, copy.deepcopy(value))


def _plain_defaults(moss_type: type[Moss]) -> Iterator[tuple[str, Any]]:
    for cls in reversed(moss_type.__mro__):
        if cls not in (Moss, object):
            yield from ((name, value) for name, value in vars(cls).items() if not name.startswith("_"))
