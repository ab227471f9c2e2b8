"""What executed code prints, kept apart for each execution.

Nothing process-wide is redirected: `sys.stdout` stays what it is. Instead the module of a MOSS gets its own
`print`, through its own `__builtins__`, and writes to the execution that is running in the same context (a
`ContextVar`, so threads and tasks of others never mix in). What has no execution around it, such as a callback
that a robot calls later, goes to the runtime whose code printed. Text that a *library* prints goes to the real
standard output, as everywhere.
"""

from __future__ import annotations

import builtins
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

LIMIT = 64_000
"""Characters kept of one execution where nothing else is said: an endless loop must not fill the memory."""


class Output:
    """The text of one execution, up to a limit in characters."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._buffer = io.StringIO()
        self._limit = self._room = limit

    def write(self, text: str) -> int:
        """Add text, as a file would; what is beyond the limit is left out, which the text then says."""
        if self._room > 0:
            self._buffer.write(text[: self._room])
            self._room -= len(text)
            if self._room <= 0:
                self._buffer.write(f"\n... (more than {self._limit:,} characters were printed; the rest is left out)\n")
        return len(text)

    def flush(self) -> None:
        """Nothing waits to be flushed; `print(flush=True)` calls this."""

    def text(self) -> str:
        """What was printed so far."""
        return self._buffer.getvalue()


_active: ContextVar[Output | None] = ContextVar("moss_output", default=None)


class Printer:
    """Where the code of one runtime prints to: its latest execution, or the one it is called from."""

    def __init__(self) -> None:
        self.output = Output()
        self.limit = LIMIT

    def print(self, *values: object, file: Any = None, **options: Any) -> None:
        """The `print` that code of a MOSS sees."""
        if file is None or file is sys.stdout:
            file = _active.get() or self.output
        builtins.print(*values, file=file, **options)

    @contextmanager
    def capture(self, output: Output | None = None) -> Iterator[Output]:
        """Everything printed inside goes to this output."""
        token = _active.set(output or self.output)
        try:
            yield output or self.output
        finally:
            _active.reset(token)

    def builtins(self) -> dict[str, Any]:
        """The builtins for a module whose prints are to be kept."""
        return {**vars(builtins), "print": self.print}
