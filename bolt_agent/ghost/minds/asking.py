"""The host of `moss.ghosts`: on behalf of one task, lets other ghosts think."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from bolt_agent.ghost.minds.errors import GhostError, UnknownTask
from bolt_agent.ghost.minds.roster import Roster
from bolt_agent.ghost.minds.tasks import Tasks
from bolt_agent.ghost.minds.work import Task, TaskState

__all__ = ["GhostsHost", "ask"]


async def ask(tasks: Tasks, roster: Roster, name: str, text: str, *, parent: str | None) -> Task:
    """Ask a ghost and wait: one that this task has asked before remembers. The task, which has the answer as its text.

    Raises UnknownGhost, TooManyTasks. Who gives up waiting ends the one that was asked.
    """
    asked = [task for task in tasks.children(parent) if task.ghost == name and not task.goal] if parent else []
    task = asked[0] if asked else await tasks.create(roster[name], parent=parent)
    try:
        await tasks.send(task.id, text, sender=parent)
        return await tasks.wait(task.id)
    except asyncio.CancelledError:
        with suppress(UnknownTask):
            await tasks.cancel(task.id)
        raise


class GhostsHost:
    """Answers what programs want of `moss.ghosts`. task: on whose behalf; the ghosts it begins call back there."""

    def __init__(self, tasks: Tasks, roster: Roster, task: str) -> None:
        self._tasks = tasks
        self._roster = roster
        self._task = task
        self._does: dict[str, Callable[[str, str], Awaitable[Any]]] = {
            "ask": self._ask,
            "cancel": self._cancel,
            "known": self._known,
            "send": self._send,
            "spawn": self._spawn,
        }

    async def answer(self, what: str, args: dict[str, Any]) -> Any:  # noqa: ARG002 - there is but one request
        """Do what a program asks for. Raises GhostError."""
        do = self._does.get(str(args.get("do")))
        if do is None:
            raise GhostError(f"ghosts cannot {args.get('do')!r}")
        return await do(str(args.get("name") or args.get("task") or ""), str(args.get("text", "")))

    async def _ask(self, name: str, text: str) -> str:
        task = await ask(self._tasks, self._roster, name, text, parent=self._task)
        if task.state is not TaskState.WAITING:
            raise GhostError(f"{name} could not answer: {task.text or task.state}")
        return task.text

    async def _spawn(self, name: str, text: str) -> str:
        if not text.strip():
            raise GhostError(f"say what {name} shall do: moss.ghosts.spawn({name!r}, 'think about ...')")
        task = await self._tasks.create(self._roster[name], parent=self._task, goal=text, calls_back=True)
        return task.id

    async def _send(self, task: str, text: str) -> None:
        await self._tasks.send(self._mine(task), text, sender=self._task)

    async def _cancel(self, task: str, _: str) -> None:
        await self._tasks.cancel(self._mine(task))

    async def _known(self, _: str, __: str) -> list[str]:
        return [*self._roster]

    def _mine(self, task: str) -> str:
        """A program reaches the tasks below its own, and no others."""
        if not task.startswith(f"{self._task}/"):
            raise UnknownTask(f"there is no task {task!r} of yours")
        return task
