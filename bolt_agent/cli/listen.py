"""`bolt-agent listen`: its options. The work is in `listen_session`, which is imported when it runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from bolt_agent.cli.options import Choices

__all__ = ["Sound", "listen"]

DUPLEXES = ("half", "full", "cancel")


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


def _option(flag: str, text: str, **more: Any) -> Any:
    return typer.Option(flag, envvar=f"BOLT_AGENT_{flag.strip('-').replace('-', '_').upper()}", help=text, **more)


def listen(
    choices: Choices,
    wav: Annotated[Path | None, typer.Option("--wav", help="Hear this recording instead of a microphone.")] = None,
    engine: Annotated[
        str,
        _option(
            "--engine",
            "What understands speech: hama, pocketsphinx, dictation (offline), whisper, openai; whisper:base.",
        ),
    ] = "hama",
    language: Annotated[str, _option("--language", "What people speak, for engines that know several; auto.")] = "en",
    wake_word: Annotated[
        str | None, _option("--wake-word", "Only listen after these words, such as 'hey bolt'.")
    ] = None,
    push_to_talk: Annotated[
        bool, _option("--push-to-talk", "Only listen while space is held, or between two presses.")
    ] = False,
    device: Annotated[str | None, _option("--device", "The microphone: a part of its name, or its number.")] = None,
    speaker: Annotated[str | None, _option("--speaker", "The speaker: a part of its name, or its number.")] = None,
    voice: Annotated[str, _option("--voice", "Who speaks: hibari (offline), system, openai; system:NAME.")] = "hibari",
    volume: Annotated[int, _option("--volume", "How loud it speaks, in percent.", min=0, max=100)] = 100,
    pace: Annotated[float, _option("--pace", "How fast it speaks; 1 is normal.", min=0.5, max=2.0)] = 1.0,
    mute: Annotated[bool, _option("--mute", "Only write what it says.")] = False,
    duplex: Annotated[
        str,
        _option("--duplex", "What it hears while it speaks: half, only 'stop'; full (headphones); cancel (no echo)."),
    ] = "half",
    timing: Annotated[bool, typer.Option("--timing", help="Print how long each turn took.")] = False,
    list_devices: Annotated[
        bool, typer.Option("--list-devices", help="List microphones and speakers, and end.")
    ] = False,
) -> int:
    """Speak to the robot, and hear it answer. Say "stop", or press Esc, and it stands still at once."""
    if list_devices:
        from bolt_agent.cli.listen_sound import print_devices

        return print_devices()
    if wav is None and choices.clock != "real":
        raise typer.BadParameter("a microphone hears in real time: use --clock real, or a recording with --wav FILE")
    if duplex not in DUPLEXES:
        raise typer.BadParameter(f"--duplex is {', '.join(DUPLEXES)}, not {duplex!r}")
    from bolt_agent.voice.hearing import ENGINES

    if engine.partition(":")[0] not in ENGINES:
        raise typer.BadParameter(f"no engine {engine!r}: there are {', '.join(ENGINES)}")
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
    from bolt_agent.cli.listen_session import listen_to

    return listen_to(choices, sound)
