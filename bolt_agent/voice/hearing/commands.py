"""The embedded recogniser: phonemes from the phoneme model, words from the grammar, the reflex brain as the judge."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bolt_agent.voice.hearing.decoder import Reading, decode
from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.hearing.grammar import OTHER, Grammar, kind_of
from bolt_agent.voice.hearing.judge import Judge, reflex_judge
from bolt_agent.voice.hearing.phonemes import PhonemeModel
from bolt_agent.voice.hearing.recogniser import NOTHING, Transcript
from bolt_agent.voice.hearing.sounds import Sounds, hear_sounds
from bolt_agent.voice.hearing.writing import write_text

__all__ = ["CommandRecogniser"]

READINGS = 6
"""How many readings are shown to the judge."""
REJECT = -3.0
"""A reading with a lower score was something else: talk, another language, noise."""
SURE = -1.2
"""One with a higher score is a whole command."""

LEAST_FIT = -5.0
"""A phrase that fits worse than this fits not at all."""
WORST, BEHIND, LITTLE = 0.3, 0.55, 3.0
"""What counts against a reading besides its fit: its worst phrase; how far behind the best reading it is, understood or
not; and the share of words in it that no command needs. From 84 readings in six voices, half of them checked against
the other half."""
DANGLING = frozenset({"filler", "article", "number", "tens", "and", "then", "point", "minus", "while", "until", "if",
                      "name", "write", "speed", "heading"})  # fmt: skip
"""Kinds of phrases that no command ends with: something else is to come."""
NEEDLESS = frozenset({OTHER, "chat", "question", "filler", "article"})
"""Kinds of words that no command needs."""


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
                score = self._score(reading, readings[0])
                ends = kind_of(self._grammar.phrases[reading.words[-1].chain.phrase].kind) not in DANGLING
                return Transcript(text, score, accepted=score >= REJECT, sure=ends and score >= SURE)
        return Transcript(texts[0], self._score(readings[0], readings[0]), accepted=False) if readings else NOTHING

    def _score(self, reading: Reading, best: Reading) -> float:
        """How sure it is that this was said: 0 for perfectly, less for worse."""
        sizes = [len(word.chain.sounds) for word in reading.words]
        kinds = [kind_of(self._grammar.phrases[word.chain.phrase].kind) for word in reading.words]
        fits = [word.fit / size for word, size in zip(reading.words, sizes, strict=True)]
        needless = sum(size for size, kind in zip(sizes, kinds, strict=True) if kind in NEEDLESS) / sum(sizes)
        fit = sum(word.fit for word in reading.words) / sum(sizes)
        behind = best.score - reading.score
        return float(min(0.0, fit + WORST * max(min(fits), LEAST_FIT) - BEHIND * behind - LITTLE * needless))

    def _write(self, reading: Reading, log_probs: np.ndarray, heard: Sounds) -> str:
        phrases = [(self._grammar.phrases[word.chain.phrase], word.start, word.end) for word in reading.words]
        return write_text(phrases, log_probs, heard.frames)
