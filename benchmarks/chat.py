"""From Enter to the first drive packet on the link: a warm chat with the reflex brain and a virtual BOLT.

    python benchmarks/chat.py [TURNS]

Wall time, one process, real clock. Each turn says a different thing and is stopped as soon as the ball was told to
roll, so that only the way there is measured: words -> brain -> worker -> player -> driver -> link.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.robot.driver import Driver
from drivers.clock import Clock

COMMANDS = ["roll forward for two seconds", "go right", "drive in a square", "go forward 50 cm", "向前滚两秒"]
DRIVE_COMMAND = bytes.fromhex("1607")


async def measure(turns: int) -> list[float]:
    container = assemble(Options(brain="reflex"))
    driver = container.force_fetch(Driver)
    link = driver._link  # type: ignore[attr-defined]
    times: list[float] = []
    async with opened(container, spare=True) as assembly:
        for turn in range(turns + 3):
            rolling = asyncio.Event()
            write = link.write

            async def noting(packet: bytes, write=write, rolling=rolling) -> None:  # type: ignore[no-untyped-def]
                if packet[4:6] == DRIVE_COMMAND and not rolling.is_set():
                    times.append(time.perf_counter() - began)
                    rolling.set()
                await write(packet)

            link.write = noting
            began = time.perf_counter()
            async for _ in assembly.session.say(COMMANDS[turn % len(COMMANDS)]):
                if rolling.is_set():
                    await assembly.session.stop()
            link.write = write
    return times[3:]  # the first ones warm up


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    container_clock = assemble(Options(brain="reflex")).force_fetch(Clock)
    times = sorted(container_clock.run(measure(turns)))
    print(f"Enter to first drive packet, {len(times)} turns, wall time:")
    print(f"  median {1000 * statistics.median(times):.1f} ms   p90 {1000 * times[int(0.9 * len(times))]:.1f} ms")


if __name__ == "__main__":
    main()
