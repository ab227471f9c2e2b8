"""Takes turns with a robot for the commands: opens a session, shows what happens, writes the report."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from rich.console import Console

from bolt_agent.assembly import Assembly, assemble, opened
from bolt_agent.brains.brain import Brain
from bolt_agent.cli.approving import answered
from bolt_agent.cli.asides import print_asides
from bolt_agent.cli.chat import chat, plain_chat, show_turn
from bolt_agent.cli.live import LiveSession
from bolt_agent.cli.options import Choices
from bolt_agent.ghost.messages import Item
from bolt_agent.ghost.turns.report import write_report
from drivers.clock import Clock

if TYPE_CHECKING:
    from bolt_agent.cli.previews import Previews

__all__ = ["call_function", "run_program", "say_all", "show", "talk", "watch_function", "with_session"]

Thread: TypeAlias = int | Literal["last"] | None
"""An earlier conversation to go on with: its number, or the latest one."""


def say_all(
    choices: Choices,
    texts: Sequence[str],
    *,
    as_json: bool = False,
    explained: bool = False,
    thread: Thread = None,
    previews: Previews | None = None,
) -> int:
    """Take one turn for each text. 1 when one of them failed.

    explained: show how words became code.   thread: an earlier conversation to go on with.   previews: what is to be
    shown before it is done.
    """

    async def take(assembly: Assembly) -> None:
        if not as_json:
            print_asides(assembly.conversation)
        for text in texts:
            await show(assembly, assembly.conversation.talk(text), quiet=as_json)
            if explained:
                print(
                    _explanation(text, assembly.container.force_fetch(Brain)),
                    file=sys.stderr if as_json else sys.stdout,
                )
        await assembly.shell.rest()  # what other ghosts were asked for comes later
        if as_json:
            print(json.dumps([turn.model_dump() for turn in assembly.session.turns], ensure_ascii=False, indent=1))

    return with_session(choices, take, thread=thread, previews=previews)


def run_program(choices: Choices, code: str, *, inline: bool = False) -> int:
    """Run a program as a ghost would. 1 when it failed. inline: in this process, without walls."""

    async def take(assembly: Assembly) -> None:
        print_asides(assembly.conversation)
        await show(assembly, assembly.conversation.run(code))

    return with_session(choices, take, inline=inline)


def call_function(choices: Choices, file: Path, function: str, args: list[str]) -> int:
    """Call a function of a MOSS file that its owner trusts. 1 when it failed."""

    async def take(assembly: Assembly) -> None:
        await show(assembly, assembly.conversation.call(function, args))

    return with_session(choices, take, moss_file=file, trusted=True)


def watch_function(choices: Choices, file: Path, function: str, args: list[str]) -> int:
    """Call a function of a MOSS file now and after each save, until Ctrl-C."""
    from bolt_agent.authoring.watching import perform_on_save

    def waiting() -> None:
        print(f"Waiting for {file} to be saved. Ctrl-C ends.", flush=True)

    async def take(assembly: Assembly) -> None:
        await perform_on_save(
            assembly,
            lambda: assembly.session.call(function, args),
            lambda events: show(assembly, events),
            waiting,
        )

    try:
        return with_session(choices, take, moss_file=file, trusted=True, spare=True)
    except KeyboardInterrupt:
        return 0


def talk(choices: Choices, file: Path | None = None, thread: Thread = None) -> int:
    """Chat until the person leaves: on a full screen in a terminal, line by line elsewhere.

    file: a MOSS file, whose ghost answers; what it writes runs in that file.   thread: an earlier conversation.
    """

    async def take(assembly: Assembly) -> None:
        session, clock = LiveSession(assembly), assembly.container.force_fetch(Clock)
        warm_up = getattr(assembly.container.force_fetch(Brain), "warm_up", None)
        if warm_up is not None:  # so that the first answer is as quick as the others
            warm_up()
        if sys.stdin.isatty() and sys.stdout.isatty():
            assembly.session.attended = True
            await chat(session, clock)
        else:
            assembly.session.attended = sys.stdin.isatty()
            print_asides(assembly.conversation)
            await plain_chat(session, sys.stdin, Console(highlight=False), clock=clock)
            await assembly.shell.rest()

    from bolt_agent.cli.previews import Previews, wanted_when

    previews = Previews(wanted_when(False), talking=True)
    with_session(choices, take, moss_file=file, spare=True, thread=thread, previews=previews)
    return 0


def with_session(
    choices: Choices,
    take: Callable[[Assembly], Awaitable[None]],
    *,
    moss_file: Path | None = None,
    trusted: bool = False,
    inline: bool = False,
    spare: bool = False,
    thread: Thread = None,
    previews: Previews | None = None,
) -> int:
    """Open a robot, take turns with it, write the report. 1 when a turn failed."""
    container = assemble(choices.options(moss_file=moss_file, trusted=trusted, inline=inline, thread=thread))
    if previews is not None:
        previews.put_before(container)

    async def run() -> int:
        async with opened(container, spare=spare) as assembly:
            await take(assembly)
            if not spare:
                await assembly.shell.rest()
            if choices.report is not None:
                write_report(choices.report, assembly.report())
            failed = [turn.error for turn in assembly.session.turns if turn.status == "error"]
        if failed and not spare:
            print(f"bolt-agent: {(failed[-1] or '').splitlines()[-1]}", file=sys.stderr)
        return 1 if failed else 0

    clock: Clock = container.force_fetch(Clock)
    return clock.run(run())


def _explanation(text: str, brain: Brain) -> str:
    from bolt_agent.authoring.foreseeing import ForeseeingBrain
    from bolt_agent.brains.reflex import ReflexBrain, explain, means_stop

    if means_stop(text):
        return "what asks to stop stops the robot before any brain is asked"
    brain = brain.inner if isinstance(brain, ForeseeingBrain) else brain
    if isinstance(brain, ReflexBrain) and brain.thought is not None:
        return explain(brain.thought)
    return f"the {brain.name} brain writes code straight from the words: only --brain reflex has steps to show"


async def show(assembly: Assembly, events: AsyncIterator[Item], *, quiet: bool = False) -> None:
    """Print a turn as it happens; on a terminal and in real time with a picture."""
    if quiet:
        async for _ in events:
            pass
        return
    if sys.stdin.isatty():
        assembly.session.attended = True
        events = answered(events, assembly.session)
    console = Console(highlight=False)
    live = assembly.options.clock == "real" and console.is_terminal
    await show_turn(events, console, LiveSession(assembly).scene if live else None)
