"""What the player needs of a robot: the seam between what is performed and how it gets there.

`drivers.BoltDriver` fits; so does anything else that can roll, turn and light up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from drivers.events import Reading, RobotEvent

__all__ = ["Driver", "Matrix"]

Rgb = Sequence[int]
Frames = Sequence[Sequence[Sequence[int]]]


class Matrix(Protocol):
    """An 8x8 face. Rows from the top, columns from the left; colours are (r, g, b)."""

    async def fill(self, color: Rgb) -> None:
        """Light all of it."""

    async def set_pixel(self, x: int, y: int, color: Rgb) -> None:
        """Light one point."""

    async def character(self, character: str, color: Rgb) -> None:
        """Show one character of latin-1."""

    async def scroll(self, text: str, color: Rgb, fps: int) -> None:
        """Scroll a text, and return when it has gone by."""

    async def store(self, frames: Frames, palette: Sequence[Rgb], *, fps: int, fade: bool) -> None:
        """Keep frames of palette indices in the robot, so that `play` shows them with its very next command."""

    async def play(self, frames: Frames, palette: Sequence[Rgb], *, fps: int, fade: bool, loop: bool) -> None:
        """Begin to play frames of palette indices."""

    async def pause(self) -> None:
        """Freeze the animation."""

    async def resume(self) -> None:
        """Go on with it."""

    async def clear(self) -> None:
        """Turn it off."""

    async def rotate(self, degrees: int) -> None:
        """Turn the picture by quarter turns."""


class Driver(Protocol):
    """One robot. Coroutines return when the robot has acknowledged, and raise LinkError when it cannot be reached."""

    @property
    def name(self) -> str | None:
        """The robot's name, such as 'SB-1234', once it was reached."""

    @property
    def matrix(self) -> Matrix:
        """The face."""

    @property
    def reading(self) -> Reading:
        """The newest sensor sample."""

    @property
    def battery(self) -> int:
        """Charge in percent, when it was last measured."""

    async def open(self) -> None:
        """Reach the robot and make the way it faces heading 0."""

    async def close(self) -> None:
        """Stop the robot and let it go."""

    def drive(self, heading: float, speed: int) -> None:
        """Face `heading` and roll at `speed` (-255..255) from now on; never waits, the newest wins."""

    async def stop(self) -> None:
        """Stop rolling: the very next thing the robot hears."""

    async def reset_aim(self) -> None:
        """Make the way it faces heading 0."""

    async def find_north(self) -> float:
        """The heading of north, in degrees."""

    async def set_light(self, which: str, color: Rgb) -> None:
        """Set the 'front' or the 'back' light."""

    async def measure_battery(self) -> int:
        """Ask for the charge, in percent."""

    def on_event(self, listener: Callable[[RobotEvent], None]) -> None:
        """Call back with everything the robot reports by itself."""

    def on_reading(self, watcher: Callable[[Reading], None]) -> None:
        """Call back with every sensor sample."""
