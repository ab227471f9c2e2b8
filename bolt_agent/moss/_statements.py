"""Finding statements in code that is still being written: each is given as soon as it is certain to be whole.

A simple statement is whole when its line ends and it parses. A compound one (a loop, a function, a `with`) may go on
with every line, so it is whole when a line follows that is indented no deeper and begins no `else` or `except`.
The body of `def run(...)` is given statement by statement; every other function is one statement.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["RunBegins", "RunEnds", "Statement", "Statements"]

CLAUSES = ("else", "elif", "except", "finally")
"""What continues a compound statement at its own indentation."""

COMPOUND = re.compile(r"@|(async|class|def|for|if|match|try|while|with)\b")
"""How a statement begins that goes on over the lines below it."""

HEADER = re.compile(r"def\s+(\w+)\s*\(")


class Statement(NamedTuple):
    """A whole statement: its nodes (a line may hold several, parted by `;`), with line numbers of the whole text."""

    nodes: list[ast.stmt]
    in_run: bool


class RunBegins(NamedTuple):
    """The header of the target function was read; `function` has its parameters and no body yet."""

    function: ast.FunctionDef


class RunEnds(NamedTuple):
    """The body of the target function is over."""


class Statements:
    """Feed it text; it gives what has become certain.

    >>> statements = Statements("run")
    >>> [type(item).__name__ for item in statements.feed("def run(moss):\\n    x = 1\\n    for i in ")]
    ['RunBegins', 'Statement']
    >>> [type(item).__name__ for item in [*statements.feed("x:\\n        pass\\n"), *statements.end()]]
    ['Statement', 'RunEnds']

    Raises SyntaxError, with the line of the whole text, when the text is over and does not parse.
    """

    def __init__(self, target: str) -> None:
        self.text = ""
        self._target = target
        self._next = 0
        """The line, from 0, where the next statement begins."""
        self._tried = 0
        self._indent = ""
        """Of the body we are in; empty at the top level."""
        self._in_run = False
        self._ended = False

    def feed(self, text: str) -> Iterator[Statement | RunBegins | RunEnds]:
        """What is certain with this piece of the text."""
        self.text += text
        yield from self._certain()

    def end(self) -> Iterator[Statement | RunBegins | RunEnds]:
        """What the end of the text makes certain."""
        self._ended = True
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"
        yield from self._certain()
        if self._in_run:
            yield RunEnds()
        if any(_is_code(line) for line in self._lines()[self._next :]):
            ast.parse(self.text)  # says what is wrong, and where
            raise SyntaxError("the code cannot be read")

    def _lines(self) -> list[str]:
        whole, _, _rest = self.text.rpartition("\n")
        return whole.split("\n") if whole or self.text.startswith("\n") else []

    def _certain(self) -> Iterator[Statement | RunBegins | RunEnds]:
        while True:
            lines = self._lines()
            while self._next < len(lines) and not _is_code(lines[self._next]):
                self._next += 1
            if self._next == len(lines):
                return
            line = lines[self._next]
            if self._in_run and self._indent and not line.startswith(self._indent):
                self._in_run, self._indent = False, ""
                yield RunEnds()
                continue
            if self._in_run and not self._indent:
                self._indent = line[: _depth(line)]
                if not self._indent:
                    return  # a body must be indented: the end of the text will tell
            found = self._header(lines) or self._statement(lines)
            if found is None:
                return
            yield found

    def _header(self, lines: list[str]) -> RunBegins | None:
        """The header of the target, if that is what stands next and all of it is there."""
        named = HEADER.match(lines[self._next])
        if self._in_run or named is None or named[1] != self._target:
            return None
        for stop in range(self._next + 1, len(lines) + 1):
            header = "\n".join(lines[self._next : stop])
            tree = _parse(f"{header}\n    pass\n", self._next)
            if tree is not None and isinstance(function := tree.body[0], ast.FunctionDef) and len(tree.body) == 1:
                self._next, self._in_run = stop, True
                return RunBegins(function)
        return None

    def _statement(self, lines: list[str]) -> Statement | None:
        for stop in self._stops(lines):
            nodes = self._parse(lines, stop)
            if nodes and self._is_whole(nodes, lines, stop):
                self._next = self._tried = stop
                return Statement(nodes, self._in_run)
        return None

    def _stops(self, lines: list[str]) -> Iterator[int]:
        """Where the statement may end: before a line that is indented no deeper, or where the text ends.

        A place that was refused once is refused for good, so that a long statement is not read again and again.
        """
        depth = len(self._indent)
        for stop in range(max(self._next, self._tried) + 1, len(lines)):
            if _is_code(lines[stop]) and _depth(lines[stop]) <= depth:
                self._tried = stop
                yield stop
        if self._ended or self._begun_line() or not COMPOUND.match(lines[self._next].lstrip()):
            yield len(lines)

    def _parse(self, lines: list[str], stop: int) -> list[ast.stmt] | None:
        piece = "\n".join(lines[self._next : stop]) + "\n"
        if not self._indent:
            tree = _parse(piece, self._next)
            return tree.body if tree is not None else None
        tree = _parse(f"if 1:\n{piece}", self._next - 1)  # an indented block as it stands: strings keep their lines
        if tree is None or not isinstance(block := tree.body[0], ast.If) or len(tree.body) > 1 or block.orelse:
            return None
        return block.body

    def _is_whole(self, nodes: list[ast.stmt], lines: list[str], stop: int) -> bool:
        if not hasattr(nodes[-1], "body") and not isinstance(nodes[-1], ast.Match):
            return True
        following = next((line for line in [*lines[stop:], self._begun_line()] if _is_code(line)), None)
        if following is None:
            return self._ended
        return _depth(following) <= len(self._indent) and not _continues(following.lstrip())

    def _begun_line(self) -> str:
        """As much of the line that is being written as tells how deep it is; empty while that is not known."""
        return self.text.rpartition("\n")[2]


def _continues(line: str) -> bool:
    """Whether a line begins a clause of the statement above it, or may yet turn out to."""
    word = re.match(r"\w*", line)
    assert word is not None
    if word[0] == line:  # it may be only the beginning of a word
        return any(clause.startswith(line) for clause in CLAUSES)
    return word[0] in CLAUSES


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_code(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and not stripped.startswith("#")


def _parse(text: str, lines_before: int) -> ast.Module | None:
    """The tree with the line numbers of the whole text, or None while it does not parse."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    return ast.increment_lineno(tree, lines_before)
