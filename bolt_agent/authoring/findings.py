"""What a check finds, and where."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Finding"]


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong with a file.

    >>> print(Finding(3, 5, "api", "Move has no `rol`: did you mean roll?"))
    3:5: Move has no `rol`: did you mean roll?

    line, column: from 1.   kind: 'syntax', 'hidden', 'run', 'name', 'api' (no such attribute), 'call' (no such
    argument) or 'value' (an argument that the robot refuses).
    """

    line: int
    column: int
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return asdict(self)
