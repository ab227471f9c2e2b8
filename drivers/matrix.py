"""The 8x8 face of a BOLT, in its own terms: pictures become one-frame animations, frames become bit-planes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple

from drivers.line import Line
from drivers.packets import Command, io

__all__ = ["Matrix", "pack_frame"]

SECONDARY = 2
MOST_ANIMATIONS = 200
"""Animations are numbered by a byte; before it overflows, the robot's store is emptied and filled anew."""

COLUMNS_PER_CHARACTER = 6

Report = Callable[[float], AbstractAsyncContextManager[Any]]
Rgb = Sequence[int]
Frames = Sequence[Sequence[Sequence[int]]]


class _Animation(NamedTuple):
    """What the robot keeps of an animation."""

    frames: tuple[bytes, ...]
    palette: tuple[tuple[int, ...], ...]
    fps: int
    fade: bool

    @classmethod
    def of(cls, frames: Frames, palette: Sequence[Rgb], fps: int, fade: bool) -> _Animation:
        return cls(tuple(map(pack_frame, frames)), tuple(map(tuple, palette)), fps, fade)


class Matrix:
    """The face. Rows count from the top, columns from the left; colours are (r, g, b).

    line: where the commands go.   text_report: waits for the robot's notice that a text has gone by.
    """

    def __init__(self, line: Line, text_report: Report) -> None:
        self._line = line
        self._text_report = text_report
        self._stored: dict[_Animation, int] = {}
        self._frames = 0
        self._storing = asyncio.Lock()

    async def fill(self, color: Rgb) -> None:
        """Light all of it in one colour."""
        await self._send(io.IO.set_compressed_frame_player_one_color, *color)

    async def set_pixel(self, x: int, y: int, color: Rgb) -> None:
        """Light one point."""
        await self._send(io.IO.set_compressed_frame_player_pixel, x, 7 - y, *color)  # the robot counts y upward

    async def character(self, character: str, color: Rgb) -> None:
        """Show one character of latin-1."""
        await self._send(io.IO.set_compressed_frame_player_single_character, *color, character)

    async def scroll(self, text: str, color: Rgb, fps: int) -> None:
        """Scroll up to 25 characters of latin-1, one column a frame, and return when the text has gone by."""
        longest = 2.0 + (COLUMNS_PER_CHARACTER * len(text) + 16) / fps
        async with self._text_report(2 * longest):
            await self._send(io.IO.set_compressed_frame_player_text_scrolling, text, *color, fps, False)

    async def store(self, frames: Frames, palette: Sequence[Rgb], *, fps: int, fade: bool) -> None:
        """Keep an animation in the robot: `play` shows one that is kept with its very next command."""
        animation = _Animation.of(frames, palette, fps, fade)
        async with self._storing:  # two at once would take the same number
            if animation not in self._stored:
                self._stored[animation] = await self._store(animation)

    async def play(self, frames: Frames, palette: Sequence[Rgb], *, fps: int, fade: bool, loop: bool) -> None:
        """Play frames of palette indices: 8 rows from the top of 8 indices from the left."""
        animation = _Animation.of(frames, palette, fps, fade)
        if animation not in self._stored:
            await self.store(frames, palette, fps=fps, fade=fade)
        await self._send(io.IO.play_compressed_frame_player_animation_with_loop_option, self._stored[animation], loop)

    async def pause(self) -> None:
        """Freeze the animation."""
        await self._send(io.IO.pause_compressed_frame_player_animation)

    async def resume(self) -> None:
        """Go on with it."""
        await self._send(io.IO.resume_compressed_frame_player_animation)

    async def clear(self) -> None:
        """Turn all of it off."""
        await self._send(io.IO.reset_compressed_frame_player_animation)

    async def rotate(self, degrees: int) -> None:
        """Turn the picture by 0, 90, 180 or 270 degrees."""
        await self._send(io.IO.set_compressed_frame_player_frame_rotation, io.FrameRotationOptions(degrees // 90))

    def forget(self) -> None:
        """What was stored in the robot may be gone: store it again when it is wanted."""
        self._stored.clear()
        self._frames = 0

    async def _store(self, animation: _Animation) -> int:
        if len(self._stored) >= MOST_ANIMATIONS:
            await self._send(io.IO.delete_all_compressed_frame_player_animations_and_frames)
            self.forget()
        numbers = range(self._frames, self._frames + len(animation.frames))
        self._frames += len(animation.frames)
        for number, frame in zip(numbers, animation.frames, strict=True):
            await self._send(io.IO.save_compressed_frame_player64_bit_frame, number, frame)
        flat = [channel for color in animation.palette for channel in color]
        number = len(self._stored)
        await self._send(
            io.IO.save_compressed_frame_player_animation, number, animation.fps, animation.fade, flat, list(numbers)
        )
        return number

    async def _send(self, command: Command, *args: Any) -> None:
        await self._line.request(command, *args, proc=SECONDARY)


def pack_frame(rows: Sequence[Sequence[int]]) -> bytes:
    """A frame as the robot stores it: 4 bit-planes of 8 rows, the lowest row first, the left column highest.

    >>> pack_frame([[1] + [0] * 7] + [[0] * 8] * 7)[:8].hex()
    '0000000000000080'
    """
    return bytes(
        sum((index >> plane & 1) << (7 - column) for column, index in enumerate(row))
        for plane in range(4)
        for row in reversed(rows)
    )
