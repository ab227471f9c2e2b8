from __future__ import annotations

import linecache
import threading

import pytest
from moss_toys import run

from bolt_agent.moss import AlreadyExecuting, RuntimeClosed, TargetMissing, format_exec_error, lint_exec_code

ROBOT = """
    from moss_toys import Toy
    from bolt_agent.moss import Moss as Parent

    class Moss(Parent):
        body: Toy

    speed = 3

    def helper(moss):
        return moss.body.name
"""


# --- targets and arguments ---


def test_run_is_called_with_moss(moss_of):
    assert run(moss_of(ROBOT), "def run(moss): return helper(moss)") == "rolly"


def test_a_value_is_given_back_as_it_is(moss_of):
    assert moss_of(ROBOT).execute(target="speed").returns == 3
    assert moss_of(ROBOT).execute(target="answer", code="answer = speed + 1").returns == 4


def test_arguments_come_from_the_module_and_from_outside(moss_of):
    code = "def run(a, b, *, c, d): return (a, b, c, d)"
    execution = moss_of(ROBOT).execute(
        target="run", code=code, local_args=["speed"], args=[1], local_kwargs={"c": "speed"}, kwargs={"d": 2}
    )
    assert execution.returns == (3, 1, 3, 2)


def test_arguments_for_a_value_are_a_type_error(moss_of):
    with pytest.raises(TypeError, match="`speed` is of type int, which takes no arguments"):
        moss_of(ROBOT).execute(target="speed", args=[1])


def test_an_argument_that_the_module_lacks_is_named(moss_of):
    with pytest.raises(AttributeError, match="`nothing`"):
        moss_of(ROBOT).execute(target="run", code="def run(x): ...", local_args=["nothing"])


def test_code_that_defines_rum_is_an_error_that_names_it(moss_of):
    with pytest.raises(TargetMissing, match=r"`run`; it defines `rum`; rename it to `run`") as caught:
        run(moss_of(ROBOT), "def rum(moss): ...")
    assert caught.value.defined == ("rum",)
    assert isinstance(caught.value, NotImplementedError)


def test_an_earlier_run_is_never_run_again(moss_of):
    runtime = moss_of(ROBOT)
    calls = []
    runtime.locals()["calls"] = calls
    run(runtime, "def run(moss): calls.append('first')")
    with pytest.raises(TargetMissing):
        run(runtime, "def rum(moss): calls.append('second')")
    with pytest.raises(TargetMissing):
        run(runtime, "if False:\n    def run(moss): ...")
    assert calls == ["first"]


def test_a_run_of_the_file_itself_does_not_stand_in_for_the_one_not_written(moss_of):
    with pytest.raises(TargetMissing):
        run(moss_of("def run(moss): return 'of the file'"), "x = 1")


def test_a_failed_execution_leaves_the_names_of_the_file(moss_of):
    runtime = moss_of("def run(moss): return 'of the file'")
    with pytest.raises(ZeroDivisionError):
        run(runtime, "1 / 0")
    assert runtime.execute(target="run", local_args=["moss"]).returns == "of the file"


def test_a_target_that_the_file_lacks_is_an_error_that_names_what_there_is(moss_of):
    with pytest.raises(TargetMissing, match=r"does not define `helpr`.*`helper`"):
        moss_of(ROBOT).execute(target="helpr")


def test_later_code_sees_what_earlier_code_defined(moss_of):
    runtime = moss_of(ROBOT)
    run(runtime, "def twice(x): return 2 * x\ndef run(moss): ...")
    assert run(runtime, "def run(moss): return twice(4)") == 8


def test_executing_code_is_known_and_does_not_persist(moss_of):
    code = "def run(moss): return moss.executing_code"
    execution = moss_of(ROBOT).execute(target="run", code=code, local_args=["moss"])
    assert execution.returns == code
    assert "executing_code" not in execution.pycontext.properties


def test_the_context_says_what_ran_and_whether_it_ended(moss_of):
    runtime = moss_of(ROBOT)
    assert runtime.execute(target="x", code="x = 1").pycontext.executed
    with pytest.raises(ZeroDivisionError):
        run(runtime, "1 / 0")
    assert (runtime.dump_pycontext().execute_code, runtime.dump_pycontext().executed) == ("1 / 0", False)


def test_a_module_may_run_code_its_own_way(moss_of):
    runtime = moss_of("""
        from bolt_agent.moss import lifecycle
        def __moss_exec__(runtime, *, target, code=None, **rest):
            return lifecycle.__moss_exec__(runtime, target=target, code=code.replace("1", "2"), **rest)
    """)
    assert runtime.execute(target="x", code="x = 1").returns == 2


