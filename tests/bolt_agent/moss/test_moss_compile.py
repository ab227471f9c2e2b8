"""From text, a file or a module to a runtime."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from moss_toys import Toy, Wheel, run

from bolt_agent.container import Container, provide
from bolt_agent.moss import (
    CompilerUsed,
    ModuleMissing,
    Moss,
    MossCompiler,
    PyContext,
)

ROBOT = """
    from moss_toys import Toy
    from bolt_agent.moss import Moss as Parent

    class Moss(Parent):
        body: Toy
"""


# --- where the source comes from ---


def test_a_module_compiles_from_text_alone(moss_of):
    runtime = moss_of("answer = 42")
    assert runtime.module().__name__ == "textmoss"
    assert runtime.locals()["answer"] == 42


def test_a_module_compiles_from_its_file(file_module):
    name = file_module("filemoss_plain", "answer = 42")
    with MossCompiler().compile(name) as runtime:
        assert runtime.locals()["answer"] == 42
        assert runtime.module().__file__.endswith("filemoss_plain.py")
        assert runtime.dump_pycontext().module == name


def test_the_code_of_a_module_runs_once_for_each_compile(file_module):
    name = file_module("filemoss_counts", "import moss_toys\nmoss_toys.counted = getattr(moss_toys, 'counted', 0) + 1")
    with MossCompiler().compile(name):
        assert sys.modules["moss_toys"].counted == 1


def test_each_compile_makes_a_fresh_module(moss_of):
    first, second = moss_of("items = []"), moss_of("items = []")
    first.locals()["items"].append(1)
    assert second.locals()["items"] == []


def test_what_is_imported_under_the_same_name_stays_imported(file_module):
    name = file_module("filemoss_imported", "x = 1")
    imported = __import__(name)
    with MossCompiler().compile(name) as runtime:
        assert sys.modules[name] is imported
        assert runtime.module() is not imported


def test_a_text_module_leaves_nothing_imported(moss_of):
    moss_of("x = 1", name="textmoss_gone")
    assert "textmoss_gone" not in sys.modules


def test_a_context_says_the_module_and_compile_its_name(file_module):
    name = file_module("filemoss_origin", "x = __name__")
    with MossCompiler(pycontext=PyContext(module=name)).compile("__test__") as runtime:
        assert runtime.locals()["x"] == "__test__"
        assert runtime.dump_pycontext().module == name


def test_an_edit_in_the_context_takes_effect(file_module):
    name = file_module("filemoss_edited", "def greet(): return 'original'\ndef twice(): return greet() * 2")
    ctx = PyContext(module=name, code="def greet(): return 'edited'\ndef twice(): return greet() * 2")
    with MossCompiler().join_context(ctx).compile() as runtime:
        assert runtime.execute(target="greet").returns == "edited"
        assert runtime.execute(target="twice").returns == "editededited"
        assert run(runtime, "def run(moss): return greet()") == "edited"


def test_relative_imports_work(tmp_path, monkeypatch):
    package = tmp_path / "mosspackage"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "sibling.py").write_text("x = 3")
    (package / "main.py").write_text("from .sibling import x")
    monkeypatch.syspath_prepend(str(tmp_path))
    with MossCompiler().compile("mosspackage.main") as runtime:
        assert runtime.locals()["x"] == 3


def test_a_module_that_does_not_exist_is_named():
    with pytest.raises(ModuleMissing, match="no_such_moss_file"):
        MossCompiler().compile("no_such_moss_file")


def test_a_missing_package_is_named():
    with pytest.raises(ModuleMissing, match="no_such_package"):
        MossCompiler().compile("no_such_package.file")


def test_models_with_postponed_annotations_find_the_names_of_a_text_module(moss_of):
    runtime = moss_of("""
        from __future__ import annotations
        from pydantic import BaseModel
        class Inner(BaseModel):
            x: int
        class Outer(BaseModel):
            inner: Inner
        value = Outer(inner={"x": 3})
    """)
    assert runtime.locals()["value"].inner.x == 3


def test_the_future_imports_of_the_compiler_do_not_leak(moss_of):
    assert moss_of("def f(x: int): ...").locals()["f"].__annotations__["x"] is int


def test_what_the_module_raises_passes_through(moss_of):
    with pytest.raises(ZeroDivisionError):
        moss_of("1 / 0")


def test_two_threads_compile_at_once():
    results = []

    def compile_one(number: int) -> None:
        with MossCompiler().compile("parallel", source=f"n = {number}") as runtime:
            results.append(runtime.locals()["n"] == number)

    threads = [threading.Thread(target=compile_one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 8


# --- the compiler ---


def test_a_compiler_compiles_once():
    compiler = MossCompiler()
    compiler.compile("once", source="").close()
    with pytest.raises(CompilerUsed):
        compiler.compile("once", source="")


def test_a_compiler_that_failed_is_used_too_and_leaves_no_container():
    parent = Container()
    compiler = MossCompiler(parent)
    with pytest.raises(SyntaxError):
        compiler.compile("broken", source="x = = 1")
    with pytest.raises(CompilerUsed):
        compiler.compile("broken", source="")
    assert parent._endings == []


def test_a_runtime_outlives_its_compiler():
    with MossCompiler() as compiler:
        runtime = compiler.compile("lives", source="x = 1")
    assert runtime.execute(target="x").returns == 1
    runtime.close()


def test_two_hundred_compiles_leave_nothing_in_the_parent():
    parent = Container()
    for _ in range(200):
        MossCompiler(parent).compile("many", source="").close()
    assert parent._endings == []


def test_locals_are_there_before_the_code_runs(moss_of):
    assert moss_of("doubled = given * 2", prepare=lambda c: c.with_locals(given=21)).locals()["doubled"] == 42


def test_the_code_that_will_be_compiled_can_be_read(file_module):
    compiler = MossCompiler(pycontext=PyContext(module=file_module("filemoss_read", "x = 1")))
    assert compiler.pycontext_code() == "x = 1"
    compiler.pycontext().code = "x = 2"
    assert compiler.pycontext_code() == "x = 2"


def test_a_default_that_cannot_be_copied_is_left_as_it_is(moss_of):
    runtime = moss_of("""
        import threading
        from typing import Any
        from bolt_agent.moss import Moss as Parent
        class Moss(Parent):
            lock: Any = threading.Lock()
    """)
    assert runtime.moss().lock is runtime.moss_type().lock


def test_bind_takes_an_object(moss_of, container):
    toy = Toy("bound")
    assert moss_of(ROBOT, prepare=lambda c: c.bind(Toy, toy)).moss().body is toy
    assert container.get(Toy) is not toy


def test_bind_takes_a_factory_that_runs_for_each(moss_of):
    runtime = moss_of("", prepare=lambda c: c.bind(Wheel, lambda _con: Wheel()))
    assert runtime.container().get(Wheel) is not runtime.container().get(Wheel)


def test_register_takes_a_provider(moss_of):
    runtime = moss_of(ROBOT, prepare=lambda c: c.register(provide(Toy)(lambda _con: Toy("provided"))))
    assert runtime.moss().body.name == "provided"


def test_injects_wins_over_the_container(moss_of):
    toy = Toy("injected")
    runtime = moss_of(ROBOT, prepare=lambda c: c.injects(body=toy, extra=3))
    assert runtime.moss().body is toy
    assert runtime.moss().extra == 3
    assert runtime.moss_injections() == {"body": toy, "extra": 3}


class DefaultMoss(Moss):
    body: Toy


@pytest.mark.parametrize("default", [DefaultMoss, f"{__name__}:DefaultMoss"])
def test_a_module_without_moss_gets_the_default_type(moss_of, default):
    runtime = moss_of("", prepare=lambda c: c.with_default_moss_type(default))
    assert runtime.moss_type() is DefaultMoss
    assert runtime.moss().body.name == "rolly"


def test_a_module_may_use_moss_as_it_is(moss_of):
    assert type(moss_of("").moss()) is Moss


def test_a_moss_class_of_another_family_is_refused(moss_of):
    with pytest.raises(TypeError, match="no subclass"):
        moss_of("class Moss: pass")


# --- cost ---


def test_importing_moss_imports_no_robot_and_no_pydantic():
    code = "import sys, bolt_agent.moss; print('\\n'.join(sys.modules))"
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=here).stdout
    names = loaded.split()
    assert "bolt_agent.moss" in names
    unwanted = ("pydantic", "drivers", "simulator", "bolt_agent.robot")
    assert [name for name in names if name.startswith(unwanted)] == []
