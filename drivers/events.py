"""What a robot reports by itself, as typed values."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["EventName", "Reading", "RobotEvent", "read_collision"]

EventName: TypeAlias = Literal[
    "collision", "freefall", "landing", "charging", "not_charging", "disconnected", "reconnected", "trouble"
]


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest sensor sample. x (right) and y (forward) in cm from the start; heading 0..360; speed in cm/s."""

    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0
    speed: float = 0.0
    acceleration: tuple[float, float, float] = (0.0, 0.0, 1.0)
    """In g, on the robot's axes: right, forward, up."""
    tilt: float = 0.0
    """Degrees between the robot's own up and the world's."""


@dataclass(frozen=True, slots=True)
class RobotEvent:
    """Something that happened to the robot.

    angle: where it was hit, degrees clockwise from its forward.   strength: of a hit, in g.
    error: what is wrong, for 'trouble' (a command that failed) and 'disconnected'.
    """

    name: EventName
    angle: float | None = None
    strength: float | None = None
    error: Exception | None = None


def read_collision(data: bytes) -> RobotEvent:
    """Decode a collision notification: 16 bytes from a real BOLT, 18 from software that pleases spherov2.

    Layout: acceleration x, y, z in 1/4096 g (signed), axis bits, power x, y, z, speed byte, time in ms.
    spherov2 reads 18 bytes and so loses every collision of a BOLT.
    """
    x, y, _z = struct.unpack_from(">3h", data)
    angle = math.degrees(math.atan2(-x, -y)) % 360  # the robot is pushed away from what it hit
    return RobotEvent("collision", angle=angle, strength=math.hypot(x, y) / 4096)