# --- what is printed ---


def test_printed_text_is_in_the_execution_and_nowhere_else(moss_of, capsys):
    execution = moss_of(ROBOT).execute(
        target="run", code="print('at the top')\ndef run(moss): print('inside', end='!')", local_args=["moss"]
    )
    assert execution.std_output == "at the top\ninside!"
    assert capsys.readouterr().out == ""


def test_printed_text_is_kept_when_the_code_raises(moss_of):
    runtime = moss_of(ROBOT)
    with pytest.raises(ZeroDivisionError):
        run(runtime, "def run(moss):\n    print('before')\n    1 / 0")
    assert runtime.dump_std_output() == "before\n"


def test_printed_text_does_not_pile_up(moss_of):
    runtime = moss_of(ROBOT)
    runtime.execute(target="x", code="print('one'); x = 1")
    assert runtime.execute(target="x", code="print('two'); x = 1").std_output == "two\n"


def test_functions_of_the_file_print_into_the_execution(moss_of):
    runtime = moss_of("def hello(): print('hello')")
    assert runtime.execute(target="hello").std_output == "hello\n"


def test_what_compiling_prints_is_kept_too(moss_of):
    assert moss_of("print('compiling')").dump_std_output() == "compiling\n"


def test_pprint_prints_values_nicely(moss_of):
    assert (
        moss_of(ROBOT)
        .execute(target="run", code="def run(moss): moss.pprint('items', {'b': 1, 'a': [2]})", local_args=["moss"])
        .std_output
        == "items\n{'a': [2], 'b': 1}\n"
    )


def test_printing_to_a_file_goes_to_the_file(moss_of):
    code = "import io\nout = io.StringIO()\nprint('x', file=out)\nfound = out.getvalue()"
    execution = moss_of(ROBOT).execute(target="found", code=code)
    assert (execution.returns, execution.std_output) == ("x\n", "")


def test_two_executions_at_once_keep_their_prints_apart(moss_of):
    both = threading.Barrier(2)
    outputs = {}

    def work(name: str) -> None:
        code = f"def run(moss):\n    for i in range(50):\n        both.wait(5)\n        print({name!r}, end='')"
        outputs[name] = runtimes[name].execute(target="run", code=code, local_args=["moss"]).std_output

    runtimes = {name: moss_of("", prepare=lambda c: c.with_locals(both=both)) for name in "ab"}
    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs == {"a": "a" * 50, "b": "b" * 50}


def test_prints_of_another_thread_do_not_land_in_the_result(moss_of, capsys):
    def other() -> None:
        thread = threading.Thread(target=print, args=("from elsewhere",))
        thread.start()
        thread.join()

    runtime = moss_of("", prepare=lambda c: c.with_locals(other=other))
    assert runtime.execute(target="run", code="def run(): other()").std_output == ""
    assert capsys.readouterr().out == "from elsewhere\n"


def test_a_callback_called_later_prints_for_its_own_moss(moss_of):
    runtime = moss_of(ROBOT)
    callback = run(runtime, "def run(moss): return lambda: print('bumped')")
    callback()
    assert runtime.dump_std_output() == "bumped\n"


def test_prints_can_be_collected_around_a_callback(moss_of):
    runtime, other = moss_of(ROBOT), moss_of(ROBOT)
    callback = run(other, "def run(moss): return lambda: print('bumped')")
    with runtime.redirect_stdout():
        callback()
    assert (runtime.dump_std_output(), other.dump_std_output()) == ("bumped\n", "")


def test_endless_printing_is_cut_and_says_so(moss_of):
    output = moss_of(ROBOT).execute(target="x", code="for x in range(9): print('y' * 10_000)").std_output
    assert len(output) < 65_000
    assert output.endswith("left out)\n")


# --- one at a time, until closed ---


def test_a_second_execution_at_the_same_time_is_refused_and_disturbs_nothing(moss_of):
    runtime = moss_of("", prepare=lambda c: c.with_locals(again=lambda: runtime.execute(target="x", code="x = 1")))
    code = "def run(moss):\n    try: again()\n    except Exception as error: return type(error), moss.executing_code"
    assert run(runtime, code) == (AlreadyExecuting, code)
    assert runtime.dump_pycontext().execute_code == code


def test_nothing_executes_after_close(moss_of):
    runtime = moss_of(ROBOT)
    runtime.close()
    with pytest.raises(RuntimeClosed):
        runtime.execute(target="speed")


def test_closing_twice_is_closing_once(moss_of):
    with moss_of(ROBOT) as runtime:
        runtime.close()


