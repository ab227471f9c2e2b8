"""What passes between the studio's server and its pages over the WebSocket and as JSON over HTTP: `bolt-studio/1`.

The first message of a connection is the server's Hello, which holds everything that a page shows, so that one that
comes late, or comes back, needs nothing else. After it come changes. What a ghost says and does are the items of
`bolt-messages/1`, as they are everywhere else. `python -m bolt_agent.studio.typescript` writes these types for pages.

Places are in cm (x right, y forward, z up) in the world's axes, those of a real robot from its start; headings in
degrees clockwise from +y, colours `#rrggbb`, times in seconds of the robots' clock. A face is 64 colours of six hex
digits each, row by row from the top.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bolt_agent.ghost.messages import ApprovalAsked, Item, Message

__all__ = [
    "PROTOCOL",
    "SAMPLE_RATE",
    "Animation",
    "Answer",
    "ClearTrail",
    "ClientMessage",
    "ClientMessageAdapter",
    "Connect",
    "Conversations",
    "Failed",
    "Faults",
    "FaultsChanged",
    "Fence",
    "FloorLine",
    "Gallery",
    "GalleryChanged",
    "Heard",
    "Hello",
    "ItemCame",
    "KeptAnimation",
    "KeptMove",
    "Link",
    "LinkChanged",
    "Listen",
    "Microphone",
    "NewMove",
    "Pace",
    "PaceChanged",
    "Perform",
    "Predicted",
    "Preview",
    "PreviewEnd",
    "Recording",
    "Release",
    "Reset",
    "Robot",
    "RobotState",
    "Run",
    "Say",
    "ServerMessage",
    "ServerMessageAdapter",
    "SetFaults",
    "SetPace",
    "SetWorld",
    "Shape",
    "State",
    "Step",
    "Stop",
    "StopChanged",
    "Track",
    "TrailChanged",
    "World",
    "WorldName",
    "Zone",
]

PROTOCOL = "bolt-studio/1"
"""Grows by new kinds and new fields with defaults; anything else makes it 2."""

SAMPLE_RATE = 16_000
"""Of the microphone's sound: binary frames of 16-bit little-endian samples of one channel."""

Point: TypeAlias = tuple[float, float]
Hex: TypeAlias = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=100)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# ---- what there is to see ----------------------------------------------------------------------------------------


class Shape(_Plain):
    """Something that stands in the world, seen from above: its middle, its extent before it is turned, its height."""

    kind: Literal["wall", "box", "ramp", "ledge", "block", "pin", "cradle"]
    x: float
    y: float
    width: float
    depth: float
    heading: float = 0.0
    height: float = 0.0


class Zone(_Plain):
    """A coloured part of the floor."""

    x: float
    y: float
    width: float
    depth: float
    heading: float
    color: str
    name: str


class FloorLine(_Plain):
    """A line on the floor."""

    points: list[Point]
    width: float
    color: str


class World(_Plain):
    """The world of virtual robots. loose: what can be pushed; `State.things` says where it is, in this order."""

    name: str
    about: str
    width: float
    depth: float
    shapes: list[Shape]
    loose: list[Shape]
    zones: list[Zone]
    lines: list[FloorLine]


class WorldName(_Plain):
    """A world that can be chosen."""

    name: str
    about: str
    balls: int
    """How many robots start in it."""


class Fence(_Plain):
    """Where a robot may roll: a circle around (x, y), where it started, or corners."""

    x: float = 0.0
    y: float = 0.0
    radius: float | None = None
    corners: list[Point] | None = None


class Link(_Plain):
    """How the way to a robot is. text: the reason, in words for people; empty while all is well."""

    status: Literal["connecting", "connected", "lost", "failed"]
    text: str = ""


class Faults(_Plain):
    """What is wrong with the radio of a virtual robot.

    drop, duplicate, reorder, corrupt: the share of packets, 0 to 1.   delay: seconds at most.   reach: False is away.
    """

    drop: Share = 0.0
    duplicate: Share = 0.0
    reorder: Share = 0.0
    corrupt: Share = 0.0
    delay: Annotated[float, Field(ge=0, le=5, allow_inf_nan=False)] = 0.0
    reach: bool = True


class RobotState(_Plain):
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
    trail: list[tuple[float, float, float]] = []


class Robot(_Plain):
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


class Pace(_Plain):
    """How fast simulated time passes. rate: seconds of it in a second, 0.25 to 8."""

    rate: float = 1.0
    paused: bool = False


class Microphone(_Plain):
    """Whether the server can understand speech; text: why not, and what to do."""

    available: bool
    text: str = ""


# ---- the server says ---------------------------------------------------------------------------------------------


class Hello(_Plain):
    """All that there is to show. Comes first, and again when another world was chosen or a page fell too far behind.

    version: of the program.   t: the time of the robots' clock.   pace: None where all robots are real.
    """

    type: Literal["hello"] = "hello"
    protocol: str = PROTOCOL
    version: str
    languages: list[str]
    robots: list[Robot]
    world: World | None
    worlds: list[WorldName]
    top_speed: int
    t: float
    pace: Pace | None
    microphone: Microphone


