"""Executing code while it is still being written, statement by statement, with the outcome of the whole."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bolt_agent.moss._run_body import ReturnSignal, RunBody
from bolt_agent.moss._source import remember
from bolt_agent.moss._statements import RunBegins, RunEnds, Statement, Statements

if TYPE_CHECKING:
    from bolt_agent.moss._runtime import MossRuntime

__all__ = ["StreamedRun"]


class StreamedRun:
    """One program that is executed as it arrives.

    lines: how many lines of it have been executed; what is after them has not happened.
    """

    def __init__(
        self,
        runtime: MossRuntime,
        target: str,
        args: Sequence[Any],
        filename: str,
        check: Callable[[ast.AST, str], None] | None = None,
    ) -> None:
        self._names = runtime.locals()
        self._target = target
        self._args = args
        self._filename = filename
        self._check = check
        self._statements = Statements(target)
        self._body: RunBody | None = None
        self._returned = False
        self._defined = False
        self.returns: Any = None
        self.lines = 0

    @property
    def text(self) -> str:
        """The code so far."""
        return self._statements.text

    def execute(self, pieces: Iterable[str]) -> None:
        """Execute the code to its end. Raises what it raises, and SyntaxError where it does not parse."""
        self._names.pop(self._target, None)  # an earlier program's is not this one's
        try:
            for item in self._items(pieces):
                remember(self._filename, self.text)
                self._do(item)
            if not self._defined and self._target in self._names:
                self.returns = self._names[self._target](*self._args)  # it was no plain `def`: decorated, a lambda
                self._defined = True
        finally:
            self._end_body()

    @property
    def ran(self) -> bool:
        """Whether the code defined its target."""
        return self._defined

    def _items(self, pieces: Iterable[str]) -> Iterator[Statement | RunBegins | RunEnds]:
        for piece in pieces:
            yield from self._statements.feed(piece)
        yield from self._statements.end()

    def _do(self, item: Statement | RunBegins | RunEnds) -> None:
        if self._check is not None and not isinstance(item, RunEnds):
            nodes = [item.function] if isinstance(item, RunBegins) else item.nodes
            self._check(ast.Module(list(nodes), []), self.text)
        if isinstance(item, RunBegins):
            self._begin_body(item.function)
        elif isinstance(item, RunEnds):
            self._end_body()
        elif not item.in_run:
            code = compile(ast.Module(item.nodes, []), self._filename, "exec", dont_inherit=True)
            exec(code, self._names)
            self._done(item)
        elif not self._returned and self._body is not None:
            try:
                self._body.run(item.nodes)
            except ReturnSignal as signal:
                self.returns, self._returned = signal.value, True
            self._done(item)

    def _done(self, statement: Statement) -> None:
        self.lines = statement.nodes[-1].end_lineno or self.lines

    def _begin_body(self, function: ast.FunctionDef) -> None:
        code = compile(ast.Module([function], []), self._filename, "exec", dont_inherit=True)
        scope: dict[str, Any] = {}
        exec(code, self._names, scope)  # its parameters and their defaults, without its body
        bound = inspect.signature(scope[function.name]).bind(*self._args)
        bound.apply_defaults()
        self._body = RunBody(function.name, self._names, self._filename)
        self._body.bind(bound.arguments)
        self._defined = True

    def _end_body(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
