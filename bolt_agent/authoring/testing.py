"""Running the tests that a MOSS file brings along, each on a virtual BOLT in a world of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FunctionType

from bolt_agent.assembly import Options
from bolt_agent.authoring.reading import reading
from bolt_agent.authoring.rehearsal import Rehearsal, rehearse

__all__ = ["find_tests", "run_tests"]


def find_tests(file: Path) -> list[str]:
    """The names that `__moss_test_cases__` lists, else the functions named `test_*`. Raises BrokenFile, OSError."""
    with reading(file) as runtime:
        names = runtime.locals()
        listed = names.get("__moss_test_cases__")
        if listed is not None:
            return [str(name) for name in listed]
        home = runtime.module().__name__
        return [
            name
            for name, value in names.items()
            if name.startswith("test_") and isinstance(value, FunctionType) and value.__module__ == home
        ]


def run_tests(options: Options, names: list[str]) -> Iterator[Rehearsal]:
    """Call test functions of `options.moss_file`, several at once, and give what came of them in their order."""
    with ThreadPoolExecutor(max_workers=min(len(names), os.cpu_count() or 1)) as pool:
        yield from pool.map(lambda name: rehearse(options, name), names)
