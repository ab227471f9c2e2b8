"""What the face can show: a still, a scrolling text, an animation. Each is a pure function of the time since it began.

Times are whole milliseconds since the show began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from simulator.firmware.pictures import DARK, SIDE, Picture, blend, columns, ribbon

__all__ = ["ANIMATION_COMPLETE", "TEXT_SCROLLING", "Animation", "Notice", "Scroll", "Show", "Still"]

TEXT_SCROLLING, ANIMATION_COMPLETE = 0x3C, 0x3F
"""The notifications that a show can send."""
DONE, LOOPING = 0, 1

BLEND_TIME = 40
"""ms between the steps of a cross-fade; finer nobody sees."""


class Notice(NamedTuple):
    """A notification: its command and its byte."""

    cid: int
    value: int


class Show(Protocol):
    """Something the face shows for a while."""

    def picture(self, elapsed: int) -> Picture:
        """What is seen."""

    def next_change(self, elapsed: int) -> int | None:
        """When the picture changes next, or there is something to tell; None when never again."""

    def notice(self, elapsed: int) -> Notice | None:
        """What is to be told at exactly this moment."""

    @property
    def drawable(self) -> bool:
        """Whether points may be drawn over what is seen."""


@dataclass(frozen=True)
class Still:
    """A picture that stays."""

    dots: Picture = DARK
    drawable = True

    def picture(self, elapsed: int) -> Picture:  # noqa: ARG002 - the same at all times
        return self.dots

    def next_change(self, elapsed: int) -> int | None:  # noqa: ARG002
        return None

    def notice(self, elapsed: int) -> Notice | None:  # noqa: ARG002
        return None


@dataclass(frozen=True)
class Scroll:
    """A text that comes in from the right and leaves to the left, one column a frame."""

    text: str
    color: int
    fps: int
    repeat: bool = False
    _ribbon: Sequence[Sequence[bool]] = field(init=False, repr=False, compare=False)
    drawable = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ribbon", ribbon(self.text))

    @property
    def frames(self) -> int:
        """From the first column at the right edge until the last has left."""
        return len(self._ribbon) + SIDE - 1

    def picture(self, elapsed: int) -> Picture:
        frame = _index(elapsed, self.fps)
        if frame >= self.frames and not self.repeat:
            return DARK
        return columns(self._ribbon, frame % self.frames - SIDE + 1, self.color)

    def next_change(self, elapsed: int) -> int | None:
        frame = _index(elapsed, self.fps)
        return None if frame >= self.frames and not self.repeat else _moment(frame + 1, self.fps)

    def notice(self, elapsed: int) -> Notice | None:
        frame = _index(elapsed, self.fps)
        if not frame or frame % self.frames or elapsed != _moment(frame, self.fps):
            return None
        return Notice(TEXT_SCROLLING, LOOPING if self.repeat else DONE)


@dataclass(frozen=True)
class Animation:
    """Pictures one after another, with or without cross-fade; the last one stays when it is over.

    number: what the command called it.   fps: pictures a second.
    """

    number: int
    pictures: tuple[Picture, ...]
    fps: int
    fade: bool = False
    loop: bool = False
    drawable = True

    @property
    def steps(self) -> int:
        """Steps of the cross-fade from one picture to the next."""
        return max(1, 1000 // (self.fps * BLEND_TIME)) if self.fade else 1

    def picture(self, elapsed: int) -> Picture:
        step = _index(elapsed, self.fps * self.steps)
        frame, part = divmod(step, self.steps)
        last = len(self.pictures) - 1
        if frame >= last and not self.loop:
            return self.pictures[last]
        one, other = self.pictures[frame % (last + 1)], self.pictures[(frame + 1) % (last + 1)]
        return blend(one, other, part, self.steps)

    def next_change(self, elapsed: int) -> int | None:
        if self.loop and len(self.pictures) == 1:
            return None
        step, rate = _index(elapsed, self.fps * self.steps), self.fps * self.steps
        over = step >= len(self.pictures) * self.steps
        return None if over and not self.loop else _moment(step + 1, rate)

    def notice(self, elapsed: int) -> Notice | None:
        if self.loop or elapsed != _moment(len(self.pictures), self.fps):
            return None
        return Notice(ANIMATION_COMPLETE, self.number)


def _index(elapsed: int, rate: int) -> int:
    """How many whole periods of a rate (1/s) have passed."""
    return elapsed * rate // 1000


def _moment(index: int, rate: int) -> int:
    """The first millisecond of a period."""
    return -(-index * 1000 // rate)
