"""Turns what happens in a turn into its stream of messages: numbers them, and pairs every program with its result."""

from __future__ import annotations

from collections.abc import Callable

from bolt_agent.ghost.messages import (
    ApprovalAsked,
    Chunk,
    Code,
    Event,
    Growing,
    Head,
    Item,
    Message,
    MessageAdapter,
    Notice,
    Result,
    Role,
    Tail,
    Text,
)

__all__ = ["Teller", "spaced"]

GIVEN_UP = "given up: another program took its place"
"""What a program is told that never came to a result of its own."""


class Teller:
    """Tells one turn. tell: takes each item.   turn: the turn's number."""

    def __init__(self, tell: Callable[[Item], None], turn: int) -> None:
        self._tell = tell
        self._turn = turn
        self._count = 0
        self._growing: tuple[Head, list[str]] | None = None
        self._program: str | None = None
        """The id of the program that has no result yet."""

    def grow(self, kind: Growing, text: str, role: Role = "robot") -> None:
        """The next piece of a message; what grew before and is of another kind is whole then."""
        if self._growing is None or (self._growing[0].kind, self._growing[0].role) != (kind, role):
            self._complete()
            if kind == "code":
                self.result(error=GIVEN_UP)
            head = Head(id=self._next(), kind=kind, role=role)
            self._growing = head, []
            if kind == "code":
                self._program = head.id
            self._tell(head)
        head, pieces = self._growing
        if kind == "text" and pieces:
            text = spaced(pieces[-1], text)
        pieces.append(text)
        self._tell(Chunk(id=head.id, text=text))

    def program(self, code: str) -> None:
        """A program that was there whole."""
        self.result(error=GIVEN_UP)
        self._program = self._next()
        self._tell(Tail(message=Code(id=self._program, role="person", text=code)))

    def result(self, output: str = "", error: str | None = None, *, again: bool = False) -> None:
        """What came of the program; nothing where there was none."""
        self._complete()
        if self._program is not None:
            answers, self._program = self._program, None
            self._tell(Tail(message=Result(id=self._next(), answers=answers, text=output, error=error, again=again)))

    def happened(self, name: str, text: str) -> None:
        """Something happened to the robot; what is being said or written goes on growing."""
        self._tell(Tail(message=Event(id=self._next(), name=name, text=text)))

    def heard(self, text: str) -> None:
        """A person says something meanwhile."""
        self._complete()
        self._tell(Tail(message=Text(id=self._next(), role="person", text=text)))

    def ask(self, question: str) -> str:
        """A program wants something that the person must allow. The id to answer to."""
        identity = self._next()
        self._tell(ApprovalAsked(id=identity, question=question))
        return identity

    def notice(self, text: str) -> None:
        """The program itself has something to tell the person."""
        self._tell(Tail(message=Notice(id=self._next(), text=text)))

    def end(self, why: str | None = None) -> None:
        """The turn ends: nothing stays half told. why: what became of a program that has no result yet."""
        self.result(error=why)

    def _complete(self) -> None:
        if self._growing is not None:
            head, pieces = self._growing
            self._growing = None
            self._tell(Tail(message=_whole(head, "".join(pieces))))

    def _next(self) -> str:
        self._count += 1
        return f"{self._turn}.{self._count}"


def _whole(head: Head, text: str) -> Message:
    return MessageAdapter.validate_python({"id": head.id, "kind": head.kind, "role": head.role, "text": text})


def spaced(before: str, more: str) -> str:
    """The next piece of speech, with a space in front where it is a new sentence that nobody has set apart.

    >>> spaced("Rolling.", "Now spinning."), spaced("Roll", "ing.")
    (' Now spinning.', 'ing.')
    """
    return f" {more}" if before[-1:] in (".", "!", "?") and more[:1].isupper() else more
