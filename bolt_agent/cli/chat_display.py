"""Where a turn is shown line by line: as plain text, or on a terminal with colours and a live picture below."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from bolt_agent.cli.chat_conversation import ChatLog, entry_lines, printable
from bolt_agent.cli.chat_pieces import Kind, Pieces
from bolt_agent.cli.picture import Scene, draw_scene
from bolt_agent.ghost.messages import Item, TurnEnded

__all__ = ["Display", "LiveDisplay", "PlainDisplay", "print_line"]

PICTURE_COLUMNS, PICTURE_LINES = 64, 10

_PREFIXES: dict[Kind, str] = {
    "person": "> ",
    "code": "    ",
    "output": "output: ",
    "failed": "error: ",
    "happened": "* ",
}


class Display(Protocol):
    """Where a turn is shown."""

    def __enter__(self) -> Display: ...
    def __exit__(self, *exception: object) -> None: ...
    def add(self, item: Item) -> None: ...
    def refresh(self) -> None: ...


class PlainDisplay:
    """Prints whole lines as soon as they are complete, and nothing but text."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._kind: Kind = "speech"
        self._line = ""
        self._pieces = Pieces()

    def __enter__(self) -> PlainDisplay:
        return self

    def __exit__(self, *exception: object) -> None:
        self._finish_line()

    def add(self, item: Item) -> None:
        if isinstance(item, TurnEnded):
            self._finish_line()
        for kind, text, whole in self._pieces.of(item):
            self._grow(kind, text.rstrip("\n") + "\n" if whole else text)

    def refresh(self) -> None:
        """Nothing moves here."""

    def _grow(self, kind: Kind, text: str) -> None:
        if kind != self._kind:
            self._finish_line()
            self._kind = kind
        self._line += printable(text)
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
        self._conversation = ChatLog(most=sys.maxsize)
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

    def add(self, item: Item) -> None:
        self._conversation.add(item)
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
