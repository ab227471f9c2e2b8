"""Takes the robot's own voice out of what the microphone hears, so that a person can talk over it without headphones.

The work is done by WebRTC's audio processing, in the package `livekit`.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

import numpy as np

from bolt_agent.voice.errors import NotInstalled
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Ear, Heard, Samples, StopHeard
from bolt_agent.voice.resampling import Resampler

__all__ = ["EchoCanceller", "EchoFreeEar"]

FRAME = SAMPLE_RATE // 100
"""Samples; WebRTC takes exactly ten milliseconds at a time."""

LONGEST_BACKLOG = 500
"""Frames of played sound that are kept for a microphone that is late."""

AHEAD = 4
"""Frames by which what is played may run ahead of what is heard. Were it to fall behind, the echo would come before the
sound it is an echo of."""

SAME_STOP = 1.0
"""Seconds within which two ears that hear a stop have heard the same one."""


class EchoCanceller:
    """Tell it what is played, and it takes that out of what is heard. delay: seconds from there to here and back.

    Raises NotInstalled.
    """

    def __init__(self, *, rate: int, delay: float = 0.06) -> None:
        try:
            from livekit.rtc import AudioFrame, AudioProcessingModule
        except ImportError:
            raise NotInstalled("echo cancellation needs a package: pip install 'bolt-agent[echo]'") from None
        self._frame: Any = AudioFrame
        self._module: Any = AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)
        self._delay = round(1000 * delay)
        self._resampler = Resampler(rate, SAMPLE_RATE)
        self._lock = threading.Lock()
        self._played: deque[Samples] = deque(maxlen=LONGEST_BACKLOG)
        self._rest_played: Samples = np.zeros(0, np.int16)
        self._rest_heard: Samples = np.zeros(0, np.int16)

    def played(self, samples: Samples) -> None:
        """This leaves the speaker now. May be called from any one thread."""
        frames, self._rest_played = _frames(np.concatenate([self._rest_played, self._resampler.add(samples)]))
        with self._lock:
            self._played.extend(frames)

    def clean(self, samples: Samples) -> Samples:
        """What was heard, without what was played; up to ten milliseconds stay behind."""
        frames, self._rest_heard = _frames(np.concatenate([self._rest_heard, samples]))
        with self._lock:
            while frames and len(self._played) > len(frames) + AHEAD:
                self._played.popleft()  # nobody listened yet
            played = [self._played.popleft() for _ in range(min(len(frames), len(self._played)))]
        cleaned: list[Samples] = []
        for number, frame in enumerate(frames):
            if number < len(played):
                self._module.process_reverse_stream(self._wrapped(played[number]))
            self._module.set_stream_delay_ms(self._delay)
            wrapped = self._wrapped(frame)
            self._module.process_stream(wrapped)
            cleaned.append(np.frombuffer(bytes(wrapped.data), np.int16))
        return np.concatenate(cleaned) if cleaned else samples[:0]

    def _wrapped(self, samples: Samples) -> Any:
        return self._frame(samples.tobytes(), SAMPLE_RATE, 1, FRAME)


class EchoFreeEar:
    """An ear that does not hear the robot, and a guard beside it that hears everything but obeys one word.

    Taking echo out also takes words out when both talk at once; the guard listens for "stop" in the raw sound.
    """

    def __init__(self, ear: Ear, guard: Ear, canceller: EchoCanceller) -> None:
        self._ear = ear
        self._guard = guard
        self._canceller = canceller
        self._stopped = float("-inf")
        guard.deaf = True

    @property
    def moving(self) -> bool:
        return self._ear.moving

    @moving.setter
    def moving(self, moving: bool) -> None:
        self._ear.moving = self._guard.moving = moving

    @property
    def deaf(self) -> bool:
        return self._ear.deaf

    @deaf.setter
    def deaf(self, deaf: bool) -> None:
        self._ear.deaf = deaf

    def feed(self, samples: Samples) -> list[Heard]:
        guarded = [heard for heard in self._guard.feed(samples) if isinstance(heard, StopHeard)]
        return [heard for heard in (*guarded, *self._ear.feed(self._canceller.clean(samples))) if self._is_new(heard)]

    def finish(self) -> list[Heard]:
        return self._ear.finish()

    def reset(self) -> None:
        self._ear.reset()
        self._guard.reset()

    def _is_new(self, heard: Heard) -> bool:
        if not isinstance(heard, StopHeard):
            return True
        again = heard.time - self._stopped < SAME_STOP
        self._stopped = max(self._stopped, heard.time)
        return not again


def _frames(samples: Samples) -> tuple[list[Samples], Samples]:
    """Frames of ten milliseconds, and what is left."""
    whole = len(samples) // FRAME
    return [samples[i * FRAME : (i + 1) * FRAME] for i in range(whole)], samples[whole * FRAME :]
