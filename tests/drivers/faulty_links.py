"""Links around links: each adds one fault, and the driver under test does not know."""

import random

from drivers.errors import Disconnected, DisconnectReason


class Around:
    """A link that passes everything on; what is worn around another changes one thing."""

    def __init__(self, link):
        self.link = link
        self.heard = self.lost = None

    @property
    def name(self):
        return self.link.name

    async def open(self):
        await self.link.open()

    async def write(self, packet):
        await self.link.write(packet)

    def on_notify(self, callback):
        self.heard = callback
        self.link.on_notify(self.notified)

    def notified(self, data):
        self.heard(data)

    def on_lost(self, callback):
        self.lost = callback
        self.link.on_lost(callback)

    async def close(self):
        await self.link.close()


def is_answer(packet):
    return len(packet) > 1 and packet[1] & 1 == 1


ESCAPES = {0xAB: b"\xab\x23", 0x8D: b"\xab\x05", 0xD8: b"\xab\x50"}


def framed(body):
    """Flags to data as a packet: checksum, escapes, marks."""
    raw = body + bytes([0xFF - sum(body) % 256])
    return b"\x8d" + b"".join(ESCAPES.get(byte, bytes([byte])) for byte in raw) + b"\xd8"


def unescape(data):
    for byte, escaped in reversed(ESCAPES.items()):
        data = data.replace(escaped, bytes([byte]))
    return data


class LosingAnswer(Around):
    """Loses one acknowledgement: the nth."""

    def __init__(self, link, nth):
        super().__init__(link)
        self.left, self.count = nth, 0

    def notified(self, data):
        if is_answer(data):
            self.left -= 1
            self.count += 1
            if self.left == 0:
                return
        self.heard(data)


class Slicing(Around):
    """Delivers notifications byte by byte."""

    def notified(self, data):
        for byte in data:
            self.heard(bytes([byte]))


class Delaying(Around):
    """Delays a share of the packets, both ways."""

    def __init__(self, link, clock, *, share=0.3, seconds=0.3, seed=0):
        super().__init__(link)
        self.clock, self.share, self.seconds, self.random = clock, share, seconds, random.Random(seed)

    async def write(self, packet):
        if self.random.random() < self.share:
            await self.clock.sleep(self.seconds)
        await self.link.write(packet)

    def notified(self, data):
        if self.random.random() < self.share:
            self.clock.call_at(self.clock.now() + self.seconds, lambda: self.heard(data))
        else:
            self.heard(data)


class Refusing(Around):
    """Answers one kind of command with an error."""

    def __init__(self, link, did, cid, code):
        super().__init__(link)
        self.command, self.code, self.count, self.on = (did, cid), code, 0, True

    def notified(self, data):
        if is_answer(data) and self.on:
            body = unescape(data[1:-1])[:-1]
            at = 3 if body[0] & 0x30 else 1
            if tuple(body[at : at + 2]) == self.command:
                self.count += 1
                data = framed(body[: at + 3] + bytes([self.code]) + body[at + 4 :])
        self.heard(data)


class Breaking(Around):
    """Breaks the link at the nth packet that is written, and can be opened again."""

    def __init__(self, link, nth):
        super().__init__(link)
        self.left, self.count, self.broken = nth, 0, False

    async def open(self):
        self.broken = False
        await self.link.open()

    async def write(self, packet):
        if self.broken:
            raise Disconnected(reason=DisconnectReason.CLOSED)
        self.left -= 1
        self.count += 1
        if self.left == 0:
            self.broken = True
            self.lost(Disconnected(reason=DisconnectReason.LEFT))
            raise Disconnected(reason=DisconnectReason.LEFT)
        await self.link.write(packet)

    def notified(self, data):
        if not self.broken:
            self.heard(data)


class Noisy(Around):
    """Delivers noise before each notification."""

    def __init__(self, link, noise):
        super().__init__(link)
        self.noise = noise

    def notified(self, data):
        self.heard(self.noise)
        self.heard(data)


COMMANDS = {
    "wake": (0x13, 0x0D),
    "measure the battery": (0x13, 0x03),
    "drive": (0x16, 0x07),
    "reset the aim": (0x16, 0x06),
    "configure collisions": (0x18, 0x11),
    "stream": (0x18, 0x00),
    "reset the locator": (0x18, 0x13),
    "fill the face": (0x1A, 0x2F),
    "save a frame": (0x1A, 0x30),
    "save an animation": (0x1A, 0x31),
    "play": (0x1A, 0x43),
    "light": (0x1A, 0x1C),
}
"""What a choreography sends, by device and command: what a link may refuse."""


class Stage:
    """A player as the one who composes sees it."""

    def __init__(self, player):
        self.perform, self.cut, self.state = player.perform, player.cut, player.state
