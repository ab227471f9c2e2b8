"""Lines of MOSS code in the making: indentation, imports, and when to wait for the ball. Knows no intents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Lines", "number"]

INDENT = "    "
NEW_MOVE = "moss.body.new_move(run=True)"


class Lines:
    """The body of `run`, line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 1
        self._imports: set[str] = set()
        self._has_move = False
        self.busy = False
        """Whether the ball may still be at it when the next line runs."""
        self.reacting = False
        """Whether the lines are those of a reaction: there nothing can be waited for."""

    def add(self, line: str) -> None:
        """One line."""
        self._lines.append(INDENT * self._depth + line)

    def use(self, line: str) -> None:
        """An import at the top."""
        self._imports.add(line)

    def start(self, line: str) -> None:
        """A line at the very start of `run`, once."""
        if (first := INDENT + line) not in self._lines:
            self._lines.insert(0, first)

    def ball(self, call: str) -> None:
        """A call of the move."""
        self.need_move()
        self.add(f"move.{call}")
        self.busy = True

    def need_move(self, *, fresh: bool = False) -> None:
        """A move to add to."""
        if self.reacting or (self._has_move and not fresh):
            return
        self.add(f"move = {NEW_MOVE}")
        self._has_move = True

    def face(self, call: str) -> None:
        """A call of the face."""
        self.add(f"moss.face.{call}")

    def settle(self) -> None:
        """Wait for the ball, if it may be busy."""
        if self.busy and not self.reacting:
            self.add("moss.body.wait()")
        self.busy = False

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        if not self.reacting:
            self.use("import time")
            self.add(f"time.sleep({number(seconds)})")

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """An indented block."""
        self.add(head)
        self._depth += 1
        yield
        self._depth -= 1

    @contextmanager
    def loop(self, times: int) -> Iterator[None]:
        """The same several times."""
        with self.block(f"for _ in range({times}):"):
            yield

    @contextmanager
    def reaction(self, name: str) -> Iterator[None]:
        """A function that fills the move of a reaction."""
        before = self.busy, self.reacting
        if self._lines:
            self._lines.append("")
        with self.block(f"def {name}(move):"):
            self.reacting = True
            size = len(self._lines)
            yield
            if len(self._lines) == size:
                self.add("pass")
        self._lines.append("")
        self.busy, self.reacting = before

    def program(self) -> str:
        """The whole program text."""
        lines = _inline_single_move(self._lines) or [INDENT + "pass"]
        plain = sorted(line for line in self._imports if line.startswith("import"))
        own = sorted(self._imports.difference(plain))
        head = [*plain, *([""] if plain and own else []), *own]
        return "\n".join([*head, *(["", ""] if head else []), "def run(moss):", *lines, ""])


def _inline_single_move(lines: list[str]) -> list[str]:
    """A move that is used once needs no name."""
    made = [at for at, line in enumerate(lines) if line == f"{INDENT}move = {NEW_MOVE}"]
    used = [at for at, line in enumerate(lines) if line.lstrip().startswith("move.")]
    if len(made) == 1 and used == [made[0] + 1] and lines[used[0]].startswith(INDENT + "move."):
        call = lines[used[0]].strip().removeprefix("move")
        return [*lines[: made[0]], f"{INDENT}{NEW_MOVE}{call}", *lines[used[0] + 1 :]]
    return lines


def number(value: float) -> str:
    """A number as a person would write it.

    >>> number(2.0), number(0.6666), number(90)
    ('2', '0.67', '90')
    """
    rounded = round(value, 2)
    return str(int(rounded)) if float(rounded).is_integer() else str(rounded)
