"""Where a MOSS file's text comes from, what of it is visible, and how tracebacks find it."""

from __future__ import annotations

import importlib.util
import itertools
import linecache
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.machinery import ModuleSpec
from types import CodeType
from typing import NamedTuple

from bolt_agent.moss.errors import ModuleMissing

MOSS_HIDDEN_MARK = "# <moss-hide>"
"""From a line that begins with this on, the source runs but no prompt shows it."""

MOSS_HIDDEN_UNMARK = "# </moss-hide>"
"""Ends the innermost hidden section."""

EXEC_PREFIX = "<moss:"
"""How the file names of executed code begin."""

_numbers = itertools.count(1)


class Source(NamedTuple):
    """The text of one module.

    name: the module's own name. filename: what tracebacks say; a real path where the text is that file's.
    """

    name: str
    text: str
    filename: str
    is_package: bool = False

    def code(self) -> CodeType:
        """The compiled text; compiling the same text again costs nothing."""
        return _compiled(self.text, self.filename)

    def edited(self, text: str) -> Source:
        """The same module with other text, which exists in no file."""
        if text == self.text:
            return self
        return Source(self.name, text, text_filename(self.name), self.is_package)


def text_filename(name: str) -> str:
    """What tracebacks call a module that exists only as text.

    >>> text_filename("prompts.bolt")
    '<moss module prompts.bolt>'
    """
    return f"<moss module {name}>"


def find_source(name: str) -> Source:
    """The source of an importable module, without running it."""
    try:
        spec = _spec(name)
    except (ImportError, ValueError) as error:
        raise ModuleMissing(f"cannot find the module {name!r}: {error}") from error
    get_source = getattr(spec.loader, "get_source", None) if spec is not None else None
    if spec is None or get_source is None:
        raise ModuleMissing(f"there is no module {name!r} with Python source")
    text = get_source(name)
    if text is None:
        raise ModuleMissing(f"the module {name!r} has no Python source")
    return Source(name, text, spec.origin or text_filename(name), spec.submodule_search_locations is not None)


def _spec(name: str) -> ModuleSpec | None:
    loaded = getattr(sys.modules.get(name), "__spec__", None)
    return loaded if isinstance(loaded, ModuleSpec) else importlib.util.find_spec(name)


@lru_cache(maxsize=64)
def _compiled(text: str, filename: str) -> CodeType:
    # dont_inherit: this file's own __future__ imports must not change how others' code is read
    return compile(text, filename, "exec", dont_inherit=True)


def remember(filename: str, text: str) -> None:
    """Let tracebacks and inspect show the lines of text that is in no file."""
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)


def forget(filename: str) -> None:
    """Undo remember."""
    linecache.cache.pop(filename, None)


def next_exec_filename() -> str:
    """A file name for the next piece of executed code, unique in this process."""
    return f"{EXEC_PREFIX}{next(_numbers)}>"


class ExecutedTexts:
    """The texts of executed code that tracebacks can show; the oldest are forgotten."""

    def __init__(self, limit: int = 32) -> None:
        self._limit = limit  # callbacks may run long after the code that made them, but not for ever
        self._filenames: list[str] = []

    def add(self, code: str) -> str:
        """Remember a text; gives its file name."""
        filename = next_exec_filename()
        remember(filename, code)
        self._filenames.append(filename)
        if len(self._filenames) > self._limit:
            forget(self._filenames.pop(0))
        return filename

    @property
    def newest(self) -> str:
        """The file name of the latest text; empty when there is none."""
        return self._filenames[-1] if self._filenames else ""

    def clear(self) -> None:
        """Forget all."""
        while self._filenames:
            forget(self._filenames.pop())


def hidden_lines(text: str) -> frozenset[int]:
    """The numbers, from 1, of the lines between hide marks, marks included. Sections may nest.

    >>> sorted(hidden_lines("a = 1\\n# <moss-hide>\\nb = 2\\n# </moss-hide>\\nc = 3"))
    [2, 3, 4]
    """
    return frozenset(_hidden(text)) if MOSS_HIDDEN_MARK in text else frozenset()


def _hidden(text: str) -> Iterator[int]:
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        mark = line.strip()
        if mark.startswith(MOSS_HIDDEN_MARK):
            depth += 1
        if depth:
            yield number
        if depth and mark.startswith(MOSS_HIDDEN_UNMARK):
            depth -= 1


def visible(text: str) -> str:
    """The text without its hidden sections and without the blank lines that they leave at the end.

    >>> visible("a = 1\\n# <moss-hide>\\nb = 2\\n# </moss-hide>\\n")
    'a = 1\\n'
    """
    hidden = hidden_lines(text)
    kept = [line for number, line in enumerate(text.splitlines(), start=1) if number not in hidden]
    return "\n".join(kept).strip("\n") + "\n"
