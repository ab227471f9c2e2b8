"""What a person typed in earlier chats, kept in their data folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import FileHistory

from bolt_agent.settings import data_folder

__all__ = ["LazyHistory"]


class LazyHistory(FileHistory):
    """A history whose file is made with the first line, and which goes without where there can be no file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or data_folder() / "chat_history"
        super().__init__(str(self.path))

    def load_history_strings(self) -> Iterable[str]:
        try:
            return list(super().load_history_strings())
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            super().store_string(string)
        except OSError:
            pass
