"""Runs cases on the virtual BOLT in this process, and says which checks did not hold."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, ClassVar

from reflex_judge import failures

from bolt_agent.assembly import Options, assemble, moss_setup, opened
from bolt_agent.ghost.turns.body import BodyHost
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.moss.worker.process import WorkerProcess
from drivers.clock import Clock

DATA = Path(__file__).parents[3] / "data"
CHUNK = 8

Case = dict[str, Any]


def cases(file: str, language: str | None = None) -> list[Case]:
    """The cases of a file, those in one language."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if language in (None, case["lang"])]


def chunks(every: list[Case]) -> list[list[Case]]:
    """A few cases each."""
    return [every[at : at + CHUNK] for at in range(0, len(every), CHUNK)]


def misses(case: Case) -> list[str]:
    """What of a case did not happen, with what was answered; empty when all is well."""
    report = _perform(case["say"], case["world"])
    replies = " / ".join(turn["reply"] for turn in report["turns"])
    return [f"{case['id']} {case['say']}: {check} ({replies})" for check in failures(report, case["check"])]


class LastingExecutor(Executor):
    """Takes over the worker of the case before: starting a Python process takes longer than a case does."""

    lasting: ClassVar[list[WorkerProcess]] = []

    def _current(self) -> WorkerProcess:
        if self._worker is None or not self._worker.alive:
            if not self.lasting or not self.lasting[0].alive:
                self.lasting[:] = [WorkerProcess(self._setup)]
            self._worker = self.lasting[0]
            self._worker._loop, self._worker._lines = asyncio.get_running_loop(), asyncio.Queue()
        return self._worker

    def close(self) -> None:
        self._worker = None


def _perform(texts: list[str], world: str) -> dict[str, Any]:
    container = assemble(Options(brain="reflex", clock="fast", world=world))
    clock = container.force_fetch(Clock)
    setup = moss_setup(container.force_fetch(Options))
    container.set(Executor, LastingExecutor(setup, container.force_fetch(BodyHost), clock))

    async def talk() -> dict[str, Any]:
        async with opened(container) as assembly:
            for text in texts:
                async for _ in assembly.session.say(text):
                    pass
            return assembly.report()

    report: dict[str, Any] = clock.run(talk())
    return report
