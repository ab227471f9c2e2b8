"""The worker of one task: takes its events in order, and ends at once when it is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bolt_agent.brains.errors import BrainError
from bolt_agent.ghost.minds.bus import EventBus, EventType, TaskEvent
from bolt_agent.ghost.minds.errors import GhostError
from bolt_agent.ghost.minds.work import Task, TaskState, Work
from bolt_agent.ghost.operators import Error, Fail, Finish, Observe, Operator, Think, Wait
from bolt_agent.moss.errors import MossError
from bolt_agent.robot.errors import RobotError

__all__ = ["MOST_ERRORS", "MOST_ROUNDS", "TaskWorker"]

MOST_ROUNDS = 8
"""Times in a row that a ghost may observe or think before it must answer."""

MOST_ERRORS = 3
"""Times in a row that it may go wrong before the task fails."""


class TaskWorker:
    """Takes the events of one task, in order; a cancel ends what is being done.

    finish: is told when the task has answered or ended.
    settled: there is nothing more to deal with.   gone: the task has ended, and all it has begun.
    """

    def __init__(self, work: Work, bus: EventBus, finish: Callable[[Task], Awaitable[None]]) -> None:
        self.work = work
        self.settled, self.gone = asyncio.Event(), asyncio.Event()
        self.settled.set()
        self._bus = bus
        self._finish = finish
        self._pending = 0
        self._inbox: asyncio.Queue[TaskEvent] = asyncio.Queue()
        self._working = asyncio.create_task(self._work(), name=work.task.id)
        self._listening = asyncio.create_task(self._listen())

    def expect(self) -> None:
        """An event is on its way."""
        self.work.task.state = TaskState.RUNNING
        self._pending += 1
        self.settled.clear()

    async def _listen(self) -> None:
        while (event := await self._bus.receive(self.work.task.id)).type is not EventType.CANCEL:
            self._inbox.put_nowait(event)
        self._working.cancel()

    async def _work(self) -> None:
        task = self.work.task
        try:
            await self.work.driver.on_creating(self.work)
            while not task.state.ended:
                event = await self._inbox.get()
                await self._deal_with(event)
                self._pending -= 1
                if self._pending and not task.state.ended:
                    task.state = TaskState.RUNNING
                elif not task.state.ended:
                    self.settled.set()
        except asyncio.CancelledError:
            task.state = TaskState.CANCELLED
        except Exception as error:  # it could not even begin
            task.state, task.text = TaskState.FAILED, _in_words(error)
        finally:
            self._listening.cancel()
            self.work.close()
            await self._bus.forget(task.id)
            await self._finish(task)
            self.settled.set()  # only now: who waits for it finds its parent told
            self.gone.set()

    async def _deal_with(self, event: TaskEvent) -> None:
        """Work on one event until the ghost answers, waits or ends."""
        task = self.work.task
        rounds = errors = 0
        while True:
            match operator := await self._handled(event):
                case Think() | Observe() if rounds < MOST_ROUNDS:
                    rounds += 1
                    event = TaskEvent(task=task.id, type=EventType.ROTATE, text=operator.text)
                case Error() if errors < MOST_ERRORS - 1:
                    errors += 1
                    event = TaskEvent(task=task.id, type=EventType.ERROR, text=operator.text)
                case Finish():
                    task.state, task.text = TaskState.FINISHED, operator.text
                    return
                case Fail() | Error():
                    task.state, task.text = TaskState.FAILED, operator.text
                    return
                case _:
                    task.state, task.text = TaskState.WAITING, operator.text or task.text
                    await self._finish(task)
                    return

    async def _handled(self, event: TaskEvent) -> Operator:
        driver = self.work.driver
        try:
            parsed = driver.parse_event(event, self.work)
            return await driver.on_event(parsed, self.work) if parsed is not None else Wait()
        except Exception as error:  # of one ghost; the others go on
            return Fail(_in_words(error))


def _in_words(error: Exception) -> str:
    ours = isinstance(error, BrainError | GhostError | MossError | RobotError)
    return str(error) if ours else f"{type(error).__name__}: {error}"
