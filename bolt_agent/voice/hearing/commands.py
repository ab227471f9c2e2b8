"""The embedded recogniser: phonemes from the phoneme model, words from the grammar, the reflex brain as the judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bolt_agent.brains.reflex import is_stop
from bolt_agent.voice.hearing.decoder import Reading, decode
from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.hearing.grammar import Grammar
from bolt_agent.voice.hearing.judge import Judge, reflex_judge
from bolt_agent.voice.hearing.phonemes import Floats, PhonemeModel, phoneme_model
from bolt_agent.voice.hearing.recogniser import NOTHING, Transcript
from bolt_agent.voice.hearing.sounds import Sounds, hear_sounds
from bolt_agent.voice.hearing.weighing import LEAST_CHANCE, chances, evidence, odds, signs, with_again
from bolt_agent.voice.hearing.writing import write_text

__all__ = ["CommandRecogniser"]

READINGS = 40
"""How many readings are weighed against each other."""
PACES = (0.92, 0.96, 1.04, 1.08)
"""How much faster the same is heard again: what fits at every pace and pitch is likelier what was said."""
CLEAR = 0.98
"""With such a chance a reading needs no other paces."""
UNLIKELY = 0.01
"""A reading whose chance is this share of the best one's that means something cannot change what was said."""
STOPS = 3.0
"""How much more a reading counts that makes it stop: to miss that is worse than to stop for nothing."""

REJECT = -0.5
"""With odds below these it was something else: talk, another language, noise."""
SURE = 0.5
"""With odds above these it was a whole command."""
ENDS = np.log(0.05)
"""A command whose last words end a sentence less often than this has something else to come: "roll forward for"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence, and what it may have been. evidence: a row for each reading (see `weighing.py`)."""

    log_probs: Floats
    sounds: Sounds
    readings: list[Reading]
    evidence: Floats


class CommandRecogniser:
    """Hears commands in English, and nothing else.

    names: what the person has named, which can be said like any word of the lexicon.
    """

    def __init__(
        self, model: PhonemeModel | None = None, *, names: Iterable[str] = (), meaning: Judge | None = None
    ) -> None:
        names = list(names)
        self._model = model or phoneme_model()
        self._grammar = Grammar(names=names)
        self.meaning = meaning or reflex_judge(names)

    def transcribe(self, samples: Samples) -> Transcript:
        """The best reading of the likeliest meaning; the best one of all, not accepted, where none means anything."""
        heard = self.hear(samples)
        if heard is None:
            return NOTHING
        meant: dict[str, float] = defaultdict(float)
        best: dict[str, int] = {}
        likely = chances(heard.evidence)
        for index in np.argsort(-likely):
            if meant and likely[index] < UNLIKELY * max(meant.values()):
                break
            text = self.text(heard, index)
            meaning = self.meaning(text)
            if meaning is not None:
                meant[meaning] += float(likely[index]) * (STOPS if is_stop(text) else 1.0)
                best.setdefault(meaning, index)
        if not meant:
            return Transcript(self.text(heard, int(likely.argmax())), np.log(LEAST_CHANCE), accepted=False)
        meaning = max(meant, key=meant.__getitem__)
        index = best[meaning]
        reading = heard.readings[index]
        certainty = odds(signs(reading, heard.evidence[index], min(1.0, meant[meaning])))
        ends = self._grammar.ends([word.chain.phrase for word in reading.words]) >= ENDS
        score = -float(np.logaddexp(0, -certainty))
        return Transcript(self.text(heard, index), score, certainty >= REJECT, sure=ends and certainty >= SURE)

    def hear(self, samples: Samples, *, clear: float = CLEAR) -> Heard | None:
        """The readings of a sentence; None where nothing was said. clear: the chance that needs no other paces."""
        labels, log_probs = self._model.labels, self._model(samples)
        sounds = hear_sounds(log_probs, labels)
        readings = decode(self._grammar.network, sounds.sounds, sounds.gaps, sounds.best, most=READINGS)
        if not readings:
            return None
        rows = evidence(readings, log_probs, labels, self._grammar)
        if chances(rows).max() < clear:
            rows = with_again(rows, readings, [self._model(_at_pace(samples, pace)) for pace in PACES], labels)
        return Heard(log_probs, sounds, readings, rows)

    def text(self, heard: Heard, index: int) -> str:
        """One of the readings as one would type it."""
        phrases = [
            (self._grammar.phrases[word.chain.phrase], word.start, word.end) for word in heard.readings[index].words
        ]
        return write_text(phrases, heard.log_probs, heard.sounds.frames)


def _at_pace(samples: Samples, pace: float) -> Samples:
    """The sound so much faster, and so much higher."""
    at = np.arange(0, len(samples) - 1, pace)
    faster: Samples = np.interp(at, np.arange(len(samples)), samples).astype(np.int16)
    return faster
