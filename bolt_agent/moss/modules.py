"""`Modules`: looking at Python modules and changing them, as something that a MOSS file can ask for."""

from __future__ import annotations

import importlib
import os
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from types import ModuleType

from bolt_agent.container import Container, Provider
from bolt_agent.moss._source import find_source
from bolt_agent.moss.errors import ModuleMissing

__all__ = ["DefaultModules", "DefaultModulesProvider", "Modules"]


class Modules(ABC):
    """The modules of this Python, by name. Bind it for MOSS files that are trusted with it."""

    @abstractmethod
    def import_module(self, modulename: str) -> ModuleType:
        """Import a module. Raises ImportError."""

    @abstractmethod
    def getsource(self, modulename: str) -> str:
        """The source of a module. Raises ModuleMissing."""

    @abstractmethod
    def save_source(self, modulename: str, source: str, reload: bool = False) -> None:
        """Write a module's file. Raises SyntaxError for source that does not parse, and changes nothing then."""

    @abstractmethod
    def iter_modules(self, module: str | ModuleType) -> Iterator[tuple[str, bool]]:
        """The full names of the modules in a package, each with whether it is a package."""

    @abstractmethod
    def reload(self, module: str | ModuleType) -> None:
        """Run the module's source again, in place."""


class DefaultModules(Modules):
    """By way of importlib."""

    def import_module(self, modulename: str) -> ModuleType:
        return importlib.import_module(modulename)

    def getsource(self, modulename: str) -> str:
        return find_source(modulename).text

    def save_source(self, modulename: str, source: str, reload: bool = False) -> None:
        filename = find_source(modulename).filename
        if not os.path.isfile(filename):
            raise ModuleMissing(f"{modulename} has no file to save to")
        compile(source, filename, "exec", dont_inherit=True)
        with open(filename, "w", encoding="utf-8") as file:
            file.write(source)
        if reload:
            self.reload(modulename)

    def iter_modules(self, module: str | ModuleType) -> Iterator[tuple[str, bool]]:
        found = self.import_module(module) if isinstance(module, str) else module
        for info in pkgutil.iter_modules(getattr(found, "__path__", ()), f"{found.__name__}."):
            yield info.name, info.ispkg

    def reload(self, module: str | ModuleType) -> None:
        importlib.invalidate_caches()
        importlib.reload(self.import_module(module) if isinstance(module, str) else module)


class DefaultModulesProvider(Provider[Modules]):
    """Gives everybody the same DefaultModules."""

    def singleton(self) -> bool:
        return True

    def factory(self, con: Container) -> Modules:  # noqa: ARG002 - it needs nothing
        return DefaultModules()
