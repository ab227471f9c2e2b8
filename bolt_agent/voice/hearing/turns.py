"""The ear: voice activity cuts sound into turns, a recogniser says what was said in each, a spotter hears "stop"."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bolt_agent.voice.hearing.activity import CHUNK, CHUNK_SECONDS, VoiceActivity
from bolt_agent.voice.hearing.engine import (
    SAMPLE_RATE,
    Final,
    Heard,
    Partial,
    Samples,
    SpeechEnded,
    SpeechStarted,
    StopHeard,
)
from bolt_agent.voice.hearing.recogniser import NOTHING, Recogniser, Transcript
from bolt_agent.voice.hearing.spotter import AT_REST, MOVING, Spotter
from bolt_agent.voice.hearing.waking import Waker

__all__ = ["TurnEar"]

LOUD, QUIET = 0.5, 0.35
"""How likely speech must be for a turn to begin, and to go on."""
ONSET, PLAIN = 2, 0.8
"""Chunks of speech that begin a turn; how likely it must be for one alone to do. No click or knock is so much like
speech."""
BEFORE = 0.5
"""Seconds before the first sure sound that belong to the turn."""
DECODE, SHORT, LONG = 0.16, 0.24, 0.75
"""Seconds of silence: to find out what was said; to end the turn if that is a whole command; to end it anyway."""
LONGEST = 15.0
"""Seconds of a turn. What goes on longer is no command, and is not kept."""
FAINT = 0.1
"""How likely speech must be for the spotter to look."""
HOP, LINGER = 0.08, 0.5
"""Seconds from one look of the spotter to the next, and how long it goes on after the last sound."""


class TurnEar:
    """An ear around any recogniser.

    waker: where the robot is to be called by its name first. push_to_talk: all that is fed is one turn, until `finish`.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        activity: VoiceActivity,
        spotter: Spotter | None = None,
        *,
        waker: Waker | None = None,
        push_to_talk: bool = False,
    ) -> None:
        self.moving = False
        self.deaf = False
        self._recogniser = recogniser
        self._activity = activity
        self._spotter = spotter
        self._waker = waker
        self._push_to_talk = push_to_talk
        self._rest = np.zeros(0, np.int16)
        self._recent = np.zeros(0, np.int16)
        self._chunks = 0
        self._next_look = 0.0
        self._heard_until = -LINGER
        self._forget_turn()

    @property
    def _now(self) -> float:
        return self._chunks * CHUNK_SECONDS

    def feed(self, samples: Samples) -> list[Heard]:
        """Hear the next samples, any number of them."""
        self._rest = np.concatenate([self._rest, samples])
        whole = len(self._rest) // CHUNK
        chunks, self._rest = self._rest[: whole * CHUNK].reshape(whole, CHUNK), self._rest[whole * CHUNK :]
        return [event for chunk in chunks for event in self._hear(chunk)]

    def finish(self) -> list[Heard]:
        """End the turn now."""
        events = list(self._hear(np.pad(self._rest, (0, CHUNK - len(self._rest))))) if len(self._rest) else []
        self._rest = self._rest[:0]
        return events + (list(self._end(self._transcript or self._decode())) if self._speaking else [])

    def reset(self) -> None:
        """Forget the turn that is under way."""
        self._forget_turn()

    def _forget_turn(self) -> None:
        self._turn: list[Samples] = []
        self._speaking = self._overlong = False
        self._onset = 0
        self._started = self._ended = 0.0
        self._transcript: Transcript | None = None

    def _hear(self, chunk: Samples) -> Iterator[Heard]:
        likely = self._activity(chunk)
        self._chunks += 1
        self._recent = np.concatenate([self._recent, chunk])[-SAMPLE_RATE:]
        if likely >= FAINT:
            self._heard_until = self._now
        yield from self._look()
        if self.deaf:
            if self._speaking:
                self._forget_turn()
                yield SpeechEnded(self._now)
        elif self._speaking:
            yield from self._go_on(chunk, likely)
        else:
            self._onset = self._onset + 1 if likely >= LOUD else 0
            if self._onset >= ONSET or likely >= PLAIN or self._push_to_talk:
                yield from self._begin()

    def _look(self) -> Iterator[Heard]:
        """Let the spotter look while there is sound."""
        if self._now < self._next_look or self._now > self._heard_until + LINGER:
            return
        self._next_look = self._now + HOP - CHUNK_SECONDS / 2
        if self._spotter is not None:
            spot = self._spotter.look(self._recent, self._now, MOVING if self.moving else AT_REST)
            if spot is not None:
                yield StopHeard(spot.score, self._now)
        if self._waker is not None and not self.deaf:
            self._waker.look(self._recent, self._now)

    def _begin(self) -> Iterator[Heard]:
        before = self._recent[-round(BEFORE * SAMPLE_RATE) - self._onset * CHUNK :]
        self._speaking, self._turn = True, [before]
        self._started, self._ended = self._now - self._onset * CHUNK_SECONDS, self._now
        yield SpeechStarted(self._now)

    def _go_on(self, chunk: Samples, likely: float) -> Iterator[Heard]:
        if not self._overlong:
            self._turn.append(chunk)
        if likely >= QUIET:
            self._ended, self._transcript = self._now, None
            self._overlong = self._overlong or self._now - self._started > LONGEST
            if self._overlong:
                self._turn.clear()
            return
        silence = self._now - self._ended
        if self._push_to_talk or silence < DECODE:
            return
        if self._transcript is None:
            self._transcript = NOTHING if self._overlong else self._decode()
            if self._transcript.text:
                yield Partial(self._transcript.text, self._now)
        if silence >= LONG or (silence >= SHORT and self._transcript.sure):
            yield from self._end(self._transcript)

    def _decode(self) -> Transcript:
        return NOTHING if self._overlong else self._recogniser.transcribe(np.concatenate(self._turn))

    def _end(self, said: Transcript) -> Iterator[Heard]:
        started, ended, now = self._started, self._ended, self._now
        self._forget_turn()
        yield SpeechEnded(now)
        text = said.text if self._waker is None else self._waker.called(said.text, started, now)
        if text is not None:
            yield Final(text, said.score, started, ended, now, said.accepted and bool(text))
