"""Two engines by `pocketsphinx`: commands with the words of the lexicon, and free speech with its language model."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from math import log10
from pathlib import Path
from typing import Any

from bolt_agent.brains.reflex.lexicon import load_lexicon
from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.hearing.errors import EngineMissing
from bolt_agent.voice.hearing.grammar import Phrase, phrase_weight, phrases_of
from bolt_agent.voice.hearing.judge import Judge, reflex_judge
from bolt_agent.voice.hearing.language import CHARACTER, OTHER
from bolt_agent.voice.hearing.numerals import written
from bolt_agent.voice.hearing.recogniser import NOTHING, Transcript

__all__ = ["PocketsphinxCommands", "PocketsphinxDictation"]


APART = (OTHER, CHARACTER)
"""Words of no command."""


def _sphinx() -> Any:
    try:
        import pocketsphinx  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise EngineMissing("pocketsphinx", "voice") from None
    return pocketsphinx


class PocketsphinxDictation:
    """Free speech, for quiet rooms."""

    def __init__(self) -> None:
        self._decoder = _sphinx().Decoder(loglevel="FATAL")

    def transcribe(self, samples: Samples) -> Transcript:
        """What was said, in any words."""
        hypothesis = _decoded(self._decoder, samples)
        return Transcript(hypothesis.hypstr, hypothesis.score, accepted=True) if hypothesis else NOTHING


class PocketsphinxCommands:
    """Commands in English. It takes half of all other talk for commands, too: it has no way to tell."""

    def __init__(self, *, names: Iterable[str] = (), meaning: Judge | None = None) -> None:
        sphinx = _sphinx()
        names = list(names)
        self._meaning = meaning or reflex_judge(names)
        known = _dictionary(Path(sphinx.get_model_path(), "en-us", "cmudict-en-us.dict"))
        phrases = [p for p in phrases_of(load_lexicon("en"), names) if all(w.lower() in known for w in p.words)]
        with tempfile.TemporaryDirectory() as folder:
            words = Path(folder, "commands.lm")
            words.write_text(_arpa(phrases), encoding="utf-8")
            self._decoder = sphinx.Decoder(lm=str(words), loglevel="FATAL")

    def transcribe(self, samples: Samples) -> Transcript:
        """The best reading, accepted if the judge understands it."""
        hypothesis = _decoded(self._decoder, samples)
        if hypothesis is None:
            return NOTHING
        text = " ".join(written(hypothesis.hypstr.split()))
        understood = self._meaning(text) is not None
        return Transcript(text, hypothesis.score, accepted=understood, sure=understood)


def _decoded(decoder: Any, samples: Samples) -> Any:
    decoder.start_utt()
    decoder.process_raw(samples.tobytes(), full_utt=True)
    decoder.end_utt()
    return decoder.hyp()


def _dictionary(path: Path) -> frozenset[str]:
    return frozenset(line.split(maxsplit=1)[0] for line in path.read_text(encoding="utf-8").splitlines() if line)


def _arpa(phrases: list[Phrase]) -> str:
    """A language model of the words in phrases: how often each is said, and what follows it inside of a phrase."""
    single: Counter[str] = Counter({"</s>": 1, "<s>": 1})
    double: Counter[tuple[str, str]] = Counter()
    for phrase in phrases:
        if phrase.kind not in APART:
            single.update(dict.fromkeys(phrase.words, round(2 * phrase_weight(phrase))))
            double.update(dict.fromkeys(pairwise(phrase.words), round(2 * phrase_weight(phrase))))
    total = sum(single.values())
    ones = [f"{log10(number / total):.4f}\t{word}\t-0.3" for word, number in sorted(single.items())]
    twos = [
        f"{log10(number / (2 * single[before])):.4f}\t{before} {after}"
        for (before, after), number in sorted(double.items())
    ]
    sizes = f"\\data\\\nngram 1={len(ones)}\nngram 2={len(twos)}\n"
    return "\n".join([sizes, "\\1-grams:", *ones, "", "\\2-grams:", *twos, "", "\\end\\", ""])
