"""What models took today, of all programs of this person together, and the bound on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from bolt_agent.brains.brain import Usage
from bolt_agent.brains.errors import OverBudget
from bolt_agent.brains.models import Budget
from bolt_agent.settings import data_folder

__all__ = ["Ledger", "file_of_usage"]


def file_of_usage() -> Path:
    """Where it is kept."""
    return data_folder() / "usage.db"


class Ledger:
    """Counts tokens and money by day, in a file that several programs may share.

    A file that cannot be used costs nothing but the count: the day then begins with this program.
    today: tells the date, which a test may set.
    """

    def __init__(self, budget: Budget, path: Path | None = None, today: Callable[[], date] = date.today) -> None:
        self._budget = budget
        self._path = path or file_of_usage()
        self._today = today
        self._spare: dict[str, tuple[int, float]] = {}

    def check(self) -> None:
        """Raises OverBudget when today's is used up."""
        if self._budget.tokens is None and self._budget.money is None:
            return
        tokens, money = self.spent()
        if self._budget.tokens is not None and tokens >= self._budget.tokens:
            raise OverBudget(f"today's {self._budget.tokens:,} tokens are used up ([budget] in config.toml)")
        if self._budget.money is not None and money >= self._budget.money:
            raise OverBudget(f"today's budget of {self._budget.money:g} is used up ([budget] in config.toml)")

    def spent(self) -> tuple[int, float]:
        """Today's tokens and money."""
        day = self._today().isoformat()
        kept = self._spare.get(day, (0, 0.0))
        try:
            with closing(self._open()) as file:
                row = file.execute("SELECT tokens, money FROM usage WHERE day = ?", (day,)).fetchone()
        except (OSError, sqlite3.Error):
            row = None
        return (kept[0] + row[0], kept[1] + row[1]) if row else kept

    def add(self, usage: Usage) -> None:
        """Count an answer."""
        day, tokens = self._today().isoformat(), usage.tokens_in + usage.tokens_out
        try:
            with closing(self._open()) as file, file:
                file.execute(
                    "INSERT INTO usage VALUES (?, ?, ?) ON CONFLICT (day) "
                    "DO UPDATE SET tokens = tokens + excluded.tokens, money = money + excluded.money",
                    (day, tokens, usage.cost),
                )
        except (OSError, sqlite3.Error):
            before = self._spare.get(day, (0, 0.0))
            self._spare[day] = before[0] + tokens, before[1] + usage.cost

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._path, timeout=1.0)
        file.execute("CREATE TABLE IF NOT EXISTS usage (day TEXT PRIMARY KEY, tokens INTEGER, money REAL)")
        return file
