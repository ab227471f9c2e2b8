"""`bolt-agent listen`: its options. The work is in `listen_session`, which is imported when it runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bolt_agent.cli.options import Choices, option

__all__ = ["Sound", "listen"]

DUPLEXES = ("half", "full", "cancel")

EngineName = Annotated[
    str,
    option(
        "--engine", "What understands speech: hama, pocketsphinx, dictation (offline), whisper, openai; whisper:base."
    ),
]
WakeWord = Annotated[str | None, option("--wake-word", "Only listen after these words, such as 'hey bolt'.")]
Duplex = Annotated[
    str, option("--duplex", "What it hears while it speaks: half, only 'stop'; full (headphones); cancel (no echo).")
]


@dataclass(frozen=True)
class Sound:
    """What a person chose for hearing and speaking.

    wav: heard instead of a microphone.   volume: 0..1.   pace: 1 is normal.   voice: empty for a robot that is mute.
    """

    wav: Path | None
    engine: str
    language: str
    wake_word: str | None
    device: str | None
    push_to_talk: bool
    voice: str
    speaker: str | None
    volume: float
    pace: float
    duplex: str
    timing: bool


def listen(
    choices: Choices,
    wav: Annotated[Path | None, typer.Option("--wav", help="Hear this recording instead of a microphone.")] = None,
    engine: EngineName = "hama",
    language: Annotated[str, option("--language", "What people speak, for engines that know several; auto.")] = "en",
    wake_word: WakeWord = None,
    push_to_talk: Annotated[
        bool, option("--push-to-talk", "Only listen while space is held, or between two presses.")
    ] = False,
    device: Annotated[str | None, option("--device", "The microphone: a part of its name, or its number.")] = None,
    speaker: Annotated[str | None, option("--speaker", "The speaker: a part of its name, or its number.")] = None,
    voice: Annotated[str, option("--voice", "Who speaks: hibari (offline), system, openai; system:NAME.")] = "hibari",
    volume: Annotated[int, option("--volume", "How loud it speaks, in percent.", min=0, max=100)] = 100,
    pace: Annotated[float, option("--pace", "How fast it speaks; 1 is normal.", min=0.5, max=2.0)] = 1.0,
    mute: Annotated[bool, option("--mute", "Only write what it says.")] = False,
    duplex: Duplex = "half",
    timing: Annotated[bool, typer.Option("--timing", help="Print how long each turn took.")] = False,
    list_devices: Annotated[
        bool, typer.Option("--list-devices", help="List microphones and speakers, and end.")
    ] = False,
) -> int:
    """Speak to the robot, and hear it answer. Say "stop", or press Esc, and it stands still at once."""
    if list_devices:
        from bolt_agent.cli.listen_sound import print_devices

        return print_devices()
    silent = mute or volume == 0 or choices.clock != "real"  # nobody speaks in simulated time
    sound = Sound(
        wav=wav,
        engine=engine,
        language=language,
        wake_word=wake_word,
        device=device,
        push_to_talk=push_to_talk,
        voice="" if silent else voice,
        speaker=speaker,
        volume=volume / 100,
        pace=pace,
        duplex=duplex,
        timing=timing,
    )
    _check(sound, choices.clock)
    from bolt_agent.cli.listen_session import listen_to

    return listen_to(choices, sound)


def _check(sound: Sound, clock: str) -> None:
    """Raises BadParameter for what cannot be heard with."""
    from bolt_agent.voice.hearing import ENGINES

    if sound.wav is None and clock != "real":
        raise typer.BadParameter("a microphone hears in real time: use --clock real, or a recording with --wav FILE")
    if sound.duplex not in DUPLEXES:
        raise typer.BadParameter(f"--duplex is {', '.join(DUPLEXES)}, not {sound.duplex!r}")
    if sound.engine.partition(":")[0] not in ENGINES:
        raise typer.BadParameter(f"no engine {sound.engine!r}: there are {', '.join(ENGINES)}")
