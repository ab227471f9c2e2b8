"""The worker: programs run, reach the robot, are kept from everything else, and can always be ended."""

import asyncio
import sys
import textwrap

import pytest
from worker_bench import Bench, Pieces

import prompts
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.moss.worker.process import WorkerDied
from bolt_agent.robot.errors import Stopped

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the kernel holds these walls on Linux only")

ESCAPE = (
    "things = [c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0]"
    ".__init__.__globals__"
)
"""The well-known way from any object to the module `os`, past every list of imports."""


def test_a_program_reaches_the_robot_and_its_prints_come_back():
    bench = Bench()
    (outcome,) = bench.run("""
        def run(moss):
            moss.body.new_move(run=True).roll(0, 90, 2)
            moss.body.wait()
            print(moss.body.position.y)
    """)
    assert outcome.error is None
    assert outcome.output == "2.0\n"
    assert [what for what, _ in bench.host.asked] == ["perform", "wait", "state"]
    assert bench.host.asked[0][1]["motion"]["kind"] == "drive"


def test_helpers_of_one_program_are_there_for_the_next_but_run_is_not_run_again():
    first, second, third = Bench().run(
        "def double(x):\n    return 2 * x\ndef run(moss):\n    print(double(4))",
        "def run(moss):\n    print(double(5))",
        "def rum(moss):\n    print('no')",
    )
    assert (first.output, second.output, third.output) == ("8\n", "10\n", "")
    assert "`run`" in third.error
    assert "`rum`" in third.error


def test_variables_of_moss_outlive_a_worker():
    bench = Bench(source=prompts.read("bolt.py").replace("face: LedMatrix", "count: int = 0\n    face: LedMatrix"))

    async def end_it(executor, task):
        await task
        executor.stop()

    add = "def run(moss):\n    moss.count += 1\n    print(moss.count)"
    outcomes = bench.run(add, add, around=end_it)
    assert [outcome.output for outcome in outcomes] == ["1\n", "2\n"]


def test_sleep_waits_on_the_robots_clock():
    bench = Bench()
    bench.run("import time\ndef run(moss):\n    time.sleep(30)")
    assert bench.clock.now() == pytest.approx(30)


def test_an_error_of_the_host_is_raised_at_the_line_that_asked():
    bench = Bench()
    bench.host.refusal = Stopped("stopped: nothing moves")
    (outcome,) = bench.run("def run(moss):\n    x = 1\n    moss.face.show('heart')")
    assert "line 3" in outcome.error
    assert "Stopped: stopped: nothing moves" in outcome.error


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("def run(moss:", "never closed"),
        ("def run(moss):\n    moss.body.new_move().rol(1)", "no attribute 'rol'"),
        ("def run(moss):\n    print('before')\n    1 / 0", "line 3, in run: 1 / 0"),
        ("x = 1", "`run`"),
        ("", "`run`"),
        ("def run(moss):\n    raise SystemExit(3)", "SystemExit"),
        ("def run(moss):\n    f = lambda: f()\n    f()", "RecursionError"),
        ("import os\ndef run(moss): pass", "cannot import os"),
        ("def run(moss):\n    open('/etc/passwd')", "no open()"),
        ("def run():\n    pass", "TypeError"),
    ],
)
def test_a_broken_program_is_told_what_is_wrong_and_the_next_one_runs(program, message):
    broken, fine = Bench().run(program, "def run(moss):\n    print('fine')")
    assert message in broken.error
    assert fine.output == "fine\n"


def test_what_was_printed_before_an_error_is_kept():
    (outcome,) = Bench().run("def run(moss):\n    print('so far')\n    1 / 0")
    assert outcome.output == "so far\n"


@pytest.mark.parametrize(
    ("program", "limits", "message"),
    [
        ("def run(moss):\n    while True: pass", {"cpu": 0.2}, "computing time"),
        ("def run(moss):\n    while True: moss.body.wait(10)", {"seconds": 60}, "more than 60 s"),
        ("def run(moss):\n    while True: moss.body.position", {"calls": 50}, "more than 50 times"),
    ],
)
def test_a_program_without_an_end_is_ended(program, limits, message):
    endless, fine = Bench(**limits).run(program, "def run(moss):\n    print('fine')")
    assert message in endless.error
    assert fine.output == "fine\n"


