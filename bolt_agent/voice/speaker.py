"""The speaker: plays one piece of speech after another, and falls silent at once when it is told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import numpy as np

from bolt_agent.voice.devices import OpenStream, find_device, open_stream
from bolt_agent.voice.errors import DeviceTrouble, NoDevice
from bolt_agent.voice.hearing.engine import Samples
from drivers.clock import Clock

__all__ = ["DeviceSpeaker", "SilentSpeaker", "Speaker"]

FADE = 0.008
"""Seconds in which speech that is cut off fades, so that it does not click."""


class Speaker(Protocol):
    """Plays sound. rate: samples a second that it wants."""

    rate: int

    async def play(self, samples: Samples, began: Callable[[], None] | None = None) -> None:
        """Play it, and return when it was heard. began: called when its first sound is due.

        Cancelled: it is silent at once.
        """
        ...

    async def close(self) -> None:
        """Let the device go."""
        ...


class SilentSpeaker:
    """Takes as long as speaking would, on a clock, and keeps what it was given. For tests and for simulated time."""

    def __init__(self, clock: Clock, rate: int = 24_000) -> None:
        self._clock = clock
        self.rate = rate
        self.played: list[Samples] = []
        """Every piece, as far as it was played."""

    async def play(self, samples: Samples, began: Callable[[], None] | None = None) -> None:
        start = self._clock.now()
        if began is not None:
            began()
        try:
            await self._clock.sleep(samples.size / self.rate)
        finally:
            heard = round((self._clock.now() - start) * self.rate)
            self.played.append(samples[:heard])

    async def close(self) -> None:
        """There is no device."""


class DeviceSpeaker:
    """A speaker by its name; None is the system's choice. Raises NotInstalled, NoDevice and DeviceTrouble from `open`.

    notice: told in words when the device goes away; the next piece looks for it again.
    on_played: called by the device's own thread with every block that leaves, at `rate`; silence too.
    """

    def __init__(self, name: str | None = None, *, notice: Callable[[str], None]) -> None:
        self._name = name
        self._notice = notice
        self.on_played: Callable[[Samples], None] | None = None
        self._stream: OpenStream | None = None
        self._queue = _Queue(0)
        self.rate = 0

    def open(self) -> None:
        """Start it; it plays silence until there is something to say, so that a first word does not wait for it."""
        device = find_device("output", self._name)
        queue = self._queue = _Queue(round(device.rate * FADE))

        def give(block: Any, frames: int) -> None:
            samples = queue.take(frames)
            block[:] = samples[:, np.newaxis]
            if self.on_played is not None:
                self.on_played(samples)

        self._stream = open_stream(device, "output", give)
        self.rate = device.rate

    async def play(self, samples: Samples, began: Callable[[], None] | None = None) -> None:
        stream = self._stream
        if stream is None or not stream.alive:
            stream = self._again()
        if stream is None:
            return  # the captions say it
        loop, done = asyncio.get_running_loop(), asyncio.Event()

        def on_time(event: Callable[[], None]) -> Callable[[], None]:
            def later() -> None:  # when what was taken from here has reached the air
                loop.call_later(stream.latency, event)

            return lambda: _in_loop(loop, later)

        queue = self._queue
        queue.put(samples, on_time(began or _nothing), on_time(done.set))
        try:
            while not done.is_set() and stream.alive:
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.5):  # a device that dies tells nobody
                        await done.wait()
        finally:
            if not done.is_set():
                queue.flush()

    async def close(self) -> None:
        if self._stream is not None:
            await asyncio.to_thread(self._stream.close)

    def _again(self) -> OpenStream | None:
        try:
            self.open()
        except (NoDevice, DeviceTrouble) as error:
            self._notice(f"{error}; until then there are only captions")
            return None
        return self._stream


class _Queue:
    """What the device's thread takes from: one piece, or silence."""

    def __init__(self, fade: int) -> None:
        self._lock = threading.Lock()
        self._fade = fade
        self._samples: Samples = np.zeros(0, np.int16)
        self._began: Callable[[], None] | None = None
        self._ended: Callable[[], None] | None = None

    def put(self, samples: Samples, began: Callable[[], None], ended: Callable[[], None]) -> None:
        with self._lock:
            self._samples, self._began, self._ended = samples, began, ended

    def flush(self) -> None:
        """Drop what was not taken yet, but for a fade."""
        with self._lock:
            rest = self._samples[: self._fade]
            self._samples = (rest * np.linspace(1, 0, rest.size)).astype(np.int16)

    def take(self, frames: int) -> Samples:
        with self._lock:
            taken, self._samples = self._samples[:frames], self._samples[frames:]
            began = ended = None
            if taken.size:
                began, self._began = self._began, None
            if not self._samples.size:
                ended, self._ended = self._ended, None
        for event in (began, ended):
            if event is not None:
                event()
        if taken.size == frames:
            return taken
        return np.concatenate([taken, np.zeros(frames - taken.size, np.int16)])


def _in_loop(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended, the device not yet
        loop.call_soon_threadsafe(call)


def _nothing() -> None:
    """Nobody asked to be told."""
