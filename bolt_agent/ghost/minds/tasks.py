"""The work of ghosts as a tree of tasks: each has a ghost, a context and a thread, and one worker of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bolt_agent.brains.brain import Part
from bolt_agent.ghost.ghost import Ghost
from bolt_agent.ghost.minds.bus import EventBus, EventType, TaskEvent
from bolt_agent.ghost.minds.driver import GhostDriver, driver_of
from bolt_agent.ghost.minds.errors import TaskEnded, TooManyTasks, UnknownTask
from bolt_agent.ghost.minds.task_worker import TaskWorker
from bolt_agent.ghost.minds.work import Resources, Task, TaskState, Work

__all__ = ["DEEPEST", "MOST_AT_A_TIME", "Tasks"]

DEEPEST = 4
"""Tasks in each other, the root counted."""

MOST_AT_A_TIME = 32
"""Tasks that have not ended."""

ENDED_KEPT = 100
"""Tasks that have ended and can still be read."""

CALLBACKS = {
    TaskState.FINISHED: EventType.FINISHED,
    TaskState.FAILED: EventType.FAILED,
    TaskState.WAITING: EventType.WAITING,
}
"""What a parent is told."""


class Tasks:
    """Creates tasks, passes events to them, waits for them and cancels them.

    bus: carries the events.   resources: what every task shares.
    """

    def __init__(self, bus: EventBus, resources: Resources) -> None:
        self._bus = bus
        self._resources = resources
        self._numbers = itertools.count(1)
        self._workers: dict[str, TaskWorker] = {}
        self._ended: dict[str, Task] = {}

    def __iter__(self) -> Iterator[Task]:
        """The tasks, parents first; those that have ended come first of all."""
        yield from self._ended.values()
        yield from (worker.work.task for worker in self._workers.values())

    def __getitem__(self, task_id: str) -> Task:
        """A task. Raises UnknownTask."""
        if task_id in self._workers:
            return self._workers[task_id].work.task
        if task_id in self._ended:
            return self._ended[task_id]
        known = ", ".join(self._workers) or "none is under way"
        raise UnknownTask(f"there is no task {task_id!r}: {known}")

    def children(self, task_id: str) -> list[Task]:
        """The tasks under way that this one has begun."""
        return [worker.work.task for worker in self._workers.values() if worker.work.task.parent == task_id]

    async def create(
        self,
        ghost: Ghost,
        *,
        parent: str | None = None,
        goal: str = "",
        context: dict[str, Any] | None = None,
        calls_back: bool = False,
        driver: GhostDriver | None = None,
    ) -> Task:
        """Begin a task; with a goal it sets to work at once. Raises TooManyTasks, UnknownTask."""
        depth = self[parent].depth + 1 if parent is not None else 1
        if depth > DEEPEST:
            raise TooManyTasks(f"a task may not be deeper than {DEEPEST} in others: let {parent} do it itself")
        if len(self._workers) >= MOST_AT_A_TIME:
            raise TooManyTasks(f"{MOST_AT_A_TIME} tasks are under way: cancel one, or wait until one has ended")
        driver = driver or driver_of(ghost)
        task = Task(
            id=driver.make_task_id(parent, next(self._numbers)),
            ghost=ghost.name,
            parent=parent,
            depth=depth,
            goal=goal,
            context=context or {},
            calls_back=calls_back,
        )
        work = Work(task, ghost, driver, self._resources)
        self._workers[task.id] = TaskWorker(work, self._bus, self._finish)
        if goal:
            await self.send(task.id, goal)
        return task

    async def send(
        self,
        task_id: str,
        text: str = "",
        *,
        type: EventType = EventType.INPUT,  # noqa: A002 - as the event has it
        data: dict[str, Any] | None = None,
        sender: str | None = None,
    ) -> None:
        """Send an event to a task. Raises UnknownTask, TaskEnded."""
        if self[task_id].state.ended:
            raise TaskEnded(f"the task {task_id} has {self[task_id].state}: begin another")
        self._workers[task_id].expect()
        await self._bus.send(TaskEvent(task=task_id, type=type, text=text, data=data or {}, sender=sender))

    async def wait(self, task_id: str) -> Task:
        """Wait until a task has dealt with everything it was sent, or has ended. Raises UnknownTask."""
        task = self[task_id]
        if task_id in self._workers:
            await self._workers[task_id].settled.wait()
        return task

    async def cancel(self, task_id: str) -> None:
        """End a task and all it has begun, whatever they do; harmless when it has ended. Raises UnknownTask."""
        if not self[task_id].state.ended:
            worker = self._workers[task_id]
            await self._bus.send(TaskEvent(task=task_id, type=EventType.CANCEL))
            await worker.gone.wait()

    @contextmanager
    def heard(self, task_id: str, listener: Callable[[Part], None]) -> Iterator[None]:
        """Inside `with`, the listener is given what the brain of a task says and writes. Raises UnknownTask."""
        self[task_id]
        listeners = self._workers[task_id].work.heard if task_id in self._workers else []
        listeners.append(listener)
        try:
            yield
        finally:
            listeners.remove(listener)

    def variables(self, task_id: str) -> dict[str, Any]:
        """The variables that the MOSS module of a task keeps, as plain data."""
        worker = self._workers.get(task_id)
        return worker.work.variables if worker is not None else {}

    async def close(self) -> None:
        """Cancel every task."""
        for task_id in [task.id for task in self if task.parent is None and not task.state.ended]:
            await self.cancel(task_id)

    async def _finish(self, task: Task) -> None:
        """A task has answered or ended: tell its parent, and end what it has begun."""
        callback = CALLBACKS.get(task.state)
        if task.state.ended:
            del self._workers[task.id]
            self._ended[task.id] = task
            while len(self._ended) > ENDED_KEPT:
                del self._ended[next(iter(self._ended))]
            for child in self.children(task.id):
                await self.cancel(child.id)
        if task.calls_back and callback is not None and task.parent in self._workers:
            data = {"ghost": task.ghost, "goal": task.goal}
            await self.send(task.parent, task.text, type=callback, data=data, sender=task.id)
