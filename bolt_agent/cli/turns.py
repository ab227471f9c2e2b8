"""Takes turns with a robot for the commands: opens a session, shows what happens, writes the report."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

from rich.console import Console

from bolt_agent.assembly import Assembly, assemble, opened
from bolt_agent.brains.brain import Brain
from bolt_agent.cli.chat import chat, plain_chat, show_turn
from bolt_agent.cli.live import LiveSession
from bolt_agent.cli.options import Choices
from bolt_agent.ghost.messages import Item
from bolt_agent.ghost.report import write_report
from drivers.clock import Clock

__all__ = ["call_function", "run_program", "say_all", "talk", "watch_function"]


def say_all(choices: Choices, texts: Sequence[str], *, as_json: bool = False, explained: bool = False) -> int:
    """Take one turn for each text. 1 when one of them failed. explained: show how words became code."""

    async def take(assembly: Assembly) -> None:
        for text in texts:
            await _show(assembly, assembly.session.say(text), quiet=as_json)
            if explained:
                print(
                    _explanation(text, assembly.container.force_fetch(Brain)),
                    file=sys.stderr if as_json else sys.stdout,
                )
        if as_json:
            print(json.dumps([turn.model_dump() for turn in assembly.session.turns], ensure_ascii=False, indent=1))

    return _with_session(choices, take)


def run_program(choices: Choices, code: str) -> int:
    """Run a program as a ghost would. 1 when it failed."""

    async def take(assembly: Assembly) -> None:
        await _show(assembly, assembly.session.run(code))

    return _with_session(choices, take)


def call_function(choices: Choices, file: Path, function: str, args: list[str]) -> int:
    """Call a function of a MOSS file that its owner trusts. 1 when it failed."""

    async def take(assembly: Assembly) -> None:
        await _show(assembly, assembly.session.call(function, args))

    return _with_session(choices, take, moss_file=file, trusted=True)


def watch_function(choices: Choices, file: Path, function: str, args: list[str]) -> int:
    """Call a function of a MOSS file now and after each save, until Ctrl-C."""
    from bolt_agent.authoring.watching import perform_on_save

    def waiting() -> None:
        print(f"Waiting for {file} to be saved. Ctrl-C ends.", flush=True)

    async def take(assembly: Assembly) -> None:
        await perform_on_save(
            assembly,
            lambda: assembly.session.call(function, args),
            lambda events: _show(assembly, events),
            waiting,
        )

    try:
        return _with_session(choices, take, moss_file=file, trusted=True, spare=True)
    except KeyboardInterrupt:
        return 0


def talk(choices: Choices, file: Path | None = None) -> int:
    """Chat until the person leaves: on a full screen in a terminal, line by line elsewhere.

    file: a MOSS file, whose ghost answers; what it writes runs in that file.
    """

    async def take(assembly: Assembly) -> None:
        session, clock = LiveSession(assembly), assembly.container.force_fetch(Clock)
        warm_up = getattr(assembly.container.force_fetch(Brain), "warm_up", None)
        if warm_up is not None:  # so that the first answer is as quick as the others
            warm_up()
        if sys.stdin.isatty() and sys.stdout.isatty():
            await chat(session, clock)
        else:
            await plain_chat(session, sys.stdin, Console(highlight=False), clock=clock)

    _with_session(choices, take, moss_file=file, spare=True)
    return 0


def _with_session(
    choices: Choices,
    take: Callable[[Assembly], Awaitable[None]],
    *,
    moss_file: Path | None = None,
    trusted: bool = False,
    spare: bool = False,
) -> int:
    container = assemble(choices.options(moss_file=moss_file, trusted=trusted))

    async def run() -> int:
        async with opened(container, spare=spare) as assembly:
            await take(assembly)
            if choices.report is not None:
                write_report(choices.report, assembly.report())
            failed = [turn.error for turn in assembly.session.turns if turn.status == "error"]
        if failed and not spare:
            print(f"bolt-agent: {(failed[-1] or '').splitlines()[-1]}", file=sys.stderr)
        return 1 if failed else 0

    clock: Clock = container.force_fetch(Clock)
    return clock.run(run())


def _explanation(text: str, brain: Brain) -> str:
    from bolt_agent.brains.reflex import ReflexBrain, explain, is_stop

    if is_stop(text):
        return "the emergency word stops the robot before any brain is asked"
    if isinstance(brain, ReflexBrain) and brain.thought is not None:
        return explain(brain.thought)
    return f"the {brain.name} brain writes code straight from the words: only --brain reflex has steps to show"


async def _show(assembly: Assembly, events: AsyncIterator[Item], *, quiet: bool = False) -> None:
    if quiet:
        async for _ in events:
            pass
        return
    console = Console(highlight=False)
    live = assembly.options.clock == "real" and console.is_terminal
    await show_turn(events, console, LiveSession(assembly).scene if live else None)
