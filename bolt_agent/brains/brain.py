"""What a brain is: something that turns words into speech and MOSS code, in the order it thinks of them.

A brain never touches the robot. The scripted brain of a test is ten lines:

    class Parrot:
        name, tries = "parrot", 1

        async def reply(self, text, situation):
            yield Say(f"You said {text}.")
            yield Code("def run(moss):\\n    moss.face.show('smile')\\n")
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from bolt_agent.robot.stage import BodyState

__all__ = [
    "Attempt",
    "Brain",
    "Code",
    "Exchange",
    "Note",
    "Observation",
    "Part",
    "Recall",
    "Refuse",
    "Say",
    "Situation",
    "Status",
    "Think",
    "Usage",
    "no_facts",
]

Status: TypeAlias = Literal["ok", "refused", "error"]
"""How a turn ended: done; understood but not done, the reply says why; or it failed."""


@dataclass(frozen=True, slots=True)
class Say:
    """Something the robot says: a whole sentence, or the next piece of one."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of MOSS code. Pieces that follow each other belong to one program."""

    text: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """What the robot says when it does not do what was asked: why, and what it can do instead."""

    text: str


@dataclass(frozen=True, slots=True)
class Think:
    """A piece of what a model thinks before it answers: shown where asked for, never spoken."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something the person should know that is not the robot's answer: a model fell back on another."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took: the model, its tokens in and out, and the price in the unit of the person's settings."""

    model: str
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0


Part: TypeAlias = Say | Code | Refuse | Think | Note | Usage


@dataclass(frozen=True, slots=True)
class Attempt:
    """A program that failed in this turn, and the error its author should see."""

    code: str
    error: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A program of this turn that ran, and what came of it; its author asked to see that and goes on."""

    code: str
    seen: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier turn of the conversation. `code` is the program that ran, if one did."""

    say: str
    reply: str
    code: str | None
    status: Status


Recall: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
"""The facts kept earlier that have to do with some words."""


async def no_facts(_: str) -> Sequence[str]:
    """Nothing is remembered."""
    return ()


@dataclass(frozen=True, slots=True)
class Situation:
    """What a brain may know besides the words: the body now, the talk so far, and this turn's earlier programs.

    context: what is true now, in words, for the end of a prompt.   summary: of the turns before those in history.
    recall: the facts kept in earlier conversations that have to do with some words.
    """

    state: BodyState = field(default_factory=BodyState)
    history: Sequence[Exchange] = ()
    attempts: Sequence[Attempt | Observation] = ()
    context: str = ""
    summary: str = ""
    recall: Recall = no_facts


class Brain(Protocol):
    """Turns words into speech and code. tries: how many programs it may write in a turn, each after a failure."""

    name: str
    tries: int

    def reply(self, text: str, situation: Situation) -> AsyncGenerator[Part, None]:
        """Answer what a person said. Raises BrainError when there is no answer to be had."""
