"""How fast the reflex brain is: text to code, cold import, memory.

python benchmarks/reflex.py
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

CASES = Path(__file__).parent.parent / "tests" / "data" / "reflex_cases.jsonl"
ROUNDS = 5
IMPORTS = {
    "python": "pass",
    "what a brain is": "import bolt_agent.brains.brain",
    "reflex brain": "import bolt_agent.brains.reflex",
    "reflex brain, first answer": "from bolt_agent.brains.reflex import ReflexBrain as B; B().think('turn right')",
}


def import_seconds(code: str) -> float:
    """The best of several fresh processes."""
    times = []
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        times.append(time.perf_counter() - began)
    return min(times)


def _commands() -> list[str]:
    """What is said in the cases of the tests."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [said for line in lines for said in json.loads(line)["say"]]


def main() -> None:
    """Print the figures."""
    for name, code in IMPORTS.items():
        print(f"{import_seconds(code) * 1000:7.1f} ms  fresh process: {name}")
    import bolt_agent.brains.brain  # noqa: F401  # counted above

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from bolt_agent.brains.reflex import ReflexBrain

    began = time.perf_counter()
    ReflexBrain.warm_up()
    print(f"{(time.perf_counter() - began) * 1000:7.1f} ms  warming up, as the chat does while it starts")
    brain, commands = ReflexBrain(), _commands()
    began = time.perf_counter()
    brain.think(commands[0])
    print(f"{(time.perf_counter() - began) * 1000:7.1f} ms  first answer after that")
    for command in commands:
        brain.think(command)
    print(f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:7.1f} MiB more memory")
    times = []
    for _ in range(ROUNDS):
        for command in commands:
            began = time.perf_counter()
            brain.think(command)
            times.append((time.perf_counter() - began) * 1000)
    times.sort()
    print(f"{statistics.median(times):7.2f} ms  text to code, median of {len(times)}")
    print(f"{times[int(len(times) * 0.99)]:7.2f} ms  text to code, p99")
    print(f"{times[-1]:7.2f} ms  text to code, longest")
    began = time.perf_counter()
    brain.think("roll forwrd and turn lfet " * 400)
    print(f"{(time.perf_counter() - began) * 1000:7.2f} ms  10,000 characters")


if __name__ == "__main__":
    main()
