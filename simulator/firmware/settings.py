"""What can be chosen about a virtual BOLT, as its owner or its firmware version would."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Settings"]


@dataclass(frozen=True)
class Settings:
    """How the firmware behaves.

    >>> Settings(motion_timeout=1.0).motion_timeout
    1.0
    """

    collision_bytes: int = 16
    """Length of a collision notification: 16 as a real BOLT sends it; 18 is what unpatched spherov2 can read."""
    motion_timeout: float = 2.75
    """s without a drive command after which the ball stops; measured on a real BOLT."""
    notification_size: int = 0
    """Bytes of a notification that leave at once: 0 whole packets; real links were seen to carry 20, and 1."""
    sleep_after: float | None = None
    """s without a command after which the ball falls asleep, which it announces; None: never."""
    strict: bool = False
    """Drop the link 10 s after it was made, unless it was unlocked."""
    battery: float = 0.87
    """Share of a full charge at the start, 0..1."""

    def __post_init__(self) -> None:
        if self.collision_bytes not in (16, 18):
            raise ValueError(f"collision_bytes is 16 or 18, not {self.collision_bytes}")
        if self.notification_size < 0:
            raise ValueError("notification_size is 0 for whole packets, or a number of bytes")
        if not 0 <= self.battery <= 1:
            raise ValueError(f"battery is a share of a full charge from 0 to 1, not {self.battery}")
