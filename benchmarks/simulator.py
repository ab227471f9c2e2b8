"""How fast and how true the virtual BOLT is: `python benchmarks/simulator.py`.

Prints real-time factors of one ball at rest and driving, physics steps a second, the round trip of a packet in
memory, and how far its rolls are from those of a real ball, measured by tape (tests/data/bolt_rolls.csv).
"""

from __future__ import annotations

import csv
import importlib
import math
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
    seconds_to_live(awake(), 5, 100)  # warm
    for what, seconds, speed in (("at rest", 60, 0), ("driving", 60, 100)):
        wall = seconds_to_live(awake(), seconds, speed) if speed else resting(seconds)
        print(f"{what:8}  {seconds / wall:10.0f} x real time  {1000 * seconds / wall:12.0f} steps/s")
    print(f"packet round trip in memory: {1e6 * round_trip():.0f} us")
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
