"""Moves that are kept: one Python file each, in the user's data folder, to be edited by hand and shared.

The host reads and writes the files as text and never runs them; they run where generated code runs, in the worker.
"""

from __future__ import annotations

import ast
import json
import keyword
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bolt_agent.robot.errors import BadValue, did_you_mean

__all__ = ["MoveLibrary", "SavedMove", "compose_source", "file_name", "folder_of_moves"]

LONGEST_FILE = 1_000_000
"""Characters; a move of two thousand motions has a tenth of that."""

LONGEST_DESCRIPTION = 300

RAN_WELL = ".ran_well.json"
"""Beside the moves: when each ran well the last time, by name."""


class SavedMove(NamedTuple):
    """A move that is kept: its name, what it is, the file's text, and when it last ran well (ISO time) if it did."""

    name: str
    description: str
    source: str
    ran_well: str | None = None


class MoveLibrary:
    """The moves in a folder.

    >>> import tempfile
    >>> library = MoveLibrary(Path(tempfile.mkdtemp()))
    >>> library.save("wiggle", compose_source("wiggle", "A wiggle.", ["move.spin(45, 1)"]))
    >>> [move.description for move in library]
    ['A wiggle.']
    >>> library.read("wigle")
    Traceback (most recent call last):
    bolt_agent.robot.errors.BadValue: no move 'wigle' is kept: did you mean wiggle?
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __iter__(self) -> Iterator[SavedMove]:
        if not self._folder.is_dir():
            return
        times = self._times()
        for path in sorted(self._folder.glob("*.py")):
            with suppress(OSError, UnicodeDecodeError):
                source = path.read_text(encoding="utf-8")
                yield SavedMove(path.stem, _description(source), source, times.get(path.stem))

    def names(self) -> list[str]:
        """Those that are kept."""
        return [move.name for move in self]

    def has(self, name: str) -> bool:
        """Whether a move of that name is kept. Raises BadValue for what is no name."""
        return self._path(name).exists()

    def save(self, name: str, source: str) -> None:
        """Keep a move, instead of any of the same name. Raises BadValue."""
        path = self._path(name)
        if len(source) > LONGEST_FILE:
            raise BadValue(f"the move {name!r} is too long to keep")
        try:
            ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            raise BadValue(f"the move {name!r} is no Python") from None
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(source, encoding="utf-8")
        unfinished.replace(path)

    def read(self, name: str) -> str:
        """The text of a kept move. Raises BadValue that names the near ones."""
        path = self._path(name)
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            names = self.names()
            near = did_you_mean(path.stem, names) if names else "none is kept yet"
            raise BadValue(f"no move {name!r} is kept: {near}") from None

    def delete(self, name: str) -> None:
        """Forget a move. Raises BadValue that names the near ones."""
        self.read(name)
        self._path(name).unlink()

    def note_ran_well(self, names: Iterable[str], when: str) -> None:
        """Remember that these ran well at that time."""
        if names := list(names):
            with suppress(OSError):  # a note; the move ran well all the same
                times = {**self._times(), **dict.fromkeys(map(file_name, names), when)}
                (self._folder / RAN_WELL).write_text(json.dumps(times, indent=1), encoding="utf-8")

    def _times(self) -> dict[str, str]:
        try:
            times = json.loads((self._folder / RAN_WELL).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return times if isinstance(times, dict) else {}

    def _path(self, name: str) -> Path:
        return self._folder / f"{file_name(name)}.py"


def folder_of_moves() -> Path:
    """`moves` in the user's data folder. BOLT_AGENT_DATA names another data folder."""
    if place := os.environ.get("BOLT_AGENT_DATA"):
        return Path(place) / "moves"
    import platformdirs

    return platformdirs.user_data_path("bolt-agent") / "moves"


def compose_source(name: str, description: str, calls: Iterable[str], code: str = "") -> str:
    """The file of a move: a docstring, a function that composes it, and the program that made it. Raises BadValue."""
    description = " ".join(str(description).split())
    if not description or len(description) > LONGEST_DESCRIPTION:
        raise BadValue(f"a move is kept with a description of 1 to {LONGEST_DESCRIPTION} characters")
    function = file_name(name)
    lines = [
        _docstring(description),
        "",
        "from bolt_agent import Move",
        "",
        "",
        f"def {function}(move: Move) -> None:",
        f"    {_docstring(description)}",
        *(f"    {call}" for call in calls),
    ]
    if code:
        lines += ["", "", f"CODE = {_block(code)}", '"""The program that made it."""']
    return "\n".join(lines) + "\n"


def file_name(name: str) -> str:
    """A name as file and function have it: 'Happy dance' is happy_dance. Raises BadValue."""
    text = unicodedata.normalize("NFKC", str(name)).strip().lower()
    text = re.sub(r"[\s-]+", "_", text)
    if not text.isidentifier() or keyword.iskeyword(text) or text.startswith("_") or len(text) > 60:
        raise BadValue(f"{name!r} is no name for a move: use letters, digits and spaces, and begin with a letter")
    return text


def _docstring(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', "'")
    return f'"""{escaped}"""'


def _block(code: str) -> str:
    escaped = code.strip("\n").replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""\\\n{escaped}\n"""'


def _description(source: str) -> str:
    try:
        return ast.get_docstring(ast.parse(source)) or ""
    except (SyntaxError, ValueError, RecursionError):
        return "(this file is no Python)"
