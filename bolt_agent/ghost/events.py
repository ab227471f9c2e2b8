"""What happens in a turn, as it happens: the stream that every interface shows."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from bolt_agent.brains.brain import Status

__all__ = ["CodeChunk", "CodeFailed", "CodeOutput", "Event", "Happened", "SpeechChunk", "Turn", "TurnEnded"]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True)


class SpeechChunk(_Event):
    """The next piece of what the robot says."""

    kind: Literal["speech"] = "speech"
    text: str


class CodeChunk(_Event):
    """The next piece of the program that is being written."""

    kind: Literal["code"] = "code"
    text: str


class CodeOutput(_Event):
    """What the program printed."""

    kind: Literal["output"] = "output"
    text: str


class CodeFailed(_Event):
    """The program failed; the brain may be given another try, then a new program follows."""

    kind: Literal["failed"] = "failed"
    error: str
    again: bool


class Happened(_Event):
    """Something happened to the robot: 'collision', 'freefall', 'stop' ...; `text` says it in words."""

    kind: Literal["happened"] = "happened"
    name: str
    text: str


class Turn(BaseModel):
    """One thing said, and what came of it. Times are seconds of the clock since the start."""

    say: str
    reply: str = ""
    code: str | None = None
    status: Status = "ok"
    error: str | None = None
    t_start: float = 0.0
    t_end: float = 0.0


class TurnEnded(_Event):
    """The turn is over: nothing finite is moving any more."""

    kind: Literal["ended"] = "ended"
    turn: Turn


Event: TypeAlias = SpeechChunk | CodeChunk | CodeOutput | CodeFailed | Happened | TurnEnded
