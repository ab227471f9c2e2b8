"""How fast the talker answers while a thinker is busy: python benchmarks/minds.py

Wall time, from the words to the end of the turn, with scripted minds that answer without delay.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator
from typing import Any

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.brains.brain import Brain, Code, Part, Say
from bolt_agent.ghost.minds.work import BrainFor

TURNS = 200


class Talker:
    """Hands the first question on, and answers the others itself."""

    name, tries = "scripted", 1

    async def reply(self, text: str, _: Any) -> AsyncGenerator[Part, None]:
        yield Say("Let me think." if text == "think" else "Hi!")
        if text == "think":
            yield Code("def run(moss): moss.ghosts.spawn('thinker', 'a hard question')\n")


class Thinker:
    """Is busy for as long as it takes."""

    name, tries = "scripted", 1

    async def reply(self, _: str, __: Any) -> AsyncGenerator[Part, None]:
        await asyncio.sleep(3600)
        yield Say("42")


async def measure() -> None:
    """Print how long each kind of turn took."""
    container = assemble(Options(brain="reflex", clock="real"))
    container.set(Brain, Talker())
    container.set(BrainFor, lambda _, __: Thinker())
    async with opened(container) as assembly:
        for name, text, count in (("handing over", "think", 20), ("answering", "hello", TURNS)):
            times = []
            for _ in range(count):
                began = time.perf_counter()
                async for _ in assembly.conversation.talk(text):
                    pass
                times.append(1000 * (time.perf_counter() - began))
            busy = sum(task.ghost == "thinker" for task in assembly.shell.tasks)
            print(f"{name}: median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms, {busy} thinkers busy")


if __name__ == "__main__":
    asyncio.run(measure())
