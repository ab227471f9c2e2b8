"""The event bus: carries events to the tasks of ghosts. In memory here; the interface is made for a broker."""

from __future__ import annotations

import asyncio
import enum
import uuid
from collections import deque
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["EventBus", "EventType", "MemoryBus", "TaskEvent"]


class EventType(enum.StrEnum):
    """What an event is to the task that gets it."""

    INPUT = enum.auto()
    """Somebody says something."""
    ACTION_CALL = enum.auto()
    """An action is to be performed; `data` has its name and arguments."""
    APPROVE = enum.auto()
    """A person allowed or forbade what was asked; `data` says which."""
    NOTIFY = enum.auto()
    """Something to know, that asks for no answer."""
    CANCEL = enum.auto()
    """Stop, and end. Overtakes every other event."""
    ROTATE = enum.auto()
    """Go on by yourself: the round after an observation or a thought."""
    ERROR = enum.auto()
    """Something went wrong; the task may mend it."""
    FINISHED = enum.auto()
    """A callback: a task that this one began is done; `text` is its result."""
    FAILED = enum.auto()
    """A callback: it could not be done; `text` says why."""
    WAITING = enum.auto()
    """A callback: it waits for an answer; `text` is what it asks."""

    @property
    def is_callback(self) -> bool:
        """Whether a task tells its parent how it stands."""
        return self in (EventType.FINISHED, EventType.FAILED, EventType.WAITING)


class TaskEvent(BaseModel):
    """An event for a task: plain JSON, so that any broker can carry it.

    task: whom it is for.   sender: the task it comes from; None for a person or the program.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    task: str
    type: EventType = EventType.INPUT
    text: str = ""
    data: dict[str, Any] = Field(default_factory=dict)
    sender: str | None = None


class EventBus(Protocol):
    """Carries events. What is sent to one task arrives in the order sent, except that a cancel comes first."""

    async def send(self, event: TaskEvent) -> None:
        """Send an event; it is kept until its task receives it."""

    async def receive(self, task: str) -> TaskEvent:
        """Wait for the next event of a task; each is given to one receiver, once."""

    async def forget(self, task: str) -> None:
        """The task has ended: drop what it has not received."""


class MemoryBus:
    """An EventBus within this process."""

    def __init__(self) -> None:
        self._inboxes: dict[str, deque[TaskEvent]] = {}
        self._news: dict[str, asyncio.Event] = {}

    async def send(self, event: TaskEvent) -> None:
        inbox = self._inboxes.setdefault(event.task, deque())
        if event.type is EventType.CANCEL:
            inbox.appendleft(event)
        else:
            inbox.append(event)
        self._wake(event.task).set()

    async def receive(self, task: str) -> TaskEvent:
        inbox, news = self._inboxes.setdefault(task, deque()), self._wake(task)
        while not inbox:
            news.clear()
            await news.wait()
        return inbox.popleft()

    async def forget(self, task: str) -> None:
        self._inboxes.pop(task, None)
        self._news.pop(task, None)

    def _wake(self, task: str) -> asyncio.Event:
        return self._news.setdefault(task, asyncio.Event())
