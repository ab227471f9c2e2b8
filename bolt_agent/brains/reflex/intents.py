"""What a person can want of the robot: small values, the same for every language. They hold no words and no code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["BODY_INTENTS", "FACE_INTENTS", "LAST_INTENTS", "Act", "Again", "Aim", "Alter", "Amend", "Answer", "Blink",
            "Border", "Chance", "Character", "Clear", "Countdown", "Define", "Dim", "Face", "Fade", "Fill", "Forget",
            "Halt", "Intent", "Light", "Opposite", "Perform", "Rainbow", "React", "Recolor", "Redirect",
            "Repeat", "Return", "Roll", "Show", "Spin", "Together", "Trace", "Turn", "Undo", "Until", "Wait",
            "Write"]  # fmt: skip

Event: TypeAlias = Literal["collision", "freefall", "landing"]


@dataclass(frozen=True)
class Roll:
    """Roll straight, for a time or a distance. direction: degrees clockwise from the way the person thinks it faces,
    or from the last aim when `absolute`. speed: the byte, 1..255. run_up: the time counts at full speed only."""

    direction: float = 0.0
    absolute: bool = False
    seconds: float | None = None
    cm: float | None = None
    speed: int = 90
    waddle: bool = False
    run_up: bool = False


@dataclass(frozen=True)
class Turn:
    """Turn on the spot: later directions count from there. angle: clockwise, in `seconds` if they are given."""

    angle: float
    seconds: float | None = None


@dataclass(frozen=True)
class Face:
    """Turn on the spot to face a heading, counted from the last aim."""

    heading: float


@dataclass(frozen=True)
class Spin:
    """Full turns on the spot, clockwise if positive; it faces the same way afterwards, unless by chance."""

    turns: float = 1.0
    seconds: float = 1.0
    by_chance: bool = False


@dataclass(frozen=True)
class Trace:
    """Roll along a shape. size: cm along a side or across; width: the other side of a rectangle."""

    shape: str
    size: float | None = None
    width: float | None = None
    times: int = 1
    clockwise: bool = True
    direction: float = 0.0
    scale: float = 1.0
    speed: int | None = None


@dataclass(frozen=True)
class Wait:
    """Do nothing for a while."""

    seconds: float = 1.0


@dataclass(frozen=True)
class Act:
    """A mood or a dance by its name: movement, face and light together. pace: 2 for twice as fast as usual."""

    name: str
    seconds: float | None = None
    times: int = 1
    pace: float = 1.0


@dataclass(frozen=True)
class Return:
    """Go back to where this began, or to the very start when `home`."""

    home: bool = False
    speed: int = 90


@dataclass(frozen=True)
class Halt:
    """Stop; what comes before has ended anyway."""


@dataclass(frozen=True)
class Aim:
    """Make the way it faces the new forward."""


@dataclass(frozen=True)
class Show:
    """Show a picture, for a time if one is given."""

    icon: str
    color: str | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Fill:
    """The whole face in one colour, for a time if one is given. other: the colour of its right half."""

    color: str
    seconds: float | None = None
    other: str | None = None


@dataclass(frozen=True)
class Border:
    """A frame around the face."""

    color: str = "white"


@dataclass(frozen=True)
class Write:
    """Scroll a text."""

    text: str
    color: str = "white"
    times: int = 1
    fps: int = 10


@dataclass(frozen=True)
class Character:
    """Show one character."""

    character: str
    color: str = "white"
    seconds: float | None = None


@dataclass(frozen=True)
class Blink:
    """On and off: a picture or the whole face (`light` None), or a light. Colours take turns. beat: seconds."""

    times: int = 3
    colors: tuple[str, ...] = ()
    icon: str | None = None
    light: str | None = None
    beat: float | None = None


@dataclass(frozen=True)
class Rainbow:
    """One colour after another, over the face or a light."""

    times: int = 1
    light: str | None = None
    beat: float | None = None


@dataclass(frozen=True)
class Fade:
    """One colour becomes the next little by little, over the face, a picture or a light."""

    colors: tuple[str, ...]
    seconds: float = 3.0
    light: str | None = None
    icon: str | None = None


@dataclass(frozen=True)
class Countdown:
    """Numbers one after another, one a second."""

    first: int = 5
    last: int = 1
    color: str = "white"


@dataclass(frozen=True)
class Chance:
    """One of several texts, nobody knows which: a die, a coin. name: what it is."""

    name: str
    among: tuple[str, ...]


@dataclass(frozen=True)
class Clear:
    """Turn off the face, or all the lights too."""

    lights: bool = False


@dataclass(frozen=True)
class Light:
    """Set the front or the back light."""

    which: Literal["front", "back"]
    color: str
    seconds: float | None = None


@dataclass(frozen=True)
class Dim:
    """What is lit, that bright (0..1), or so many times as bright if `relative`; little by little if `seconds`."""

    level: float
    relative: bool = False
    part: str = "all"
    seconds: float | None = None


@dataclass(frozen=True)
class Repeat:
    """Several times the same. name: what it plays with that, if it plays something."""

    times: int
    body: tuple[Intent, ...]
    name: str | None = None


@dataclass(frozen=True)
class Together:
    """Face and lights while the ball moves."""

    face: tuple[Intent, ...]
    body: tuple[Intent, ...]


@dataclass(frozen=True)
class Until:
    """Keep doing something until an event, and then something else."""

    event: Event
    body: tuple[Intent, ...]
    then: tuple[Intent, ...] = ()


@dataclass(frozen=True)
class React:
    """Whenever an event happens during the body (or in what is asked later, without one), do something else."""

    event: Event
    then: tuple[Intent, ...]
    body: tuple[Intent, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Say something. topic: a key of the phrases; asks: whether it is a question about the robot."""

    topic: str
    asks: bool = False


