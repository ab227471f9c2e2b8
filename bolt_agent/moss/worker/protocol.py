"""What host and worker say to each other: one JSON object a line.

Host to worker: `Setup` once, then `Program` or `Call` as often as one likes, and an `Answer` to each `Request`.
Worker to host: `Ready` once, `Request`s while a program runs, and `Done` when it has ended. The worker is not
trusted: the host checks every line against these models, and drops a worker that sends anything else.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

__all__ = ["Answer", "Call", "Done", "FromWorker", "Limits", "Program", "Ready", "Request", "Setup", "ToWorker"]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Limits(BaseModel):
    """What a program may use.

    cpu: seconds of computing.   memory: MiB.   calls: of the robot.   output: characters printed.
    motion: seconds of the clock that it may wait for the robot.
    """

    model_config = ConfigDict(frozen=True)

    cpu: float = 10.0
    memory: int = 256
    calls: int = 100_000
    output: int = 1_000_000
    motion: float = 600.0


class Setup(_Message):
    """The MOSS file, as text, and the variables kept from earlier.

    trusted: the owner's own file, without walls; `file` is then where it lies.
    """

    kind: Literal["setup"] = "setup"
    module: str
    source: str
    context: dict[str, Any] = Field(default_factory=dict)
    file: str | None = None
    trusted: bool = False
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
    """Code wants something of the robot, or of the moves that are kept."""

    kind: Literal["request"] = "request"
    what: Literal["perform", "cut", "more", "wait", "state", "program", "save_move", "read_move", "delete_move"]
    args: dict[str, Any] = Field(default_factory=dict)


class Done(_Message):
    """A program ended: what it printed, how it failed (the text for its author), and the variables it leaves."""

    kind: Literal["done"] = "done"
    output: str = ""
    error: str | None = None
    context: dict[str, Any] = Field(default_factory=dict)


ToWorker: TypeAdapter[Setup | Program | Call | Answer] = TypeAdapter(
    Annotated[Setup | Program | Call | Answer, Field(discriminator="kind")]
)
_FromWorker: TypeAlias = Annotated[Ready | Request | Done, Field(discriminator="kind")]
FromWorker: TypeAdapter[Ready | Request | Done] = TypeAdapter(_FromWorker)
