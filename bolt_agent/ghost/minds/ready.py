"""The drivers of our own ghosts: one that talks, one that also writes code, and the ghost of a BOLT's body."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import prompts
from bolt_agent.brains.brain import Attempt, Code, Exchange, Observation, Refuse, Say, Situation, Status
from bolt_agent.ghost.ghost import BoltGhost, Chatbot, Ghost, MossAgent
from bolt_agent.ghost.messages import Item
from bolt_agent.ghost.minds.bus import EventType, TaskEvent
from bolt_agent.ghost.minds.driver import Action, GhostDriver, drives
from bolt_agent.ghost.minds.errors import GhostError
from bolt_agent.ghost.minds.work import Work
from bolt_agent.ghost.operators import Error, Fail, Finish, Observe, Operator, Think, Wait, read_operator
from bolt_agent.ghost.prompt import agent_prompt
from bolt_agent.ghost.turns.rounds import printed_note
from bolt_agent.ghost.turns.telling import spaced

__all__ = [
    "BODY",
    "MIND_MODULE",
    "BoltGhostDriver",
    "ChatbotDriver",
    "MossAction",
    "MossAgentDriver",
    "Mouth",
    "module_source",
]

BODY = "body"
"""The task of the ghost that lives in the body; its helpers' tasks are below it: `body/thinker-2`."""

MIND_MODULE = "prompts.mind"
"""The MOSS module of a ghost that has no body and names none."""

NO_BODY = "(You have no body.)"
"""The context of a ghost that is given none."""

SAID_OF_CALLBACKS: Mapping[EventType, str] = {
    EventType.FINISHED: "{ghost} has finished. {text}",
    EventType.FAILED: "{ghost} could not do it: {text}",
    EventType.WAITING: "{ghost} says: {text}",
}


def module_source(module: str) -> str:
    """The text of a MOSS module of ours, or of one that can be imported. Raises ImportError, OSError."""
    home, _, name = module.rpartition(".")
    if home == "prompts":
        return prompts.read(f"{name}.py")
    return Path(str(import_module(module).__file__)).read_text(encoding="utf-8")


@dataclass
class _Answer:
    """What a brain answered."""

    reply: str = ""
    code: str = ""
    status: Status = "ok"


@drives(Chatbot)
class ChatbotDriver(GhostDriver):
    """Answers words with words. A task with a goal ends with the answer; another waits for more."""

    def parse_event(self, event: TaskEvent, work: Work) -> TaskEvent | None:
        """What is only to be known goes into the thread, and asks for no answer."""
        if event.type in (EventType.NOTIFY, EventType.APPROVE):
            work.thread.append(Exchange(event.text, "", None, "ok"))
            return None
        return event

    async def on_event(self, event: TaskEvent, work: Work) -> Operator:
        """Answer it; a program that observes, thinks or failed is answered again, as an event of its own."""
        if event.type is EventType.ACTION_CALL:
            return await self._called(event, work)
        if event.type not in (EventType.ROTATE, EventType.ERROR):
            work.asked, work.programs = _in_words(event), []
        answer = await self._hear(work)
        operator = await self._act(answer, work)
        if isinstance(operator, Think | Observe | Error):
            return operator
        work.thread.append(Exchange(work.asked, answer.reply, answer.code or None, answer.status))
        if operator is not None and operator.text:
            return operator
        settled: type[Operator] = Finish if work.task.goal else Wait
        if answer.status == "refused" and work.task.goal:
            settled = Fail
        return (type(operator) if operator is not None else settled)(answer.reply)

    async def _act(self, answer: _Answer, work: Work) -> Operator | None:  # noqa: ARG002 - for subclasses
        """Deal with code: who only talks hands it on as it was written."""
        if answer.code:
            answer.reply = f"{answer.reply}\n\n```python\n{answer.code.strip()}\n```".strip()
        return None

    async def _hear(self, work: Work) -> _Answer:
        context = "\n".join(f"{name}: {value}" for name, value in work.task.context.items()) or NO_BODY
        situation = Situation(history=self.truncate(work.thread), attempts=tuple(work.programs), context=context)
        answer = _Answer()
        with work.clock.held():
            async with aclosing(work.brain.reply(work.asked, situation)) as parts:
                async for part in parts:
                    for listener in work.heard:
                        listener(part)
                    if isinstance(part, Code):
                        answer.code += part.text
                    elif isinstance(part, Say | Refuse):
                        answer.reply += spaced(answer.reply, part.text)
                        answer.status = "refused" if isinstance(part, Refuse) else answer.status
        answer.reply = answer.reply.strip()
        return answer

    async def _called(self, event: TaskEvent, work: Work) -> Operator:
        name = event.data.get("name")
        action = next((action for action in self.actions() if action.name == name), None)
        if action is None:
            raise GhostError(f"{self.ghost.name} has no action {name!r}")
        return await action.perform(event.data.get("arguments", {}), work) or Wait()


