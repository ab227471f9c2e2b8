"""The inline worker: the same results as behind walls, everything that this process may do, and an end by a stop."""

import asyncio
import textwrap
import time

import pytest
from worker_bench import Bench, Pieces

from bolt_agent.moss.worker.process import WorkerDied


def test_a_program_may_do_what_this_process_may(tmp_path):
    (tmp_path / "words.txt").write_text("from a file")
    bench = Bench(inline=True)
    (outcome,) = bench.run(f"""
        import os
        def run(moss):
            moss.face.fill("red")
            print(open({str(tmp_path / "words.txt")!r}).read(), os.getpid() > 0)
    """)
    assert (outcome.output, outcome.error) == ("from a file True\n", None)
    assert bench.host.asked[0][0] == "perform"


def test_sleep_waits_on_the_robots_clock_and_only_for_the_program():
    bench = Bench(inline=True)
    bench.run("import time\ndef run(moss):\n    time.sleep(30)")
    assert bench.clock.now() == pytest.approx(30)
    time.sleep(0)  # of the wall
    assert bench.clock.now() == pytest.approx(30)


@pytest.mark.parametrize("waiting", ["while True: pass", "moss.body.wait(10**5)"])
def test_a_stop_ends_a_program_and_the_next_one_runs(waiting):
    async def stop(executor, task):
        while not bench.host.asked and not task.done():
            await asyncio.sleep(0)
        if not task.done():
            executor.stop()

    bench = Bench(inline=True)
    endless = f"def run(moss):\n    moss.body.position\n    {waiting}"
    stopped, _ = bench.run(endless, "def run(moss): moss.body.position", around=stop)
    assert stopped.error == "the program was stopped"


def test_variables_of_moss_outlive_a_worker():
    source = textwrap.dedent("""
        from bolt_agent.moss import Moss as Parent
        class Moss(Parent):
            count: int = 0
    """)

    async def end_it(executor, task):
        await task
        executor.stop()

    add = "def run(moss):\n    moss.count += 1\n    print(moss.count)"
    outcomes = Bench(source, "counting", inline=True).run(add, Pieces(*add), around=end_it)
    assert [outcome.output for outcome in outcomes] == ["1\n", "2\n"]


def test_a_moss_file_that_does_not_compile_is_said_when_it_opens():
    with pytest.raises(WorkerDied, match="does not compile"):
        Bench("nonsense", "mine", inline=True).run()
