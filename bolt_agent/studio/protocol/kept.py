"""What passes over HTTP: the gallery, and past conversations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bolt_agent.ghost.messages import Item
from bolt_agent.studio.protocol.asked import Name
from bolt_agent.studio.protocol.seen import Animation, Plain, World

__all__ = [
    "Conversation",
    "Conversations",
    "Gallery",
    "KeptAnimation",
    "KeptMove",
    "NewMove",
    "Recording",
    "Track",
]


class KeptMove(Plain):
    """A move that is kept. picture: where its picture is.   version: changes with its file."""

    name: str
    description: str
    source: str
    ran_well: str | None
    picture: str
    version: str


class KeptAnimation(Plain):
    """An animation that is kept. animation: None where its file was changed by hand beyond what the editor can show."""

    name: str
    description: str
    source: str
    animation: Animation | None
    picture: str
    version: str


class Gallery(Plain):
    """GET /api/gallery: what is kept."""

    moves: list[KeptMove]
    animations: list[KeptAnimation]


class NewMove(Plain):
    """POST /api/moves: keep what a program makes the ball do."""

    name: Name
    description: Annotated[str, Field(min_length=1, max_length=300)]
    code: Annotated[str, Field(min_length=1, max_length=200_000)]


class Conversation(Plain):
    """A conversation that can be replayed."""

    id: str
    ended: str | None
    """ISO 8601; None: it is the one that goes on."""
    title: str
    """What was said first."""
    turns: int
    seconds: float
    world: str | None


class Conversations(Plain):
    """GET /api/conversations: the newest first."""

    conversations: list[Conversation]


class Track(Plain):
    """What one robot did in a recording; everything with its time.

    path: (t, x, y, heading, speed).   faces: (t, 64 colours).   lights: (t, "front" or "back", colour).
    """

    id: str
    color: str
    path: list[tuple[float, float, float, float, float]]
    faces: list[tuple[float, str]]
    lights: list[tuple[float, str, str]]
    events: list[tuple[float, str]]


class Recording(Plain):
    """GET /api/conversations/ID, and the answer to a report that is posted to /api/recordings."""

    id: str
    began: float
    ended: float
    """Seconds of the robot's clock, as all times in it."""
    world: World | None
    robots: list[Track]
    items: list[tuple[float, Item]]
