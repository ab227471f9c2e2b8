"""Parts a model's answer while it arrives: fenced blocks and `<moss>` tags are code, `<think>` is thought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bolt_agent.brains.brain import Code, Part, Say, Think

__all__ = ["Splitter"]

FENCE = "```"
TAGS: dict[str, tuple[str, type[Code] | type[Think]]] = {
    "<moss>": ("</moss>", Code),
    "<think>": ("</think>", Think),
}
"""What ends a block that begins so, and what is in it. Reasoning models without a field for it think in tags."""
LANGUAGES = {"", "py", "python", "python3", "moss"}
"""What a fence may be labelled with to be a program; a block of anything else is shown to nobody."""

Kind: TypeAlias = type[Say] | type[Code] | type[Think]


class Splitter:
    """Feed it an answer in any pieces; it gives the parts as early as they are certain.

    >>> splitter = Splitter()
    >>> [*splitter.feed("Here: ```py"), *splitter.feed("thon\\nx = 1\\n`"), *splitter.feed("``"), *splitter.end()]
    [Say(text='Here: '), Code(text='x = 1\\n')]
    """

    def __init__(self) -> None:
        self._pending = ""
        self._end_mark: str | None = None
        """What ends the block we are in; None while the robot speaks."""
        self._inside: type[Code] | type[Think] | None = None

    def feed(self, text: str) -> Iterator[Part]:
        """The parts that are certain with this piece of the answer."""
        self._pending += text
        while True:
            before = self._pending
            yield from self._speech() if self._end_mark is None else self._block(self._end_mark)
            if self._pending == before:
                return

    def end(self) -> Iterator[Part]:
        """What was held back; a block that was never closed ends here."""
        text, self._pending = self._pending, ""
        if self._end_mark is None:
            yield from _part(Say, text)
        elif self._inside is not None:
            yield from _part(self._inside, text)
        self._end_mark = None

    def _speech(self) -> Iterator[Part]:
        starts = [(at, mark) for mark in (FENCE, *TAGS) if (at := self._pending.find(mark)) >= 0]
        if not starts:
            held = max(_overlap(self._pending, mark) for mark in (FENCE, *TAGS))
            yield from self._take(Say, len(self._pending) - held)
            return
        at, mark = min(starts)
        if mark in TAGS:
            yield from self._take(Say, at, drop=len(mark))
            self._end_mark, self._inside = TAGS[mark]
        elif (line_end := self._pending.find("\n", at)) >= 0:
            label = self._pending[at + len(FENCE) : line_end].strip().lower()
            yield from self._take(Say, at, drop=line_end + 1 - at)
            self._end_mark, self._inside = FENCE, Code if label in LANGUAGES else None

    def _block(self, end_mark: str) -> Iterator[Part]:
        at = self._pending.find(end_mark)
        if at < 0:
            yield from self._take(self._inside, len(self._pending) - _overlap(self._pending, end_mark))
        else:
            yield from self._take(self._inside, at, drop=len(end_mark))
            self._end_mark = None

    def _take(self, kind: Kind | None, size: int, *, drop: int = 0) -> Iterator[Part]:
        text, self._pending = self._pending[:size], self._pending[size + drop :]
        if kind is not None:
            yield from _part(kind, text)


def _part(kind: Kind, text: str) -> Iterator[Part]:
    if text:
        yield kind(text)


def _overlap(text: str, mark: str) -> int:
    """How many characters at the end of the text may be the beginning of the mark."""
    return next((size for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), 0)
