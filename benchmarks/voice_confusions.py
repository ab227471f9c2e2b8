"""Counts which sounds the phoneme model mistakes for which, over sentences in three voices, clean and in noise.

python benchmarks/voice_confusions.py     # writes bolt_agent/voice/hearing/confusions.txt
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bolt_agent.voice.hearing.numerals import spelled
from bolt_agent.voice.hearing.phonemes import PhonemeModel
from bolt_agent.voice.hearing.pronouncing import SAME, Pronouncer
from bolt_agent.voice.hearing.sounds import CONFUSIONS, SOUNDS

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "bolt_agent" / "voice" / "hearing"))
import spoken  # noqa: E402

LINES = ROOT / "tests" / "data" / "voice_sentences.txt"
MOST_WRONG = 0.45
"""A sentence of which more was misheard says nothing about single sounds."""
LEAST = 3
"""What was counted less often is chance."""


def sounds_heard(model: PhonemeModel, samples: object) -> list[str]:
    """The likeliest sounds, repeats and blanks taken out."""
    best = model(samples).argmax(axis=1)  # type: ignore[arg-type]
    labels = [model.labels[index] for before, index in zip([-1, *best], best, strict=False) if index != before]
    return [SAME.get(label, label) for label in labels if not label.startswith("<")]


def closest(text: str, heard: list[str], pronounce: Pronouncer) -> list[str]:
    """The sounds of a sentence, each word the way that is nearest to what was heard."""
    said: list[str] = []
    for word in text.replace(",", "").split():
        ways = [[SAME.get(sound, sound) for sound in way] for way in pronounce(word)]
        said += min(ways, key=lambda way: Levenshtein.distance(said + way, heard[: len(said) + len(way)]))
    return [sound for sound in said if sound in SOUNDS]


def main() -> None:
    """Write the counts."""
    model, pronounce, pairs = PhonemeModel(), Pronouncer(), Counter[tuple[str, str]]()
    for text in map(spelled, LINES.read_text(encoding="utf-8").splitlines()):
        for voice in spoken.TUNED_ON:
            sentence = spoken.say(text, voice, 0.3, 0.3)
            for sound in (sentence, spoken.with_noise(sentence, 12, seed=len(text))):
                heard = sounds_heard(model, sound)
                said = closest(text, heard, pronounce)
                steps = Levenshtein.opcodes(said, heard)
                if Levenshtein.normalized_distance(said, heard) > MOST_WRONG:
                    continue
                for tag, a, b, c, d in steps:
                    if tag in ("equal", "replace"):
                        pairs.update(zip(said[a:b], heard[c:d], strict=True))
                    elif tag == "delete":
                        pairs.update((sound, "-") for sound in said[a:b])
    lines = [f"{said} {heard} {number}\n" for (said, heard), number in sorted(pairs.items()) if number >= LEAST]
    Path(str(CONFUSIONS)).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
