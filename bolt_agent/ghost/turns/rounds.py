"""The rounds of one turn: programs that failed and are written again, and programs whose author looks at what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bolt_agent.brains.brain import Attempt, Observation
from bolt_agent.ghost.operators import Error, Operator, read_operator
from bolt_agent.moss.worker.executor import Outcome
from bolt_agent.robot.player import Happening
from bolt_agent.robot.stage import BodyState

__all__ = ["MOST_LOOKS", "Before", "Rounds", "motion_report", "printed_note", "what_next"]

MOST_LOOKS = 8
"""Times in a turn that a ghost may observe or think before it must be done."""

SEEN = 20
"""Happenings of one round that are told; a ball that rattles in a corner makes more."""


class Rounds:
    """Counts the rounds of a turn, and keeps the programs for the brain. tries: how many of them may fail, and one."""

    def __init__(self, tries: int) -> None:
        self._tries = tries
        self.programs: list[Attempt | Observation] = []

    @property
    def may_fail(self) -> bool:
        """Whether the next program may fail and be written again."""
        return sum(isinstance(program, Attempt) for program in self.programs) + 1 < self._tries

    @property
    def may_look(self) -> bool:
        """Whether there may be another look, or thought."""
        return sum(isinstance(program, Observation) for program in self.programs) < MOST_LOOKS

    def failed(self, code: str, error: str) -> None:
        """A program failed."""
        self.programs.append(Attempt(code, error))

    def saw(self, code: str, seen: str) -> None:
        """A program ran, and this came of it."""
        self.programs.append(Observation(code, seen))


def what_next(outcome: Outcome | None) -> Operator | None:
    """What a program wants next; None: nothing."""
    if outcome is None:
        return None
    return Error(outcome.error) if outcome.error is not None else read_operator(outcome.operator)


@dataclass(frozen=True, slots=True)
class Before:
    """How it was when a program began. happened: how much had happened to the robot until then."""

    time: float = 0.0
    state: BodyState = field(default_factory=BodyState)
    happened: int = 0


def printed_note(output: str) -> str:
    """What a program printed, as a note."""
    return f"It printed:\n{output.rstrip()}" if output.strip() else ""


def motion_report(before: Before, after: BodyState, happenings: Sequence[Happening], *notes: str) -> str:
    """What came of a program, for its author. happenings: all there were.   notes: what else there is to say.

    >>> print(motion_report(Before(), BodyState(x=3, y=48.6, heading=2), [Happening(1.2, "collision", "a bump")]))
    It ended 3 cm right and 49 cm forward of the start, facing 2 degrees; before it was at 0, 0, facing 0.
    After 1.2 s: a bump.
    """
    ended = f"{after.x:.0f} cm right and {after.y:.0f} cm forward of the start, facing {after.heading:.0f} degrees"
    began = f"{before.state.x:.0f}, {before.state.y:.0f}, facing {before.state.heading:.0f}"
    lines = [f"It ended {ended}; before it was at {began}."]
    told = happenings[before.happened :]
    lines += [f"After {happening.time - before.time:.1f} s: {happening.text}." for happening in told[:SEEN]]
    lines += [f"... and {len(told) - SEEN} more."] if len(told) > SEEN else []
    return "\n".join([*lines, *filter(None, notes)])
