"""How promptly and how evenly motions are performed: `python benchmarks/perform.py [--seconds 60]`.

In real time, on the virtual BOLT's link in memory: from a command to its first packet, from a stop to its packet (idle,
and while 1,000 motions wait, a program spins and a model streams), how far the segments of a choreography begin from
their schedule, how far it drifts in all, and the packets a second; and the same for a loop that polls. `--kills 20`
kills a program that rolls a served ball so often, and prints how long the ball takes to stand still.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

# A script's folder comes first on the path, where the benchmark of the simulator hides the package of the same name.
sys.path[:] = [folder for folder in sys.path if Path(folder or ".").resolve() != Path(__file__).resolve().parent]

from bolt_agent.robot import motions as m  # noqa: E402
from bolt_agent.robot.player import Player  # noqa: E402
from drivers import BoltDriver, MemoryLink  # noqa: E402
from drivers.clock import RealClock  # noqa: E402
from simulator import VirtualBolt  # noqa: E402

SEGMENT = 0.2
"""Seconds of one segment of the choreography."""

DRIVE = (0x16, 0x07)

POLL = 0.5
"""Seconds that the prototype sleeps between looks at its queue."""


class Watched(MemoryLink):
    """A link that notes when each drive command leaves: (time, heading, speed)."""

    def __init__(self, bolt: VirtualBolt, clock: RealClock) -> None:
        super().__init__(bolt, clock)
        self.clock = clock
        self.packets: list[float] = []
        self.drives: list[tuple[float, int, int]] = []

    async def write(self, packet: bytes) -> None:
        now = self.clock.now()
        self.packets.append(now)
        body = packet.replace(b"\xab\x23", b"\xab").replace(b"\xab\x05", b"\x8d").replace(b"\xab\x50", b"\xd8")
        if tuple(body[4:6]) == DRIVE:
            self.drives.append((now, int.from_bytes(body[8:10], "big"), body[7]))
        await super().write(packet)


class Stand:
    """A player on a virtual BOLT in real time."""

    def __init__(self) -> None:
        self.clock = RealClock()
        self.link = Watched(VirtualBolt(), self.clock)
        self.driver = BoltDriver(self.link, self.clock)
        self.player: Player

    async def __aenter__(self) -> Stand:
        await self.driver.open()
        self.player = Player(self.driver, self.clock)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.player.close()
        await self.driver.close()

    async def first(self, fits: Callable[[tuple[float, int, int]], bool], since: int) -> float:
        """When the first fitting drive command left, of those after the first `since`."""
        while True:
            for drive in self.link.drives[since:]:
                if fits(drive):
                    return drive[0]
            await asyncio.sleep(0.001)


async def command_to_packet(runs: int) -> list[float]:
    """From a motion given to the player to its first packet, in ms."""
    times = []
    async with Stand() as stand:
        for _ in range(runs):
            since, began = len(stand.link.drives), stand.clock.now()
            stand.player.perform(m.Drive(heading=None, speed=60, duration=1))
            times.append(1000 * (await stand.first(lambda drive: drive[2] == 60, since) - began))
            await stand.player.stop()
            stand.player.release()
            await asyncio.sleep(0.8)  # at rest again: a ball that still rolls out is waited for
    return times


async def stop_latency(runs: int, *, loaded: bool) -> list[float]:
    """From the call to the stop's packet, in ms."""
    times = []
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"])] if loaded else []

    async def stream() -> None:
        while True:
            await asyncio.sleep(0.001)
            sum(range(2000))

    streaming = asyncio.create_task(stream()) if loaded else None
    try:
        async with Stand() as stand:
            for _ in range(runs):
                stand.player.perform(m.Drive(heading=0, speed=120, duration=60))
                for number in range(1000 if loaded else 0):
                    stand.player.perform(m.Fill(color=f"#0000{number % 256:02x}"))
                await asyncio.sleep(0.15)
                since, began = len(stand.link.packets), stand.clock.now()
                await stand.player.stop()
                times.append(1000 * (stand.link.packets[since] - began))
                assert stand.link.drives[-1][2] == 0
                stand.player.release()
    finally:
        for process in spinning:
            process.kill()
            process.wait()
        if streaming is not None:
            streaming.cancel()
            with suppress(asyncio.CancelledError):
                await streaming
    return times


async def choreography(seconds: float) -> tuple[list[float], float, float]:
    """Segments that differ in heading by turns: errors of their starts in ms, drift in ms, packets a second."""
    count = round(seconds / SEGMENT)
    async with Stand() as stand:
        since, packets = len(stand.link.drives), len(stand.link.packets)
        for number in range(count):
            stand.player.perform(m.Drive(heading=10 * (number % 2), speed=60, duration=SEGMENT))
        await stand.player.wait()
        starts, last = [], None
        for moment, heading, speed in stand.link.drives[since:]:
            if speed and heading != last:
                starts.append(moment)
                last = heading
        rate = (len(stand.link.packets) - packets) / seconds
    errors = [1000 * (start - starts[0] - number * SEGMENT) for number, start in enumerate(starts)]
    if len(starts) != count:
        print(f"{count - len(starts)} of {count} segments came too late to be sent: this computer was busy")
    return errors, errors[-1], rate


