"""Where a history is kept, from what a person says of it: on, off, a file, or the URL of a database server."""

from __future__ import annotations

from bolt_agent.settings import data_folder

__all__ = ["history_url"]

FILE = "history.db"


def history_url(choice: str) -> str | None:
    """The database's URL; None for "off".

    >>> history_url("off"), history_url("talks.db"), history_url("postgresql://host/robots")
    (None, 'sqlite:///talks.db', 'postgresql://host/robots')
    """
    if choice == "off":
        return None
    if "://" in choice:
        return choice
    return f"sqlite:///{data_folder() / FILE if choice == 'on' else choice}"
