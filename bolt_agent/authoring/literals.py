"""Values that stand in a file as they are: numbers, texts, lists of them, and simple sums of them."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

__all__ = ["NotLiteral", "literal"]

LONGEST = 4096
"""Items of a list or text that is written as a product, such as [0] * 8."""

_SUMS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


class NotLiteral(ValueError):
    """The value is known only when the code runs."""


def literal(node: ast.expr, name: Callable[[ast.Name], Any]) -> Any:
    """The value of an expression. `name` gives that of a name, or raises NotLiteral. Raises NotLiteral.

    >>> literal(ast.parse("[-1, 2 * 3, *['0'] * 2]", mode="eval").body, None)
    [-1, 6, '0', '0']
    """
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name():
            return name(node)
        case ast.List(elts=items):
            return _items(items, name)
        case ast.Tuple(elts=items):
            return tuple(_items(items, name))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(literal(operand, name))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _SUMS:
            return _combined(type(sign), literal(left, name), literal(right, name))
    raise NotLiteral


def _items(nodes: list[ast.expr], name: Callable[[ast.Name], Any]) -> list[Any]:
    items: list[Any] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            spread = literal(node.value, name)
            if not isinstance(spread, (list, tuple, str)):
                raise NotLiteral
            items.extend(spread)
        else:
            items.append(literal(node, name))
    return items


def _combined(sign: type[ast.operator], left: Any, right: Any) -> Any:
    if sign is ast.Mult and isinstance(right, (list, tuple, str)):
        left, right = right, left
    if isinstance(left, (list, tuple, str)):
        if sign is ast.Mult and isinstance(right, int) and len(left) * right <= LONGEST:
            return left * right
        if sign is ast.Add and type(left) is type(right):
            return operator.add(left, right)
        raise NotLiteral
    try:
        return _SUMS[sign](_number(left), _number(right))
    except ArithmeticError:
        raise NotLiteral from None


def _number(value: Any) -> int | float:
    if not isinstance(value, (int, float)):
        raise NotLiteral
    return value
