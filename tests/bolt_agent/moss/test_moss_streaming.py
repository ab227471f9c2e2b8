"""Executing code while it is being written: as early as certain, and with the outcome of the whole."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolt_agent.moss import MossCompiler, format_exec_error
from bolt_agent.moss.errors import TargetMissing

MODULE = """
from bolt_agent.moss import Moss as Parent
class Moss(Parent):
    log: list = []
"""


def outcome(execute):
    """What a program did, printed and raised, in a fresh runtime."""
    with MossCompiler().compile("demo", source=MODULE) as runtime:
        try:
            execute(runtime)
            error = None
        except Exception as problem:
            error = format_exec_error(problem)
        left = {name for name in runtime.locals() if not name.startswith("_")} - {"run"}
        return runtime.moss().log, runtime.dump_std_output(), error, left


def whole(code):
    return outcome(lambda runtime: runtime.execute(target="run", code=code, local_args=["moss"]))


def streamed(pieces):
    return outcome(lambda runtime: runtime.execute_stream(iter(pieces), target="run", local_args=["moss"]))


PROGRAMS = {
    "straight": """
        def run(moss):
            x = 1
            moss.log.append(x)
            print("hello", x)
    """,
    "loops and branches": """
        def run(moss):
            for i in range(3):
                if i == 1:
                    continue
                elif i == 2:
                    moss.log.append("two")
                else:
                    moss.log.append(i)

            else:
                moss.log.append("over")
            while True:
                break
            print("end")
    """,
    "try, with and finally": """
        from contextlib import suppress
        def run(moss):
            try:
                1 / 0
            except ZeroDivisionError as error:
                moss.log.append(str(error))
            else:
                moss.log.append("never")
            finally:
                moss.log.append("finally")
            with suppress(KeyError):
                {}["x"]
            moss.log.append("after")
    """,
    "a return in the middle": """
        def run(moss):
            for i in range(5):
                try:
                    if i == 2:
                        return i
                except BaseException:
                    moss.log.append("caught")
                finally:
                    moss.log.append(i)
            moss.log.append("never")
    """,
    "functions inside see locals": """
        def run(moss):
            x = 2
            def double(y):
                return x * y
            twice = lambda f, v: f(f(v))
            moss.log.append([double(i) for i in range(3) if x])
            moss.log.append(twice(double, 5))
            class Thing:
                size = x
            moss.log.append(Thing.size)
    """,
    "nonlocal counts": """
        def run(moss):
            count = 0
            def add():
                nonlocal count
                count += 1
                def deeper():
                    inner = 1
                    def deepest():
                        nonlocal inner, count
                        inner += 1
                        count += inner
                    deepest()
                deeper()
            add()
            add()
            moss.log.append(count)
    """,
    "strings over lines": '''
        def run(moss):
            text = """first
        def run(moss):
            second"""
            moss.log.append(text)
            moss.log.append("a"
                            "b")
            total = (1 +
                     2)
            other = 1 + \\
                2
            moss.log.append(total + other)
    ''',
    "helpers and imports before run": """
        import math
        SIZE = 3
        def side(n):
            # a comment
            return n * SIZE

        @staticmethod
        def unused(): pass

        def run(moss):
            # the square
            moss.log.append(side(2)); moss.log.append(math.floor(2.5))

            moss.log.append("end")
    """,
    "an error half way": """
        def run(moss):
            moss.log.append(1)
            print("before")
            moss.lgo.append(2)
            moss.log.append(3)
    """,
    "an error in a helper": """
        def helper(x):
            return 1 / x
        def run(moss):
            moss.log.append(1)
            helper(0)
    """,
    "a default and a type": """
        def run(moss: "Moss", times=2, *rest, **more):
            moss.log.append((times, rest, more))
    """,
    "a header over lines": """
        def run(
            moss,  # the robot
        ):
            moss.log.append("here")
    """,
    "one line": "def run(moss): moss.log.append('one'); print('x')",
    "a lambda": "run = lambda moss: moss.log.append('lambda')",
    "globals stay": """
        total = 0
        def run(moss):
            global total
            total += 5
            moss.log.append(total)
    """,
    "a name of the module is hidden while it runs": """
        value = "module"
        def run(moss):
            value = "local"
            moss.log.append(value)
    """,
    "match": """
        def run(moss):
            match [1, 2]:
                case [a, b]:
                    moss.log.append(a + b)
                case _:
                    pass
            moss.log.append("end")
    """,
    "nothing to run": "def rum(moss): pass",
    "empty": "",
    "a docstring": '''
        def run(moss):
            """Does nothing much."""
            del moss.log[:]
    ''',
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_does_the_same_streamed_at_every_cut_as_whole(name):
    code = textwrap.dedent(PROGRAMS[name]).lstrip("\n")
    expected = whole(code)
    assert streamed([code]) == expected
    assert streamed(list(code)) == expected
    for cut in range(len(code)):
        assert streamed([code[:cut], code[cut:]]) == expected


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_random_programs_do_the_same_in_random_pieces(data):
    simple = st.sampled_from(["moss.log.append(x)", "x += 1", "print(x)", "y = [i for i in range(x)]", "pass"])
    block = st.recursive(
        st.lists(simple, min_size=1, max_size=3),
        lambda inner: st.tuples(st.sampled_from(["for x in range(2):", "if x % 2:", "try:"]), inner).map(_nest),
        max_leaves=4,
    )
    body = ["x = 1", *(line for part in data.draw(st.lists(block, min_size=1, max_size=4)) for line in part)]
    code = "def run(moss):\n" + "".join(f"    {line}\n" for line in body)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(code)), max_size=6)))
    pieces = [code[a:b] for a, b in zip([0, *cuts], [*cuts, len(code)], strict=True)]
    assert streamed(pieces) == whole(code)


def _nest(made):
    head, inner = made
    tail = ["except ValueError:", "    pass"] if head == "try:" else []
    return [head, *(f"    {line}" for line in inner), *tail]


def test_a_statement_is_executed_as_soon_as_it_is_certain():
    seen = []
    with MossCompiler().compile("demo", source=MODULE) as runtime:
        log = runtime.moss().log

        def pieces():
            for piece in [
                "def run(moss):\n    moss.log.append(1)",
                "\n    for i in range(2):\n        moss.log.append(2)\n",
                "    moss.log.append(3)",
                "\n",
            ]:
                yield piece
                seen.append(list(log))

        runtime.execute_stream(pieces(), target="run", local_args=["moss"])
    assert seen == [[], [1], [1, 2, 2], [1, 2, 2, 3]]


def test_a_syntax_error_half_way_names_its_line_and_what_stood_before_was_done():
    log, _, error, _ = streamed(["def run(moss):\n    moss.log.append(1)\n    moss.log.append(2\n", "    x = = 3\n"])
    assert log == [1]
    assert "SyntaxError" in error
    assert "line 3" in error


def test_an_earlier_run_is_never_run_instead():
    with MossCompiler().compile("demo", source=MODULE) as runtime:
        runtime.execute(target="run", code="def run(moss): moss.log.append('old')", local_args=["moss"])
        with pytest.raises(TargetMissing, match="`rum`"):
            runtime.execute_stream(iter(["def rum(moss): pass\n"]), target="run", local_args=["moss"])
        assert runtime.moss().log == ["old"]


def test_code_below_run_is_executed_after_it():
    log, _, error, left = streamed(["def run(moss):\n    moss.log.append(1)\ndef later(): pass\nmoss.log.append(2)\n"])
    assert (log, error) == ([1, 2], None)
    assert "later" in left
