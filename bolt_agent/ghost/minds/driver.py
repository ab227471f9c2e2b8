"""How a ghost behaves: the driver of its kind. What a ghost is, is data (see `ghost`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from bolt_agent.brains.brain import Exchange
from bolt_agent.container import Provider
from bolt_agent.ghost.artifact import Artifact, find_artifact
from bolt_agent.ghost.ghost import Ghost
from bolt_agent.ghost.minds.bus import EventType, TaskEvent
from bolt_agent.ghost.operators import Fail, Operator, Wait

if TYPE_CHECKING:
    from bolt_agent.ghost.minds.work import Work

__all__ = ["Action", "GhostDriver", "driver_of", "drives"]

REMEMBERED = 20
"""Exchanges of a thread that a ghost is shown, unless its driver says otherwise."""


class Action(Protocol):
    """Something a ghost may do besides speaking, asked for by the code it writes or by an ACTION_CALL event."""

    name: str

    async def perform(self, arguments: Mapping[str, Any], work: Work) -> Operator | None:
        """Do it; what comes next, where the action says so. Raises what its author should see."""


class GhostDriver:
    """The behaviour of one kind of ghost; a subclass changes what it needs to, most of all `on_event`."""

    def __init__(self, ghost: Ghost) -> None:
        self.ghost = ghost

    def make_task_id(self, parent: str | None, number: int) -> str:
        """The id of a task of this ghost: a path that says who began whom.

        >>> GhostDriver(Ghost(name="critic")).make_task_id("crew-1", 4)
        'crew-1/critic-4'
        """
        own = f"{self.ghost.name}-{number}"
        return f"{parent}/{own}" if parent else own

    def get_instructions(self) -> str:
        """The system prompt, the same from turn to turn."""
        parts = [self.ghost.persona or f"You are {self.ghost.__prompt__()}", self.ghost.instruction or ""]
        return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"

    def get_artifact(self, variables: Mapping[str, Any]) -> Artifact | None:
        """What the conversation has made so far. variables: what the MOSS file keeps, as plain data."""
        return find_artifact(self.ghost.artifact_type, variables)

    def actions(self) -> Sequence[Action]:
        """What it may do besides speaking."""
        return ()

    def providers(self) -> Sequence[Provider[Any]]:
        """What its actions find in the container of a task (`work.container`) besides what every task has."""
        return ()

    def parse_event(self, event: TaskEvent, work: Work) -> TaskEvent | None:  # noqa: ARG002 - for subclasses
        """What an event means to this ghost; None drops it."""
        return event

    async def on_creating(self, work: Work) -> None:
        """The task begins; nothing has been received yet."""

    async def on_event(self, event: TaskEvent, work: Work) -> Operator:  # noqa: ARG002 - for subclasses
        """Work on an event; what comes next. What it raises fails the event, and an ERROR event follows."""
        return Fail(event.text) if event.type is EventType.ERROR else Wait()

    def truncate(self, thread: Sequence[Exchange]) -> list[Exchange]:
        """As much of the thread as it is shown."""
        return list(thread[-REMEMBERED:])


_DRIVERS: dict[type[Ghost], type[GhostDriver]] = {}


def drives(*kinds: type[Ghost]) -> Callable[[type[GhostDriver]], type[GhostDriver]]:
    """Say which kinds of ghosts a driver class is for."""

    def register(driver: type[GhostDriver]) -> type[GhostDriver]:
        _DRIVERS.update(dict.fromkeys(kinds, driver))
        return driver

    return register


def driver_of(ghost: Ghost) -> GhostDriver:
    """The driver for a ghost: that of its class, or of the nearest class it inherits from."""
    import bolt_agent.ghost.minds.ready  # noqa: F401 - the drivers of our own kinds

    return next(_DRIVERS[kind](ghost) for kind in type(ghost).__mro__ if kind in _DRIVERS)
