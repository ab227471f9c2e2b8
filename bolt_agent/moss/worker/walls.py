"""The walls around generated code: what the worker process gives up before it runs any.

On Linux the kernel holds them: after `raise_walls` the process can compute, and read and write what is open already,
and nothing else: no file, no socket, no process can be opened. Where the kernel offers less, programs are read before
they run (see `syntax`). The list of imports holds everywhere; where the kernel holds the rest, it is a help to the
author and no wall.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import os
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from bolt_agent.moss.worker import kernel
from bolt_agent.moss.worker.protocol import BadLimit

__all__ = [
    "ALLOWED_MODULES",
    "EXTRA_MODULES",
    "asked_for",
    "guarded_builtins",
    "load_modules",
    "raise_walls",
    "read_modules",
]

ALLOWED_MODULES = (
    "bolt_agent",
    "collections",
    "colorsys",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "itertools",
    "json",
    "math",
    "random",
    "re",
    "statistics",
    "string",
    "textwrap",
    "time",
    "typing",
)
"""What generated code may import; all of it is loaded before the walls go up."""

EXTRA_MODULES = {"numpy": ("numpy", "numpy.fft", "numpy.linalg", "numpy.polynomial", "numpy.random")}
"""What it may import besides where that is asked for, and what of it is loaded then."""


def asked_for(source: str) -> tuple[str, ...]:
    """The extra modules that a MOSS file imports: what it uses, programs may use.

    >>> asked_for("import numpy as np")
    ('numpy',)
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError):
        return ()  # compiling it will say so
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    tops = {name.partition(".")[0] for name in imported}
    return tuple(name for name in EXTRA_MODULES if name in tops)


def read_modules(names: Iterable[str]) -> tuple[str, ...]:
    """Extra modules, as written in settings. Raises BadLimit."""
    for name in (names := tuple(names)):
        if name not in EXTRA_MODULES:
            raise BadLimit(f"programs cannot be allowed to import {name!r}, only {', '.join(EXTRA_MODULES)}")
    return names


def load_modules(extra: Iterable[str] = ()) -> None:
    """Load what generated code may import, while files can still be read."""
    for name in ALLOWED_MODULES:
        importlib.import_module(name)
    robot = importlib.import_module("bolt_agent.robot")
    for name in robot.__all__:
        getattr(robot, name)  # they load on first use
    for name in extra:
        os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")  # no process has threads here
        for part in EXTRA_MODULES[name]:
            importlib.import_module(part)
    "é".encode("latin-1")  # codecs load on first use
    "x".encode("utf-8", "replace")


def raise_walls(*, memory: int, by_kernel: bool = True) -> list[str]:
    """Give up files, network and processes, and cap memory (MiB). The names of the walls that stand.

    by_kernel: with Landlock and seccomp, where it has them.
    """
    walls = {
        "rlimit": kernel.limit_memory(memory),
        "landlock": by_kernel and kernel.restrict_access(),
    }
    kernel.limit_files()  # after Landlock, which opens one
    walls["seccomp"] = by_kernel and kernel.filter_system_calls()
    return [name for name, stands in walls.items() if stands]


def guarded_builtins(extra: Iterable[str] = ()) -> dict[str, Callable[..., Any]]:
    """What replaces builtins of generated code: imports from the list only, no files, no questions to a terminal."""
    missing = {name: _missing(name) for name in ("breakpoint", "input", "open")}
    return {"__import__": _guard(builtins.__import__, (*ALLOWED_MODULES, *extra)), **missing}


def _guard(load: Callable[..., ModuleType], allowed: tuple[str, ...]) -> Callable[..., ModuleType]:
    def guarded_import(name: str, *args: Any, **kwargs: Any) -> ModuleType:
        if name.partition(".")[0] not in allowed:
            raise ImportError(f"generated code cannot import {name}; it may import {', '.join(allowed)}")
        return load(name, *args, **kwargs)

    return guarded_import


def _missing(name: str) -> Callable[..., Any]:
    def missing(*_: Any, **__: Any) -> Any:
        raise PermissionError(f"generated code has no {name}(): it sees the robot and nothing else")

    return missing
