"""Where composed motions go, and where questions about the robot are answered.

`Ball`, `Move` and `LedMatrix` only build motions and hand them to a `Stage`. In the worker process the stage is a
pipe to the host; in tests it is a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bolt_agent.robot.motions import Motion, Track

__all__ = ["BodyState", "NoStage", "Outlet", "Stage"]


@dataclass(frozen=True, slots=True)
class BodyState:
    """How the body is right now. x (right) and y (forward) in cm from the start; heading in degrees, 0..360."""

    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0
    speed: float = 0.0
    """cm/s over the ground."""
    battery: int = 100
    """Percent of a full charge."""


class Stage(Protocol):
    """What performs motions, seen from the code that composes them. Calls block until they are accepted."""

    def perform(self, motion: Motion, *, move: int) -> None:
        """Perform a motion after those already on its track. Motions of one move share its reactions."""

    def cut(self) -> None:
        """End what the ball is doing, at once, and forget what it was going to do."""

    def wait(self, *, seconds: float | None = None, track: Track | None = None) -> None:
        """Wait that long, or until a track (every track when None) has nothing left to do."""

    def state(self) -> BodyState:
        """How the body is right now."""

    def program(self) -> str:
        """The program that runs, as far as it is known."""

    def save_move(self, name: str, source: str) -> None:
        """Keep a move as a Python file."""

    def read_move(self, name: str) -> str:
        """The Python file of a kept move. Raises BadValue where there is none."""

    def delete_move(self, name: str) -> None:
        """Forget a kept move. Raises BadValue where there is none."""


class NoStage:
    """A stage for reading about a robot that is not there: nothing happens on it."""

    def perform(self, motion: Motion, *, move: int) -> None: ...

    def cut(self) -> None: ...

    def wait(self, *, seconds: float | None = None, track: Track | None = None) -> None: ...

    def state(self) -> BodyState:
        return BodyState()

    def program(self) -> str:
        return ""

    def save_move(self, name: str, source: str) -> None: ...

    def read_move(self, name: str) -> str:
        return f"def nothing(move): {name!r}"

    def delete_move(self, name: str) -> None: ...


class Outlet:
    """The stage that body and face share: it numbers moves, and keeps what a reaction composes to itself."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._moves = 0
        self._recordings: list[list[Motion]] = []
        self._callbacks: list[Callable[..., object]] = []

    def new_move(self) -> int:
        """A number for the next move."""
        self._moves += 1
        return self._moves

    def perform(self, motion: Motion, *, move: int) -> None:
        """Pass a motion on, or keep it while a reaction is being composed."""
        if self._recordings:
            self._recordings[-1].append(motion)
        else:
            self.stage.perform(motion, move=move)

    @property
    def recording(self) -> bool:
        """Whether a reaction is being composed: nothing moves, so nothing can be waited for."""
        return bool(self._recordings)

    @contextmanager
    def record(self, callback: Callable[..., object]) -> Iterator[list[Motion] | None]:
        """Keep the motions composed inside the block. None when `callback` is composing itself already."""
        if callback in self._callbacks:
            yield None
            return
        motions: list[Motion] = []
        self._recordings.append(motions)
        self._callbacks.append(callback)
        try:
            yield motions
        finally:
            self._recordings.pop()
            self._callbacks.pop()
