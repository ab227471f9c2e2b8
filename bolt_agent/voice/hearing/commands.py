"""The embedded recogniser: phonemes from the phoneme model, words from the grammar, the reflex brain as the judge."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bolt_agent.voice.hearing.decoder import Reading, decode
from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.hearing.grammar import Grammar
from bolt_agent.voice.hearing.judge import Judge, reflex_judge
from bolt_agent.voice.hearing.phonemes import PhonemeModel
from bolt_agent.voice.hearing.recogniser import NOTHING, Transcript
from bolt_agent.voice.hearing.sounds import Sounds, hear_sounds
from bolt_agent.voice.hearing.writing import write_text

__all__ = ["CommandRecogniser"]

READINGS = 6
"""How many readings are shown to the judge."""
REJECT = -1.0
"""A reading whose sounds fit worse than this, on average over its phonemes, was something else."""
SURE = -0.5
"""One that fits better than this, and is understood, is a whole command."""


class CommandRecogniser:
    """Hears commands in English, and nothing else.

    names: what the person has named, which can be said like any word of the lexicon.
    """

    def __init__(
        self, model: PhonemeModel | None = None, *, names: Iterable[str] = (), understands: Judge | None = None
    ) -> None:
        names = list(names)
        self._model = model or PhonemeModel()
        self._grammar = Grammar(names=names)
        self._understands = understands or reflex_judge(names)

    def transcribe(self, samples: Samples) -> Transcript:
        """The best reading that the judge understands, or the best one, not accepted."""
        log_probs = self._model(samples)
        heard = hear_sounds(log_probs, self._model.labels)
        readings = decode(self._grammar.network, heard.sounds, heard.gaps, heard.best, most=READINGS)
        texts = [self._write(reading, log_probs, heard) for reading in readings]
        for text, reading in zip(texts, readings, strict=True):
            if self._understands(text):
                score = fit(reading)
                return Transcript(text, score, accepted=score >= REJECT, sure=score >= SURE)
        return Transcript(texts[0], fit(readings[0]), accepted=False) if readings else NOTHING

    def _write(self, reading: Reading, log_probs: np.ndarray, heard: Sounds) -> str:
        phrases = [(self._grammar.phrases[word.chain.phrase], word.start, word.end) for word in reading.words]
        return write_text(phrases, log_probs, heard.frames)


def fit(reading: Reading) -> float:
    """How well a reading fits the sound: what it loses against the likeliest sounds, for each of its phonemes."""
    return sum(word.fit for word in reading.words) / sum(len(word.chain.sounds) for word in reading.words)
