"""Letting code change the MOSS file that it runs in; a file asks for it as `updater: SelfUpdater`."""

from __future__ import annotations

import ast
import importlib
import os
import sys
from abc import ABC, abstractmethod

from bolt_agent.moss._source import Source, find_source
from bolt_agent.moss.errors import MossError
from bolt_agent.moss.pycontext import PyContext

__all__ = ["SelfUpdater"]


class SelfUpdater(ABC):
    """Change the source of this module. A change takes effect in the next turn, and is in the file after `save`.

    Code that does not parse is refused with a SyntaxError, and nothing changes.
    """

    @abstractmethod
    def append(self, code: str) -> None:
        """Add code at the end."""

    @abstractmethod
    def replace_attr(self, attr_name: str, code: str) -> None:
        """Put code in the place of a function, class or variable. Raises AttributeError where there is none."""

    @abstractmethod
    def getsource(self) -> str:
        """The source as it is now, with all changes."""

    @abstractmethod
    def rewrite(self, code: str) -> None:
        """Put code in the place of everything."""

    @abstractmethod
    def save(self, reload: bool = True) -> None:
        """Write the changes to the module's file. reload: whether a module that is imported changes as well."""


class ContextUpdater(SelfUpdater):
    """Keeps the changes as `PyContext.code`."""

    def __init__(self, pycontext: PyContext, source: Source) -> None:
        self._pycontext = pycontext
        self._source = source

    def append(self, code: str) -> None:
        self.rewrite(f"{self.getsource().rstrip()}\n\n\n{code.strip()}\n")

    def replace_attr(self, attr_name: str, code: str) -> None:
        source = self.getsource()
        lines = source.splitlines()
        for node in ast.parse(source).body:
            if attr_name in _names(node):
                first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", ()))])
                self.rewrite("\n".join([*lines[: first - 1], code.rstrip(), *lines[node.end_lineno :]]) + "\n")
                return
        raise AttributeError(f"{self._source.name} defines no {attr_name!r} that could be replaced")

    def getsource(self) -> str:
        return self._pycontext.code if self._pycontext.code is not None else self._source.text

    def rewrite(self, code: str) -> None:
        compile(code, self._source.filename, "exec", dont_inherit=True)
        self._pycontext.code = code

    def save(self, reload: bool = True) -> None:
        if self._pycontext.code is None:
            return
        filename = find_source(self._source.name).filename
        if not os.path.isfile(filename):
            raise MossError(f"{self._source.name} has no file to save to")
        beside = f"{filename}.saving"
        with open(beside, "w", encoding="utf-8") as file:
            file.write(self._pycontext.code)
        os.replace(beside, filename)  # so that nobody ever reads half a file
        self._pycontext.code = None
        if reload and self._source.name in sys.modules:
            importlib.reload(sys.modules[self._source.name])


def _names(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []
