"""Filling in the arguments of a call from a container, by type hints."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from bolt_agent.container._errors import NotBound, called

if TYPE_CHECKING:
    from bolt_agent.container._container import Container

_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def fill(
    container: Container, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> inspect.BoundArguments:
    """Bind what was given and fetch the rest.

    A parameter gets, in this order: what the caller gave; what is bound for its type; its default; None where
    the hint allows None; an object made of the hinted class, if that is an ordinary class. Else NotBound.
    """
    signature = inspect.signature(function)
    bound = signature.bind_partial(*args, **kwargs)
    hints = _hints(function)
    for name, parameter in signature.parameters.items():
        if name in bound.arguments or parameter.kind in _VARIADIC:
            continue
        hint = hints.get(name, inspect.Parameter.empty)
        found = _fetch(container, hint)
        if found is not None:
            bound.arguments[name] = found
        elif parameter.default is inspect.Parameter.empty:
            bound.arguments[name] = _without_default(container, function, name, hint)
    # BoundArguments reads its mapping in order, so put the filled ones where the signature has them
    bound.arguments = {name: bound.arguments[name] for name in signature.parameters if name in bound.arguments}
    return bound


def alternatives(hint: Any) -> tuple[Any, ...]:
    """The types a hint allows, None among them as NoneType.

    >>> alternatives(int | None)
    (<class 'int'>, <class 'NoneType'>)
    """
    if get_origin(hint) in (Union, types.UnionType):
        return get_args(hint)
    return (hint,)


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    target = function.__init__ if isinstance(function, type) else function  # type: ignore[misc]
    try:
        return get_type_hints(target)
    except NameError as error:
        raise TypeError(f"cannot read the type hints of {called(function)}: {error}") from error
    except TypeError:  # a callable object without hints, such as a C function
        return {}


def _fetch(container: Container, hint: Any) -> Any:
    for choice in alternatives(hint):
        if isinstance(choice, type) and choice.__module__ != "builtins":
            found = container.get(choice)
            if found is not None:
                return found
    return None


def _without_default(container: Container, function: Callable[..., Any], name: str, hint: Any) -> Any:
    if type(None) in alternatives(hint):
        return None
    hinted = hint is not inspect.Parameter.empty
    ordinary = isinstance(hint, type) and hint.__module__ != "builtins" and not inspect.isabstract(hint)
    if hinted and ordinary and not getattr(hint, "_is_protocol", False):
        return container.make(hint)
    wanted = f"needs {called(hint)}, which nobody bound" if hinted else "has no type hint"
    raise NotBound(f"cannot call {called(function)}: its parameter {name!r} {wanted}", hint, container.making())
