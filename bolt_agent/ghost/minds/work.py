"""A task as data, and the same under way: what a driver is given to work with."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from pydantic import BaseModel, Field

from bolt_agent.brains.brain import Attempt, Brain, Exchange, Observation, Part
from bolt_agent.container import Container
from bolt_agent.ghost.ghost import Ghost
from bolt_agent.moss.worker.executor import Executor
from drivers.clock import Clock

if TYPE_CHECKING:
    from bolt_agent.ghost.minds.driver import GhostDriver

__all__ = ["BrainFor", "ExecutorFor", "Resources", "Task", "TaskState", "Work"]


class BrainFor(Protocol):
    """Gives what a ghost thinks with."""

    def __call__(self, ghost: Ghost, instructions: str, /) -> Brain:
        """The brain of a ghost that is told those instructions. Raises BrainError where there is none to be had."""


ExecutorFor: TypeAlias = Callable[[Ghost, str], Executor]
"""Gives an executor for the code of a ghost, on behalf of a task."""


class TaskState(enum.StrEnum):
    """How a task stands."""

    RUNNING = enum.auto()
    """At work, or about to be."""
    WAITING = enum.auto()
    """Has nothing to do until it is told something."""
    FINISHED = enum.auto()
    FAILED = enum.auto()
    CANCELLED = enum.auto()

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self in (TaskState.FINISHED, TaskState.FAILED, TaskState.CANCELLED)


class Task(BaseModel):
    """A task, as plain data. goal: what it is to end with; without one it answers until it is ended.

    text: its latest answer, its result, or why it failed.   calls_back: whether its parent is told how it stands.
    """

    id: str
    ghost: str
    parent: str | None = None
    depth: int = 1
    goal: str = ""
    context: dict[str, Any] = Field(default_factory=dict)
    state: TaskState = TaskState.WAITING
    text: str = ""
    calls_back: bool = False


@dataclass(frozen=True)
class Resources:
    """What every task shares: the clock, where brains and executors come from, and the container above its own."""

    clock: Clock
    brain_for: BrainFor
    executor_for: ExecutorFor
    container: Container | None = None


@dataclass
class Work:
    """A task under way, as its driver sees it.

    thread: the exchanges so far.   heard: is given what its brain says and writes, as it comes.
    asked, programs: what is being worked on, and the programs written for it.
    """

    task: Task
    ghost: Ghost
    driver: GhostDriver
    resources: Resources
    thread: list[Exchange] = field(default_factory=list)
    heard: list[Callable[[Part], None]] = field(default_factory=list)
    asked: str = ""
    programs: list[Attempt | Observation] = field(default_factory=list)
    _brain: Brain | None = None
    _executor: Executor | None = None
    _container: Container | None = None

    @property
    def clock(self) -> Clock:
        """The clock of the robot; it is held while a brain thinks."""
        return self.resources.clock

    @property
    def brain(self) -> Brain:
        """What it thinks with. Raises BrainError where there is none to be had."""
        if self._brain is None:
            self._brain = self.resources.brain_for(self.ghost, self.driver.get_instructions())
        return self._brain

    @property
    def executor(self) -> Executor:
        """What runs its code, if it writes some."""
        if self._executor is None:
            self._executor = self.resources.executor_for(self.ghost, self.task.id)
        return self._executor

    @property
    def container(self) -> Container:
        """What its driver and its actions share, with what the driver provides."""
        if self._container is None:
            self._container = Container(self.resources.container, name=self.task.id)
            self._container.register(*self.driver.providers())
        return self._container

    @property
    def variables(self) -> dict[str, Any]:
        """What its MOSS module keeps, as plain data."""
        kept: dict[str, Any] = self._executor.context.get("properties", {}) if self._executor is not None else {}
        return kept

    def close(self) -> None:
        """End what was begun for it."""
        if self._executor is not None:
            self._executor.close()
        if self._container is not None:
            self._container.shutdown()
