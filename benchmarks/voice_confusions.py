"""Counts which sounds the phoneme model mistakes for which, over sentences in three voices, clean and in noise.

python benchmarks/voice_confusions.py     # writes bolt_agent/voice/hearing/confusions.txt
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from rapidfuzz.distance import Levenshtein

from bolt_agent.voice.hearing.numerals import spelled
from bolt_agent.voice.hearing.phonemes import PhonemeModel
from bolt_agent.voice.hearing.pronouncing import SAME, Phonemes, Pronouncer
from bolt_agent.voice.hearing.sounds import CONFUSIONS, SOUNDS

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "bolt_agent" / "voice" / "hearing"))
import spoken  # noqa: E402

LINES = ROOT / "tests" / "data" / "voice_sentences.txt"
EVERY = 8
"""One of so many sentences is listened to."""
MOST_WRONG = 0.45
"""A sentence of which more was misheard says nothing about single sounds."""
LEAST = 3
"""What was counted less often is chance."""


def sounds_heard(model: PhonemeModel, samples: object) -> list[str]:
    """The likeliest sounds, repeats and blanks taken out."""
    best = model(samples).argmax(axis=1)  # type: ignore[arg-type]
    labels = [model.labels[index] for before, index in zip([-1, *best], best, strict=False) if index != before]
    return [SAME.get(label, label) for label in labels if not label.startswith("<")]


def closest(words: Sequence[str], heard: Sequence[str], pronounce: Pronouncer) -> list[Phonemes]:
    """How each word was pronounced: the way that is nearest to what was heard."""
    said, chosen = list[str](), list[Phonemes]()
    for word in words:
        ways = {way: [SAME.get(sound, sound) for sound in way] for way in pronounce(word)}
        chosen.append(min(ways, key=lambda way: Levenshtein.distance(said + ways[way], heard[: len(said) + len(way)])))
        said += ways[chosen[-1]]
    return chosen


@cache
def _model() -> tuple[PhonemeModel, Pronouncer]:
    return PhonemeModel(), Pronouncer()


def mistaken(text: str) -> Counter[tuple[str, str]]:
    """What was said and heard of one sentence in every voice."""
    (model, pronounce), pairs = _model(), Counter[tuple[str, str]]()
    for voice in spoken.TUNED_ON:
        sentence = spoken.say(text, voice, 0.3, 0.3)
        for sound in (sentence, spoken.with_noise(sentence, 12, seed=len(text))):
            heard = sounds_heard(model, sound)
            ways = closest(text.replace(",", "").replace(":", "").split(), heard, pronounce)
            said = [same for way in ways for sound in way if (same := SAME.get(sound, sound)) in SOUNDS]
            if Levenshtein.normalized_distance(said, heard) > MOST_WRONG:
                continue
            for tag, a, b, c, d in Levenshtein.opcodes(said, heard):
                if tag in ("equal", "replace"):
                    pairs.update(zip(said[a:b], heard[c:d], strict=True))
                elif tag == "delete":
                    pairs.update((sound, "-") for sound in said[a:b])
    return pairs


def main() -> None:
    """Write the counts."""
    texts = LINES.read_text(encoding="utf-8").splitlines()[::EVERY]
    with multiprocessing.get_context("spawn").Pool() as pool:
        pairs = sum(pool.imap(mistaken, map(spelled, texts), chunksize=16), Counter())
    lines = [f"{said} {heard} {number}\n" for (said, heard), number in sorted(pairs.items()) if number >= LEAST]
    Path(str(CONFUSIONS)).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
