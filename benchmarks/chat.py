"""From Enter to the first drive packet on the link: a warm chat with the reflex brain and a virtual BOLT.

    python benchmarks/chat.py [TURNS]

Wall time, one process, real clock. Each turn is stopped as soon as the ball was told to roll, so that only the way
there is measured: words -> brain -> worker -> player -> driver -> link.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time

from bolt_agent.assembly import Assembly, Options, assemble, opened
from drivers.clock import Clock
from drivers.memory import MemoryLink
from drivers.packets import Framer

COMMANDS = ["roll forward for two seconds", "go backwards", "drive in a square", "go forward 50 cm", "向前滚两秒"]
DRIVE = (0x16, 0x07)
WARM_UP = 3


class Watched:
    """A memory link that notes when the first drive packet passes."""

    def __init__(self) -> None:
        self.rolling = asyncio.Event()
        self.at = 0.0
        write = MemoryLink.write

        async def noting(link: MemoryLink, packet: bytes) -> None:
            at = time.perf_counter()
            rolls = any((sent.did, sent.cid) == DRIVE and sent.data[0] for sent in Framer().feed(packet))
            if rolls and not self.rolling.is_set():  # at a speed above zero
                self.at = at
                self.rolling.set()
            await write(link, packet)

        MemoryLink.write = noting  # type: ignore[method-assign]


async def take(assembly: Assembly, text: str) -> None:
    async for _ in assembly.session.say(text):
        pass


async def measure(turns: int, container: object) -> list[float]:
    times: list[float] = []
    watched = Watched()
    async with opened(container, spare=True) as assembly:  # type: ignore[arg-type]
        for turn in range(turns + WARM_UP):
            watched.rolling.clear()
            began = time.perf_counter()
            talking = asyncio.create_task(take(assembly, COMMANDS[turn % len(COMMANDS)]))
            await watched.rolling.wait()
            times.append(watched.at - began)
            await assembly.session.stop()
            await talking
            await asyncio.sleep(1.0)  # the ball comes to rest, and a new spare worker is ready
    return sorted(times[WARM_UP:])


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    container = assemble(Options(brain="reflex"))
    times = container.force_fetch(Clock).run(measure(turns, container))
    print(f"Enter to first drive packet, reflex brain, warm chat, {len(times)} turns, wall time:")
    print(f"  median {1000 * statistics.median(times):.1f} ms   slowest {1000 * times[-1]:.1f} ms")


if __name__ == "__main__":
    main()
