"""What of a turn's stream a terminal shows: pieces of text, each of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from bolt_agent.ghost.messages import (
    ApprovalAsked,
    Chunk,
    Code,
    Event,
    Head,
    Item,
    Message,
    Notice,
    Result,
    Tail,
    Text,
    ToolResult,
    TurnEnded,
)

__all__ = ["Kind", "Piece", "Pieces"]

Kind: TypeAlias = Literal["person", "speech", "code", "output", "failed", "happened", "notice", "waiting"]

Piece: TypeAlias = tuple[Kind, str, bool]
"""Its kind, its text, and whether it is whole: nothing follows that belongs to it."""

_GROWING: dict[str, Kind] = {"text": "speech", "code": "code"}
"""What a model thinks (reasoning) is not shown."""


class Pieces:
    """Cuts the stream of one turn after another into what is shown."""

    def __init__(self) -> None:
        self._growing: dict[str, tuple[Kind, str]] = {}
        self._errors: set[str] = set()

    def of(self, item: Item) -> Iterator[Piece]:
        """What the next item of the stream adds."""
        match item:
            case Head(id=identity, kind=grown) if grown in _GROWING:
                self._growing[identity] = _GROWING[grown], ""
            case Chunk(id=identity, text=text) if identity in self._growing:
                kind, before = self._growing[identity]
                self._growing[identity] = kind, before + text
                yield kind, text, False
            case Tail(message=message) if message.id in self._growing:
                kind, shown = self._growing.pop(message.id)
                if message.text != shown:  # the tail corrects what was streamed
                    yield kind, message.text.removeprefix(shown), True
            case Tail(message=message):
                yield from self._whole(message)
            case ApprovalAsked(question=question):
                yield "notice", f"{question} (y/n)", True
            case TurnEnded(turn=turn):
                if turn.status == "error" and turn.error and turn.error not in self._errors:
                    yield "failed", turn.error, True
                self._growing.clear()
                self._errors.clear()

    def _whole(self, message: Message) -> Iterator[Piece]:
        match message:
            case Text(role="person", text=text):
                yield "person", text, True
            case Text(text=text):
                yield "speech", text, True
            case Code(role="robot", text=text):
                yield "code", text, True
            case Result(text=output, error=error, again=again):
                if output:
                    yield "output", output, True
                if error is not None:
                    self._errors.add(error)
                    yield "failed", f"{error}\nTrying again." if again else error, True
            case ToolResult(text=text):
                yield "output", text, True
            case Event(text=text):
                yield "happened", text, True
            case Notice(text=text):
                yield "notice", text, True
            case _:  # reasoning stays with the model; a picture has no place in a line
                pass