@dataclass(frozen=True)
class Again:
    """The last thing once more, or several times; what is `like` this in it, if that is named.
    commands: how many of the last commands that is."""

    times: int = 1
    like: tuple[Intent, ...] = ()
    commands: int = 1


@dataclass(frozen=True)
class Alter:
    """The last thing faster, slower, bigger or smaller; "pace": at that speed, whatever it was."""

    what: Literal["speed", "size", "pace"]
    factor: float


@dataclass(frozen=True)
class Amend:
    """The last thing with another amount: "no, make that two"."""

    amount: float


@dataclass(frozen=True)
class Recolor:
    """The last thing shown in another colour."""

    color: str


@dataclass(frozen=True)
class Redirect:
    """The last roll, but that way: "no, left"."""

    direction: float


@dataclass(frozen=True)
class Opposite:
    """The last thing the other way around."""


@dataclass(frozen=True)
class Undo:
    """Take the last move back, or several commands."""

    commands: int = 1


@dataclass(frozen=True)
class Define:
    """Remember a move under a name: these intents, or the last thing when there are none."""

    name: str
    body: tuple[Intent, ...] = ()


@dataclass(frozen=True)
class Perform:
    """Do a move that has a name."""

    name: str
    times: int = 1


@dataclass(frozen=True)
class Forget:
    """Forget a named move."""

    name: str


Intent: TypeAlias = (
    Roll
    | Turn
    | Face
    | Spin
    | Trace
    | Wait
    | Act
    | Return
    | Halt
    | Aim
    | Show
    | Fill
    | Border
    | Write
    | Character
    | Blink
    | Rainbow
    | Fade
    | Countdown
    | Chance
    | Clear
    | Light
    | Dim
    | Repeat
    | Together
    | Until
    | React
    | Answer
    | Again
    | Alter
    | Amend
    | Recolor
    | Redirect
    | Opposite
    | Undo
    | Define
    | Perform
    | Forget
)

FACE_INTENTS = (Show, Fill, Border, Write, Character, Blink, Rainbow, Fade, Countdown, Chance, Clear, Light)
BODY_INTENTS = (Roll, Turn, Face, Spin, Trace, Wait, Act, Return, Halt, Aim)
LAST_INTENTS = (Again, Alter, Amend, Recolor, Redirect, Opposite, Undo)
"""What refers to what was done before."""
