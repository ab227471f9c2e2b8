"""Opens what `bolt-agent listen` hears and speaks with, as the person chose it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Protocol

from bolt_agent.cli.listen import Sound
from bolt_agent.voice.devices import Direction, list_devices
from bolt_agent.voice.errors import VoiceError
from bolt_agent.voice.hearing.engine import Ear, Samples
from bolt_agent.voice.inner_ear import InnerEar
from bolt_agent.voice.microphone import Microphone
from bolt_agent.voice.speaker import DeviceSpeaker
from bolt_agent.voice.speech.rendering import Renderer
from bolt_agent.voice.speech.voice import open_voice
from bolt_agent.voice.talker import Talker
from bolt_agent.voice.wav import Recording
from drivers.clock import Clock

__all__ = ["Source", "Spoken", "load_ear", "open_source", "open_talker", "print_devices", "without_echo"]

Notice = Callable[[str], None]

NOUNS: dict[Direction, str] = {"input": "microphone", "output": "speaker"}


class Source(Protocol):
    """A microphone, or a recording."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    def blocks(self) -> AsyncIterator[Samples]:
        """What it hears."""
        ...


@dataclass(frozen=True)
class Spoken:
    """The robot's voice, and the speaker it comes from."""

    talker: Talker
    speaker: DeviceSpeaker


def print_devices() -> int:
    """Print the microphones and speakers."""
    for direction, noun in NOUNS.items():
        found = list_devices(direction)
        if not found:
            print(f"{noun:10}  none")
        for device in found:
            chosen = "  (the system's choice)" if device.default else ""
            print(f"{noun:10}  {device.index:>3}  {device.name}  {device.rate} Hz{chosen}")
    return 0


def open_source(sound: Sound, clock: Clock, notice: Notice, stack: AsyncExitStack) -> Source:
    """What is heard. Raises VoiceError and OSError."""
    if sound.wav is not None:
        return Recording(sound.wav, clock)
    microphone = Microphone(sound.device, notice=notice)
    microphone.open()
    stack.push_async_callback(microphone.close)
    return microphone


def open_talker(sound: Sound, clock: Clock, notice: Notice, stack: AsyncExitStack) -> Spoken | None:
    """The robot's voice, not loaded yet; None where it is mute, or where there is nothing to hear it with.

    Raises UnknownVoice.
    """
    if not sound.voice:
        return None
    voice = open_voice(sound.voice)
    speaker = DeviceSpeaker(sound.speaker, notice=notice)
    try:
        speaker.open()
    except VoiceError as error:
        notice(f"{error}; what the robot says is only written")
        return None
    renderer = Renderer(voice, speaker.rate, volume=sound.volume, pace=sound.pace)
    talker = Talker(renderer, speaker, clock, notice=notice, slips=InnerEar(speaker.rate).slips)
    stack.push_async_callback(talker.close)
    return Spoken(talker, speaker)


def load_ear(sound: Sound) -> Ear:
    """What understands; takes about a second. Raises HearingError."""
    from bolt_agent.robot.kept_moves import MoveLibrary, folder_of_moves
    from bolt_agent.voice.hearing import open_ear

    engine, _, model = sound.engine.partition(":")
    return open_ear(
        engine,
        names=[move.name for move in MoveLibrary(folder_of_moves())],
        model=model or None,
        language=None if sound.language == "auto" else sound.language,
        wake_word=sound.wake_word,
        push_to_talk=sound.push_to_talk,
    )


def without_echo(ear: Ear, sound: Sound, spoken: Spoken | None) -> Ear:
    """The same ear, with the robot's own voice taken out of what it hears, where that was chosen."""
    if sound.duplex != "cancel" or spoken is None:
        return ear
    from bolt_agent.voice.echo import EchoCanceller, EchoFreeEar

    canceller = EchoCanceller(rate=spoken.speaker.rate)
    spoken.speaker.on_played = canceller.played
    return EchoFreeEar(ear, load_ear(sound), canceller)
