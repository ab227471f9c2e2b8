"""The embedded recogniser: phonemes from the phoneme model, words from the grammar, the reflex brain as the judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bolt_agent.voice.hearing.decoder import Reading, decode
from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.hearing.grammar import SOUND, Grammar
from bolt_agent.voice.hearing.judge import Judge, reflex_judge
from bolt_agent.voice.hearing.phonemes import Floats, PhonemeModel
from bolt_agent.voice.hearing.recogniser import NOTHING, Transcript
from bolt_agent.voice.hearing.scoring import fits, likelihoods
from bolt_agent.voice.hearing.sounds import Sounds, hear_sounds
from bolt_agent.voice.hearing.writing import write_text

__all__ = ["CommandRecogniser"]

READINGS = 24
"""How many readings are weighed against each other."""
FIT, GRAMMAR, LENGTH = 0.561, 0.495, 0.79
"""What counts for a reading: how well it fits over all ways to lie in the sound, how likely its words are, and how
many sounds it has. The best readings of the dev split of `benchmarks/voice_fit.py` were fitted with these."""
UNLIKELY = 0.01
"""A reading whose chance is this share of the best one's that means something cannot change what was said."""

SOUND_FIT, WORST_FIT, CHANCE, WORDS, COMMAND = 2.31, 0.79, 1.38, 1.95, 8.14
"""The odds that words were a command, as a logarithm: by how they fit and how their worst phrase does, for each sound;
by the chance of their meaning; by how likely they are, for each sound; and in general. Fitted with the dev split, and
with small talk that no benchmark measures with."""
REJECT = -0.5
"""With odds below these it was something else: talk, another language, noise."""
SURE = 0.5
"""With odds above these it was a whole command."""
LEAST_FIT = -5.0
"""A phrase that fits worse than this fits not at all."""
LEAST_CHANCE = 1e-4
"""The same for a meaning."""

ENDS = np.log(0.07)
"""A command whose last words end a sentence less often than this has something else to come: "roll forward for"."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A reading and its chance among all of them. fit, likely: for each of its sounds."""

    reading: Reading
    chance: float
    fit: float
    likely: float


class CommandRecogniser:
    """Hears commands in English, and nothing else.

    names: what the person has named, which can be said like any word of the lexicon.
    """

    def __init__(
        self, model: PhonemeModel | None = None, *, names: Iterable[str] = (), meaning: Judge | None = None
    ) -> None:
        names = list(names)
        self._model = model or PhonemeModel()
        self._grammar = Grammar(names=names)
        self._meaning = meaning or reflex_judge(names)

    def transcribe(self, samples: Samples) -> Transcript:
        """The best reading of the likeliest meaning; the best one of all, not accepted, where none means anything."""
        log_probs = self._model(samples)
        heard = hear_sounds(log_probs, self._model.labels)
        readings = decode(self._grammar.network, heard.sounds, heard.gaps, heard.best, most=READINGS)
        if not readings:
            return NOTHING
        weighed = self._weigh(readings, log_probs[heard.frames], float(heard.best.sum()))
        chances: dict[str, float] = defaultdict(float)
        best: dict[str, tuple[_Weighed, str]] = {}
        for one in weighed:
            if best and one.chance < UNLIKELY * max(chances.values()):
                break
            text = self._write(one.reading, log_probs, heard)
            meaning = self._meaning(text)
            if meaning is not None:
                chances[meaning] += one.chance
                best.setdefault(meaning, (one, text))
        if not best:
            return Transcript(self._write(weighed[0].reading, log_probs, heard), np.log(LEAST_CHANCE), accepted=False)
        meaning = max(chances, key=chances.__getitem__)
        one, text = best[meaning]
        odds = _odds(one, chances[meaning])
        ends = bool(self._grammar.network.ends[one.reading.words[-1].chain.kind] >= ENDS)
        score = -float(np.logaddexp(0, -odds))
        return Transcript(text, score, accepted=odds >= REJECT, sure=ends and odds >= SURE)

    def _weigh(self, readings: list[Reading], log_probs: Floats, best: float) -> list[_Weighed]:
        """The readings, the likeliest first. best: what the likeliest sounds have, as the decoder hears them."""
        likely = likelihoods(log_probs, self._model.labels)
        sizes = np.array([len(reading.sounds) for reading in readings])
        fit = fits(likely, [reading.sounds for reading in readings])
        words = np.array([reading.score - best - sum(word.fit for word in reading.words) for reading in readings])
        score = FIT * fit + GRAMMAR * words + LENGTH * sizes
        chances = np.exp(score - score.max())
        chances /= chances.sum()
        bare = words - SOUND * sizes
        weighed = map(_Weighed, readings, chances, (fit - best) / sizes, bare / sizes)
        return sorted(weighed, key=lambda one: -one.chance)

    def _write(self, reading: Reading, log_probs: np.ndarray, heard: Sounds) -> str:
        phrases = [(self._grammar.phrases[word.chain.phrase], word.start, word.end) for word in reading.words]
        return write_text(phrases, log_probs, heard.frames)


def _odds(one: _Weighed, chance: float) -> float:
    """The logarithm of the odds that this was said as a command."""
    worst = max(LEAST_FIT, min(word.fit / len(word.chain.sounds) for word in one.reading.words))
    known = np.log(chance + LEAST_CHANCE)
    return float(SOUND_FIT * one.fit + WORST_FIT * worst + CHANCE * known + WORDS * one.likely + COMMAND)
