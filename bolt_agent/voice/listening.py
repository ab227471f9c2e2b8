"""The loop of talking with the robot: what is heard becomes turns, and the person may talk over everything.

    microphone -> ear -> conversation -> talker -> speaker

A stop goes straight from the ear to the robot. Nothing here knows a device: sound comes as blocks.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np

from bolt_agent.brains.reflex import means_stop
from bolt_agent.ghost.context import Context
from bolt_agent.ghost.messages import Item
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Ear, Final, Heard, Partial, Samples, SpeechStarted, StopHeard
from bolt_agent.voice.level import loudness
from bolt_agent.voice.talker import NOT_CAUGHT, STANDING_STILL, Talker
from bolt_agent.voice.timing import Timing
from drivers.clock import Clock

__all__ = ["CutShort", "Listening", "Partner", "Witness"]

COMPLAINT_PAUSE = 20.0
"""Seconds in which "I didn't catch that" is said aloud once: people also talk with each other."""

SOUND_WAIT = 1.5
"""Seconds that the timing of a turn waits for the first sound."""


class CutShort(Context):
    """The person spoke before the last answer was over."""

    heard: str
    """What they heard of it."""

    def __prompt__(self) -> str:
        return f'(Your last answer was interrupted; the person heard only: "{self.heard}")'


class Partner(Protocol):
    """Whom one talks with. `ghost.Conversation` fits."""

    @property
    def busy(self) -> bool:
        """Whether a turn is under way."""
        ...

    def talk(self, text: str, context: Context | None = None) -> AsyncIterator[Item]:
        """Take one turn."""
        ...

    async def stop(self) -> None:
        """Emergency stop: motion, program and model end together."""
        ...


class Witness(Protocol):
    """Shows what is heard."""

    def heard(self, heard: Heard) -> None:
        """Something was heard."""
        ...

    def noticed(self, text: str) -> None:
        """Something the person should know, in words."""
        ...

    def timed(self, timing: Timing) -> None:
        """A turn is over, and this is how long it took."""
        ...


class Listening:
    """Hears, and lets the robot act. `moving` tells whether the robot rolls; a missed stop is worse then.

    talker: None on a robot that is mute.
    half_duplex: while the robot speaks hear only "stop", because the microphone hears the robot too; not needed with
    headphones, or with the echo taken out.
    open: hear everybody; otherwise only from `press` to `release`. "Stop" is always heard.
    """

    def __init__(
        self,
        ear: Ear,
        partner: Partner,
        talker: Talker | None,
        clock: Clock,
        witness: Witness,
        *,
        half_duplex: bool = True,
        open: bool = True,  # noqa: A002  as in an open microphone
        moving: Callable[[], bool] = lambda: False,
    ) -> None:
        self._ear = ear
        self._partner = partner
        self._talker = talker
        self._clock = clock
        self._witness = witness
        self._half = half_duplex
        self._open = open
        self._moving = moving
        self._thread = ThreadPoolExecutor(1, "ear")
        self._tasks: set[asyncio.Task[None]] = set()
        self._pressed = False
        self._released = False
        self._fed = 0.0
        self._arrived = 0.0
        self._cut_short: CutShort | None = None
        self._stopped_at = float("-inf")
        self._complained = float("-inf")
        self._timing: Timing | None = None
        self._samples: Samples = np.zeros(0, np.int16)
        if talker is not None:
            talker.on_sound.append(self._sounds)

    @property
    def level(self) -> float:
        """How loud it is, in dB below full scale."""
        return loudness(self._samples)

    @property
    def hearing(self) -> bool:
        """Whether words count now, not only "stop"."""
        drowned = self._half and self._talker is not None and self._talker.audible
        return (self._open or self._pressed) and not drowned

    def press(self) -> None:
        """The person wants to talk: the robot falls silent, and everything is heard until `release`."""
        if not self._pressed:
            self._pressed = True
            self._interrupt()

    def release(self) -> None:
        """The person has said it."""
        self._released = self._pressed
        self._pressed = False

    def stop(self) -> None:
        """The same as hearing "stop"."""
        self._stop(self._fed)

    async def hear(self, blocks: AsyncIterator[Samples]) -> None:
        """Hear all of it, and wait until every turn that came of it is over."""
        try:
            async for samples in blocks:
                await self._hear(samples)
            self._react_to_all(await self._in_thread(self._ear.finish))
            while self._tasks:
                await asyncio.wait(self._tasks)
            if self._talker is not None:
                await self._talker.settled()
        finally:
            for task in self._tasks:
                task.cancel()
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def _hear(self, samples: Samples) -> None:
        self._arrived = self._clock.now()
        self._fed += samples.size / SAMPLE_RATE
        self._samples = samples
        finished: list[Heard] = []
        if self._released:
            self._released = False
            finished = await self._in_thread(self._ear.finish)
        self._ear.deaf = not self.hearing
        self._ear.moving = self._partner.busy or self._moving()
        heard = await self._in_thread(lambda: self._ear.feed(samples))
        self._react_to_all([*finished, *heard])

    async def _in_thread(self, work: Callable[[], list[Heard]]) -> list[Heard]:
        with self._clock.held():
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _react_to_all(self, events: list[Heard]) -> None:
        for event in events:
            if isinstance(event, StopHeard) and self._half and self._talker and self._talker.sounds_like_stop:
                continue  # the microphone heard the robot
            self._witness.heard(event)
            match event:
                case StopHeard():
                    self._stop(event.time)
                case SpeechStarted() | Partial():
                    if self._talker is not None and self._talker.audible:
                        self._interrupt()
                case Final(accepted=True):
                    self._take(event)
                case Final():
                    self._complain()
                case _:
                    pass

    # ---- what is done about it --------------------------------------------------------------------------------

    def _stop(self, time: float) -> None:
        """Everything ends at once: the robot first, and its voice."""
        self._stopped_at = time
        self._begin(self._partner.stop())
        self._witness.noticed(STANDING_STILL)
        if self._talker is not None:
            self._talker.hush(rest_of_turn=True)
            self._talker.say(STANDING_STILL)

    def _interrupt(self) -> None:
        """The person talks over the robot: it listens, and what it was doing does not go on."""
        if self._talker is None or not self._talker.speaking:
            return
        heard = self._talker.hush(rest_of_turn=True)
        self._cut_short = CutShort(heard=heard) if heard is not None else None
        if self._partner.busy or self._moving():
            self._begin(self._partner.stop())

    def _take(self, final: Final) -> None:
        if means_stop(final.text):
            if self._stopped_at < final.started:
                self._stop(final.time)
            return
        self._complained = float("-inf")
        context, self._cut_short = self._cut_short, None
        ended = self._arrived - (self._fed - final.ended)
        self._timing = timing = Timing(final.text, ended, words=self._clock.now())
        self._begin(self._turn(self._partner.talk(final.text, context), timing))

    async def _turn(self, items: AsyncIterator[Item], timing: Timing) -> None:
        async for item in items:
            timing.add(item, self._clock.now())
        waited = self._clock.now() + SOUND_WAIT
        while self._talker is not None and self._talker.speaking and not timing.sound and self._clock.now() < waited:
            await self._clock.sleep(0.02)
        self._witness.timed(timing)

    def _complain(self) -> None:
        self._witness.noticed(NOT_CAUGHT)
        now = self._clock.now()
        if self._talker is not None and now >= self._complained + COMPLAINT_PAUSE:
            self._complained = now
            self._talker.say(NOT_CAUGHT)

    def _sounds(self, sounding: bool) -> None:
        if sounding and self._timing is not None and self._timing.sound is None:
            self._timing.sound = self._clock.now()

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(self._reported(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reported(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as error:  # listening goes on, whatever a turn does
            self._witness.noticed(f"error: {' '.join(f'{type(error).__name__}: {error}'.split())}")
