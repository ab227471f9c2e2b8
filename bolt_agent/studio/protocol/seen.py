"""What there is to see: the world, the robots in it, and what can be chosen."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from bolt_agent.ghost.messages import ApprovalAsked, Message

__all__ = [
    "Animation",
    "Faults",
    "Fence",
    "FloorLine",
    "Hex",
    "Link",
    "Microphone",
    "Pace",
    "Plain",
    "Point",
    "Robot",
    "RobotState",
    "Shape",
    "Share",
    "ThingPlace",
    "TrailPoint",
    "World",
    "WorldName",
    "Zone",
]

Point: TypeAlias = tuple[float, float]
TrailPoint: TypeAlias = tuple[float, float, float]
"""t, x, y."""
Hex: TypeAlias = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Plain(BaseModel):
    """A value of the protocol."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Shape(Plain):
    """Something that stands in the world, seen from above: its middle, its extent before it is turned, its height."""

    kind: Literal["wall", "box", "ramp", "ledge", "block", "pin", "cradle"]
    x: float
    y: float
    width: float
    depth: float
    heading: float = 0.0
    height: float = 0.0


class Zone(Plain):
    """A coloured part of the floor."""

    x: float
    y: float
    width: float
    depth: float
    heading: float
    color: str
    name: str


class FloorLine(Plain):
    """A line on the floor."""

    points: list[Point]
    width: float
    color: str


class World(Plain):
    """The world of virtual robots. loose: what can be pushed; `State.things` says where it is, in this order."""

    name: str
    about: str
    width: float
    depth: float
    shapes: list[Shape]
    loose: list[Shape]
    zones: list[Zone]
    lines: list[FloorLine]


ThingPlace: TypeAlias = tuple[float, float, float, float, float, float, float]
"""Where a thing that can be pushed is, and how it is turned: x, y, z, w, i, j, k."""


class WorldName(Plain):
    """A world that can be chosen."""

    name: str
    about: str
    balls: int
    """How many robots start in it."""


class Fence(Plain):
    """Where a robot may roll: a circle around (x, y), where it started, or corners."""

    x: float = 0.0
    y: float = 0.0
    radius: float | None = None
    corners: list[Point] | None = None


class Link(Plain):
    """How the way to a robot is. text: the reason, in words for people; empty while all is well."""

    status: Literal["connecting", "connected", "lost", "failed"]
    text: str = ""


class Faults(Plain):
    """What is wrong with the radio of a virtual robot.

    drop, duplicate, reorder, corrupt: the share of packets, 0 to 1.   delay: seconds at most.   reach: False is away.
    """

    drop: Share = 0.0
    duplicate: Share = 0.0
    reorder: Share = 0.0
    corrupt: Share = 0.0
    delay: Annotated[float, Field(ge=0, le=5, allow_inf_nan=False)] = 0.0
    reach: bool = True


class RobotState(Plain):
    """How a robot is now. face, front and back are None where nothing changed since the last message.

    pitch, roll: degrees of lean, forward and to the right.   speed: cm/s.   acceleration: g, right, forward, up.
    trail: where it has been since the last message, (t, x, y).
    """

    id: str
    x: float = 0.0
    y: float = 0.0
    z: float = 3.65
    heading: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    speed: float = 0.0
    acceleration: tuple[float, float, float] = (0.0, 0.0, 1.0)
    battery: int = 100
    face: Annotated[str, Field(pattern=r"^[0-9a-f]{384}$")] | None = None
    front: Hex | None = None
    back: Hex | None = None
    trail: list[TrailPoint] = []


class Robot(Plain):
    """A robot, with what was said and done so far.

    color: tells it from the others.   messages, busy, asked: of its conversation, as it is now.
    code: the id of the message with the program that runs.   line: the line of it that each track performs.
    """

    id: str
    name: str
    color: str
    virtual: bool
    driver: str
    brain: str
    link: Link
    stopped: bool
    busy: bool
    messages: list[Message]
    asked: list[ApprovalAsked]
    predicted: dict[str, list[Point]]
    """The path that a program would take, by the id of the approval it waits for."""
    code: str | None
    line: dict[str, int]
    state: RobotState
    fence: Fence | None
    faults: Faults | None
    """None for a real robot."""


class Pace(Plain):
    """How fast simulated time passes. rate: seconds of it in a second, 0.25 to 8."""

    rate: float = 1.0
    paused: bool = False


class Microphone(Plain):
    """Whether the server can understand speech; text: why not, and what to do."""

    available: bool
    text: str = ""


class Animation(Plain):
    """An animation for the face. frames: 8 rows of 8 hex digits each, indices of the palette."""

    fps: Annotated[int, Field(ge=1, le=30)] = 4
    transition: bool = False
    loop: bool = True
    duration: Annotated[float, Field(ge=0, le=600)] = 0.0
    palette: Annotated[list[Hex], Field(min_length=1, max_length=16)]
    frames: Annotated[
        list[Annotated[list[Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]], Field(min_length=8, max_length=8)]],
        Field(min_length=1, max_length=200),
    ]
