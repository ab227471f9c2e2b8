"""What passes between a ghost and everything that shows or keeps it: one typed stream, `bolt-messages/1`.

A turn is a stream of items. It begins with TurnBegan and ends with TurnEnded; between them come messages. A message
that grows is a Head, then Chunks, then a Tail that holds the whole and corrects the chunks where they differ; one that
comes in one piece is its Tail alone:

    TurnBegan(turn=1, say='show a heart')
    Head(id='1.1', kind='text')   Chunk(id='1.1', text='A he')   Chunk(id='1.1', text='art!')
    Tail(message=Text(id='1.1', text='A heart!'))
    Head(id='1.2', kind='code')   Chunk(...)   Tail(message=Code(id='1.2', text='def run(moss): ...'))
    Line(line=2)
    Tail(message=Result(id='1.3', answers='1.2'))
    TurnEnded(turn=Turn(say='show a heart', reply='A heart!', ...))

Every item is JSON (`item.model_dump(mode="json")`), and `ItemAdapter` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bolt_agent.brains.brain import Status

__all__ = [
    "SCHEMA",
    "ApprovalAsked",
    "Audio",
    "Chunk",
    "Code",
    "Event",
    "Head",
    "Image",
    "Item",
    "ItemAdapter",
    "Line",
    "Message",
    "MessageAdapter",
    "Notice",
    "Reasoning",
    "Result",
    "Role",
    "Tail",
    "Text",
    "ToolCall",
    "ToolResult",
    "Transcript",
    "Turn",
    "TurnBegan",
    "TurnEnded",
]

SCHEMA = "bolt-messages/1"
"""Grows by new kinds and new fields with defaults; anything else makes it 2."""

Role: TypeAlias = Literal["person", "robot", "program", "world"]
"""Whose message it is: what a person said, a ghost said or wrote, a program printed, or what happened to the robot."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


# ---- messages: what is kept ---------------------------------------------------------------------------------------


class _Message(_Frozen):
    id: str
    """Unique within its thread: '3.2' is the second message of the third turn."""
    role: Role = "robot"
    text: str = ""
    """Its content for people."""
    memory: str | None = None
    """What a model is told of it later, where that is not its text."""


class Text(_Message):
    """Something said, by a person or by the robot."""

    kind: Literal["text"] = "text"


class Reasoning(_Message):
    """What a model thought before it answered: shown where asked for, never spoken, never given back to a model."""

    kind: Literal["reasoning"] = "reasoning"


class Code(_Message):
    """A program, in `text`."""

    kind: Literal["code"] = "code"


class Result(_Message):
    """What came of a program: `text` is what it printed. Every program that was begun has exactly one."""

    kind: Literal["result"] = "result"
    role: Role = "program"
    answers: str
    """The id of the program's message."""
    error: str | None = None
    """The text that the program's author should see; None when it ran to its end."""
    again: bool = False
    """Whether its author is given another try."""


class ToolCall(_Message):
    """A model called a tool that is not MOSS code."""

    kind: Literal["call"] = "call"
    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)


class ToolResult(_Message):
    """What a tool answered, in `text`. A call whose result got lost is given one that says so."""

    kind: Literal["answer"] = "answer"
    role: Role = "program"
    answers: str
    """The id of the call."""
    error: bool = False


class Event(_Message):
    """Something happened to the robot: a collision, a stop, a motion that ended; `text` says it in words."""

    kind: Literal["event"] = "event"
    role: Role = "world"
    name: str
    data: dict[str, Any] = Field(default_factory=dict)
    """Its figures, such as {"x": 12.0, "y": 80.5} for where a motion really ended, in cm."""


class Notice(_Message):
    """What the program itself tells the person: a model fell back, a line was dropped, a yes is waited for."""

    kind: Literal["notice"] = "notice"
    role: Role = "program"


class Image(_Message):
    """A picture; `text` says what it shows."""

    kind: Literal["image"] = "image"
    mime: str = "image/png"
    data: str
    """Base64."""


