"""Tokens to clauses: parses the token stream with the grammar into clauses and the joints between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from bolt_agent.brains.reflex.tokens import Token

if TYPE_CHECKING:
    from lark import Lark, Tree
    from lark import Token as LarkToken

__all__ = ["VERBS", "Clause", "Item", "Joint", "Part", "parse"]

VERBS = (
    "move", "turn", "spin", "look", "wait", "halt", "dance", "return", "show", "write", "blink", "clear", "on",
    "repeat", "name", "forget", "act", "aim", "named", "do",
)  # fmt: skip
"""What a clause can be about, the weakest last."""

Values: TypeAlias = tuple[str, ...]


class Part(NamedTuple):
    """One phrase of a clause. values: the meanings and numbers in it, as the lexicon has them."""

    kind: str
    values: Values
    text: str


class Joint(NamedTuple):
    """What joins two clauses."""

    kind: str


@dataclass(frozen=True)
class Clause:
    """The parts of one clause, in the order they were said."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """As it was said."""
        return " ".join(part.text for part in self.parts if part.text)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its parts."""
        return frozenset(part.kind for part in self.parts)

    @property
    def verb(self) -> str:
        """The kind of its verb, or an empty string."""
        return next((verb for verb in VERBS if verb in self.kinds), "")

    def has(self, *kinds: str) -> bool:
        """Whether it has a part of any of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    def all(self, kind: str) -> list[str]:
        """The first value of every part of a kind."""
        return [part.values[0] for part in self.parts if part.kind == kind]

    def first(self, kind: str) -> str | None:
        """The value of the first part of a kind."""
        return next((part.values[0] for part in self.parts if part.kind == kind), None)

    def values(self, kind: str) -> Values:
        """All the values of the first part of a kind."""
        return next((part.values for part in self.parts if part.kind == kind), ())

    def at(self, kind: str) -> int:
        """Where the first part of a kind stands; behind all parts if there is none."""
        return next((at for at, part in enumerate(self.parts) if part.kind == kind), len(self.parts))

    def without(self, *kinds: str) -> Clause:
        """The clause less its parts of these kinds."""
        return Clause(tuple(part for part in self.parts if part.kind not in kinds))

    def only(self, *kinds: str) -> Clause:
        """The clause of its parts of these kinds."""
        return Clause(tuple(part for part in self.parts if part.kind in kinds))

    def plus(self, *parts: Part) -> Clause:
        """The clause with more parts."""
        return Clause((*self.parts, *parts))


Item: TypeAlias = Clause | Joint


def parse(tokens: Sequence[Token]) -> list[Item]:
    """The clauses of a sentence and what joins them. Tokens that are no terminals of the grammar are left out."""
    parser = _parser()
    known = [token for token in tokens if token.kind.upper() in _terminals()]
    from lark.exceptions import UnexpectedInput

    try:
        tree = parser.parse(known)
    except UnexpectedInput as error:
        at = getattr(getattr(error, "token", None), "start_pos", None)
        return _without(known, at if at is not None else len(known) - 1)
    return [_item(child) for child in tree.children]


def _without(tokens: list[Token], at: int) -> list[Item]:
    """A sentence with a word where none like it can stand: that word is not understood."""
    if not tokens or tokens[at].kind == "unknown":
        return []
    odd = tokens[at]
    return parse([*tokens[:at], Token("unknown", odd.text, odd.text), *tokens[at + 1 :]])


def _item(node: Tree[LarkToken] | LarkToken) -> Item:
    if not hasattr(node, "children"):
        return Joint(node.type.lower())
    return Clause(tuple(_part(child) for child in node.children))


def _part(node: Any) -> Part:
    if not hasattr(node, "children"):
        return Part(node.type.lower(), (node.value,), node.said)
    leaves: list[Any] = node.children
    return Part(str(node.data), tuple(leaf.value for leaf in leaves), " ".join(leaf.said for leaf in leaves))


@cache
def _terminals() -> frozenset[str]:
    return frozenset(symbol.name for rule in _parser().rules for symbol in rule.expansion if symbol.is_term)


@cache
def _parser() -> Lark:
    from lark import Lark
    from lark import Token as LarkToken
    from lark.lexer import Lexer

    class Said(LarkToken):
        """A token of the parser that remembers how it was said."""

        said: str

    class Given(Lexer):
        """Hands on the tokens that are there already."""

        def __init__(self, _: Any) -> None:
            pass

        def lex(self, tokens: Any) -> Iterator[LarkToken]:  # type: ignore[override]  # lark's way for given tokens
            for at, token in enumerate(tokens):
                given = Said(token.kind.upper(), token.value, start_pos=at)
                given.said = token.text
                yield given

    grammar = files("bolt_agent.brains.reflex").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=Given)
