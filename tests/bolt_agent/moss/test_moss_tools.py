"""Test suites, self-updating, modules, and the short ways to a runtime."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from moss_toys import Toy, run

from bolt_agent.container import Container, provide
from bolt_agent.moss import (
    DefaultModules,
    DefaultModulesProvider,
    Modules,
    MossCompiler,
    MossError,
    MossTestSuite,
    PyContext,
    SelfUpdater,
    TargetMissing,
    get_moss_compiler,
    moss_container,
    moss_runtime_ctx,
    moss_test_suite,
    reflect_code_prompt,
)

# --- short ways ---


def test_a_moss_container_gives_each_a_compiler_of_its_own():
    con = moss_container()
    assert con.get(MossCompiler) is not con.get(MossCompiler)


def test_a_compiler_from_a_child_sees_what_the_child_bound(file_module):
    name = file_module("filemoss_child", "from moss_toys import Toy\nfrom bolt_agent.moss import Moss as P\n")
    child = Container(moss_container())
    child.set(Toy, Toy("of the child"))
    with get_moss_compiler(child).compile(name) as runtime:
        assert runtime.container().force_fetch(Toy).name == "of the child"


def test_without_a_provider_there_is_a_compiler_too():
    con = Container(name="plain")
    assert get_moss_compiler(con).container().parent is con
    assert get_moss_compiler().container().parent is None


def test_a_runtime_for_the_length_of_a_with(file_module):
    name = file_module("filemoss_ctx", "x = 1")
    ctx = PyContext(properties={"kept": 3})
    with moss_runtime_ctx(name, providers=[provide(Toy)(lambda _: Toy("provided"))], pycontext=ctx) as runtime:
        assert runtime.moss().kept == 3
        assert runtime.moss().fetch(Toy).name == "provided"
    with pytest.raises(RuntimeError, match="closed"):
        runtime.execute(target="x")


# --- test suites ---

TESTED = """
    from bolt_agent.moss import Moss

    __moss_test_cases__ = ["test_good", "test_bad"]

    def test_good(moss: Moss):
        print("fine")
        return 1

    def test_bad(moss: Moss):
        raise ValueError("wrong")

    def test_main():
        return "main"
"""


def test_a_suite_dumps_the_prompt_of_a_file(file_module):
    assert "def test_good" in moss_test_suite().dump_prompt(file_module("filemoss_suite1", TESTED))


def test_a_suite_runs_one_function(file_module):
    assert MossTestSuite().run(modulename=file_module("filemoss_suite2", TESTED)).returns == "main"


def test_a_raising_case_is_reported_and_nobody_waits_for_it(file_module):
    passed, failed = {}, {}
    MossTestSuite().run_module_tests(
        modulename=file_module("filemoss_suite3", TESTED),
        callback=passed.__setitem__,
        on_error=failed.__setitem__,
    )
    assert passed["test_good"].std_output == "fine\n"
    assert list(passed) == ["test_good"]
    assert str(failed["test_bad"]) == "wrong"


def test_without_somebody_to_tell_failures_are_raised_together_at_the_end(file_module):
    passed = {}
    with pytest.raises(ExceptionGroup) as caught:
        MossTestSuite().run_module_tests(modulename=file_module("filemoss_suite4", TESTED), callback=passed.__setitem__)
    assert list(passed) == ["test_good"]
    assert caught.group_contains(ValueError, match="wrong")


def test_without_a_list_the_functions_named_test_are_the_tests(file_module):
    name = file_module("filemoss_suite5", "def test_a(moss): return 1\ndef helper(moss): return 2")
    passed = {}
    MossTestSuite().run_module_tests(modulename=name, callback=passed.__setitem__)
    assert list(passed) == ["test_a"]


def test_a_file_without_tests_says_so(file_module):
    with pytest.raises(TargetMissing, match="filemoss_suite6 has no test"):
        MossTestSuite().run_module_tests(modulename=file_module("filemoss_suite6", "x = 1"), callback=print)


# --- self-updating ---

UPDATED = """
    from bolt_agent.moss import Moss as Parent, SelfUpdater

    class Moss(Parent):
        updater: SelfUpdater

    def greet():
        return "hello"
