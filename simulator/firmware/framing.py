"""API v2 framing: bytes to requests, answers and notifications to bytes. The codec itself is spherov2's."""

from __future__ import annotations

from collections.abc import Iterator

from spherov2.controls import PacketDecodingException
from spherov2.controls.v2 import Packet

__all__ = ["HOST", "NOTIFICATION", "PRIMARY", "SECONDARY", "Framer", "Packet", "answer", "notification"]

PRIMARY, SECONDARY = 1, 2
"""The BOLT's processors: one for the radio, power and the two lights; one for motors, sensors and the face."""
HOST = 0x01
NOTIFICATION = 0xFF
"""The sequence number of what nobody asked for."""
LONGEST = 1024
"""Bytes between two marks; more than any packet has, so what is longer is noise."""

Flags = Packet.Flags


class Framer:
    """Finds requests in bytes that arrive in any slices; what is none is left out, and a new start mark starts anew."""

    def __init__(self) -> None:
        self._pending: bytearray | None = None

    def feed(self, data: bytes) -> Iterator[Packet]:
        """The requests that these bytes complete."""
        for byte in data:
            if byte == Packet.Encoding.start:
                self._pending = bytearray((byte,))
            elif self._pending is None:
                continue
            elif byte == Packet.Encoding.end:
                self._pending.append(byte)
                frame, self._pending = self._pending, None
                if (packet := _parse(frame)) is not None:
                    yield packet
            elif len(self._pending) >= LONGEST:
                self._pending = None
            else:
                self._pending.append(byte)


def answer(request: Packet, error: int, data: bytes = b"") -> bytes:
    """The packet that answers a request, with its addresses the other way round."""
    flags, to, by = Flags.is_response | Flags.is_activity, None, None
    if request.flags & Flags.has_target_id:
        flags |= Flags.has_source_id
        by = request.tid
    if request.flags & Flags.has_source_id:
        flags |= Flags.has_target_id
        to = request.sid
    packet = Packet(flags, request.did, request.cid, request.seq, to, by, bytearray(data), error)
    return bytes(packet.build())


def notification(did: int, cid: int, data: bytes = b"", *, processor: int = SECONDARY) -> bytes:
    """A packet that nobody asked for. A real BOLT names the processor it comes from."""
    flags = Flags.is_activity | Flags.has_source_id
    return bytes(Packet(flags, did, cid, NOTIFICATION, None, processor, bytearray(data)).build())


def _parse(frame: bytearray) -> Packet | None:
    try:
        packet = Packet.parse_response(frame)
    except (PacketDecodingException, ValueError, IndexError):
        return None  # spoilt on the way; its sender will miss the answer and ask again
    return None if packet.flags & Flags.is_response else packet
