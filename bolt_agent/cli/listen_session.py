"""Listening in a terminal: opens the robot and everything that hears and speaks, and runs until the person leaves."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from rich.console import Console

from bolt_agent.assembly import Assembly, assemble, opened
from bolt_agent.brains.brain import Brain
from bolt_agent.cli.listen import Sound
from bolt_agent.cli.listen_display import ListenDisplay
from bolt_agent.cli.listen_sound import Source, Spoken, load_ear, open_source, open_talker, without_echo
from bolt_agent.cli.options import Choices
from bolt_agent.container import Container
from bolt_agent.ghost.turns.report import write_report
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.player import Player
from bolt_agent.voice.hearing.engine import Ear
from bolt_agent.voice.listening import Listening
from bolt_agent.voice.mouth import Mouth
from bolt_agent.voice.push_to_talk import TalkKey
from bolt_agent.voice.talker import Talker
from drivers.clock import Clock

__all__ = ["hearing", "listen_to"]

FRAME = 1 / 12
"""Seconds between two looks at the meter."""

ROLLING = 1.0
"""cm/s; slower is standing still."""


def listen_to(choices: Choices, sound: Sound) -> int:
    """Listen until Ctrl-C, or to the end of a recording. 1 when a turn of a recording failed."""
    container = assemble(choices.options())
    display = ListenDisplay(Console(highlight=False), timings=sound.timing)

    async def run() -> int:
        async with hearing(container, sound, display) as (assembly, listening):
            await listening
            if choices.report is not None:
                write_report(choices.report, assembly.report())
            return _status(assembly)

    return container.force_fetch(Clock).run(run())


@asynccontextmanager
async def hearing(
    container: Container, sound: Sound, display: ListenDisplay
) -> AsyncIterator[tuple[Assembly, asyncio.Task[None]]]:
    """Open the robot and everything that hears and speaks. With it comes the task that listens, until the end.

    Raises VoiceError, HearingError, and what `opened` raises.
    """
    clock = container.force_fetch(Clock)
    async with AsyncExitStack() as stack:
        loading = _load_ear(sound)  # while the microphone and the robot are opened
        source = open_source(sound, clock, display.noticed, stack)
        assembly = await stack.enter_async_context(opened(container, spare=sound.wav is None))
        assembly.session.attended = assembly.options.clock == "real"  # simulated time would wait for the answer
        with clock.held():
            spoken = open_talker(sound, clock, display.noticed, stack)
            ear = without_echo(await loading, sound, spoken)
        listener = _Listener(assembly, sound, display)
        listening = asyncio.create_task(listener.listen(source, ear, spoken))
        try:
            yield assembly, listening
        finally:
            listening.cancel()
            await asyncio.wait({listening})


class _Listener:
    def __init__(self, assembly: Assembly, sound: Sound, display: ListenDisplay) -> None:
        self._conversation = assembly.conversation
        self._brain = assembly.container.force_fetch(Brain)
        self._player = assembly.container.force_fetch(Player)
        self._matrix = assembly.container.force_fetch(Driver).matrix
        self._clock = assembly.container.force_fetch(Clock)
        self._sound = sound
        self._display = display

    async def listen(self, source: Source, ear: Ear, spoken: Spoken | None) -> None:
        """Listen to all of it, or until the person leaves."""
        talker = spoken.talker if spoken else None
        listening = Listening(
            ear,
            self._conversation,
            talker,
            self._clock,
            self._display,
            half_duplex=self._sound.duplex == "half" and self._sound.wav is None,
            open=not self._sound.push_to_talk,
            moving=lambda: self._player.state().speed > ROLLING,
        )
        self._conversation.watch(self._display.add)
        if talker is not None:
            self._conversation.watch(talker.add)
            talker.on_sound.append(Mouth(self._matrix, self._player).moves)

        def state() -> str:
            speaking = talker is not None and talker.speaking
            return "speaking" if speaking else "listening" if listening.hearing else "waiting"

        self._display.watch(state, lambda: listening.level)
        with self._display:
            self._display.noticed(f'listening to {source.name}; say "roll forward", or "stop" at any time')
            warming = asyncio.create_task(self._warm_up(talker))
            try:
                await self._until_left(listening, asyncio.create_task(listening.hear(source.blocks())))
            finally:
                warming.cancel()

    async def _warm_up(self, talker: Talker | None) -> None:
        """Load what the first answer needs and hearing does not, while the person finds words."""
        with self._clock.held():
            await asyncio.to_thread(getattr(self._brain, "warm_up", lambda: None))
        if talker is not None:
            await talker.warm_up()

    async def _until_left(self, listening: Listening, hearing: asyncio.Task[None]) -> None:
        """Wait until it has heard everything, or until the person leaves with a key."""
        loop, talk = asyncio.get_running_loop(), TalkKey(listening.press, listening.release)

        def leave() -> None:
            hearing.cancel()

        try:
            with suppress(NotImplementedError):  # Windows; there the interrupt ends the loop itself
                loop.add_signal_handler(signal.SIGINT, leave)
            async with AsyncExitStack() as stack:
                if self._display.live and sys.stdin.isatty():
                    from bolt_agent.cli.listen_keys import keys_pressed  # takes a moment, and it listens already

                    actions = {" ": lambda: talk.key(loop.time()), "escape": listening.stop, "c-c": leave, "c-d": leave}
                    await stack.enter_async_context(keys_pressed(actions))
                    drawing = asyncio.create_task(self._draw(talk))
                    stack.callback(drawing.cancel)
                await asyncio.wait({hearing})
        finally:
            hearing.cancel()
            await asyncio.wait({hearing})
        if not hearing.cancelled():
            hearing.result()

    async def _draw(self, talk: TalkKey) -> None:
        while True:
            talk.tick(asyncio.get_running_loop().time())
            self._display.refresh()
            await asyncio.sleep(FRAME)


def _load_ear(sound: Sound) -> asyncio.Future[Ear]:
    """Begins at once, in a thread. If something else goes wrong first, nobody asks why there is no ear."""
    loading = asyncio.get_running_loop().run_in_executor(None, load_ear, sound)
    loading.add_done_callback(lambda loading: loading.cancelled() or loading.exception())
    return loading


def _status(assembly: Assembly) -> int:
    failed = [turn.error or "" for turn in assembly.session.turns if turn.status == "error"]
    if failed:
        print(f"bolt-agent: {failed[-1].splitlines()[-1]}", file=sys.stderr)
    return 1 if failed else 0