"""


def next_turn(moss_of, code: str):
    """Run code that updates, then compile what it left."""
    runtime = moss_of(UPDATED)
    run(runtime, code)
    return moss_of(UPDATED, runtime.dump_pycontext())


def test_appended_code_is_there_in_the_next_turn(moss_of):
    runtime = next_turn(moss_of, "def run(moss): moss.updater.append('def wave(): return 5')")
    assert runtime.execute(target="wave").returns == 5
    assert runtime.execute(target="greet").returns == "hello"


def test_a_replaced_function_is_the_new_one_in_the_next_turn(moss_of):
    code = "def run(moss): moss.updater.replace_attr('greet', 'def greet():\\n    return 7')"
    assert next_turn(moss_of, code).execute(target="greet").returns == 7


def test_replacing_what_is_not_there_says_so(moss_of):
    with pytest.raises(AttributeError, match="defines no 'great'"):
        run(moss_of(UPDATED), "def run(moss): moss.updater.replace_attr('great', 'x = 1')")


def test_a_change_that_does_not_parse_is_refused_and_changes_nothing(moss_of):
    runtime = moss_of(UPDATED)
    with pytest.raises(SyntaxError):
        run(runtime, "def run(moss): moss.updater.append('def broken(')")
    assert runtime.dump_pycontext().code is None


def test_saving_writes_the_file_and_ends_the_edit(file_module):
    name = file_module("filemoss_saved", UPDATED)
    with MossCompiler().compile(name) as runtime:
        run(runtime, "def run(moss):\n    moss.updater.append('y = 2')\n    moss.updater.save()")
        assert runtime.dump_pycontext().code is None
        written = Path(runtime.module().__file__).read_text(encoding="utf-8")
    assert written.endswith("y = 2\n")
    with MossCompiler().compile(name) as runtime:
        assert runtime.locals()["y"] == 2


def test_saving_a_module_without_a_file_says_so(moss_of):
    with pytest.raises(MossError, match="textmoss"):
        run(moss_of(UPDATED), "def run(moss):\n    moss.updater.append('y = 2')\n    moss.updater.save()")


def test_every_moss_can_give_its_updater(moss_of):
    assert "greet" in moss_of(UPDATED).container().force_fetch(SelfUpdater).getsource()


# --- modules ---


def test_modules_read_write_and_reload(file_module):
    name = file_module("plain_module", "x = 1\n")
    modules = DefaultModules()
    module = modules.import_module(name)
    modules.save_source(name, "x = 'written'\n", reload=True)
    assert module.x == "written"
    assert modules.getsource(name) == "x = 'written'\n"


def test_a_reloaded_module_is_explained_as_it_is_now(file_module):
    name = file_module("plain_module3", "def go():\n    'Before.'\n")
    modules = DefaultModules()
    module = modules.import_module(name)
    assert "Before." in reflect_code_prompt(module.go)
    modules.save_source(name, "x = 1\n\ndef go():\n    'After it.'\n", reload=True)
    assert "After it." in reflect_code_prompt(module.go)


def test_modules_refuse_source_that_does_not_parse(file_module):
    name = file_module("plain_module2", "x = 1\n")
    with pytest.raises(SyntaxError):
        DefaultModules().save_source(name, "x = = 1")
    assert DefaultModules().getsource(name) == "x = 1\n"


def test_modules_of_a_package_are_listed():
    assert ("bolt_agent.moss.pycontext", False) in list(DefaultModules().iter_modules("bolt_agent.moss"))
    assert list(DefaultModules().iter_modules(sys)) == []


def test_modules_are_there_for_files_that_are_trusted_with_them():
    con = Container()
    assert con.get(Modules) is None
    con.register(DefaultModulesProvider())
    assert con.get(Modules) is con.get(Modules)
