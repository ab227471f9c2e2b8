"""`bolt-agent crew`: a crew of ghosts composes a one-minute show, and the robot performs it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from bolt_agent.assembly import Assembly, Options
from bolt_agent.authoring.crew import Crew, compose_offline, crew_roster, faults
from bolt_agent.authoring.predicting import describe
from bolt_agent.authoring.rehearsal import Rehearsal, rehearse_program
from bolt_agent.brains.errors import MissingKey
from bolt_agent.cli.options import Choices
from bolt_agent.cli.turns import show, with_session
from bolt_agent.ghost.minds.work import BrainFor
from bolt_agent.robot.stage import BodyState
from drivers.clock import Clock

__all__ = ["perform_show"]


def perform_show(choices: Choices, sentence: str, *, out: Path | None = None, dry: bool = False) -> int:
    """Compose a show and perform it. out: keep the program there.   dry: only say what would happen."""

    async def take(assembly: Assembly) -> None:
        rehearsed, clock = _rehearser(assembly.options), assembly.container.force_fetch(Clock)
        if _has_model(assembly):
            composed = await Crew(assembly.shell.tasks, crew_roster(), clock, rehearsed, note=_print).compose(sentence)
            code, rehearsal = composed.code, composed.rehearsal
        else:
            _print("Without a model the crew has no ideas of its own: a show of ready scenes, for your sentence.")
            code = compose_offline(sentence)
            with clock.held():
                rehearsal = await asyncio.to_thread(rehearsed, code)
        _print("\n".join([*describe(rehearsal), *faults(rehearsal)]))
        if out is not None:
            out.write_text(code, encoding="utf-8")
            _print(f"The program is in {out}: bolt-agent run {out}")
        if not dry:
            await show(assembly, assembly.conversation.run(code))

    return with_session(choices, take)


def _rehearser(options: Options) -> Callable[[str], Rehearsal]:
    def rehearse(code: str) -> Rehearsal:
        return rehearse_program(options, code, BodyState())

    return rehearse


def _has_model(assembly: Assembly) -> bool:
    try:
        assembly.container.force_fetch(BrainFor)(crew_roster()["director"], "")
    except MissingKey:
        return False
    return True


def _print(text: str) -> None:
    print(text, flush=True)
