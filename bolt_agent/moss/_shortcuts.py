"""The short ways to a compiler and a runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from bolt_agent.container import Container, Provider
from bolt_agent.moss._compiler import MossCompiler
from bolt_agent.moss._runtime import MossRuntime
from bolt_agent.moss.pycontext import PyContext
from bolt_agent.moss.testsuite import MossTestSuite


class DefaultMOSSProvider(Provider[MossCompiler]):
    """Gives each who asks a compiler of its own, under the container that asked."""

    def singleton(self) -> bool:
        return False

    def factory(self, con: Container) -> MossCompiler:
        return MossCompiler(con)


def moss_container() -> Container:
    """A container that can give compilers, and has nothing else.

    >>> moss_container().force_fetch(MossCompiler).compile("demo", source="x = 3").locals()["x"]
    3
    """
    container = Container(name="moss app")
    container.register(DefaultMOSSProvider())
    return container


def get_moss_compiler(container: Container | None = None) -> MossCompiler:
    """A compiler: what the container has for it, or else a new one under the container."""
    found = container.get(MossCompiler) if container is not None else None
    return found if found is not None else MossCompiler(container)


@contextmanager
def moss_runtime_ctx(
    modulename: str,
    *,
    container: Container | None = None,
    providers: Iterable[Provider[Any]] | None = None,
    pycontext: PyContext | None = None,
) -> Iterator[MossRuntime]:
    """A runtime for the length of a `with`."""
    with get_moss_compiler(container) as compiler:
        if pycontext is not None:
            compiler.join_context(pycontext)
        for provider in providers or ():
            compiler.register(provider)
        with compiler.compile(modulename) as runtime:
            yield runtime


def moss_test_suite() -> MossTestSuite:
    """A suite for MOSS files that need nothing bound."""
    return MossTestSuite(moss_container())
