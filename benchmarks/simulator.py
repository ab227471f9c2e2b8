"""How fast and how true the virtual BOLT is: `python benchmarks/simulator.py`.

Prints real-time factors and physics steps a second of 1, 5 and 20 balls, the round trip of a packet in memory and
over TCP, and how far its rolls are from those of a real ball, measured by tape (tests/data/bolt_rolls.csv).

`--fuzz 1000000` sends so many random and mutated packets instead; `--hours 24` lives so long and looks at memory.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import math
import random
import resource
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spherov2.controls.v2 import Packet

# A script's folder comes first on the path, where this file hides the package of the same name: from itself, and from
# the other benchmarks beside it.
sys.path[:] = [folder for folder in sys.path if Path(folder or ".").resolve() != Path(__file__).resolve().parent]
if __name__ == "simulator":
    del sys.modules[__name__]
VirtualBolt = importlib.import_module("simulator").VirtualBolt
VirtualWorld = importlib.import_module("simulator").VirtualWorld
running = importlib.import_module("simulator.server").running
DEVICES = importlib.import_module("simulator.firmware.devices").DEVICES

ROLLS = Path(__file__).parent.parent / "tests" / "data" / "bolt_rolls.csv"
SECOND_PROCESSOR = 0x12
WAKE, PING, DRIVE = (0x13, 0x0D), (0x10, 0x00), (0x16, 0x07)
KEEP_ALIVE = 0.8
"""s after which spherov2 repeats a drive command."""


def command(which: tuple[int, int], data: bytes = b"", target: int | None = None) -> bytes:
    flags = 0x0A if target is None else 0x3A
    return bytes(Packet(flags, *which, 1, target, None if target is None else 1, bytearray(data)).build())


def drive(heading: int, speed: int) -> bytes:
    return command(DRIVE, struct.pack(">BHB", speed, heading % 360, 0), SECOND_PROCESSOR)


def awake() -> Any:
    bolt = VirtualBolt()
    bolt.write(command(WAKE))
    bolt.advance(0.5)
    return bolt


def seconds_to_live(bolt: Any, seconds: float, speed: int) -> float:
    """Wall time of a ball that gets a new heading twice a second."""
    began, end, heading = time.perf_counter(), bolt.time + seconds, 0
    while bolt.time < end:
        bolt.write(drive(heading, speed))
        bolt.advance(bolt.time + 0.5)
        heading += 67
    return time.perf_counter() - began


def crowd_to_live(balls: int, seconds: float) -> float:
    """Wall time of so many balls in one world that all drive about."""
    world = VirtualWorld("open", balls=balls)
    for bolt in world.bolts:
        bolt.write(command(WAKE))
    world.advance(0.1)
    began, heading = time.perf_counter(), 0
    while world.time < seconds:
        for number, bolt in enumerate(world.bolts):
            bolt.write(drive(heading + 40 * number, 100))
        world.advance(world.time + 0.5)
        heading += 67
    return time.perf_counter() - began


def tcp_round_trip(times: int = 200) -> float:
    """Wall seconds from a ping's bytes to its answer's over TCP, of which 8 ms are the ball's own latency."""
    from queue import SimpleQueue

    from spherov2.adapter.tcp_adapter import get_tcp_adapter

    characteristic, answers = "00010002-574f-4f20-5370-6865726f2121", SimpleQueue()
    with running(VirtualWorld()) as server:
        adapter = get_tcp_adapter("127.0.0.1", server.port)("C0:FF:EE:00:00:01")
        adapter.set_callback(characteristic, lambda _, data: answers.put(data))
        ping, began = command(PING, b"hello"), time.perf_counter()
        for _ in range(times):
            adapter.write(characteristic, ping)
            answers.get(timeout=5)
        seconds = time.perf_counter() - began
        adapter.close()
    return seconds / times


FUZZ_LIFE = 2000
"""Packets that one ball gets before it is asked whether it is still there and the next one takes over."""


def fuzz(count: int, seed: int = 0) -> None:
    """Send random and mutated packets; every ball must answer a good ping after its share."""
    chance, sent, began = random.Random(seed), 0, time.perf_counter()
    slowest = 0.0
    while sent < count:
        bolt, answers = VirtualBolt(chance.choice(("open", "walled")), seed=sent), []
        bolt.write(command(WAKE))
        bolt.on_notify(answers.append)
        for _ in range(min(FUZZ_LIFE, count - sent)):
            single = time.perf_counter()
            bolt.write(noise(chance))
            if chance.random() < 0.02:
                bolt.advance(bolt.time + chance.choice((0.001, 0.01, 0.1)))
            slowest = max(slowest, time.perf_counter() - single)
            sent += 1
        answers.clear()
        bolt.write(command(WAKE))
        bolt.write(command(PING, b"still there"))
        bolt.advance(bolt.time + 0.02)
        if not any(b"still there" in packet for packet in answers):
            raise SystemExit(f"the ball was deaf after {sent} packets of seed {seed}")
    wall = time.perf_counter() - began
    print(f"{sent} packets in {wall:.0f} s, no crash, every ball answered; the slowest took {1000 * slowest:.0f} ms")


