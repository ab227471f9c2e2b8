"""Motions: what a player performs. Small values that can be checked, predicted, stored and sent between processes.

People and models do not write motions, they compose a `Move` or talk to a `LedMatrix`; those make motions. A player
reads motions and never a Move. Each motion belongs to one track; tracks run side by side, and the motions on
one follow one another.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bolt_agent.robot.animation import Animation
from bolt_agent.robot.errors import explain

__all__ = [
    "Aim",
    "Character",
    "Clear",
    "Compass",
    "Curve",
    "Drive",
    "EventName",
    "Fill",
    "Go",
    "Halt",
    "LedName",
    "Light",
    "Motion",
    "MotionAdapter",
    "Pause",
    "Picture",
    "Pixel",
    "Play",
    "React",
    "Rest",
    "Resume",
    "Rotate",
    "Spin",
    "Text",
    "Track",
    "Turn",
    "make",
]

Track: TypeAlias = Literal["ball", "face", "lights"]
EventName: TypeAlias = Literal["collision", "freefall", "landing", "charging", "not_charging"]
LedName: TypeAlias = Literal["front", "back"]

Heading: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Speed: TypeAlias = Annotated[int, Field(ge=-255, le=255)]
Duration: TypeAlias = Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]
HexColor: TypeAlias = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Row: TypeAlias = Annotated[tuple[HexColor, ...], Field(min_length=8, max_length=8)]


class _Motion(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    track: ClassVar[Track] = "ball"


class Drive(_Motion):
    """Roll for `duration` seconds. heading: degrees clockwise from the aim, None = where it faces; speed: -255..255."""

    kind: Literal["drive"] = "drive"
    heading: Heading | None
    speed: Speed
    duration: Duration
    waddle: bool = False


class Curve(_Motion):
    """Follow setpoints `(seconds since the start, heading, speed)`; they hold until the next one."""

    kind: Literal["curve"] = "curve"
    points: Annotated[tuple[tuple[Duration, Heading, Speed], ...], Field(min_length=1, max_length=20_000)]
    duration: Duration


class Go(_Motion):
    """Roll a distance in cm and come to rest there."""

    kind: Literal["go"] = "go"
    distance: Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)]
    heading: Heading | None
    speed: Annotated[int, Field(ge=1, le=255)]


class Spin(_Motion):
    """Turn on the spot by `angle` degrees (clockwise +) in `duration` seconds, or as fast as the ball can."""

    kind: Literal["spin"] = "spin"
    angle: Annotated[float, Field(ge=-36_000, le=36_000, allow_inf_nan=False)]
    duration: Duration


class Turn(_Motion):
    """Turn on the spot, the short way, to face `heading`."""

    kind: Literal["turn"] = "turn"
    heading: Heading


class Halt(_Motion):
    """Stop rolling; face `heading` if one is given."""

    kind: Literal["halt"] = "halt"
    heading: Heading | None = None


class Rest(_Motion):
    """Do nothing for `duration` seconds."""

    kind: Literal["rest"] = "rest"
    duration: Duration


class Aim(_Motion):
    """Make the way it faces now the new heading 0."""

    kind: Literal["aim"] = "aim"


class Compass(_Motion):
    """Find north with the compass, then face `direction` and make it the new heading 0."""

    kind: Literal["compass"] = "compass"
    direction: Heading


class React(_Motion):
    """As long as its move lasts: when `event` happens, drop the rest of the move and perform `motions`."""

    kind: Literal["react"] = "react"
    event: EventName
    motions: tuple[Motion, ...] = ()
    log: str = ""


class _FaceMotion(_Motion):
    track: ClassVar[Track] = "face"


class Picture(_FaceMotion):
    """Show a picture: 8 rows from the top of 8 colours from the left."""

    kind: Literal["picture"] = "picture"
    rows: Annotated[
        tuple[Annotated[tuple[HexColor, ...], Field(min_length=8, max_length=8)], ...],
        Field(min_length=8, max_length=8),
    ]


class Fill(_FaceMotion):
    """Light the whole face in one colour."""

    kind: Literal["fill"] = "fill"
    color: HexColor


class Pixel(_FaceMotion):
    """Light one point: x from the left, y from the top, 0..7."""

    kind: Literal["pixel"] = "pixel"
    x: Annotated[int, Field(ge=0, le=7)]
    y: Annotated[int, Field(ge=0, le=7)]
    color: HexColor


class Text(_FaceMotion):
    """Scroll up to 25 characters of latin-1 over the face, `fps` columns a second."""

    kind: Literal["text"] = "text"
    text: Annotated[str, Field(min_length=1, max_length=25, pattern=r"^[\x20-\xff]+$")]
    color: HexColor
    fps: Annotated[int, Field(ge=1, le=30)]


class Character(_FaceMotion):
    """Show one character."""

    kind: Literal["character"] = "character"
    character: Annotated[str, Field(min_length=1, max_length=1, pattern=r"^[\x20-\xff]$")]
    color: HexColor


class Play(_FaceMotion):
    """Play an animation."""

    kind: Literal["play"] = "play"
    animation: Animation


class Pause(_FaceMotion):
    """Freeze the animation."""

    kind: Literal["pause"] = "pause"


class Resume(_FaceMotion):
    """Go on with the frozen animation."""

    kind: Literal["resume"] = "resume"


class Clear(_FaceMotion):
    """Turn the whole face off."""

    kind: Literal["clear"] = "clear"


class Rotate(_FaceMotion):
    """Turn the picture by quarter turns."""

    kind: Literal["rotate"] = "rotate"
    degrees: Literal[0, 90, 180, 270]


class Light(_Motion):
    """Set the front or the back light."""

    track: ClassVar[Track] = "lights"
    kind: Literal["light"] = "light"
    which: LedName
    color: HexColor


Motion: TypeAlias = Annotated[
    Drive
    | Curve
    | Go
    | Spin
    | Turn
    | Halt
    | Rest
    | Aim
    | Compass
    | React
    | Picture
    | Fill
    | Pixel
    | Text
    | Character
    | Play
    | Pause
    | Resume
    | Clear
    | Rotate
    | Light,
    Field(discriminator="kind"),
]
React.model_rebuild()

MotionAdapter: TypeAdapter[Motion] = TypeAdapter(Motion)
"""Checks motions that come from elsewhere: `MotionAdapter.validate_json(...)`."""

M = TypeVar("M", bound=BaseModel)


def make(motion: type[M], **values: Any) -> M:
    """Build a motion, with a BadValue that a person understands where pydantic would tell its own story."""
    try:
        return motion(**values)
    except ValidationError as error:
        raise explain(motion.__name__.lower(), error) from None