def test_closing_forgets_the_text_of_executed_code(moss_of):
    runtime = moss_of(ROBOT)
    callback = run(runtime, "def run(moss): return lambda: 1")
    assert callback.__code__.co_filename in linecache.cache
    runtime.close()
    assert callback.__code__.co_filename not in linecache.cache


# --- errors as a model reads them ---


def failure(runtime, code: str) -> str:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any error is to be formatted
        run(runtime, code)
    return format_exec_error(caught.value)


def test_an_error_shows_the_line_of_the_models_own_code(moss_of):
    text = failure(moss_of(ROBOT), "def run(moss):\n    x = 1\n    moss.body.rol(90)")
    assert text == (
        "line 3, in run: moss.body.rol(90)\nAttributeError: 'Toy' object has no attribute 'rol'. Did you mean: 'roll'?"
    )


def test_an_error_shows_the_lines_of_the_moss_file_too(moss_of):
    text = failure(moss_of(ROBOT), "def run(moss): helper(3)")
    assert text == (
        "line 1, in run: def run(moss): helper(3)\n"
        "textmoss line 11, in helper: return moss.body.name\n"
        "AttributeError: 'int' object has no attribute 'body'"
    )


def test_an_error_leaves_the_frames_of_libraries_out(moss_of):
    text = failure(moss_of(ROBOT), "import json\ndef run(moss): json.loads('{')")
    assert [line.partition(":")[0] for line in text.splitlines()] == ["line 2, in run", "JSONDecodeError"]


def test_a_misspelled_name_gets_a_hint(moss_of):
    assert failure(moss_of(ROBOT), "def run(moss): return sped").endswith("Did you mean: 'speed'?")


def test_a_deep_recursion_is_told_in_a_few_lines(moss_of):
    assert len(failure(moss_of(ROBOT), "def run(moss): run(moss)").splitlines()) == 10


def test_a_syntax_error_shows_its_line(moss_of):
    assert failure(moss_of(ROBOT), "x = = 3") == "line 1: x = = 3\nSyntaxError: invalid syntax"


def test_causes_and_notes_are_told(moss_of):
    code = (
        "def run(moss):\n    e = ValueError('too fast')\n    e.add_note('limit 255')\n    raise e from KeyError('at')"
    )
    assert failure(moss_of(ROBOT), code).splitlines()[1:] == [
        "ValueError: too fast",
        "limit 255",
        "(caused by KeyError: 'at')",
    ]


def test_the_text_of_an_error_does_not_depend_on_what_ran_before(moss_of):
    runtime = moss_of(ROBOT)
    code = "def run(moss): raise KeyError"
    assert failure(runtime, code) == failure(runtime, code) == "line 1, in run: def run(moss): raise KeyError\nKeyError"


# --- lint ---


@pytest.mark.parametrize(
    "code",
    [
        "def run(moss): pass",
        "from math import pi\nx = [y for y in range(3)]\n\ndef run(moss: 'Moss', n=1) -> None:\n    return None",
        "run = lambda moss: None",
        "try:\n    def run(moss): ...\nfinally: pass",
    ],
)
def test_good_code_passes_offline(code):
    assert lint_exec_code(code) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def run(moss)\n    pass", "line 1: def run(moss)\nSyntaxError: expected ':'"),
        ("def run(moss):\npass", "line 2: pass\nIndentationError: expected an indented block"),
        ("return 3", "'return' outside function"),
        ("def rum(moss): pass", "it defines `rum`; rename it to `run`?"),
        ("# moss.body.roll(3)", "does not define `run`; it defines nothing"),
        ("async def run(moss): pass", "not `async def`"),
        ("def run(): pass", "must take a parameter"),
        ("x = '\0'", "null bytes"),
    ],
)
def test_bad_code_is_told_why(code, said):
    assert said in lint_exec_code(code)


def test_code_that_acts_needs_no_run(moss_of):
    assert lint_exec_code("moss.body.roll(3)") is None
    execution = moss_of(ROBOT).execute(target="run", code="print(moss.body.name)", local_args=["moss"])
    assert (execution.returns, execution.std_output) == (None, "rolly\n")
    assert execution.pycontext.executed


def test_names_inside_functions_do_not_count_as_defined():
    assert "it defines `go`" in lint_exec_code("def go(moss):\n    def run(moss): pass")


def test_a_runtime_lints_too(moss_of):
    assert moss_of(ROBOT).lint_exec_code("def main(moss): pass", target="main") is None
    assert moss_of(ROBOT).lint_exec_code("x = 1", target=None) is None
