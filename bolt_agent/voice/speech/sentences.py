"""Cuts an answer into sentences while it is still growing, so that the first is spoken before the last is written."""

from __future__ import annotations

import re

__all__ = ["Sentences"]

_END = re.compile(
    r"""(?: (?<![\d]) \.+ | (?<=\d) \.+ (?=\s) | [!?…]+ ) ["'”’)\]]* (?= \s | $ ) | [。！？]+ | \n""",
    re.VERBOSE,
)
"""The end of a sentence. A point after a digit may belong to a number, until a space says that it does not."""

_NO_END = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|e\.g|i\.e|etc|vs|approx|No)|(?<!\w)[A-Z])\.$")
"""A point that belongs to a word."""

FENCE = "```"

LONGEST = 100
"""Characters; a longer one is cut at a comma: what is rendered in one piece is not heard before all of it is ready."""


class Sentences:
    """Takes pieces of text and gives whole sentences. What stands between code fences is never given.

    >>> sentences = Sentences()
    >>> sentences.add("Rolling 0.5"), sentences.add(" m. And th"), sentences.end()
    ([], ['Rolling 0.5 m.'], ['And th'])
    """

    def __init__(self) -> None:
        self._rest = ""
        self._in_code = False

    def add(self, piece: str) -> list[str]:
        """The sentences that are whole with this piece."""
        self._rest += piece
        found: list[str] = []
        while (cut := self._next_cut()) is not None:
            sentence, self._rest = self._rest[:cut], self._rest[cut:]
            if sentence.strip():
                found.append(sentence.strip())
        return found

    def end(self) -> list[str]:
        """What is left, when the text is over."""
        rest, self._rest = self._rest, ""
        code, self._in_code = self._in_code, False
        return [rest.strip()] if rest.strip() and not code else []

    def _next_cut(self) -> int | None:
        fence = self._rest.find(FENCE)
        if self._in_code:
            self._rest = self._rest[fence + len(FENCE) :] if fence >= 0 else self._rest[-2:]
            self._in_code = fence < 0
            if self._in_code:
                return None
            return self._next_cut()
        if fence == 0:
            self._rest = self._rest[len(FENCE) :]
            self._in_code = True
            return self._next_cut()
        end = self._sentence_end(self._rest[:fence] if fence > 0 else self._rest)
        return end if end is not None else (fence if fence > 0 else None)

    @staticmethod
    def _sentence_end(text: str) -> int | None:
        ends = (match.end() for match in _END.finditer(text) if not _NO_END.search(text[: match.end()]))
        end = next(ends, None)
        if (end or len(text)) <= LONGEST:
            return end
        pauses = (text.rfind(mark, LONGEST // 2, LONGEST) + len(mark) for mark in (", ", "; ", "，", " "))
        return next((pause for pause in pauses if pause > LONGEST // 2), LONGEST)