class State(_Plain):
    """Robots that changed, up to 30 times a second; at least once a second. things: x, y, z, w, i, j, k of each."""

    type: Literal["state"] = "state"
    t: float
    robots: list[RobotState]
    things: list[tuple[float, float, float, float, float, float, float]] | None = None


class ItemCame(_Plain):
    """The next item of a robot's conversation."""

    type: Literal["item"] = "item"
    robot: str
    item: Item


class LinkChanged(_Plain):
    """The way to a robot is another. brain: the name of its mind; None: not known yet."""

    type: Literal["link"] = "link"
    robot: str
    link: Link
    brain: str | None = None


class StopChanged(_Plain):
    """The emergency stop is latched, or is not any more."""

    type: Literal["stopped"] = "stopped"
    robot: str
    stopped: bool


class Predicted(_Plain):
    """The path that a program would take which waits for an approval."""

    type: Literal["predicted"] = "predicted"
    robot: str
    approval: str
    path: list[Point]


class TrailChanged(_Plain):
    """The trail of a robot is this from now on."""

    type: Literal["trail"] = "trail"
    robot: str
    trail: list[tuple[float, float, float]]


class PaceChanged(_Plain):
    """Simulated time passes differently."""

    type: Literal["pace"] = "pace"
    pace: Pace


class FaultsChanged(_Plain):
    """The radio of a virtual robot is another."""

    type: Literal["faults"] = "faults"
    robot: str
    faults: Faults


class GalleryChanged(_Plain):
    """Moves or animations were saved, renamed or deleted: read /api/gallery again."""

    type: Literal["gallery"] = "gallery"


class Heard(_Plain):
    """What the server understood of this page's microphone. A final, accepted one is said to the robot."""

    type: Literal["heard"] = "heard"
    text: str
    final: bool = False
    accepted: bool = True


class Failed(_Plain):
    """What this page asked for did not work. request: the id it gave its message."""

    type: Literal["failed"] = "failed"
    request: str | None = None
    text: str


ServerMessage: TypeAlias = Annotated[
    Hello
    | State
    | ItemCame
    | LinkChanged
    | StopChanged
    | Predicted
    | TrailChanged
    | PaceChanged
    | FaultsChanged
    | GalleryChanged
    | Heard
    | Failed,
    Field(discriminator="type"),
]
ServerMessageAdapter: TypeAdapter[ServerMessage] = TypeAdapter(ServerMessage)


# ---- a page says -------------------------------------------------------------------------------------------------


class _Asked(_Plain):
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


class Animation(_Plain):
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


class Preview(_Addressed):
    """Show an animation on the robot while it is being painted; the newest one counts."""

    type: Literal["preview"] = "preview"
    animation: Animation


class PreviewEnd(_Addressed):
    """Painting is over: the face goes dark."""

    type: Literal["preview_end"] = "preview_end"


class SetWorld(_Asked):
    """Put the virtual robots into another world; their conversations begin anew."""

    type: Literal["world"] = "world"
    name: Annotated[str, Field(min_length=1, max_length=1000)]


class Reset(_Asked):
    """Put the virtual robots back to where they started; everything begins anew."""

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


# ---- over HTTP ---------------------------------------------------------------------------------------------------


class KeptMove(_Plain):
    """A move that is kept. picture: where its picture is.   version: changes with its file."""

    name: str
    description: str
    source: str
    ran_well: str | None
    picture: str
    version: str


class KeptAnimation(_Plain):
    """An animation that is kept. animation: None where its file was changed by hand beyond what the editor can show."""

    name: str
    description: str
    source: str
    animation: Animation | None
    picture: str
    version: str


class Gallery(_Plain):
    """GET /api/gallery: what is kept."""

    moves: list[KeptMove]
    animations: list[KeptAnimation]


class NewMove(_Plain):
    """POST /api/moves: keep what a program makes the ball do."""

    name: Name
    description: Annotated[str, Field(min_length=1, max_length=300)]
    code: Annotated[str, Field(min_length=1, max_length=200_000)]


class Conversation(_Plain):
    """A conversation that can be replayed."""

    id: str
    ended: str | None
    """ISO 8601; None: it is the one that goes on."""
    title: str
    """What was said first."""
    turns: int
    seconds: float
    world: str | None


class Conversations(_Plain):
    """GET /api/conversations: the newest first."""

    conversations: list[Conversation]


class Track(_Plain):
    """What one robot did in a recording; everything with its time.

    path: (t, x, y, heading, speed).   faces: (t, 64 colours).   lights: (t, "front" or "back", colour).
    """

    id: str
    color: str
    path: list[tuple[float, float, float, float, float]]
    faces: list[tuple[float, str]]
    lights: list[tuple[float, str, str]]
    events: list[tuple[float, str]]


class Recording(_Plain):
    """GET /api/conversations/ID, and the answer to a report that is posted to /api/recordings."""

    id: str
    began: float
    ended: float
    """Seconds of the robot's clock, as all times in it."""
    world: World | None
    robots: list[Track]
    items: list[tuple[float, Item]]
