"""Words as a full-text search finds them, in languages with spaces between words and in those without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Table

__all__ = ["any_of", "matching", "written"]

_IDEOGRAPH = re.compile(r"([㐀-䶿一-鿿豈-﫿぀-ヿ가-힯])")
_WORD = re.compile(r"[^\W_]+")


def written(text: str) -> str:
    """A text as it is indexed: each Chinese character is a word, so that a part of a sentence is found.

    >>> written("画正方形 now")
    '画 正 方 形 now'
    """
    return " ".join(_IDEOGRAPH.sub(r" \1 ", text).split())


def phrases(text: str) -> list[str]:
    """What is looked for: each word of a person, in the same writing; marks between words are not words.

    >>> phrases("正方形 red-heart!")
    ['正 方 形', 'red', 'heart']
    """
    return [written(word) for word in _WORD.findall(text)]


def matching(table: Table, text: str, *, full_text: bool) -> ColumnElement[bool] | None:
    """Whether all the words of a text are in a row; None when it has none."""
    return _condition(table, phrases(text), " AND ", full_text=full_text)


def any_of(table: Table, text: str, *, full_text: bool) -> ColumnElement[bool] | None:
    """Whether any of the words of a text is in a row; None when it has none."""
    return _condition(table, phrases(text), " OR ", full_text=full_text)


def _condition(table: Table, wanted: list[str], joint: str, *, full_text: bool) -> ColumnElement[bool] | None:
    from sqlalchemy import and_, literal_column, or_

    if not wanted:
        return None
    if full_text:
        query = joint.join(f'"{phrase}"' for phrase in wanted)
        return literal_column(table.name).op("MATCH", is_comparison=True)(query)
    parts = [table.c.words.ilike(f"%{phrase}%") for phrase in wanted]
    return and_(*parts) if joint == " AND " else or_(*parts)
