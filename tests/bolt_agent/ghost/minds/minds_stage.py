"""Several minds on the fast clock: a body with a scripted brain, and ghosts with brains by name."""

import asyncio

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.brains.brain import Brain, Code, Say
from bolt_agent.ghost.ghost import Chatbot
from bolt_agent.ghost.messages import Tail, TurnEnded
from bolt_agent.ghost.minds.roster import Roster
from bolt_agent.ghost.minds.work import BrainFor
from drivers.clock import Clock


class Script:
    """A brain that gives prepared answers, one a call, and keeps what it was asked; a number is seconds it takes."""

    name, tries = "scripted", 3

    def __init__(self, *answers, clock=None):
        self.answers = list(answers)
        self.asked = []
        self.clock = clock

    async def reply(self, text, situation):
        self.asked.append((text, situation))
        answer = self.answers.pop(0)
        for part in answer if isinstance(answer, list) else [answer]:
            if isinstance(part, Exception):
                raise part
            if isinstance(part, (int, float)):
                with self.clock.released():
                    await self.clock.sleep(part)
            else:
                yield Say(part) if isinstance(part, str) else part


def program(*lines):
    return Code("def run(moss):\n" + "".join(f"    {line}\n" for line in lines))


class Stage:
    """A virtual BOLT whose own brain, and those of other ghosts, are scripts."""

    def __init__(self, *answers, minds=None, **options):
        self.brain = Script(*answers)
        self.minds = minds or {}
        self.container = assemble(Options(brain="reflex", clock="fast", **options))
        self.container.set(Brain, self.brain)
        self.container.set(BrainFor, lambda ghost, instructions: self.minds[ghost.name])
        self.clock = self.container.force_fetch(Clock)
        for name, mind in self.minds.items():
            mind.clock = self.clock
            self.container.force_fetch(Roster).add(Chatbot(name=name))
        self.items = []

    def play(self, act):
        """Run `act(assembly)` and give what it returns."""

        async def main():
            async with opened(self.container) as assembly:
                self.assembly = assembly
                assembly.conversation.watch(self.items.append)
                try:
                    return await act(assembly)
                finally:
                    self.turns = list(assembly.session.turns)

        return self.clock.run(main())

    def say(self, *texts):
        """Take turns, and wait for what helpers find; the turns."""

        async def act(assembly):
            for text in texts:
                async for _ in assembly.conversation.talk(text):
                    pass
            await assembly.shell.rest()

        self.play(act)
        return self.turns

    @property
    def spoken(self):
        """What the robot said, turn by turn."""
        return [item.turn.reply for item in self.items if isinstance(item, TurnEnded)]

    def messages(self, kind):
        return [item.message for item in self.items if isinstance(item, Tail) and item.message.kind == kind]


def run_fast(main):
    """Run a coroutine function that takes the clock, on a fast one."""
    from drivers.clock import FastClock

    clock = FastClock()
    return clock.run(main(clock))


async def settle():
    """Let everything that can go on now go on."""
    for _ in range(20):
        await asyncio.sleep(0)