class Polling:
    """The approach of the GhostOS prototype on the same virtual BOLT: a thread that polls for moves every 0.5 s and
    calls spherov2's SpheroEduAPI in a loop. Notes (time, speed) of the first call of each move."""

    def __init__(self, api: Any) -> None:
        self.moves: queue.Queue[tuple[int, float]] = queue.Queue()
        self.first_calls: queue.Queue[tuple[float, int]] = queue.Queue()
        self.calls = 0
        self._api = api
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._poll)

    def __enter__(self) -> Polling:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def until_called(self, speed: int) -> float:
        """ms from now until a move of that speed begins."""
        began = time.monotonic()
        while True:
            called, which = self.first_calls.get(timeout=10)
            if which == speed:
                return 1000 * (called - began)

    def _poll(self) -> None:
        while not self._over.is_set():
            try:
                speed, duration = self.moves.get_nowait()
            except queue.Empty:
                time.sleep(POLL)
                continue
            began, told = time.monotonic(), False
            while not told or time.monotonic() - began < duration:
                if not told:
                    self.first_calls.put((time.monotonic(), speed))
                told = True
                self._api.set_speed(speed)
                self.calls += 1
            self._api.set_speed(0)
            self.calls += 1


def polling_baseline(runs: int, seconds: float) -> None:
    """Print the same figures for it."""
    from spherov2 import scanner
    from spherov2.adapter.tcp_adapter import get_tcp_adapter
    from spherov2.sphero_edu import SpheroEduAPI

    from simulator import VirtualWorld
    from simulator.server import running

    with running(VirtualWorld("open")) as server:
        toy = scanner.find_BOLT(adapter=get_tcp_adapter("127.0.0.1", server.port))
        with SpheroEduAPI(toy) as api, Polling(api) as polling:
            commands, stops = [], []
            for number in range(runs):
                time.sleep(0.3 + POLL * number / runs)  # at any moment of its sleep
                polling.moves.put((60, 0.2))
                commands.append(polling.until_called(60))
            say("command to first call", commands)
            for _ in range(max(1, runs // 4)):
                polling.moves.put((60, 2.0))
                polling.until_called(60)
                time.sleep(0.3)
                polling.moves.put((0, 0.0))
                stops.append(polling.until_called(0))
            say("stop to its call", stops)
            count, calls = round(seconds / SEGMENT), polling.calls
            began = time.monotonic()
            for number in range(count):
                polling.moves.put((60 + number % 2, SEGMENT))
            starts = [polling.first_calls.get(timeout=60)[0] for _ in range(count)]
            errors = [1000 * (start - starts[0] - number * SEGMENT) for number, start in enumerate(starts)]
            rate = (polling.calls - calls) / (time.monotonic() - began)
    say("segment start, from its schedule", [abs(error) for error in errors])
    print(f"{'drift in all':<34} {errors[-1]:6.0f} ms in {seconds:.0f} s, {count} segments")
    print(f"{'packets a second':<34} {rate:6.1f}")


PROGRAM = "def run(moss):\n    moss.body.new_move(run=True).roll(0, 120, 20)\n"


def kill_in_mid_roll(times: int) -> None:
    """Kill the program that rolls a served ball; print when the ball stands still, in seconds of its own time."""
    from simulator import VirtualWorld
    from simulator.server import running

    command = [sys.executable, "-c", "from bolt_agent.cli import main; main()", "exec", "-", "--driver"]
    seconds = []
    with running(VirtualWorld("open")) as server:
        bolt = server.world.bolts[0]
        for number in range(times):
            address = f"tcp://127.0.0.1:{server.port}"
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            agent = subprocess.Popen([*command, address], stdin=subprocess.PIPE, text=True, **quiet)
            assert agent.stdin is not None
            agent.stdin.write(PROGRAM)
            agent.stdin.close()
            deadline = time.monotonic() + 20
            while bolt.speed < 40 and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(0.1 * (number % 8))
            killed = bolt.time
            agent.kill()
            agent.wait()
            while bolt.speed >= 1 and bolt.time < killed + 10:
                time.sleep(0.005)
            seconds.append(bolt.time - killed)
            while server.taken:  # the keeper lets the ball go
                time.sleep(0.05)
    ordered = sorted(seconds)
    print(f"killed in mid roll: at rest after {ordered[times // 2]:.2f} s (median), {ordered[-1]:.2f} s (of {times})")


def quantile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def say(what: str, values: list[float]) -> None:
    print(f"{what:<34} median {quantile(values, 0.5):6.2f} ms   p99 {quantile(values, 0.99):6.2f} ms   n {len(values)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the choreography")
    parser.add_argument("--runs", type=int, default=40, help="commands and stops")
    parser.add_argument("--kills", type=int, default=0, help="how often a program is killed in mid roll")
    chosen = parser.parse_args()
    say("command to first packet", asyncio.run(command_to_packet(chosen.runs)))
    say("stop to packet, idle", asyncio.run(stop_latency(chosen.runs, loaded=False)))
    say("stop to packet, under load", asyncio.run(stop_latency(chosen.runs, loaded=True)))
    errors, drift, rate = asyncio.run(choreography(chosen.seconds))
    say("segment start, from its schedule", [abs(error) for error in errors])
    print(f"{'drift in all':<34} {drift:6.2f} ms in {chosen.seconds:.0f} s, {len(errors)} segments")
    print(f"{'packets a second':<34} {rate:6.1f}")
    print("\nThe polling approach, through SpheroEduAPI:")
    polling_baseline(max(4, chosen.runs // 2), min(10.0, chosen.seconds))
    if chosen.kills:
        print()
        kill_in_mid_roll(chosen.kills)


if __name__ == "__main__":
    main()
