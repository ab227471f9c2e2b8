"""The microphone: blocks of sound at the ear's rate from any device, for as long as somebody listens.

A microphone that is pulled out, or that the system takes away, is waited for; nothing else needs to know.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import numpy as np

from bolt_agent.voice.devices import BLOCK, Device, OpenStream, find_device, look_again, mono, open_stream
from bolt_agent.voice.errors import DeviceTrouble, NoDevice
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.level import Checkup
from bolt_agent.voice.resampling import Resampler

__all__ = ["Microphone"]

LONGEST_BACKLOG = 5.0
"""Seconds of sound kept for a listener that is busy; older sound is dropped."""

SILENT_TIME = 2.0
"""Seconds without a block after which the device counts as gone, whatever it says itself."""

RETRY = 1.0
"""Seconds between two looks for a microphone that is gone."""


class Microphone:
    """A microphone by its name; None is the system's choice.

    notice: told in words when it goes away and comes back, or is set up badly. Raises NotInstalled, NoDevice and
    DeviceTrouble from `open`; later trouble is waited out.
    """

    def __init__(self, name: str | None = None, *, notice: Callable[[str], None]) -> None:
        self._name = name
        self._notice = notice
        self._stream: OpenStream | None = None
        self._waiting: deque[Samples] = deque(maxlen=round(LONGEST_BACKLOG / BLOCK))
        self._arrived = asyncio.Event()
        self._device: Device | None = None

    @property
    def name(self) -> str:
        """The device that is used."""
        return self._device.name if self._device else "no microphone"

    def open(self) -> None:
        """Start it. Blocks for some ten milliseconds, or longer where the system asks the person first."""
        device = self._device = find_device("input", self._name)
        loop = asyncio.get_running_loop()
        resampler = Resampler(device.rate, SAMPLE_RATE)

        def take(block: Any, _frames: int) -> None:
            with suppress(RuntimeError):  # the loop has ended, the device not yet
                loop.call_soon_threadsafe(self._take, resampler.add(mono(block)))

        self._stream = open_stream(device, "input", take)

    async def close(self) -> None:
        """Let it go."""
        if self._stream is not None:
            await asyncio.to_thread(self._stream.close)

    async def blocks(self) -> AsyncIterator[Samples]:
        """What it hears, from `open` on. Sound that piled up comes as one block."""
        checkup = Checkup()
        while True:
            try:
                async with asyncio.timeout(SILENT_TIME):
                    await self._arrived.wait()
            except TimeoutError:
                await self._come_back()
                continue
            self._arrived.clear()
            samples = np.concatenate(self._waiting)
            self._waiting.clear()
            for trouble in checkup.add(samples):
                self._notice(trouble)
            yield samples

    def _take(self, samples: Samples) -> None:
        if samples.size:
            self._waiting.append(samples)
            self._arrived.set()

    async def _come_back(self) -> None:
        self._notice(f"the microphone {self.name!r} is gone; waiting for one to come back")
        while True:
            await self.close()
            await asyncio.to_thread(look_again)
            try:
                self.open()
                break
            except (NoDevice, DeviceTrouble):
                await asyncio.sleep(RETRY)
        self._notice(f"listening again, to {self.name!r}")
