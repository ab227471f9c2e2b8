"""The face's state: what is stored, what is showing since when, and how it is turned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from simulator.firmware.pictures import DARK, Picture, draw, from_planes, rotated
from simulator.firmware.schedule import Due, Schedule
from simulator.firmware.shows import Animation, Notice, Show, Still

__all__ = ["Face", "Stored"]


@dataclass
class Stored:
    """An animation as it was saved; its frames may be named later."""

    fps: int
    fade: bool
    palette: tuple[int, ...]
    frames: tuple[int, ...] = field(default=())


class Face:
    """An 8x8 face. Later commands replace what is shown; drawing goes over what is seen, except a scrolling text.

    changed: is called with each new picture.   notify: with what a show has to tell.
    """

    def __init__(
        self, schedule: Schedule, changed: Callable[[Picture], None], notify: Callable[[Notice], None]
    ) -> None:
        self.frames: dict[int, bytes] = {}
        self.animations: dict[int, Stored] = {}
        self.picture = DARK
        """What is seen."""
        self._schedule, self._changed, self._notify = schedule, changed, notify
        self._show: Show = Still()
        self._began = 0
        self._paused: int | None = None
        self._rotation = 0
        self._fps: int | None = None
        self._fade: bool | None = None
        self._next: Due | None = None

    def show(self, show: Show) -> None:
        """Begin to show something."""
        self._show, self._began, self._paused = show, self._schedule.now, None
        self._refresh()

    def draw(self, points: Iterable[tuple[int, int]], color: int) -> None:
        """Draw points (x from the left, y from the bottom) over what is seen."""
        under = self._show.picture(self._elapsed()) if self._show.drawable else DARK
        self.show(Still(draw(under, points, color)))

    def play(self, number: int, *, loop: bool) -> bool:
        """Play a stored animation; False when there is none of that number, or a frame of it is missing."""
        stored = self.animations.get(number)
        if stored is None or not stored.frames or any(frame not in self.frames for frame in stored.frames):
            return False
        pictures = tuple(from_planes(self.frames[frame], stored.palette) for frame in stored.frames)
        fps = stored.fps if self._fps is None else self._fps
        fade = stored.fade if self._fade is None else self._fade
        self.show(Animation(number, pictures, fps, fade, loop))
        return True

    def forget(self) -> None:
        """Delete all stored frames and animations; what is shown stays."""
        self.frames.clear()
        self.animations.clear()

    def override(self, fps: int | None, fade: bool | None) -> None:
        """Play all animations, also the one that is playing, at another rate or with other fading; None: as saved."""
        self._fps, self._fade = fps, fade
        show = self._show
        if not isinstance(show, Animation) or (fps is None and fade is None):
            return
        elapsed, paused = self._elapsed(), self._paused is not None
        frame = elapsed * show.fps // 1000
        self._show = replace(show, fps=show.fps if fps is None else fps, fade=show.fade if fade is None else fade)
        elapsed = -(-frame * 1000 // self._show.fps)  # go on with the same picture
        self._began = self._schedule.now - elapsed
        self._paused = elapsed if paused else None
        self._refresh()

    def rotate(self, quarters: int) -> None:
        """Turn everything that is shown by quarter turns clockwise."""
        self._rotation = quarters
        self._refresh()

    def pause(self) -> None:
        """Freeze what is moving."""
        if self._paused is None:
            self._paused = self._elapsed()
            self._cancel()

    def resume(self) -> None:
        """Go on with it."""
        if self._paused is not None:
            self._began, self._paused = self._schedule.now - self._paused, None
            self._refresh()

    def clear(self) -> None:
        """Dark."""
        self.show(Still())

    def _elapsed(self) -> int:
        return self._schedule.now - self._began if self._paused is None else self._paused

    def _refresh(self) -> None:
        """Show what is to be seen now, and come back when that changes."""
        self._cancel()
        elapsed = self._elapsed()
        picture = rotated(self._show.picture(elapsed), self._rotation)
        if picture != self.picture:
            self.picture = picture
            self._changed(picture)
        if self._paused is None and (change := self._show.next_change(elapsed)) is not None:
            self._next = self._schedule.after(change - elapsed, self._go_on)

    def _go_on(self) -> None:
        notice = self._show.notice(self._elapsed())
        self._refresh()
        if notice is not None:
            self._notify(notice)

    def _cancel(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None
