"""Coverage-guided fuzzing of the firmware: `python benchmarks/fuzz.py [-runs=100000] [-max_total_time=60] [CORPUS]`.

Needs atheris (`pip install atheris`; Linux, Python 3.11 to 3.13), whose options these are. It finds packets that reach
new lines of the firmware; a crash, or a ball that does not answer a good ping afterwards, ends it with the bytes.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:
    raise SystemExit("fuzz.py needs atheris: pip install atheris") from None

# A script's folder comes first on the path, where the benchmark of the simulator hides the package of the same name.
sys.path[:] = [folder for folder in sys.path if Path(folder or ".").resolve() != Path(__file__).resolve().parent]
with atheris.instrument_imports(include=["simulator.firmware"]):
    importlib.import_module("simulator.firmware.core")
    VirtualBolt: Any = importlib.import_module("simulator").VirtualBolt

WAKE = bytes.fromhex("8d0a130d00d5d8")
PING = b"still there"
SHARE = 50
"""Inputs that one ball gets: building a world takes longer than a packet does."""

START, END, TARGETED = 0x8D, 0xD8, 0x3A
ESCAPES = {0xAB: b"\xab\x23", 0x8D: b"\xab\x05", 0xD8: b"\xab\x50"}


class Subject:
    """A ball that is replaced now and then."""

    def __init__(self) -> None:
        self.left = 0
        self.answers: list[bytes] = []
        self.bolt: Any = None

    def take(self) -> Any:
        """The ball for the next input."""
        if not self.left:
            self.bolt, self.left = VirtualBolt(), SHARE
            self.bolt.on_notify(self.answers.append)
        self.left -= 1
        self.answers.clear()
        self.bolt.write(WAKE)
        return self.bolt


def framed(body: bytes) -> bytes:
    """Flags to data as a packet: checksum, escapes, marks."""
    raw = body + bytes([0xFF - sum(body) % 256])
    return bytes([START]) + b"".join(ESCAPES.get(byte, bytes([byte])) for byte in raw) + bytes([END])


def try_one(data: bytes, subject: Subject) -> None:
    """Half of the inputs are packets with a right checksum, so that more than the framing is reached."""
    bolt, chosen = subject.take(), atheris.FuzzedDataProvider(data)
    while chosen.remaining_bytes():
        if chosen.ConsumeBool():
            ids = bytes([0x11 + chosen.ConsumeBool(), 0x01])
            device = chosen.PickValueInList([0x10, 0x11, 0x13, 0x16, 0x18, 0x19, 0x1A, 0x1D])
            head = bytes([device, chosen.ConsumeIntInRange(0, 0x50), 1])
            bolt.write(framed(bytes([TARGETED]) + ids + head + chosen.ConsumeBytes(chosen.ConsumeIntInRange(0, 40))))
        else:
            bolt.write(chosen.ConsumeBytes(chosen.ConsumeIntInRange(1, 40)))
        if chosen.ConsumeBool():
            bolt.advance(bolt.time + 0.01)
    bolt.write(bytes([END]) + WAKE)
    bolt.write(framed(bytes([0x0A, 0x10, 0x00, 2]) + PING))
    bolt.advance(bolt.time + 0.05)
    if not any(PING in answer for answer in subject.answers):
        raise RuntimeError("the ball does not answer any more")


def main() -> None:
    subject = Subject()
    atheris.Setup(sys.argv, lambda data: try_one(data, subject))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
