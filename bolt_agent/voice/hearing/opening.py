"""Puts an ear together from the engine that was chosen. The engines load here, and nowhere before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bolt_agent.voice.hearing.engine import Ear

if TYPE_CHECKING:
    from bolt_agent.voice.hearing.phonemes import PhonemeModel
    from bolt_agent.voice.hearing.recogniser import Recogniser

__all__ = ["ENGINES", "open_ear"]

ENGINES = {
    "hama": "commands, offline: a phoneme model and the words of the reflex brain",
    "pocketsphinx": "commands, offline: the same words by another model",
    "dictation": "free speech, offline: the language model of pocketsphinx, for quiet rooms",
    "whisper": "free speech in many languages, offline after a download: faster-whisper",
    "openai": "free speech in many languages: the OpenAI audio API",
}
"""What can be chosen, and what it is good for."""


def open_ear(
    engine: str = "hama",
    *,
    names: Iterable[str] = (),
    model: str | None = None,
    language: str | None = "en",
    wake_word: str | None = None,
    push_to_talk: bool = False,
) -> Ear:
    """An ear that is ready to hear.

    names: moves that the person has named. model: which one of the engine's, its own choice by default.
    language: for engines that know several; None lets them find out. wake_word: "hey bolt" to be called first.
    push_to_talk: all that is fed is one turn, until `finish`.

    Raises EngineMissing for a package that is not there, EngineFailed, and ValueError for an unknown engine.
    """
    from threadpoolctl import threadpool_limits

    from bolt_agent.voice.hearing.activity import SileroActivity
    from bolt_agent.voice.hearing.phonemes import phoneme_model
    from bolt_agent.voice.hearing.spotter import MOVING, NEAR_MISSES, Spotter
    from bolt_agent.voice.hearing.turns import TurnEar
    from bolt_agent.voice.hearing.waking import Waker

    # A second thread multiplies matrices this small no faster, but it spins while it waits for the first: on a busy
    # computer that costs thirty times the work, and a stop that is heard too late.
    threadpool_limits(1, user_api="blas")
    phonemes = phoneme_model()  # "stop" is spotted by it, whatever engine hears the rest
    recogniser = _recogniser(engine, phonemes, list(names), model, language)
    waker = Waker(wake_word, Spotter(phonemes, [wake_word])) if wake_word else None
    spotter = Spotter(phonemes, MOVING, NEAR_MISSES)
    return TurnEar(recogniser, SileroActivity(), spotter, waker=waker, push_to_talk=push_to_talk)


def _recogniser(
    engine: str, phonemes: PhonemeModel, names: list[str], model: str | None, language: str | None
) -> Recogniser:
    match engine:
        case "hama":
            from bolt_agent.voice.hearing.commands import CommandRecogniser

            return CommandRecogniser(phonemes, names=names)
        case "pocketsphinx":
            from bolt_agent.voice.hearing.pocketsphinx_engine import PocketsphinxCommands

            return PocketsphinxCommands(names=names)
        case "dictation":
            from bolt_agent.voice.hearing.pocketsphinx_engine import PocketsphinxDictation

            return PocketsphinxDictation()
        case "whisper":
            from bolt_agent.voice.hearing.whisper_engine import WhisperRecogniser

            return WhisperRecogniser(model, language=language, names=names)
        case "openai":
            from bolt_agent.voice.hearing.openai_engine import OpenAIRecogniser

            return OpenAIRecogniser(model, language=language, names=names)
        case _:
            raise ValueError(f"There is no engine {engine!r}. There are: {', '.join(ENGINES)}.")
