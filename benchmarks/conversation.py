"""What a conversation costs, and what is left of it when its process is killed.

    python benchmarks/conversation.py [TURNS [KILLS]]

1. So many turns of a conversation that is kept, with a brain that answers at once and a program that moves nothing:
   the time of a turn is then all overhead (session, worker, history). Does it, or the memory, grow with the history?
2. A process that talks to a virtual BOLT is killed at random moments, so many times, and each time goes on with the
   conversation. Is the history whole, and is everything in it that was shown as done?
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from pathlib import Path

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.brains.brain import Brain, Code, Part, Say, Situation
from bolt_agent.ghost.history.store import Store
from drivers.clock import Clock

TURNS, KILLS = 1000, 50
WARM_UP = 50
PROGRAM = "def run(moss):\n    moss.seen = moss.body.position\n"


class AtOnce:
    """A brain that answers at once."""

    name, tries = "at once", 1

    async def reply(self, text: str, _: Situation) -> AsyncGenerator[Part, None]:
        yield Say(f"You said {text}.")
        yield Code(PROGRAM)


def memory() -> float:
    """What this process holds, in MB."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


async def take_turns(url: str, turns: int) -> tuple[list[float], float]:
    """The seconds of each turn, and by how many MB the process grew."""
    container = assemble(Options(brain="reflex", history=url))
    container.set(Brain, AtOnce())
    times: list[float] = []
    before = 0.0
    async with opened(container) as assembly:
        for number in range(WARM_UP + turns):
            if number == WARM_UP:
                before = memory()
            began = time.perf_counter()
            async for _ in assembly.conversation.talk(f"this is turn {number} of a long conversation"):
                pass
            times.append(time.perf_counter() - began)
        return times[WARM_UP:], memory() - before


def chatter(url: str) -> None:
    """Talk until killed; print what is shown as done."""
    container = assemble(Options(brain="reflex", clock="fast", history=url, thread="last"))
    container.set(Brain, AtOnce())

    async def talk() -> None:
        async with opened(container) as assembly:
            for number in itertools.count():
                async for item in assembly.conversation.talk(f"{os.getpid()} {number}"):
                    if item.item == "ended":
                        print(item.turn.say, flush=True)

    container.force_fetch(Clock).run(talk())


def kill_often(url: str, kills: int) -> None:
    """Kill a talking process at random moments, and look at what is left."""
    chance = random.Random(7)
    done: list[str] = []
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, __file__, "--chatter", url], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        if chance.random() < 0.8:  # else while it still opens
            done.append(process.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        done += [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.wait()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        whole = file.execute("PRAGMA integrity_check").fetchone()[0]
    store = Store(url)
    thread = store.thread()
    kept = {turn.say: turn for turn in store.conversation(thread.head)} if thread is not None else {}
    lost = [say for say in done if say not in kept or kept[say].status != "ok" or len(kept[say].messages) != 3]
    cut = sum(turn.status == "running" for turn in kept.values())
    print(f"{kills} kills: integrity check {whole}; {len(done)} turns shown as done, {len(lost)} of them lost;")
    print(f"  {len(kept)} turns in one conversation, {cut} cut off by a kill")


def main() -> None:
    if sys.argv[1:2] == ["--chatter"]:
        chatter(sys.argv[2])
        return
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else TURNS
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else KILLS
    with tempfile.TemporaryDirectory() as folder:
        times, grown = asyncio.run(take_turns(f"sqlite:///{folder}/long.db", turns))
        tenth = max(1, len(times) // 10)
        for name, part in (("all", times), ("first tenth", times[:tenth]), ("last tenth", times[-tenth:])):
            high = sorted(part)[int(len(part) * 0.95)]
            print(f"overhead of a turn, {name}: median {statistics.median(part) * 1e3:.1f} ms, 95% {high * 1e3:.1f} ms")
        print(f"memory grew by {grown:.1f} MB in {turns} turns")
        kill_often(f"sqlite:///{folder}/killed.db", kills)


if __name__ == "__main__":
    main()