class Audio(_Message):
    """Sound; `text` is what is said in it."""

    kind: Literal["audio"] = "audio"
    mime: str = "audio/wav"
    data: str
    """Base64."""


Message: TypeAlias = Annotated[
    Text | Reasoning | Code | Result | ToolCall | ToolResult | Event | Notice | Image | Audio,
    Field(discriminator="kind"),
]
MessageAdapter: TypeAdapter[Message] = TypeAdapter(Message)
"""Reads one message from plain data."""

Growing: TypeAlias = Literal["text", "reasoning", "code"]
"""The kinds that come in pieces."""


# ---- items: what streams ------------------------------------------------------------------------------------------


class Turn(BaseModel):
    """One thing said, and what came of it. Times are seconds of the clock since the start."""

    say: str
    reply: str = ""
    code: str | None = None
    status: Status = "ok"
    error: str | None = None
    t_start: float = 0.0
    t_end: float = 0.0
    model: str | None = None
    """Which model answered, where one did."""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    """In the unit of the prices in the person's settings."""


class TurnBegan(_Frozen):
    """A turn begins. turn: its number, from 1.   say: the person's words; empty when a program was given instead."""

    item: Literal["began"] = "began"
    turn: int
    say: str


class Head(_Frozen):
    """A message begins to grow."""

    item: Literal["head"] = "head"
    id: str
    kind: Growing
    role: Role = "robot"


class Chunk(_Frozen):
    """The next piece of a message."""

    item: Literal["chunk"] = "chunk"
    id: str
    text: str


class Tail(_Frozen):
    """A message, whole."""

    item: Literal["tail"] = "tail"
    message: Message


class Line(_Frozen):
    """The robot begins what this line of the newest program asked for. line: from 1.   track: 'ball', 'face' ..."""

    item: Literal["line"] = "line"
    line: int
    track: str = "ball"


class ApprovalAsked(_Frozen):
    """A program wants something that a person must allow; it waits for the answer to this id."""

    item: Literal["asked"] = "asked"
    id: str
    question: str


class TurnEnded(_Frozen):
    """The turn is over: nothing finite is moving any more."""

    item: Literal["ended"] = "ended"
    turn: Turn


Item: TypeAlias = Annotated[
    TurnBegan | Head | Chunk | Tail | Line | ApprovalAsked | TurnEnded, Field(discriminator="item")
]
ItemAdapter: TypeAdapter[Item] = TypeAdapter(Item)
"""Reads one item from plain data."""


class Transcript:
    """A stream folded into its messages, so that a late comer sees what the others saw.

    >>> transcript = Transcript([Head(id="1.1", kind="text"), Chunk(id="1.1", text="Hel"), Chunk(id="1.1", text="lo")])
    >>> [message.text for message in transcript.messages]
    ['Hello']

    most: how many messages are held; the oldest go first.
    """

    def __init__(self, items: Iterable[Item] = (), *, most: int | None = None) -> None:
        self._messages: dict[str, Message] = {}
        self._most = most
        for item in items:
            self.add(item)

    @property
    def messages(self) -> list[Message]:
        """The messages in their order, the growing ones as far as they are there."""
        return list(self._messages.values())

    def add(self, item: Item) -> None:
        """Take in the next item."""
        match item:
            case TurnBegan(turn=turn, say=say) if say:
                self._messages[f"{turn}.0"] = Text(id=f"{turn}.0", role="person", text=say)
            case Head(id=identity, kind=kind, role=role):
                self._messages[identity] = MessageAdapter.validate_python({"id": identity, "kind": kind, "role": role})
            case Chunk(id=identity, text=text) if identity in self._messages:
                message = self._messages[identity]
                self._messages[identity] = message.model_copy(update={"text": message.text + text})
            case Tail(message=message):
                self._messages[message.id] = message
            case _:
                pass
        while self._most is not None and len(self._messages) > self._most:
            del self._messages[next(iter(self._messages))]
