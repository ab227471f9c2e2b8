"""What the server tells pages."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from bolt_agent.ghost.messages import Item
from bolt_agent.studio.protocol.seen import (
    Faults,
    Link,
    Microphone,
    Pace,
    Plain,
    Point,
    Robot,
    RobotState,
    ThingPlace,
    TrailPoint,
    World,
    WorldName,
)

__all__ = [
    "PROTOCOL",
    "Failed",
    "FaultsChanged",
    "GalleryChanged",
    "Heard",
    "Hello",
    "ItemCame",
    "LinkChanged",
    "PaceChanged",
    "Predicted",
    "ServerMessage",
    "ServerMessageAdapter",
    "State",
    "StopChanged",
    "TrailChanged",
]

PROTOCOL = "bolt-studio/1"
"""Grows by new kinds and new fields with defaults; anything else makes it 2."""


class Hello(Plain):
    """All that there is to show. Comes first, and again when another world was chosen or a page fell too far behind.

    version: of the program.   t: the time of the robots' clock.   pace: None where all robots are real.
    """

    type: Literal["hello"] = "hello"
    protocol: str = PROTOCOL
    version: str
    languages: list[str]
    robots: list[Robot]
    world: World | None
    things: list[ThingPlace] = Field(default_factory=list)
    """Where the world's loose things are now."""
    worlds: list[WorldName]
    top_speed: int
    t: float
    pace: Pace | None
    microphone: Microphone


class State(Plain):
    """Robots that changed, up to 30 times a second; at least once a second. things: of the world, where one moved."""

    type: Literal["state"] = "state"
    t: float
    robots: list[RobotState]
    things: list[ThingPlace] | None = None


class ItemCame(Plain):
    """The next item of a robot's conversation."""

    type: Literal["item"] = "item"
    robot: str
    item: Item


class LinkChanged(Plain):
    """The way to a robot is another. brain: the name of its mind; None: not known yet."""

    type: Literal["link"] = "link"
    robot: str
    link: Link
    brain: str | None = None


class StopChanged(Plain):
    """The emergency stop is latched, or is not any more."""

    type: Literal["stopped"] = "stopped"
    robot: str
    stopped: bool


class Predicted(Plain):
    """The path that a program would take which waits for an approval."""

    type: Literal["predicted"] = "predicted"
    robot: str
    approval: str
    path: list[Point]


class TrailChanged(Plain):
    """The trail of a robot is this from now on."""

    type: Literal["trail"] = "trail"
    robot: str
    trail: list[TrailPoint]


class PaceChanged(Plain):
    """Simulated time passes differently."""

    type: Literal["pace"] = "pace"
    pace: Pace


class FaultsChanged(Plain):
    """The radio of a virtual robot is another."""

    type: Literal["faults"] = "faults"
    robot: str
    faults: Faults


class GalleryChanged(Plain):
    """Moves or animations were saved, renamed or deleted: read /api/gallery again."""

    type: Literal["gallery"] = "gallery"


class Heard(Plain):
    """What the server understood of this page's microphone. A final, accepted one is said to the robot."""

    type: Literal["heard"] = "heard"
    text: str
    final: bool = False
    accepted: bool = True


class Failed(Plain):
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
