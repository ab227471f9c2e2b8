"""A host that talks to a virtual BOLT in packets, as a program over Bluetooth would."""

import csv
import struct
from pathlib import Path

import pytest
from spherov2.controls.v2 import Packet

from simulator import VirtualBolt

POWER, DRIVE, SENSOR, IO = 0x13, 0x16, 0x18, 0x1A
FIRST, SECOND = 0x11, 0x12
ROLLS = Path(__file__).parent.parent / "data" / "bolt_rolls.csv"


class Host:
    """Sends commands to a BOLT of its own and keeps what comes back, with times."""

    def __init__(self, world="open", *, seed=0, awake=True):
        self.bolt = VirtualBolt(world, seed=seed)
        self.received = []
        self._packets = Packet.Manager()
        self.bolt.on_notify(self._keep)
        if awake:
            self.ask(POWER, 0x0D)

    def _keep(self, data):
        self.received.append((self.bolt.time, Packet.parse_response(data)))

    def send(self, did, cid, data=b"", target=None):
        packet = self._packets.new_packet(did, cid, target, data)
        self.bolt.write(bytes(packet.build()))
        return packet

    def ask(self, did, cid, data=b"", target=None):
        """Send a command, live until it is answered, give the answer."""
        packet = self.send(did, cid, data, target)
        self.live(0.01)
        return next(got for _, got in self.received if got.id == packet.id)

    def live(self, seconds):
        self.bolt.advance(round(self.bolt.time + seconds, 3))

    def drive(self, heading, speed, flags=0):
        self.send(DRIVE, 0x07, struct.pack(">BHB", speed, round(heading) % 360, flags), SECOND)

    def roll(self, heading, speed, seconds):
        """As spherov2 does: the command, again every 0.8 s, then stop; and wait until it is at rest."""
        left = seconds
        while left > 0:
            self.drive(heading, speed)
            self.live(min(0.8, left))
            left = round(left - 0.8, 3)
        self.drive(heading, 0)
        self.live(2.5)

    def show(self, cid, data=b""):
        return self.ask(IO, cid, data, SECOND)

    def notices(self, did, cid):
        """The notifications of a kind, as (t, data)."""
        return [(t, bytes(got.data)) for t, got in self.received if (got.did, got.cid, got.seq) == (did, cid, 0xFF)]

    @property
    def path(self):
        return self.bolt.record.path

    @property
    def events(self):
        return [name for _, name in self.bolt.record.events]


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def make_host():
    return Host


@pytest.fixture(scope="session")
def tape_measured_rolls():
    """(seconds, speed byte, distance in cm) of a real BOLT."""
    with ROLLS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [(float(row["seconds"]), int(row["speed"]), float(row["distance_cm"])) for row in rows]
