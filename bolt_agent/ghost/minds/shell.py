"""The shell: where the ghosts of one robot live, beside and within its body."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator

from bolt_agent.brains.brain import Code, Note, Part, Refuse, Say
from bolt_agent.brains.brain import Think as Thought
from bolt_agent.ghost.artifact import Artifact
from bolt_agent.ghost.context import Context
from bolt_agent.ghost.ghost import BoltGhost, Ghost
from bolt_agent.ghost.messages import Item, Turn, TurnBegan, TurnEnded
from bolt_agent.ghost.minds.driver import GhostDriver, driver_of
from bolt_agent.ghost.minds.errors import GhostError
from bolt_agent.ghost.minds.ready import BoltGhostDriver, Mouth
from bolt_agent.ghost.minds.roster import Roster
from bolt_agent.ghost.minds.tasks import Tasks
from bolt_agent.ghost.minds.work import Task, TaskState
from bolt_agent.ghost.turns.telling import Teller
from drivers.clock import Clock

__all__ = ["MindConversation", "Shell"]


class Shell:
    """Brings ghosts to life, each in a conversation of its own.

        thinker = shell.sync(Chatbot(name="thinker", persona="You think long and well."))
        async for item in thinker.talk("What is the best way around a table?"):
            ...

    tasks: where their work goes on.   roster: who can be asked by name; a ghost that is synced can be, too.
    """

    def __init__(self, tasks: Tasks, roster: Roster, clock: Clock) -> None:
        self.tasks = tasks
        self.roster = roster
        self._clock = clock
        self._body: Task | None = None

    def sync(self, ghost: Ghost) -> MindConversation:
        """A conversation with a ghost, which begins when it is first talked to."""
        self.roster.add(ghost)
        return MindConversation(self.tasks, ghost, self._clock)

    async def embody(self, mouth: Mouth, ghost: Ghost | None = None) -> Task:
        """Let a ghost live in the body whose conversation this is: what its helpers find is told there."""
        ghost = ghost or BoltGhost(name="bolt")
        driver = BoltGhostDriver(ghost, mouth)
        self._body = await self.tasks.create(ghost, driver=driver)
        return self._body

    async def rest(self) -> None:
        """Wait until no ghost works for the body any more, and all they found is told."""
        while self._body is not None and not self._body.state.ended:
            working = [task for task in self.tasks.children(self._body.id) if task.state is TaskState.RUNNING]
            for task in working:
                await self.tasks.wait(task.id)
            await self.tasks.wait(self._body.id)
            if not working:
                return

    async def close(self) -> None:
        """End every ghost."""
        await self.tasks.close()


class MindConversation:
    """A conversation with a ghost that has no body, one turn at a time; the stream is that of any conversation."""

    def __init__(self, tasks: Tasks, ghost: Ghost, clock: Clock) -> None:
        self._tasks = tasks
        self._ghost = ghost
        self._clock = clock
        self._driver: GhostDriver = driver_of(ghost)
        self._task: Task | None = None
        self._numbers = itertools.count(1)
        self._turn = asyncio.Lock()

    async def talk(self, text: str, context: Context | None = None) -> AsyncGenerator[Item, None]:
        """Say something: one turn, from TurnBegan to TurnEnded. Raises GhostError when the ghost has ended.

        context: what else it should know now; it stays until another one is given.
        """
        self._check(context)
        items: asyncio.Queue[Item | None] = asyncio.Queue()
        async with self._turn:
            taking = asyncio.create_task(self._take(text, context, items))
            try:
                while (item := await items.get()) is not None:
                    yield item
                await taking
            finally:
                taking.cancel()

    def get_artifact(self) -> Artifact | None:
        """What the conversation has made so far, where its ghost makes something."""
        return self._driver.get_artifact(self._tasks.variables(self._task.id) if self._task is not None else {})

    async def close(self) -> None:
        """End the ghost and all it has begun."""
        if self._task is not None:
            await self._tasks.cancel(self._task.id)

    async def _take(self, text: str, context: Context | None, items: asyncio.Queue[Item | None]) -> None:
        """Take a turn; its items, and None at the end."""
        try:
            task = await self._begun()
            if context is not None:
                task.context = context.model_dump(mode="json")
            teller = Teller(items.put_nowait, number := next(self._numbers))
            turn = Turn(say=text, t_start=self._clock.now())
            items.put_nowait(TurnBegan(turn=number, say=text))
            with self._tasks.heard(task.id, lambda part: _tell(teller, part)):
                await self._tasks.send(task.id, text)
                await self._tasks.wait(task.id)
            _settle(turn, task)
            turn.t_end = self._clock.now()
            teller.end(turn.error)
            items.put_nowait(TurnEnded(turn=turn))
        finally:
            items.put_nowait(None)

    def _check(self, context: Context | None) -> None:
        wanted = self._ghost.context_type
        if context is not None and wanted is not None and not isinstance(context, wanted):
            raise GhostError(f"{self._ghost.name} is given a {wanted.__name__}, not a {type(context).__name__}")

    async def _begun(self) -> Task:
        if self._task is None:
            self._task = await self._tasks.create(self._ghost, driver=self._driver)
        return self._task


def _tell(teller: Teller, part: Part) -> None:
    match part:
        case Say(text) | Refuse(text):
            teller.grow("text", text)
        case Code(text):
            teller.grow("code", text)
        case Thought(text):
            teller.grow("reasoning", text)
        case Note(text):
            teller.notice(text)


def _settle(turn: Turn, task: Task) -> None:
    turn.reply = task.text
    if task.state in (TaskState.FAILED, TaskState.CANCELLED):
        turn.status, turn.error = "error", task.text or str(task.state)
