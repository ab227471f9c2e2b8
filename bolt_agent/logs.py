"""What happened, as lines of JSON in a file: one event a line, for those who look for a fault afterwards.

    {"time": "2030-01-01T10:00:00.123+00:00", "level": "info", "event": "turn", "say": "go", "status": "ok"}

Secrets are never logged: keys stay in the environment, and no module hands them here.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

__all__ = ["log", "log_to"]

_logger = logging.getLogger("bolt_agent")


def log(event: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Note an event with its figures."""
    if _logger.isEnabledFor(level):
        _logger.log(level, event, extra={"fields": fields})


@contextmanager
def log_to(path: Path | None) -> Iterator[None]:
    """Write events to the end of this file while the block runs; None: nowhere. Raises OSError."""
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(_Lines())
    before = _logger.level
    _logger.addHandler(handler)
    _logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        _logger.removeHandler(handler)
        _logger.setLevel(before)
        handler.close()


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event = {"time": time, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(event | getattr(record, "fields", {}), ensure_ascii=False, default=str)
