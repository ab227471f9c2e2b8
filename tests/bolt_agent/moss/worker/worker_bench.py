"""A robot's side that keeps what programs ask for, and a place to run them."""

import asyncio
import textwrap

import prompts
from bolt_agent.moss.worker.executor import Executor, Feed
from bolt_agent.moss.worker.protocol import Limits, Setup
from drivers.clock import FastClock


class Host:
    """Keeps what programs ask for, and lets a second pass where they wait."""

    def __init__(self, clock):
        self.clock = clock
        self.asked = []
        self.refusal = None

    async def answer(self, what, args):
        self.asked.append((what, args))
        if self.refusal is not None:
            raise self.refusal
        if what == "wait":
            await self.clock.sleep(args["seconds"] or 1)
        return {"x": 1.0, "y": 2.0, "heading": 3.0} if what == "state" else None


class Bench:
    """Runs programs, each in turn, in one executor."""

    def __init__(self, source=None, module="prompts.bolt", *, inline=False, kernel=True, modules=(), **limits):
        self.clock = FastClock()
        self.host = Host(self.clock)
        self.inline = inline
        self.setup = Setup(
            module=module,
            source=source or prompts.read("bolt.py"),
            trusted=inline,
            kernel=kernel,
            modules=modules,
            limits=Limits(**{"cpu": 5, **limits}),
        )

    def run(self, *programs, around=None):
        """The outcomes. around: a coroutine function that is given the executor and the program's task."""

        async def main():
            executor = Executor(self.setup, self.host, self.clock, inline=self.inline)
            try:
                self.walls = await executor.open()
                outcomes = []
                for program in programs:
                    task = asyncio.create_task(executor.run(_prepared(program)))
                    if around is not None:
                        await around(executor, task)
                    outcomes.append(await task)
                return outcomes
            finally:
                executor.close()

        return self.clock.run(main())


class Pieces(Feed):
    """A program that comes in these pieces, each when the one before has been performed."""

    def __init__(self, *pieces):
        super().__init__()
        self.text = "".join(pieces)
        self._left = [piece for piece in pieces if piece]

    async def more(self):
        return self._left.pop(0) if self._left else None


def _prepared(program):
    return program if isinstance(program, Feed) else textwrap.dedent(program)