def test_too_much_memory_is_an_error_of_the_program():
    (outcome,) = Bench(memory=64).run("def run(moss):\n    'a' * 10**9")
    assert "MemoryError" in outcome.error


def test_a_stop_ends_even_a_program_that_catches_everything():
    async def stop(executor, task):
        while not bench.host.asked:
            await asyncio.sleep(0)
        executor.stop()

    bench = Bench()
    stubborn = """
        def run(moss):
            moss.body.position
            while True:
                try:
                    while True: pass
                except BaseException:
                    pass
    """
    (outcome,) = bench.run(stubborn, around=stop)
    assert outcome.error == "the program was stopped"


@linux_only
@pytest.mark.parametrize(
    "attempt",
    [
        "things['open']('/etc/hostname', 0)",
        "things['listdir']('/')",
        "things['mkdir']('/tmp/escaped')",
        "things['fork']()",
        "things['execv']('/bin/true', ['true'])",
        "things['kill'](things['getppid'](), 9)",
        "__builtins__['__import__'].__closure__[0].cell_contents('socket').socket()",
        "things['open']('/proc/self/mem', 2)",
    ],
)
def test_the_kernel_refuses_what_python_could_not_keep_from_a_program(attempt):
    escape, fine = Bench().run(
        f"def run(moss):\n    {ESCAPE}\n    print({attempt})", "def run(moss):\n    print('fine')"
    )
    assert escape.output == ""
    assert escape.error is not None
    assert fine.output == "fine\n"


@linux_only
def test_the_walls_that_stand_are_named():
    bench = Bench()
    bench.run()
    assert bench.walls == ["rlimit", "landlock", "seccomp", "imports"]


def test_the_environment_of_the_person_is_not_there(monkeypatch):
    monkeypatch.setenv("CANARY", "tweet")
    (outcome,) = Bench().run(f"def run(moss):\n    {ESCAPE}\n    print('CANARY' in things['environ'])")
    assert outcome.output == "False\n"


def test_a_program_that_ends_its_process_is_replaced():
    gone, fine = Bench().run(
        f"def run(moss):\n    {ESCAPE}\n    things['_exit'](0)", "def run(moss):\n    print('fine')"
    )
    assert gone.error == "the program ended its own process"
    assert fine.output == "fine\n"


@linux_only
def test_a_forged_message_ends_the_worker_and_nothing_else():
    forge = f"def run(moss):\n    {ESCAPE}\n    [things['write'](fd, b'nonsense\\n') for fd in range(3, 9)]"
    forged, fine = Bench().run(forge, "def run(moss):\n    print('fine')")
    assert forged.error is not None
    assert fine.output == "fine\n"


def test_another_text_of_the_moss_file_takes_the_place_of_the_first():
    async def change(executor, task):
        await task
        executor.renew(bench.setup.model_copy(update={"source": "word = 'second'"}))

    bench = Bench(module="mine", source="word = 'first'")
    say = "def run(moss):\n    print(word)"
    outcomes = bench.run(say, say, around=change)
    assert [outcome.output for outcome in outcomes] == ["first\n", "second\n"]


@pytest.mark.parametrize("first", ["moss", "robot: Moss", "robot: 'Moss'"])
def test_a_function_that_takes_moss_is_given_it_before_the_words(first):
    name = first.partition(":")[0]
    source = f"from prompts.bolt import Moss\ndef go({first}, far: float): print(far + 1, hasattr({name}, 'body'))"

    async def main():
        executor = Executor(bench.setup, bench.host, bench.clock)
        try:
            return await executor.call("go", ["2"])
        finally:
            executor.close()

    bench = Bench(module="mine", source=source)
    assert bench.clock.run(main()).output == "3.0 True\n"


