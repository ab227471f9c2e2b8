"""The robot as a worker reaches it: every request goes to the host and waits for its answer."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol, SupportsFloat

from bolt_agent.moss.worker.protocol import Answer, Call, Done, Program, Ready, Request, Setup
from bolt_agent.robot import BodyState, errors
from bolt_agent.robot.motions import Motion, Track

__all__ = ["Pipe", "PipeStage", "sleep_on"]

REFUSALS: dict[str, type[Exception]] = {
    **{name: vars(errors)[name] for name in ("BadValue", "RobotError", "Stopped")},
    "Refused": functools.partial(errors.Refused, limit="host"),  # type: ignore[dict-item]
}
"""Errors of the host that a program may catch by name; any other is a RobotError."""


class Pipe(Protocol):
    """The way to the host."""

    def hear(self) -> Setup | Program | Call | Answer:
        """Wait for the next message."""

    def tell(self, message: Ready | Request | Done) -> None:
        """Send a message."""


class PipeStage:
    """The stage of a worker.

    line: which line of the program is being carried out; each motion says which one asked for it.
    check: is given the text of a kept move before it is executed.
    """

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self.line: Callable[[], int | None] = lambda: None
        self.check: Callable[[str], str] = str

    def perform(self, motion: Motion, *, move: int) -> None:
        self.ask("perform", motion=motion.model_dump(mode="json"), move=move, line=self.line())

    def cut(self) -> None:
        self.ask("cut")

    def wait(self, *, seconds: float | None = None, track: Track | None = None) -> None:
        self.ask("wait", seconds=seconds, track=track)

    def state(self) -> BodyState:
        return BodyState(**self.ask("state"))

    def program(self) -> str:
        return str(self.ask("program"))

    def save_move(self, name: str, source: str) -> None:
        self.ask("save_move", name=name, source=source)

    def read_move(self, name: str) -> str:
        return self.check(str(self.ask("read_move", name=name)))

    def delete_move(self, name: str) -> None:
        self.ask("delete_move", name=name)

    def ask(self, what: Any, /, **args: Any) -> Any:
        """Ask the host for something, and wait. Raises what the host refuses."""
        self._pipe.tell(Request(what=what, args=args))
        answer = self._pipe.hear()
        assert isinstance(answer, Answer)
        if answer.error is not None:
            raise REFUSALS.get(answer.refusal or "", errors.RobotError)(answer.error)
        return answer.value


_here = threading.local()
_sleep_of_the_wall = time.sleep


def sleep_on(stage: PipeStage) -> None:
    """From now on, `time.sleep` in this thread waits on the robot's clock, which may run faster than the wall's."""
    _here.stage = stage
    time.sleep = _sleep  # type: ignore[assignment]  # what floats know is all it needs


def _sleep(seconds: SupportsFloat, /) -> None:
    stage = getattr(_here, "stage", None)
    if stage is None:
        _sleep_of_the_wall(float(seconds))
        return
    if float(seconds) < 0:
        raise ValueError("sleep length must be non-negative")
    stage.wait(seconds=float(seconds))
