"""The tables of a history, and how an older file becomes a newer one.

Turns are a tree, as commits are: each names the turn before it, and a thread is a name for its newest turn. To undo a
turn moves that name back, to fork sets another one up; nothing is copied.

The changes are a plain list and not Alembic's: they are few, they run unasked on the computers of people who have no
shell open, and Alembic alone takes longer to import than a history takes to open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import JSON, Column, Connection, Float, ForeignKey, Integer, MetaData, String, Table, Text, inspect

from bolt_agent.ghost.history.errors import HistoryError

__all__ = ["CHANGES", "fact_words", "facts", "messages", "prepare", "threads", "turn_words", "turns"]

metadata = MetaData()

versions = Table("schema_version", metadata, Column("version", Integer, nullable=False))

threads = Table(
    "threads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("began", String(40), nullable=False),
    Column("head", Integer, doc="its newest turn; none yet, or all undone: NULL"),
    Column("about", JSON, nullable=False, doc="driver, brain, world, seed"),
    Column("used", Integer, nullable=False, doc="rises with every use of any thread"),
    sqlite_autoincrement=True,
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread", Integer, ForeignKey("threads.id"), nullable=False, index=True, doc="in which it was taken"),
    Column("parent", Integer, index=True, doc="the turn before it"),
    Column("number", Integer, nullable=False, doc="its place in the conversation, from 1"),
    Column("began", String(40), nullable=False, doc="ISO 8601, UTC; for people: nothing is ordered by it"),
    Column("say", Text, nullable=False, doc="empty when a program was given instead of words"),
    Column("reply", Text, nullable=False, default=""),
    Column("code", Text, doc="the program that ran last"),
    Column("status", String(20), nullable=False, doc="running, ok, refused, error or stopped"),
    Column("error", Text),
    Column("model", Text),
    Column("tokens_in", Integer, nullable=False, default=0),
    Column("tokens_out", Integer, nullable=False, default=0),
    Column("cost", Float, nullable=False, default=0.0),
    Column("motions", JSON, doc="what its programs asked of the player"),
    Column("context", JSON, doc="the PyContext that it left"),
    Column("timing", JSON, doc="seconds of wall time since its begin"),
    Column("summary", JSON, doc="of the first turns, where some have left what a model is told word for word"),
    sqlite_autoincrement=True,  # a number that a person has seen never comes to mean another turn
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("turn", Integer, ForeignKey("turns.id"), nullable=False, index=True),
    Column("body", JSON, nullable=False, doc="bolt-messages/1"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("since", String(40), nullable=False),
    Column("changed", String(40), nullable=False),
    sqlite_autoincrement=True,
)

words = MetaData()
turn_words = Table("turn_words", words, Column("rowid", Integer, primary_key=True), Column("words", Text))
fact_words = Table("fact_words", words, Column("rowid", Integer, primary_key=True), Column("words", Text))
"""What a search looks through, by the id of turn or fact: FTS5 tables in SQLite, plain ones elsewhere."""

FULL_TEXT = "CREATE VIRTUAL TABLE IF NOT EXISTS {} USING fts5(words, tokenize='porter unicode61 remove_diacritics 2')"

Change: TypeAlias = Callable[[Connection], None]
CHANGES: Sequence[Change] = ()
"""Each makes a file of version n one of version n + 1; a new file begins with the newest."""


def prepare(connection: Connection, *, full_text: bool, changes: Sequence[Change] = CHANGES) -> None:
    """Make what is missing, and bring an older file up to date. Raises HistoryError for one that is newer than we."""
    newest = 1 + len(changes)
    if not inspect(connection).has_table(versions.name):
        metadata.create_all(connection)
        _create_words(connection, full_text=full_text)
        connection.execute(versions.insert().values(version=newest))
        return
    version = connection.execute(versions.select()).scalar_one()
    if version > newest:
        raise HistoryError(f"it was written by a newer bolt-agent (its tables are version {version}, not {newest})")
    for change in changes[version - 1 :]:
        change(connection)
    if version < newest:
        connection.execute(versions.update().values(version=newest))


def _create_words(connection: Connection, *, full_text: bool) -> None:
    if not full_text:
        words.create_all(connection)
        return
    for table in (turn_words, fact_words):
        connection.exec_driver_sql(FULL_TEXT.format(table.name))
