"""A mouth on the face that moves while the robot speaks, if nothing else is to be seen there."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bolt_agent.robot.driver import Matrix
from bolt_agent.robot.motions import Clear, Fill, Motion, Pause, Play, Resume, Rotate
from bolt_agent.robot.player import Player, Progress
from drivers.errors import LinkError

__all__ = ["Mouth"]

CLOSED = ("........", "........", "........", "........", ".######.", "........", "........", "........")
HALF = ("........", "........", "........", "..####..", ".#....#.", "..####..", "........", "........")
OPEN = ("........", "........", "..####..", ".#....#.", ".#....#.", "..####..", "........", "........")
SYLLABLES = (HALF, OPEN, HALF, CLOSED, OPEN, HALF, OPEN, CLOSED)
"""What it looks like, frame by frame, over and over."""

FPS = 9
"""Frames a second; people speak four or five syllables in that time."""

COLORS = ((0, 0, 0), (255, 90, 60))


class Mouth:
    """Opens and closes with the voice. It takes the face from nobody, and gives it back dark.

    The player's queues know nothing of it: a program that shows something simply draws over it.
    """

    def __init__(self, matrix: Matrix, player: Player) -> None:
        self._matrix = matrix
        self._dark = True
        self._on = False
        self._drawing: asyncio.Task[None] | None = None
        self._speaks = False
        player.on_progress(self._shown)

    def moves(self, speaking: bool) -> None:
        """The voice begins to sound, or is silent again."""
        self._speaks = speaking
        if self._drawing is None:
            self._drawing = asyncio.create_task(self._draw())

    async def settled(self) -> None:
        """Wait until the face looks as it should."""
        while self._drawing is not None:
            await asyncio.wait({self._drawing})

    async def _draw(self) -> None:
        try:
            with suppress(LinkError):  # a stop overtakes what was on its way; the face can wait
                while self._dark and self._on != self._speaks:
                    if self._speaks:
                        await self._open()
                    else:
                        await self._matrix.clear()
                        self._on = False
        finally:
            self._drawing = None

    async def _open(self) -> None:
        frames = [[[int(dot == "#") for dot in row] for row in frame] for frame in SYLLABLES]
        await self._matrix.store(frames, COLORS, fps=FPS, fade=False)  # it takes a while: is the face still free?
        if self._dark and self._speaks:
            self._on = True
            await self._matrix.play(frames, COLORS, fps=FPS, fade=False, loop=True)

    def _shown(self, progress: Progress) -> None:
        """What is done to the face by programs."""
        motion = progress.motion
        if motion.track != "face" or isinstance(motion, Pause | Resume | Rotate):
            return
        self._on = False  # whatever it is, it is drawn over the mouth
        self._dark = _darkens(motion, ended=progress.phase == "ended")


def _darkens(motion: Motion, *, ended: bool) -> bool:
    match motion:
        case Clear() | Fill(color="#000000"):
            return True
        case Play(animation=animation):
            return ended and bool(animation.duration)
        case _:
            return False
