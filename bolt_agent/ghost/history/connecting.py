"""Opens the database of a history, and says in plain words what is wrong with one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.ghost.history.schema import prepare

__all__ = ["connect", "explained"]

PATIENCE = 2.0
"""Seconds to wait for another process that is writing."""

_ADVICE = {
    "locked": "another program holds it locked; end that program",
    "full": "the disk is full; free some space",
    "malformed": "it is damaged; move it away and a new one begins",
    "not a database": "it is no history; move it away and a new one begins",
    "readonly": "it may not be written; look at the rights of the file and its folder",
    "unable to open": "it cannot be opened; look at the rights of the file and its folder",
    "disk I/O": "the disk cannot be written; look whether it is full or broken",
}
"""What to do about what SQLite says, by words of its message."""


def connect(url: str) -> Engine:
    """The database, with its tables. Raises HistoryError."""
    with explained(url):
        parsed = make_url(url)
        is_sqlite = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"connect_args": {"timeout": PATIENCE}} if is_sqlite else {"pool_pre_ping": True}
        if is_sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, **options)
        if is_sqlite:
            event.listen(engine, "connect", _set_up)
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        with engine.begin() as connection:
            prepare(connection, full_text=is_sqlite)
    return engine


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Raise what goes wrong as a HistoryError that names the place, without any password in it."""
    try:
        yield
    except HistoryError as error:
        raise type(error)(str(error) if "history" in str(error) else f"the history {_shown(url)}: {error}") from error
    except (ArgumentError, NoSuchModuleError):
        raise HistoryError(f"{url!r} is no database: write a file's name, or a URL as sqlite:///talks.db") from None
    except ModuleNotFoundError as error:
        raise HistoryError(f"the history {_shown(url)} needs the Python package {error.name}: pip install it") from None
    except (DBAPIError, OSError) as error:
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        advice = next((advice for words, advice in _ADVICE.items() if words in said), said)
        raise HistoryError(f"the history {_shown(url)} cannot be used: {advice}") from error


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are ours: a writer locks when it begins, not half way through
    connection.execute("PRAGMA journal_mode = WAL")  # who reads waits for nobody; a killed process loses nothing
    connection.execute("PRAGMA synchronous = NORMAL")  # a loss of power may take the last turns, never the file


def _shown(url: str) -> str:
    try:
        parsed = make_url(url)
    except ArgumentError:
        return repr(url)
    return parsed.database or "in memory" if parsed.get_backend_name() == "sqlite" else parsed.render_as_string()
