"""Time to the first packet that acts, with a model that writes at a given speed: streamed, and whole.

    python benchmarks/streaming.py

A scripted endpoint on loopback writes three programs at 40, 80 and 150 tokens a second (4 characters a token); the
agent listens with a virtual BOLT and the real clock. 'after' is what the agent itself adds: from the moment the first
statement that acts was complete on the wire to the packet.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bolt_agent.assembly import Options, assemble, opened
from drivers.clock import Clock
from drivers.memory import MemoryLink

PROGRAMS = {
    "short": ("    moss.face.show('heart')\n", "    moss.body.new_move(run=True).roll(0, 90, 1)\n"),
    "medium": (
        "    moss.face.show('star', 'gold')\n",
        "    move = moss.body.new_move(run=True)\n",
        *(f"    move.go(30, {heading}).spin(90, 0.5)\n" for heading in (0, 90, 180, 270)),
    ),
    "long": (
        "    moss.face.show('smile')\n",
        "    moss.face.set_front_led('blue')\n",
        *(
            f"    for _ in range({n}):\n        moss.body.new_move(run=True).roll({40 * n}, 80, 0.5).spin(180, 0.5)\n"
            for n in range(1, 8)
        ),
    ),
}
SPEEDS = (40, 80, 150)
ACTS = {bytes.fromhex("1a30"), bytes.fromhex("1607")}
"""Packets that show something: a frame for the face, a drive."""


class Endpoint:
    """Writes one program, token by token, and notes when its first acting statement was complete."""

    def __init__(self) -> None:
        self.lines: tuple[str, ...] = ()
        self.speed = 40
        self.complete_at = 0.0

    def deltas(self) -> Iterator[str]:
        answer = "Watch!\n```python\ndef run(moss):\n" + "".join(self.lines) + "```\n"
        first = answer.index(self.lines[0]) + len(self.lines[0])
        for start in range(0, len(answer), 4):
            time.sleep(1 / self.speed)
            yield answer[start : start + 4]
            if start < first <= start + 4:
                self.complete_at = time.perf_counter()


@contextmanager
def serving(endpoint: Endpoint) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            with suppress(ConnectionError):  # the agent hangs up when it is stopped
                for text in endpoint.deltas():
                    chunk: dict[str, Any] = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "x"}
                    chunk["choices"] = [{"index": 0, "delta": {"content": text}}]
                    self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.write(b"data: [DONE]\n\n")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()


async def measure(endpoint: Endpoint, container: Any) -> tuple[float, float]:
    """Seconds from Enter to the first acting packet, and from the completed statement to it."""
    acted: list[float] = []
    write = MemoryLink.write

    async def noting(link: MemoryLink, packet: bytes) -> None:
        if packet[4:6] in ACTS and packet[6:7] != b"\x00":
            acted.append(time.perf_counter())
        await write(link, packet)

    async with opened(container, spare=True) as assembly:
        async for _ in assembly.session.run("def run(moss): moss.body.position"):
            pass  # warm
        MemoryLink.write = noting  # type: ignore[method-assign]
        try:
            began = time.perf_counter()
            turn = asyncio.create_task(_drain(assembly.session.say("go")))
            while not acted:
                await asyncio.sleep(0.001)
            await assembly.session.stop()
            await turn
        finally:
            MemoryLink.write = write  # type: ignore[method-assign]
    return acted[0] - began, acted[0] - endpoint.complete_at


async def _drain(events: Any) -> None:
    async for _ in events:
        pass


def main() -> None:
    endpoint = Endpoint()
    with serving(endpoint) as url:
        os.environ["OPENAI_BASE_URL"] = url
        print(f"{'program':8} {'tok/s':>5} {'whole':>9} {'streamed':>9} {'saved':>6} {'after':>8}")
        for name, lines in PROGRAMS.items():
            for speed in SPEEDS:
                endpoint.lines, endpoint.speed = lines, speed
                times = {}
                for stream in (False, True):
                    container = assemble(Options(brain="openai", stream=stream))
                    times[stream] = container.force_fetch(Clock).run(measure(endpoint, container))
                whole, streamed = times[False][0], times[True][0]
                saved, after = 1 - streamed / whole, 1000 * times[True][1]
                print(f"{name:8} {speed:5} {whole:7.2f} s {streamed:7.2f} s {saved:6.0%} {after:5.1f} ms")


if __name__ == "__main__":
    main()
