"""What the locked worker costs: a program, a call of the robot, the first program, and a worker that was killed.

    python benchmarks/worker.py

'inside' is what the worker process itself spends; 'to the answer' adds the way there and back and the event loop.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

import prompts
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.moss.worker.protocol import Limits, Setup
from drivers.clock import RealClock

ROUNDS = 300
CALLS = 1000

TRIVIAL = "def run(moss):\n    x = 1\n    y = x + 1\n"
CALLING = f"""
import time
def run(moss):
    began = time.perf_counter()
    for _ in range({CALLS}):
        moss.body.{{call}}
    print(time.perf_counter() - began)
"""
INSIDE = f"""
import time
def run(moss):
    times = []
    for _ in range({ROUNDS}):
        began = time.perf_counter()
        exec(compile({TRIVIAL!r}, "trivial", "exec"), names := {{}})
        names["run"](moss)
        times.append(time.perf_counter() - began)
    print(sorted(times)[len(times) // 2])
"""


class Still:
    """A robot that answers at once and does nothing."""

    async def answer(self, what: str, _: dict[str, Any]) -> Any:
        return {"x": 0.0, "y": 0.0, "heading": 0.0, "speed": 0.0, "battery": 100} if what == "state" else None


async def seconds(work: Callable[[], Awaitable[Any]]) -> float:
    """How long one piece of work takes."""
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def measure() -> dict[str, tuple[float, float]]:
    """Seconds that each thing took (the median), and what it may take."""
    setup = Setup(module="prompts.bolt", source=prompts.read("bolt.py"), limits=Limits(calls=10**9))
    found: dict[str, tuple[float, float]] = {}
    executor = Executor(setup, Still(), RealClock())
    await executor.open(spare=True)
    try:
        await asyncio.sleep(1)  # the spare is loaded
        found["first program after the start"] = await seconds(lambda: executor.run(TRIVIAL)), 20e-3
        found["trivial program, inside"] = float((await executor.run(INSIDE)).output), 100e-6
        times = [await seconds(lambda: executor.run(TRIVIAL)) for _ in range(ROUNDS)]
        found["trivial program, to the answer"] = statistics.median(times), 1e-3
        for name, call in (("a question (position)", "position"), ("a motion (new_move(run=True).spin)", SPIN)):
            spent = float((await executor.run(CALLING.format(call=call))).output)
            found[f"forwarded call: {name}"] = spent / CALLS, 150e-6
        found["a killed worker is replaced"] = await _replaced(executor), 20e-3
    finally:
        executor.close()
    return found


SPIN = "new_move(run=True).spin(90, 1)"


async def _replaced(executor: Executor) -> float:
    """From the stop of a program that never ends to the end of the next one."""
    times = []
    for _ in range(5):
        endless = asyncio.create_task(executor.run("def run(moss):\n    while True: pass"))
        await asyncio.sleep(1)  # it runs, and the spare is loaded
        began = time.perf_counter()
        executor.stop()
        await endless
        await executor.run(TRIVIAL)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    for name, (spent, allowed) in RealClock().run(measure()).items():
        print(f"{name:48} {spent * 1e6:9.0f} us   (at most {allowed * 1e6:.0f})")


if __name__ == "__main__":
    main()
