"""What pages ask of the server."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from bolt_agent.studio.protocol.seen import Animation, Faults, Plain

__all__ = [
    "SAMPLE_RATE",
    "Answer",
    "ClearTrail",
    "ClientMessage",
    "ClientMessageAdapter",
    "Connect",
    "Listen",
    "Perform",
    "Preview",
    "PreviewEnd",
    "Release",
    "Reset",
    "Run",
    "Say",
    "SetFaults",
    "SetPace",
    "SetWorld",
    "Step",
    "Stop",
]

SAMPLE_RATE = 16_000
"""Of the microphone's sound: binary frames of 16-bit little-endian samples of one channel."""

Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=100)]


class _Asked(Plain):
    id: Annotated[str, Field(max_length=40)] | None = None
    """Comes back in Failed."""


class _Addressed(_Asked):
    robot: Name | None = None
    """Whom it is for; the first robot where none is named."""


class Say(_Addressed):
    """Say something to a robot."""

    type: Literal["say"] = "say"
    text: Annotated[str, Field(min_length=1, max_length=4000)]


class Run(_Addressed):
    """Run a program, as a ghost would."""

    type: Literal["run"] = "run"
    code: Annotated[str, Field(min_length=1, max_length=200_000)]


class Stop(_Asked):
    """Emergency stop. robot: all of them where none is named."""

    type: Literal["stop"] = "stop"
    robot: Name | None = None


class Release(_Asked):
    """Take the latch of the emergency stop off. robot: all of them where none is named."""

    type: Literal["release"] = "release"
    robot: Name | None = None


class Answer(_Addressed):
    """Answer an ApprovalAsked."""

    type: Literal["answer"] = "answer"
    approval: str
    yes: bool


class Perform(_Addressed):
    """Perform a kept move, or play a kept animation."""

    type: Literal["perform"] = "perform"
    kind: Literal["move", "animation"]
    name: Name


class Preview(_Addressed):
    """Show an animation on the robot while it is being painted; the newest one counts."""

    type: Literal["preview"] = "preview"
    animation: Animation


class PreviewEnd(_Addressed):
    """Painting is over: the face goes dark."""

    type: Literal["preview_end"] = "preview_end"


class SetWorld(_Asked):
    """Put the virtual robots into another world. Everything else is as with Reset."""

    type: Literal["world"] = "world"
    name: Annotated[str, Field(min_length=1, max_length=1000)]


class Reset(_Asked):
    """Put the virtual robots back to where they started; trails, faces and the robots' clock begin anew.

    Their conversations go on, as far as they are kept: with `--store off` they begin anew, too.
    """

    type: Literal["reset"] = "reset"


class Connect(_Addressed):
    """Try again to reach a robot that could not be reached."""

    type: Literal["connect"] = "connect"


class ClearTrail(_Addressed):
    """Forget where a robot has been."""

    type: Literal["clear_trail"] = "clear_trail"


class SetPace(_Asked):
    """Let simulated time pass at another rate, or stand still. None: as it was."""

    type: Literal["pace"] = "pace"
    rate: Annotated[float, Field(ge=0.25, le=8, allow_inf_nan=False)] | None = None
    paused: bool | None = None


class Step(_Asked):
    """Let so many seconds of simulated time pass, then pause."""

    type: Literal["step"] = "step"
    seconds: Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)] = 0.1


class SetFaults(_Addressed):
    """Make the radio of a virtual robot bad, or good again."""

    type: Literal["faults"] = "faults"
    faults: Faults


class Listen(_Addressed):
    """Sound follows as binary frames (see SAMPLE_RATE), or is over: what was said is decoded then."""

    type: Literal["listen"] = "listen"
    on: bool


ClientMessage: TypeAlias = Annotated[
    Say
    | Run
    | Stop
    | Release
    | Answer
    | Perform
    | Preview
    | PreviewEnd
    | SetWorld
    | Reset
    | Connect
    | ClearTrail
    | SetPace
    | Step
    | SetFaults
    | Listen,
    Field(discriminator="type"),
]
ClientMessageAdapter: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)
