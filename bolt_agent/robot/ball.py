"""The ball, as people and models see it."""

from __future__ import annotations

from types import FunctionType
from typing import Any, NamedTuple

from bolt_agent.robot.animation import Animation
from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.kept_moves import compose_source
from bolt_agent.robot.motions import Play, React, Rotate, make
from bolt_agent.robot.move import Move
from bolt_agent.robot.stage import BodyState, Outlet
from bolt_agent.robot.transform import as_calls

__all__ = ["Ball", "Position"]


class Position(NamedTuple):
    """Where the ball is, in cm from its start: x to the right, y forward."""

    x: float
    y: float


class Ball:
    """The robot's body: a ball that rolls, spins and feels bumps. Ball, face and lights work side by side.

    moss.body.new_move(run=True).roll(0, 90, 2).spin(360, 1)  # forward for 2 s, then a full turn
    moss.body.wait()  # until that is done
    """

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet

    def new_move(self, run: bool = False, animation: Animation | None = None) -> Move:
        """An empty move. run: perform each call as it is added. animation: plays from the start of the move."""
        move = Move(self._outlet, run=run)
        if animation is not None:
            move._add(make(Play, animation=animation))
        return move

    def run(self, move: Move, stop_at_first: bool = True) -> None:
        """Perform a composed move: now, or with stop_at_first=False after what the ball is doing."""
        if stop_at_first and not self._outlet.recording:
            self._outlet.stage.cut()
        number = self._outlet.new_move()
        for motion in move.motions:
            self._outlet.perform(motion, move=number)

    def stop(self) -> None:
        """Stop now, and forget what was still to come."""
        if not self._outlet.recording:
            self._outlet.stage.cut()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the ball has done everything, or that many seconds."""
        if not self._outlet.recording:
            self._outlet.stage.wait(seconds=seconds, track="ball")

    def save_move(self, name: str, description: str, move: Move, animation: Animation | None = None) -> None:
        """Keep a move for later conversations, under a name."""
        motions = move.motions if animation is None else (make(Play, animation=animation), *move.motions)
        source = compose_source(name, description, as_calls(motions), self._outlet.stage.program())
        self._outlet.stage.save_move(name, source)

    def run_move(self, name: str) -> None:
        """Perform a kept move now."""
        self.run(self.read_move(name)[0])

    def delete_move(self, name: str) -> None:
        """Forget a kept move."""
        self._outlet.stage.delete_move(name)

    @property
    def position(self) -> Position:
        """(x, y) in cm from the start, x to the right, y forward."""
        state = self._state()
        return Position(state.x, state.y)

    @property
    def heading(self) -> float:
        """The way it faces, 0 to 360."""
        return self._state().heading

    @property
    def speed(self) -> float:
        """In cm/s."""
        return self._state().speed

    @property
    def battery(self) -> int:
        """In percent."""
        return self._state().battery

    # <moss-hide>
    def read_move(self, name: str) -> tuple[Move, str]:
        """A kept move, and the code that made it."""
        names: dict[str, Any] = {"__name__": name}
        exec(compile(self._outlet.stage.read_move(name), f"<move {name}>", "exec"), names)
        fill = next((thing for thing in names.values() if isinstance(thing, FunctionType)), None)
        if fill is None:
            raise BadValue(f"the move {name!r} has no function that composes it")
        move = Move(self._outlet)
        fill(move)
        return move, str(names.get("CODE", ""))

    def set_matrix_rotation(self, rotation: int = 0) -> None:
        """The same as `LedMatrix.set_rotation`: turn what the face shows by 0, 90, 180 or 270 degrees."""
        self._outlet.perform(make(Rotate, degrees=rotation), move=0)

    def on_charging(self, log: str = "is charging") -> None:
        """Tell the ghost this when charging starts."""
        self._outlet.perform(make(React, event="charging", log=log), move=0)

    def on_not_charging(self, log: str = "stopped charging") -> None:
        """The same, when it ends."""
        self._outlet.perform(make(React, event="not_charging", log=log), move=0)

    # </moss-hide>

    def _state(self) -> BodyState:
        return self._outlet.stage.state()
