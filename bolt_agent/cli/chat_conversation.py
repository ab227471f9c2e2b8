"""What has been said and done, as entries that grow while a turn runs, and the lines they make on a screen."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from rich.console import Console
from rich.syntax import Syntax
from rich.text import Text

from bolt_agent.cli.chat_pieces import Kind, Pieces
from bolt_agent.ghost.messages import Head, Item

__all__ = ["ChatLog", "Entry", "entry_lines", "printable"]

MOST_ENTRIES = 500
"""What is older leaves the screen: an afternoon's chat must not fill the memory."""

_MARKS: dict[Kind, tuple[str, str, str]] = {
    "person": ("you  ", "bold cyan", "bold"),
    "speech": ("bolt ", "bold green", ""),
    "code": ("   │ ", "bright_black", ""),
    "output": ("   > ", "bright_black", "bright_black"),
    "failed": ("   ! ", "bold red", "red"),
    "happened": ("   * ", "bold yellow", "yellow"),
    "notice": ("     ", "", "bright_black"),
    "waiting": ("you  ", "bright_black", "bright_black italic"),
}
"""What stands before an entry, the mark's style, and the text's."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that move a terminal's cursor, change its colours or turn its writing around."""

_SYNTAX = Syntax("", "python", theme="ansi_dark", background_color="default")
_WRAPPING = Console(file=io.StringIO(), width=80)


@dataclass(slots=True)
class Entry:
    """One thing on the screen; it grows while it is the last one."""

    kind: Kind
    text: str


class ChatLog:
    """What has been said and done, the newest last.

    version: rises with every change, so that a screen knows when to draw.   waiting: lines whose turn has not come.
    """

    def __init__(self, greeting: str = "", *, most: int = MOST_ENTRIES) -> None:
        self.entries: list[Entry] = []
        self.waiting: list[str] = []
        self.version = 0
        self._most = most
        self._begins = False
        """Whether what grows next is a message of its own."""
        self._pieces = Pieces()
        if greeting:
            self.note("speech", greeting)

    def note(self, kind: Kind, text: str) -> None:
        """Add an entry."""
        text = printable(text).rstrip()
        if text:
            self.entries.append(Entry(kind, text))
            del self.entries[: -self._most]
        self.version += 1

    def add(self, item: Item) -> None:
        """Take in what happened in a turn."""
        self._begins = self._begins or isinstance(item, Head)
        for kind, text, whole in self._pieces.of(item):
            if whole:
                self.note(kind, text)
            else:
                self._grow(kind, text)
        self.version += 1

    def _grow(self, kind: Kind, text: str) -> None:
        text = printable(text)
        last = self.entries[-1] if self.entries else None
        begins, self._begins = self._begins, False
        if last is not None and last.kind == kind and not begins:
            last.text += text
        elif text.strip():
            self.note(kind, text.lstrip() if kind == "speech" else text.lstrip("\n"))
            self.entries[-1].text += text[len(text.rstrip()) :]


def printable(text: str) -> str:
    """The text without what would drive the terminal: it may come from a model, a program or a file."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").expandtabs(4))


def entry_lines(entry: Entry, width: int) -> list[Text]:
    """An entry in lines of at most that many columns, its mark before the first (before all, for code)."""
    mark, mark_style, style = _MARKS[entry.kind]
    source = entry.text.rstrip()
    text = _SYNTAX.highlight(source) if entry.kind == "code" else Text(source, style)
    text.rstrip()
    text.no_wrap = False  # the highlighter sets it
    room = max(8, width - len(mark))
    hang = 4 if entry.kind == "code" else 0
    lines = [line for part in text.split("\n", allow_blank=True) for line in _wrapped(part, room, hang)]
    blank = mark if entry.kind == "code" else " " * len(mark)
    return [Text.assemble((blank if index else mark, mark_style), line) for index, line in enumerate(lines)]


def _wrapped(text: Text, room: int, hang: int) -> list[Text]:
    """A line in pieces that fit. With `hang`, as for code, what follows the first piece is indented that much more."""
    pieces = list(text.wrap(_WRAPPING, room)) or [Text()]
    if not hang or len(pieces) == 1:
        return pieces
    indent = min(len(text.plain) - len(text.plain.lstrip()) + hang, room // 2)
    rest = text[len(pieces[0]) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    return [pieces[0], *(Text.assemble(" " * indent, piece) for piece in rest.wrap(_WRAPPING, room - indent))]