def noise(chance: random.Random) -> bytes:
    """A packet that is likely to be understood, or a mutation of one, or just bytes."""
    kind = chance.random()
    if kind < 0.1:
        return chance.randbytes(chance.randrange(60))
    did = chance.choice(sorted(DEVICES))
    cid = chance.choice(sorted(DEVICES[did].commands)) if kind < 0.9 else chance.randrange(256)
    row = DEVICES[did].commands.get(cid)
    size = struct.calcsize(row.request.rstrip("*")) if row is not None else 0
    if row is None or row.request.endswith("*") or chance.random() < 0.1:
        size += chance.randrange(45)
    target = chance.choice((None, 0x11, 0x12, 0x12))
    flags = 0x0A if target is None else chance.choice((0x3A, 0x3A, 0x1A))
    source = 1 if flags == 0x3A else None
    packet = Packet(flags, did, cid, chance.randrange(256), target, source, bytearray(chance.randbytes(size)))
    data = bytearray(packet.build())
    if chance.random() < 0.3:
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def live_long(hours: float) -> None:
    """Live on, with a little driving each minute, and print memory and pace now and then."""
    bolt, began, heading = awake(), time.perf_counter(), 0
    bolt.record.keep_last(10_000)
    bolt.write(command((0x18, 0x00), struct.pack(">HBI", 150, 0, 0x03C7E27A), SECOND_PROCESSOR))
    for part in range(1, 9):
        while bolt.time < part * hours * 3600 / 8:
            bolt.write(drive(heading, 60))
            bolt.advance(bolt.time + 1)
            bolt.write(drive(heading, 0))
            bolt.advance(bolt.time + 59)
            heading += 90
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pace = bolt.time / (time.perf_counter() - began)
        print(f"{bolt.time / 3600:5.1f} h: {megabytes:.0f} MB, {len(bolt.record.path)} points of path, {pace:.0f} x")


def round_trip(times: int = 2000) -> float:
    """Wall seconds from a ping's bytes to its answer's, simulated latency skipped."""
    bolt, answers = awake(), []
    bolt.on_notify(answers.append)
    ping = command(PING, b"hello")
    began = time.perf_counter()
    for _ in range(times):
        bolt.write(ping)
        bolt.advance(bolt.time + 0.008)
    assert len(answers) == times
    return (time.perf_counter() - began) / times


def roll(speed: int, seconds: float) -> float:
    """Distance in cm of a roll as spherov2 makes it."""
    bolt = awake()
    end = bolt.time + seconds
    while bolt.time < end - 1e-6:
        bolt.write(drive(0, speed))
        bolt.advance(min(end, bolt.time + KEEP_ALIVE))
    bolt.write(drive(0, 0))
    bolt.advance(bolt.time + 2.5)
    return bolt.pose.y


def rolls() -> Iterator[tuple[float, int, float, float]]:
    """(seconds, speed byte, cm by tape, cm simulated)."""
    with ROLLS.open(encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            seconds, speed = float(row["seconds"]), int(row["speed"])
            yield seconds, speed, float(row["distance_cm"]), roll(speed, seconds)


def root_mean_square(values: list[float]) -> float:
    return math.sqrt(math.fsum(value * value for value in values) / len(values)) if values else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fuzz", type=int, metavar="PACKETS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hours", type=float)
    chosen = parser.parse_args()
    if chosen.fuzz:
        fuzz(chosen.fuzz, chosen.seed)
    elif chosen.hours:
        live_long(chosen.hours)
    else:
        measure()


def measure() -> None:
    seconds_to_live(awake(), 5, 100)  # warm
    for what, seconds, speed in (("at rest", 60, 0), ("driving", 60, 100)):
        wall = seconds_to_live(awake(), seconds, speed) if speed else resting(seconds)
        print(f"{what:8}  {seconds / wall:10.0f} x real time  {1000 * seconds / wall:12.0f} steps/s")
    for balls, seconds in ((1, 30), (5, 20), (20, 10)):
        wall = crowd_to_live(balls, seconds)
        print(f"{balls:2} balls  {seconds / wall:10.1f} x real time  {1000 * seconds / wall:12.0f} steps/s")
    print(f"packet round trip in memory: {1e6 * round_trip():.0f} us")
    print(f"packet round trip over TCP:  {1e3 * tcp_round_trip():.1f} ms, of which 8 ms are the ball's own")
    print("\nrolls against the tape\n  s     byte   tape cm  simulated   error cm      %")
    table = list(rolls())
    for seconds, speed, tape, simulated in sorted(table, key=lambda row: (row[1], row[0])):
        percent = f"{100 * (simulated - tape) / tape:+7.1f}" if tape else "      -"
        print(f"{seconds:5.2f} {speed:6} {tape:9.1f} {simulated:10.1f} {simulated - tape:+10.1f} {percent}")
    errors = [simulated - tape for _, _, tape, simulated in table]
    relative = [(simulated - tape) / tape for seconds, _, tape, simulated in table if seconds >= 1]
    print(f"rms: {root_mean_square(errors):.2f} cm in all; {100 * root_mean_square(relative):.2f} % for 1 s and longer")


def resting(seconds: float) -> float:
    """Wall time of a ball that nobody tells anything."""
    bolt = awake()
    began = time.perf_counter()
    while bolt.time < seconds:
        bolt.advance(bolt.wake_at())
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
