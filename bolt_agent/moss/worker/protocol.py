"""What host and worker say to each other: one JSON object a line.

Host to worker: `Setup` once, then `Program` or `Call` as often as one likes, and an `Answer` to each `Request`.
Worker to host: `Ready` once, `Request`s while a program runs, and `Done` when it has ended. The worker is not
trusted: the host checks every line against these models, and drops a worker that sends anything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bolt_agent.moss.errors import MossError

__all__ = [
    "Answer",
    "BadLimit",
    "Call",
    "Done",
    "FromWorker",
    "Limits",
    "Program",
    "Ready",
    "Request",
    "Setup",
    "ToWorker",
]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Limits(BaseModel):
    """What a program may use.

    >>> Limits.read(["cpu=20", "memory=512"]).memory
    512

    cpu: seconds of computing.   memory: MiB.   calls: of the robot.   output: characters printed.
    motions: how many it may ask for.   seconds: of the clock that it may wait for the robot.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cpu: Annotated[float, Field(gt=0, le=3600)] = 10.0
    memory: Annotated[int, Field(ge=16, le=65_536)] = 256
    calls: Annotated[int, Field(ge=1)] = 100_000
    output: Annotated[int, Field(ge=100, le=1_000_000)] = 1_000_000
    motions: Annotated[int, Field(ge=1)] = 2000
    seconds: Annotated[float, Field(gt=0)] = 600.0

    @classmethod
    def read(cls, settings: Iterable[str]) -> Limits:
        """Limits as written in settings: `cpu=20`. Raises BadLimit."""
        values = {}
        for setting in settings:
            name, equals, value = setting.partition("=")
            if name not in cls.model_fields or not equals:
                raise BadLimit(f"{setting!r} is no limit: write NAME=NUMBER, with one of {', '.join(cls.model_fields)}")
            values[name] = value
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0])
            raise BadLimit(f"the limit {name} cannot be {values[name]!r}: {first['msg'].lower()}") from None


class BadLimit(MossError, ValueError):
    """A limit that does not exist, or a number that it cannot have."""


class Setup(_Message):
    """The MOSS file, as text, and the variables kept from earlier.

    trusted: the owner's own file, without walls; `file` is then where it lies.
    kernel: use the walls of the kernel where it has them; else only Python's own, as on systems without.
    modules: what may be imported besides the usual (see `EXTRA_MODULES`).
    """

    kind: Literal["setup"] = "setup"
    module: str
    source: str
    context: dict[str, Any] = Field(default_factory=dict)
    file: str | None = None
    trusted: bool = False
    kernel: bool = True
    modules: tuple[str, ...] = ()
    limits: Limits = Limits()


class Program(_Message):
    """Run code that defines `run(moss)`. streamed: the code is asked for piece by piece, as it is being written."""

    kind: Literal["program"] = "program"
    code: str = ""
    streamed: bool = False


class Call(_Message):
    """Call a function of the MOSS file; arguments are words, read by the types the function declares."""

    kind: Literal["call"] = "call"
    function: str
    args: list[str] = Field(default_factory=list)


class Answer(_Message):
    """What a request came to; `error` is the message, `refusal` the kind of error to raise where it was asked."""

    kind: Literal["answer"] = "answer"
    value: Any = None
    error: str | None = None
    refusal: str | None = None


class Ready(_Message):
    """The MOSS file is compiled; `walls` names what stands between the code and the machine."""

    kind: Literal["ready"] = "ready"
    error: str | None = None
    walls: list[str] = Field(default_factory=list)


class Request(_Message):
    """Code wants something of the robot, of the moves that are kept, or of other minds."""

    kind: Literal["request"] = "request"
    what: Literal[
        "context",
        "cut",
        "delete_move",
        "ghosts",
        "memory",
        "more",
        "perform",
        "program",
        "read_move",
        "save_move",
        "skill",
        "skills",
        "state",
        "wait",
    ]
    args: dict[str, Any] = Field(default_factory=dict)


class Done(_Message):
    """A program ended: what it printed, how it failed (the text for its author), the variables it leaves, and the
    operator that it returned, if it did. lines: of one that failed, how many were carried out before it did.
    """

    kind: Literal["done"] = "done"
    output: str = ""
    error: str | None = None
    context: dict[str, Any] = Field(default_factory=dict)
    operator: dict[str, Any] | None = None
    lines: int = 0


ToWorker: TypeAdapter[Setup | Program | Call | Answer] = TypeAdapter(
    Annotated[Setup | Program | Call | Answer, Field(discriminator="kind")]
)
_FromWorker: TypeAlias = Annotated[Ready | Request | Done, Field(discriminator="kind")]
FromWorker: TypeAdapter[Ready | Request | Done] = TypeAdapter(_FromWorker)
