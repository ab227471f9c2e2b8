"""What a history holds, as values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from bolt_agent.brains.brain import Exchange, Status
from bolt_agent.ghost.messages import Message, Turn
from bolt_agent.robot.motions import Motion

__all__ = ["Account", "Outcome", "Summary", "ThreadRecord", "TurnRecord", "now"]

Outcome: TypeAlias = Literal["running", "ok", "refused", "error", "stopped"]
"""How a turn ended. One that says running and is not has been cut off: its process died."""


def now() -> str:
    """The time as a history keeps it: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Summary(_Record):
    """What stands for the first turns of a long conversation. covers: how many they are."""

    text: str
    covers: int


class Account(BaseModel):
    """What a turn leaves besides its messages, when it ends.

    motions: what its programs asked of the player.   context: the PyContext it leaves.   stopped: it was cut short.
    summary: where it has changed.
    """

    turn: Turn
    motions: list[Motion] = Field(default_factory=list)
    context: dict[str, Any] = Field(default_factory=dict)
    stopped: bool = False
    summary: Summary | None = None


class TurnRecord(_Record):
    """A turn as it is kept. id: the number that people name it by.   number: its place in its conversation."""

    id: int
    thread: int
    parent: int | None = None
    number: int
    began: str
    """ISO 8601, UTC."""
    say: str
    reply: str = ""
    code: str | None = None
    status: Outcome
    error: str | None = None
    model: str | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    motions: list[dict[str, Any]] | None = None
    context: dict[str, Any] | None = None
    timing: dict[str, float] | None = None
    summary: Summary | None = None
    messages: list[Message] = Field(default_factory=list)

    @property
    def exchange(self) -> Exchange:
        """It as a brain is told of it."""
        told: dict[Outcome, Status] = {"running": "error", "refused": "refused", "error": "error"}
        return Exchange(self.say, self.reply or "(cut off)", self.code, told.get(self.status, "ok"))


class ThreadRecord(_Record):
    """A thread: a name for its newest turn. head: that turn's id.   about: driver, brain, world, seed."""

    id: int
    began: str
    head: int | None = None
    about: dict[str, Any] = Field(default_factory=dict)
    turns: int = 0
    """How many turns the conversation has."""
    say: str = ""
    """What was said last."""
