"""How the motions of the face and the lights are done."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from bolt_agent.robot import motions as m
from bolt_agent.robot.driver import Driver
from drivers.clock import Clock

__all__ = ["Painter"]

MOST_COLORS = 16
"""Colours in a palette of the robot; a picture with more is drawn in the nearest ones."""

Rgb: TypeAlias = tuple[int, int, int]


class Painter:
    """Performs what the face shows, and the lights."""

    def __init__(self, driver: Driver, clock: Clock) -> None:
        self._driver = driver
        self._clock = clock

    async def perform(self, motion: m.Motion) -> None:
        """Do it, and return when it is done. What goes on for ever is done when it has begun."""
        how: Callable[[Painter, Any], Awaitable[None]] = _HOW[type(motion)]
        await how(self, motion)

    async def _show(self, motion: m.Picture) -> None:
        palette = _palette([color for row in motion.rows for color in row])
        frame = [[_nearest(_rgb(color), palette) for color in row] for row in motion.rows]
        await self._driver.matrix.play([frame], palette, fps=1, fade=False, loop=True)

    async def _fill(self, motion: m.Fill) -> None:
        await self._driver.matrix.fill(_rgb(motion.color))

    async def _pixel(self, motion: m.Pixel) -> None:
        await self._driver.matrix.set_pixel(motion.x, motion.y, _rgb(motion.color))

    async def _text(self, motion: m.Text) -> None:
        await self._driver.matrix.scroll(motion.text, _rgb(motion.color), motion.fps)

    async def _character(self, motion: m.Character) -> None:
        await self._driver.matrix.character(motion.character, _rgb(motion.color))

    async def _play(self, motion: m.Play) -> None:
        animation = motion.animation
        palette = [_rgb(color) for color in animation.palette]
        await self._driver.matrix.play(
            animation.frames, palette, fps=animation.fps, fade=animation.transition, loop=animation.loop
        )
        if math.isfinite(animation.seconds):
            await self._clock.sleep(animation.seconds)
        if animation.duration:
            await self._driver.matrix.clear()

    async def _pause(self, _: m.Pause) -> None:
        await self._driver.matrix.pause()

    async def _resume(self, _: m.Resume) -> None:
        await self._driver.matrix.resume()

    async def _clear(self, _: m.Clear) -> None:
        await self._driver.matrix.clear()

    async def _rotate(self, motion: m.Rotate) -> None:
        await self._driver.matrix.rotate(motion.degrees)

    async def _light(self, motion: m.Light) -> None:
        await self._driver.set_light(motion.which, _rgb(motion.color))


_HOW: dict[type[Any], Callable[[Painter, Any], Awaitable[None]]] = {
    m.Character: Painter._character,
    m.Clear: Painter._clear,
    m.Fill: Painter._fill,
    m.Light: Painter._light,
    m.Pause: Painter._pause,
    m.Picture: Painter._show,
    m.Pixel: Painter._pixel,
    m.Play: Painter._play,
    m.Resume: Painter._resume,
    m.Rotate: Painter._rotate,
    m.Text: Painter._text,
}


def _rgb(color: str) -> Rgb:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _palette(colors: list[str]) -> list[Rgb]:
    """The colours of a picture, the frequent ones first, black always among them."""
    counts = {color: colors.count(color) for color in dict.fromkeys(["#000000", *colors])}
    kept = sorted(counts, key=lambda color: (color != "#000000", -counts[color]))[:MOST_COLORS]
    return [_rgb(color) for color in kept]


def _nearest(color: Rgb, palette: list[Rgb]) -> int:
    return min(range(len(palette)), key=lambda i: sum((a - b) ** 2 for a, b in zip(color, palette[i], strict=True)))
