from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from moss_toys import Pilot, Toy, Wheel, run

from bolt_agent.container import Container, NotBound, provide
from bolt_agent.moss import (
    CompilerUsed,
    Injection,
    ModuleMissing,
    Moss,
    MossCompiler,
    MossRuntime,
    NotInjectable,
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


# --- members ---


def test_a_member_typed_with_an_ordinary_class_is_injected(moss_of, container):
    assert moss_of(ROBOT).moss().body is container.get(Toy)


def test_a_member_with_a_postponed_type_is_injected(moss_of, container):
    runtime = moss_of("from __future__ import annotations\n" + ROBOT.replace("\n    ", "\n"))
    assert runtime.moss().body is container.get(Toy)


def test_a_member_typed_with_an_abstract_class_is_injected(moss_of, container):
    class Fixed(Pilot):
        def steer(self) -> int:
            return 1

    container.set(Pilot, Fixed())
    assert moss_of(ROBOT.replace("Toy", "Pilot")).moss().body.steer() == 1


def test_a_member_that_nobody_bound_is_named_with_what_to_do(moss_of):
    with pytest.raises(NotInjectable, match=r"Moss\.body needs a Pilot.*container\.set\(Pilot"):
        moss_of(ROBOT.replace("Toy", "Pilot"))


@pytest.mark.parametrize("hint", ["Optional[Pilot]", "Pilot | None"])
def test_an_optional_member_is_none_where_nothing_is_bound(moss_of, hint):
    runtime = moss_of(f"""
        from typing import Optional
        from moss_toys import Pilot
        from bolt_agent.moss import Moss as Parent
        class Moss(Parent):
            pilot: {hint}
    """)
    assert runtime.moss().pilot is None


def test_an_optional_member_is_injected_where_something_is_bound(moss_of, container):
    runtime = moss_of(ROBOT.replace("body: Toy", "body: 'Toy | None' = None"))
    assert runtime.moss().body is container.get(Toy)


def test_a_type_that_cannot_be_read_is_named(moss_of):
    with pytest.raises(NotInjectable, match=r"Moss\.body, `Tyo`"):
        moss_of(ROBOT.replace("body: Toy", "body: 'Tyo'"))


def test_functions_of_the_module_see_moss(moss_of):
    runtime = moss_of(ROBOT + "\n    def name(): return moss.body.name\n")
    assert runtime.execute(target="name").returns == "rolly"


def test_fetch_asks_the_container(moss_of):
    runtime = moss_of(ROBOT)
    assert runtime.moss().fetch(Toy).name == "rolly"
    with pytest.raises(NotBound):
        runtime.moss().fetch(Pilot)


# --- lifecycle ---


@pytest.mark.parametrize("listed", ["[toy]", "lambda: [toy]"])
def test_a_file_brings_providers_for_its_members(moss_of, listed):
    imported = "from bolt_agent.container import ProviderAdapter"
    toy = "toy = ProviderAdapter(Toy, lambda _: Toy('brought'))"
    runtime = moss_of(f"{ROBOT}\n    {imported}\n    {toy}\n    __matrix_providers__ = {listed}\n")
    assert runtime.moss().body.name == "brought"


def test_moss_compile_prepares_the_compiler(moss_of):
    runtime = moss_of(ROBOT + "\n    def __moss_compile__(compiler): compiler.bind(Toy, Toy('prepared'))\n")
    assert runtime.moss().body.name == "prepared"


def test_moss_compiled_gets_the_finished_moss(moss_of):
    runtime = moss_of(ROBOT + "\n    def __moss_compiled__(moss): moss.body_name = moss.body.name\n")
    assert runtime.moss().body_name == "rolly"


def test_a_failing_moss_compiled_closes_the_runtime(moss_of):
    seen = Witness()
    with pytest.raises(ZeroDivisionError):
        moss_of("def __moss_compiled__(moss): 1 / 0", prepare=lambda c: c.injects(witness=seen))
    assert seen.events == ["inject witness", "destroy"]


class Witness(Injection):
    def __init__(self) -> None:
        self.events: list[str] = []

    def on_inject(self, runtime: MossRuntime, property_name: str) -> Witness:
        assert runtime.moss() is not None
        self.events.append(f"inject {property_name}")
        return self

    def on_destroy(self) -> None:
        self.events.append("destroy")


def test_an_injection_under_two_names_is_destroyed_once(moss_of):
    seen = Witness()
    moss_of("", prepare=lambda c: c.injects(a=seen, b=seen)).close()
    assert seen.events == ["inject a", "inject b", "destroy"]


def test_what_on_inject_returns_is_what_is_bound(moss_of):
    class Wrapping(Witness):
        def on_inject(self, _runtime, property_name):
            return Toy(f"for {property_name}")

    runtime = moss_of("", prepare=lambda c: c.injects(a=Wrapping()))
    assert runtime.moss().a.name == "for a"
    assert runtime.moss_injections()["a"].name == "for a"


def test_all_injections_are_destroyed_even_when_one_raises(moss_of):
    class Failing(Witness):
        def on_destroy(self):
            raise OSError("stuck")

    first, ended = Witness(), []
    runtime = moss_of("", prepare=lambda c: c.injects(first=first, second=Failing()))
    runtime.container().add_shutdown(lambda: ended.append("container"))
    with pytest.raises(ExceptionGroup) as caught:
        runtime.close()
    assert caught.group_contains(OSError, match="stuck")
    assert first.events[-1] == "destroy"
    assert ended == ["container"]


def test_an_injection_that_refuses_is_destroyed_and_the_error_passes(moss_of):
    class Refusing(Witness):
        def on_inject(self, _runtime, _property_name):
            raise OSError("no")

    refusing = Refusing()
    with pytest.raises(OSError, match="no"):
        moss_of("", prepare=lambda c: c.injects(a=refusing))
    assert refusing.events == ["destroy"]


# --- cost ---


def test_importing_moss_imports_no_robot_and_no_pydantic():
    code = "import sys, bolt_agent.moss; print('\\n'.join(sys.modules))"
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=here).stdout
    names = loaded.split()
    assert "bolt_agent.moss" in names
    unwanted = ("pydantic", "drivers", "simulator", "bolt_agent.robot")
    assert [name for name in names if name.startswith(unwanted)] == []
