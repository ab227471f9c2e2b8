"""How fast the reflex brain is: text to code, cold import, memory.

python benchmarks/reflex.py
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time

COMMANDS = [
    "roll forward for two seconds",
    "go forward 50 centimeters, then turn right and go forward for 1 second",
    "first spin twice, then roll forward for a second, and finally say hello on your face",
    "go forward until you hit something, then turn around and roll away for one second",
    "uh could you please rol forwrd for too seconds",
    "set the back led to blue and the front led to white",
    "drive a square with 40 cm sides",
    "what is the capital of France?",
    "asdf qwer zxcv",
    "先向左走一秒,然后向右走两秒",
    "向前走直到撞到东西,然后掉头走一秒",
    "显示一个红色的爱心",
]
ROUNDS = 200
IMPORTS = {
    "python": "pass",
    "what a brain is (pydantic, robot)": "import bolt_agent.brains.brain",
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


def main() -> None:
    """Print the figures."""
    for name, code in IMPORTS.items():
        print(f"{import_seconds(code) * 1000:7.1f} ms  fresh process: {name}")
    import bolt_agent.brains.brain  # noqa: F401  # counted above

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from bolt_agent.brains.reflex import ReflexBrain

    brain = ReflexBrain()
    for command in COMMANDS:
        brain.think(command)
    print(f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:7.1f} MiB more memory")
    times = []
    for _ in range(ROUNDS):
        for command in COMMANDS:
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
