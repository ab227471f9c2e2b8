"""Counts how often words follow each other in the sentences that the reflex brain is tested with.

python benchmarks/voice_weights.py     # writes bolt_agent/voice/hearing/weights.txt
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bolt_agent.brains.reflex.lexicon import Entry, load_lexicon
from bolt_agent.brains.reflex.segment import segment
from bolt_agent.voice.hearing.grammar import CHARACTER, FILE, OTHER, count_sentences
from bolt_agent.voice.hearing.numerals import spelled

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "bolt_agent" / "brains" / "reflex"))
from reflex_small_talk import small_talk
from reflex_virtual import cases

DATA = Path(__file__).parent.parent / "tests" / "data"
CASES = ("reflex_cases.jsonl", "reflex_paraphrases.jsonl")
LINES = "voice_sentences.txt"
TALK = 150
"""Sentences of small talk."""
HELD_OUT = DEV = 100


def _shuffled() -> list[dict[str, Any]]:
    single = [case for case in cases("reflex_cases.jsonl", "en") if len(case["say"]) == 1]
    random.Random(7).shuffle(single)
    return single


def held_out() -> list[dict[str, Any]]:
    """The cases that `voice.py` measures with; they are not counted, and nothing is fitted with them."""
    return _shuffled()[:HELD_OUT]


def dev_split() -> list[dict[str, Any]]:
    """The cases that `voice_fit.py` fits with; counted for the package, but not while it fits."""
    measured = {case["say"][0] for case in held_out()}
    return [case for case in _shuffled()[HELD_OUT : HELD_OUT + DEV] if case["say"][0] not in measured]


def sentences(without: Iterable[str] = ()) -> Iterator[str]:
    """What is said in the tests, and the like of it, in English. without: sentences that are not to be among them."""
    left_out = set(without)
    return (text for text in _sentences() if text not in left_out)


def _sentences() -> Iterator[str]:
    kept_back = {case["id"] for case in held_out()}
    for name in CASES:
        yield from (said for case in cases(name, "en") if case["id"] not in kept_back for said in case["say"])
    yield from (DATA / LINES).read_text(encoding="utf-8").splitlines()
    yield from (text for text in small_talk(TALK) if text.isascii())


def phrases(text: str) -> list[tuple[Entry, tuple[str, ...]]]:
    """A sentence as phrases of the lexicon, marks left out."""
    lexicon, found = load_lexicon("en"), []
    for token in segment(spelled(text), lexicon):
        words = tuple(re.findall(r"[a-z']+", token.text.lower()))
        if token.kind == "text" and len(token.text) == 1:
            found.append((Entry(CHARACTER, ""), (token.text.upper(),)))
        elif token.kind in ("text", "title", "unknown"):
            found += [(lexicon.phrases.get((word,), Entry(OTHER, "")), (word,)) for word in words]
        elif words:
            found.append((Entry(token.kind, token.value), words))
    return found


def main() -> None:
    """Write the weights."""
    lines = count_sentences(phrases(text) for text in sentences())
    Path(str(FILE)).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
