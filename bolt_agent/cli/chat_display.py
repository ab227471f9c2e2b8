"""Where a turn is shown line by line: as plain text, or on a terminal with colours and a live picture below."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from bolt_agent.cli.chat_conversation import Conversation, Kind, entry_lines, printable, spoken
from bolt_agent.cli.picture import Scene, draw_scene
from bolt_agent.ghost.events import CodeChunk, CodeFailed, CodeOutput, Event, Happened, SpeechChunk, TurnEnded

__all__ = ["Display", "LiveDisplay", "PlainDisplay", "print_line"]

PICTURE_COLUMNS, PICTURE_LINES = 64, 10

_PREFIXES: dict[Kind, str] = {"code": "    ", "output": "output: ", "failed": "error: ", "happened": "* "}


class Display(Protocol):
    """Where a turn is shown."""

    def __enter__(self) -> Display: ...
    def __exit__(self, *exception: object) -> None: ...
    def add(self, event: Event) -> None: ...
    def refresh(self) -> None: ...


class PlainDisplay:
    """Prints whole lines as soon as they are complete, and nothing but text."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._kind: Kind = "speech"
        self._line = ""
        self._errors: set[str] = set()

    def __enter__(self) -> PlainDisplay:
        return self

    def __exit__(self, *exception: object) -> None:
        self._finish_line()

    def add(self, event: Event) -> None:
        match event:
            case SpeechChunk(text=text):
                self._grow("speech", text)
            case CodeChunk(text=text):
                self._grow("code", text)
            case CodeOutput(text=text):
                self._grow("output", text)
            case CodeFailed(error=error):
                self._errors.add(error)
                self._grow("failed", f"{error}\n")
            case Happened(text=text):
                self._grow("happened", f"{text}\n")
            case TurnEnded(turn=turn):
                self._finish_line()
                if turn.status == "error" and turn.error and turn.error not in self._errors:
                    self._grow("failed", f"{turn.error}\n")

    def refresh(self) -> None:
        """Nothing moves here."""

    def _grow(self, kind: Kind, text: str) -> None:
        if kind != self._kind:
            self._finish_line()
            self._kind = kind
        text = printable(text)
        self._line = spoken(self._line, text) if kind == "speech" else self._line + text
        *complete, self._line = self._line.split("\n")
        for line in complete:
            self._print(line)

    def _finish_line(self) -> None:
        line, self._line = self._line, ""
        self._print(line)

    def _print(self, line: str) -> None:
        if line.strip():
            print_line(self._console, _PREFIXES.get(self._kind, "") + line.rstrip())


class LiveDisplay:
    """Prints what is complete; keeps what still grows, and the picture, at the bottom."""

    def __init__(self, console: Console, scene: Callable[[], Scene] | None) -> None:
        self._console = console
        self._scene = scene
        self._conversation = Conversation(most=sys.maxsize)
        self._printed = 0
        self._live = Live(
            console=console,
            get_renderable=self._draw,
            auto_refresh=False,  # it would draw in a thread of its own, while the robot moves in this one
            transient=scene is None,
            vertical_overflow="crop",
        )

    def __enter__(self) -> LiveDisplay:
        self._live.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._print_all_but(0)
        self._live.stop()

    def add(self, event: Event) -> None:
        self._conversation.add(event)
        self._print_all_but(1)
        self._live.refresh()

    def refresh(self) -> None:
        self._live.refresh()

    def _print_all_but(self, last: int) -> None:
        entries = self._conversation.entries
        while self._printed < len(entries) - last:
            entry = entries[self._printed]
            self._printed += 1  # before printing, which draws the live part anew
            self._console.print(Group(*entry_lines(entry, self._console.width)))

    def _draw(self) -> RenderableType:
        parts: list[RenderableType] = []
        room = self._console.height - 2
        if self._scene is not None and room >= PICTURE_LINES:
            width = min(self._console.width, PICTURE_COLUMNS)
            parts.append(draw_scene(self._scene(), width, PICTURE_LINES))
            room -= PICTURE_LINES
        for entry in self._conversation.entries[self._printed :]:
            parts[:0] = entry_lines(entry, self._console.width)[-max(room, 1) :]
        return Group(*parts)


def print_line(console: Console, line: str) -> None:
    """A line as it is: no markup, no wrapping, no colours."""
    console.print(Text(line), soft_wrap=True, highlight=False)