def test_a_moss_file_that_does_not_compile_is_said_when_the_worker_opens():
    with pytest.raises(WorkerDied, match=r"(?s)prompts\.bolt does not compile.*NameError"):
        Bench(source="from bolt_agent.moss import Moss\nnonsense").run()


def test_a_program_that_comes_in_pieces_does_the_same_as_the_whole():
    code = textwrap.dedent("""
        import math
        def side(n):
            return math.sqrt(n)

        def run(moss):
            count = 0
            def add():
                nonlocal count
                count += 1
            for size in (4, 9):
                if size > 4:
                    moss.face.show("star")
                else:
                    moss.face.fill("red")
                add()
            print(count, side(16))
            moss.body.wait(2)
            moss.body.new_move(run=True).on_collision(lambda m: m.spin(180)).roll(0, 90, count)
            return
            print("never")
    """)

    def outcome(size):
        bench = Bench()
        program = code if size is None else Pieces(*(code[at : at + size] for at in range(0, len(code), size)))
        return bench.run(program), bench.host.asked, bench.clock.now()

    whole = outcome(None)
    assert whole[0][0].output == "2 4.0\n"
    assert [outcome(size) for size in (1, 7, 40, 10_000)] == [whole] * 4


def test_a_motion_says_which_line_of_the_program_asked_for_it():
    bench = Bench()
    program = """\
        def step(moss):
            moss.body.new_move(run=True).spin(90)
        def run(moss):
            moss.face.fill("red")
            for _ in range(2):
                step(moss)
            (moss.body.new_move(run=True)
                .roll(0, 90, 1)
                .spin(180))
    """
    code = textwrap.dedent(program)
    bench.run(code, Pieces(*code.splitlines(keepends=True)))
    lines = [args["line"] for what, args in bench.host.asked if what == "perform"]
    assert lines == [4, 2, 2, 8, 9] * 2


def test_code_without_run_is_executed_as_it_stands():
    code = "moss.face.fill('red')\nprint('done')\n"
    bench = Bench()
    outcomes = bench.run(code, Pieces(*code))
    assert [(outcome.output, outcome.error) for outcome in outcomes] == [("done\n", None)] * 2
    assert [what for what, _ in bench.host.asked] == ["perform", "perform"]


@pytest.mark.parametrize("program", ["def rum(moss):\n    moss.face.fill('red')\n", "import math\nx = 1\n", ""])
def test_code_that_only_defines_things_is_told_that_there_is_nothing_to_run(program):
    for outcome in Bench().run(program, Pieces(*program)):
        assert "`run`" in outcome.error


@pytest.mark.parametrize(
    ("program", "lines"),
    [
        ("import math\ndef run(moss):\n    moss.face.fill('red')\n    moss.face.fil('red')\n", 3),
        ("def run(moss):\n    for n in (1, 0):\n        moss.face.fill('red')\n        1 / n\n", 0),
        ("def half(x):\n    return 1 / x\ndef run(moss):\n    print(half(1))\n    print(half(0))\n", 4),
        ("moss.face.fill('red')\nmoss.face.fil('red')\n", 1),
    ],
)
def test_how_far_a_program_came_is_known_streamed_and_whole(program, lines):
    outcomes = Bench().run(program, Pieces(*program))
    assert [outcome.lines for outcome in outcomes] == [lines] * 2


def test_numpy_is_there_where_it_is_asked_for_and_nowhere_else():
    program = "import numpy as np\ndef run(moss):\n    print(int(np.linalg.norm([3, 4])), np.fft.fft([1, 0]).real)"
    without, with_numpy = Bench().run(program)[0], Bench(modules=("numpy",), memory=128).run(program)[0]
    assert "cannot import numpy" in without.error
    assert (with_numpy.output, with_numpy.error) == ("5 [1. 1.]\n", None)


def test_what_is_printed_beyond_the_limit_is_left_out_and_said():
    (outcome,) = Bench(output=1000).run("def run(moss):\n    for _ in range(100): print('x' * 99)")
    assert len(outcome.output) < 1100
    assert outcome.output.endswith("(more than 1,000 characters were printed; the rest is left out)\n")
