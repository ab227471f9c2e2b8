"""The studio: how soon it is there, what it costs at rest, how often pages hear of the robot, how fast a stop is.

    python benchmarks/studio.py [ROUNDS]

Wall time, loopback, reflex brain, a virtual BOLT. Start and rest are measured on `bolt-agent studio` as a process of
its own; the rest on a server in a thread of this one, so that the moment at which a packet is on the link can be seen.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bolt_agent.assembly import Options
from bolt_agent.studio.serving import Place, serve
from drivers.memory import MemoryLink
from drivers.packets import Framer

PAGES = 10
RESTING = 8.0
"""Seconds for which the resting server is watched."""
WATCHING = 5.0
DRIVE = (0x16, 0x07)
ROLL = "def run(moss):\n    moss.body.new_move(run=True).roll(0, 60, 20)\n"
FOR_A_WHILE = "def run(moss):\n    for _ in range(20):\n        moss.body.new_move(run=True).spin(360, 1)\n"


def show(what: str, seconds: Sequence[float], goal: str) -> None:
    times = sorted(1000 * value for value in seconds)
    high = times[min(len(times) - 1, round(0.99 * (len(times) - 1)))]
    print(f"  {what:44} p50 {statistics.median(times):6.1f} ms   p99 {high:6.1f} ms   ({goal})")


# ---- a process of its own -----------------------------------------------------------------------------------------


async def measure_process() -> None:
    began = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        "from bolt_agent.cli import main; main()",
        "studio",
        "--no-open",
        "--port",
        "0",
        "--brain",
        "reflex",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found is not None
        served = time.perf_counter() - began
        async with connect(f"ws://127.0.0.1:{found[1]}/ws") as page:
            await until(page, is_connected)
            print(f"  start to the first page                      {served:6.2f} s")
            print(f"  start to a robot that can be spoken to       {time.perf_counter() - began:6.2f} s    (under 2 s)")
            await asyncio.sleep(2.0)  # the spare worker is started, too
            reading = asyncio.create_task(until(page, lambda _: False))
            share = await share_of_a_core(process.pid)
            reading.cancel()
        print(f"  at rest, one page watching                   {share:6.1f} % of a core   (under 5 %)")
    finally:
        process.terminate()
        process.wait(10)


def is_connected(message: dict[str, Any]) -> bool:
    robots = message.get("robots", [])
    if message["type"] == "hello":
        return all(robot["link"]["status"] == "connected" for robot in robots)
    return message["type"] == "link" and message["link"]["status"] == "connected"


async def share_of_a_core(pid: int) -> float:
    """What a process takes of one core, its workers included; of 0 where the system has no /proc."""

    def ticks() -> int:
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat.parent.name) == pid or int(fields[1]) == pid:
                total += int(fields[11]) + int(fields[12])
        return total

    before = ticks()
    await asyncio.sleep(RESTING)
    return 100 * (ticks() - before) / os.sysconf("SC_CLK_TCK") / RESTING


# ---- a server in this process -------------------------------------------------------------------------------------


class Packets:
    """When the first packet was on the link that stops the ball."""

    def __init__(self) -> None:
        self.stopped_at = 0.0
        write = MemoryLink.write

        async def noting(link: MemoryLink, packet: bytes) -> None:
            for read in Framer().feed(packet):
                if (read.did, read.cid) == DRIVE and not read.data[0] and not self.stopped_at:
                    self.stopped_at = time.perf_counter()
            await write(link, packet)

        MemoryLink.write = noting  # type: ignore[method-assign]


@contextmanager
def serving() -> Iterator[str]:
    """A server in a thread of its own; the address of its page."""
    loop, links, ready = asyncio.new_event_loop(), list[str](), threading.Event()

    async def started(link: str) -> None:
        links.append(link)
        ready.set()

    work = loop.create_task(serve(Options(brain="reflex"), Place(port=0), started=started))
    thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait({work})))
    thread.start()
    ready.wait()
    try:
        yield links[0].removeprefix("http://").rstrip("/")
    finally:
        loop.call_soon_threadsafe(work.cancel)
        thread.join()


async def until(page: ClientConnection, done: Any) -> dict[str, Any]:
    """The first message that is what was waited for."""
    async for text in page:
        message: dict[str, Any] = json.loads(text)
        if done(message):
            return message
    raise ConnectionError("the server has gone")


@asynccontextmanager
async def watching(address: str, count: int) -> AsyncIterator[list[int]]:
    """So many pages; how many states each has got so far."""
    got = [0] * count

    async def watch(number: int) -> None:
        async with connect(f"ws://{address}/ws", max_size=None) as page:
            async for text in page:
                got[number] += '"type":"state"' in str(text)[:40]

    tasks = [asyncio.create_task(watch(number)) for number in range(count)]
    await asyncio.sleep(1.0)
    try:
        yield got
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def measure_pages(address: str, page: ClientConnection) -> None:
    await page.send(json.dumps({"type": "run", "code": FOR_A_WHILE}))
    async with watching(address, PAGES) as got:
        before = list(got)
        await asyncio.sleep(WATCHING)
        rates = [(now - then) / WATCHING for now, then in zip(got, before, strict=True)]
    print(f"  {PAGES} pages watching: updates a second, slowest   {min(rates):6.1f}      (15 or more)")
    await page.send('{"type":"stop"}')
    await until(page, lambda message: message["type"] == "stopped" and message["stopped"])
    await until(page, ended)


def moves(message: dict[str, Any]) -> bool:
    """Whether a page sees the ball move: it leans before it rolls."""
    robots = message["robots"] if message["type"] == "state" else []
    return any(robot["speed"] > 0.5 or abs(robot["pitch"]) > 0.5 for robot in robots)


def ended(message: dict[str, Any]) -> bool:
    return bool(message["type"] == "item" and message["item"]["item"] == "ended")


async def measure_stops(address: str, page: ClientConnection, packets: Packets, rounds: int) -> None:
    times: dict[str, list[float]] = {"over the WebSocket": [], "by POST": []}
    async with watching(address, PAGES), httpx.AsyncClient() as client:
        for number in range(2 * rounds):
            await page.send(json.dumps({"type": "run", "code": ROLL}))
            await until(
                page, lambda message: message["type"] == "state" and any(r["speed"] > 5 for r in message["robots"])
            )
            packets.stopped_at = 0.0
            began = time.perf_counter()
            if number % 2:
                await page.send('{"type":"stop"}')
            else:
                await client.post(f"http://{address}/stop")
            await until(page, ended)
            times["over the WebSocket" if number % 2 else "by POST"].append(packets.stopped_at - began)
    for how, seconds in times.items():
        show(f"stop {how} to the stop packet, {PAGES} pages", seconds, "p99 under 50 ms")


async def measure_words(page: ClientConnection, rounds: int) -> None:
    times = []
    for number in range(rounds):
        await asyncio.sleep(0.5)
        await page.send('{"type":"release"}')
        began = time.perf_counter()
        await page.send(json.dumps({"type": "say", "text": f"roll forward for {2 + number % 2} seconds"}))
        await until(page, moves)
        times.append(time.perf_counter() - began)
        await page.send('{"type":"stop"}')
        await until(page, ended)
        await until(page, lambda message: message["type"] == "state" and not moves(message))
    show("words to the first movement on a page", times, "under 150 ms")


async def main(rounds: int) -> None:
    print("bolt-agent studio, loopback, wall time:")
    await measure_process()
    packets = Packets()
    with serving() as address:
        async with connect(f"ws://{address}/ws", max_size=None) as page:
            await until(page, is_connected)
            await asyncio.sleep(1.0)
            await measure_pages(address, page)
            await measure_words(page, rounds)
            await measure_stops(address, page, packets, rounds)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        os.environ["BOLT_AGENT_DATA"] = data
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
