from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

import pytest

from bolt_agent.container import Container
from bolt_agent.moss import MossCompiler, MossRuntime, PyContext

sys.path.append(os.path.dirname(__file__))  # the MOSS files of these tests import `moss_toys` by its name

CompileText = Callable[..., MossRuntime]


@pytest.fixture
def container() -> Iterator[Container]:
    from moss_toys import Toy

    con = Container(name="app")
    con.set(Toy, Toy("rolly"))
    yield con
    con.shutdown()


@pytest.fixture
def moss_of(container: Container) -> Iterator[CompileText]:
    """Compile a module that exists only as text; closed at the end."""
    made: list[MossRuntime] = []

    def compile_text(
        source: str,
        ctx: PyContext | None = None,
        name: str = "textmoss",
        prepare: Callable[[MossCompiler], Any] | None = None,
    ) -> MossRuntime:
        compiler = MossCompiler(container, pycontext=ctx)
        if prepare is not None:
            prepare(compiler)
        made.append(compiler.compile(name, source=dedent(source)))
        return made[-1]

    yield compile_text
    for runtime in made:
        runtime.close()


@pytest.fixture
def file_module(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Write an importable module into a folder of its own."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name: str, source: str) -> str:
        (tmp_path / f"{name}.py").write_text(dedent(source), encoding="utf-8")
        return name

    return write