class MossAction:
    """Runs the code that a ghost writes, in its MOSS module."""

    name = "moss"

    async def perform(self, arguments: Mapping[str, Any], work: Work) -> Operator | None:
        """Run `arguments["code"]`; what it printed is the text of what comes next."""
        code = str(arguments.get("code", ""))
        outcome = await work.executor.run(code)
        if outcome.error is not None:
            work.programs.append(Attempt(code, outcome.error))
            return Error(outcome.error)
        operator, printed = read_operator(outcome.operator), outcome.output.strip()
        if isinstance(operator, Think | Observe):
            notes = printed_note(printed), f"Your note: {operator.text}" if operator.text else ""
            work.programs.append(Observation(code, "\n".join(filter(None, notes)) or "It printed nothing."))
        elif operator is None and printed:
            return Finish(printed) if work.task.goal else Wait(printed)
        return operator


@drives(Ghost, MossAgent)
class MossAgentDriver(ChatbotDriver):
    """Answers with words and code; the code runs in its MOSS module, in a worker of its own."""

    def get_instructions(self) -> str:
        """Persona, instruction and MOSS module."""
        module = self.ghost.moss_module or MIND_MODULE
        return agent_prompt(self.ghost, module, module_source(module))

    def actions(self) -> Sequence[Action]:
        return (MossAction(),)

    async def _act(self, answer: _Answer, work: Work) -> Operator | None:
        if not answer.code:
            return None
        operator = await MossAction().perform({"code": answer.code}, work)
        if isinstance(operator, Finish | Wait) and operator.text:
            answer.reply += spaced(answer.reply, operator.text) if answer.reply else operator.text
            return type(operator)(answer.reply)
        return operator


class Mouth(Protocol):
    """What the ghost of a body speaks and acts through: a Conversation."""

    def talk(self, text: str) -> AsyncIterator[Item]:
        """Take a turn with words."""

    def tell(self, text: str) -> AsyncIterator[Item]:
        """Take a turn in which the robot speaks by itself."""

    def answer(self, approval_id: str, yes: bool) -> None:
        """Answer what waits for a yes. Raises LookupError when nothing does."""


@drives(BoltGhost)
class BoltGhostDriver(MossAgentDriver):
    """The ghost of a body: its turns are those of a conversation, and what its helpers find it tells in one.

    mouth: the conversation; without one it is a MossAgent like any other.
    """

    def __init__(self, ghost: Ghost, mouth: Mouth | None = None) -> None:
        super().__init__(ghost)
        self._mouth = mouth

    def make_task_id(self, parent: str | None, number: int) -> str:
        """There is one body."""
        return BODY if self._mouth is not None else super().make_task_id(parent, number)

    def parse_event(self, event: TaskEvent, work: Work) -> TaskEvent | None:
        """A body deals with all of them."""
        return event if self._mouth is not None else super().parse_event(event, work)

    async def on_event(self, event: TaskEvent, work: Work) -> Operator:
        """Take a turn, and wait for the next event."""
        if self._mouth is None:
            return await super().on_event(event, work)
        if event.type is EventType.APPROVE:
            with suppress(LookupError):  # somebody else was quicker
                self._mouth.answer(str(event.data.get("id")), event.data.get("yes") is True)
        elif event.type is EventType.INPUT:
            await _taken(self._mouth.talk(event.text))
        elif event.type.is_callback or event.type is EventType.NOTIFY:
            await _taken(self._mouth.tell(_in_words(event)))
        return Wait()


async def _taken(turn: AsyncIterator[Item]) -> None:
    """Take a turn to its end; whoever watches the conversation sees it."""
    async for _ in turn:
        pass


def _in_words(event: TaskEvent) -> str:
    """An event as words to a ghost, or from one to a person."""
    said = SAID_OF_CALLBACKS.get(event.type)
    if said is None:
        return event.text
    return said.format(ghost=str(event.data.get("ghost", "it")).capitalize(), text=event.text)
