"""A person and a virtual BOLT that talk with each other on the fast clock, without a sound being made.

What the ear hears is a script by the second; what the robot says is kept word for word, with the time it takes.
"""

import asyncio
import itertools

import numpy as np

from bolt_agent.assembly import Options, assemble, opened
from bolt_agent.brains.brain import Brain
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Final, SpeechStarted, StopHeard
from bolt_agent.voice.listening import Listening
from bolt_agent.voice.speaker import SilentSpeaker
from bolt_agent.voice.speech.rendering import Renderer
from bolt_agent.voice.speech.voice import Utterance
from bolt_agent.voice.talker import Talker
from drivers.clock import Clock

LETTER = 0.06
"""Seconds that the toy voice takes for a letter."""
BLOCK = 0.02


class ToyVoice:
    """Says every letter in the same time; keeps what it was given."""

    def __init__(self):
        self.sentences = []

    def load(self):
        pass

    def render(self, sentence, pace):
        self.sentences.append(sentence)
        return Utterance(np.full(round(LETTER * len(sentence) / pace * 8000), 9000, np.int16), 8000)


class ScriptedEar:
    """Hears what a script says, each event when its time has come; when it is deaf, only "stop"."""

    def __init__(self, *script):
        self.script = list(script)
        self.moving = self.deaf = False
        self.time = 0.0
        self.was_moving = []

    def feed(self, samples):
        self.time += samples.size / SAMPLE_RATE
        self.was_moving.append(self.moving)
        due = [event for event in self.script if event.time <= self.time + 1e-9]
        self.script = [event for event in self.script if event not in due]
        return [event for event in due if isinstance(event, StopHeard) or not self.deaf]

    def finish(self):
        due = [event for event in self.script if getattr(event, "started", event.time) <= self.time]
        self.script = [event for event in self.script if event not in due]
        return due

    def reset(self):
        pass


def said(text, at, *, lasting=1.0, accepted=True):
    """Somebody has said this: it ends at that second, and is understood a quarter of a second later."""
    return Final(text, score=-0.5, started=at - lasting, ended=at, time=at + 0.25, accepted=accepted)


def begins(at):
    return SpeechStarted(at)


def stop(at):
    return StopHeard(-0.2, at)


class Journal:
    """A witness that keeps everything."""

    def __init__(self):
        self.events, self.notices, self.timings = [], [], []

    def heard(self, heard):
        self.events.append(heard)

    def noticed(self, text):
        self.notices.append(text)

    def timed(self, timing):
        self.timings.append(timing)


class VoiceStage:
    """script: what the ear hears.   slips: finds where in a piece of speech the robot sounds like "stop"."""

    def __init__(self, *script, brain=None, mute=False, slips=None, **listening):
        self.container = assemble(Options(brain="reflex", clock="fast"))
        if brain is not None:
            self.container.set(Brain, brain)
        self.clock = self.container.force_fetch(Clock)
        self.ear, self.witness, self.voice = ScriptedEar(*script), Journal(), ToyVoice()
        self.speaker = SilentSpeaker(self.clock, rate=8000)
        self.mute, self.slips, self.options = mute, slips, listening

    def listen(self, seconds, meanwhile=None):
        """Let that much time pass, and everything that comes of it. meanwhile: a coroutine function run beside it."""

        async def main():
            async with opened(self.container) as self.assembly:
                self.talker = (
                    None
                    if self.mute
                    else Talker(
                        Renderer(self.voice, 8000),
                        self.speaker,
                        self.clock,
                        notice=self.witness.noticed,
                        slips=self.slips,
                    )
                )
                conversation = self.assembly.conversation
                if self.talker:
                    conversation.watch(self.talker.add)
                self.listening = Listening(
                    self.ear, conversation, self.talker, self.clock, self.witness, **self.options
                )
                beside = asyncio.create_task(meanwhile(self)) if meanwhile else None
                await self.listening.hear(self.silence(seconds))
                if beside:
                    await beside
                if self.talker:
                    await self.talker.close()

        self.clock.run(asyncio.wait_for(main(), 50))
        return self

    async def silence(self, seconds):
        for _ in range(round(seconds / BLOCK)):
            await self.clock.sleep(BLOCK)
            yield np.zeros(round(BLOCK * SAMPLE_RATE), np.int16)

    @property
    def turns(self):
        return self.assembly.session.turns

    @property
    def spoken(self):
        """Seconds of sound that really left, piece by piece."""
        return [round(piece.size / 8000, 2) for piece in self.speaker.played]

    def speeds_between(self, start, end):
        """The ball's speeds in cm/s between two moments of the clock."""
        path = self.assembly.virtual_bolt.record.path
        return [
            ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / (t2 - t1)
            for (t1, x1, y1, *_), (t2, x2, y2, *_) in itertools.pairwise(path)
            if start <= t1 and t2 <= end and t2 > t1
        ]
