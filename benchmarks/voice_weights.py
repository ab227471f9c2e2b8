"""Counts how phrases follow each other in what people say to the robot.

python benchmarks/voice_weights.py     # writes bolt_agent/voice/hearing/weights.txt

Counted are the sentences that the reflex brain is tested with, those of voice_sentences.txt, and small talk. The
sentences of voice_commands.txt, which `voice.py` measures with, are never counted, and none that is the same as one of
them. Cases that it is given with --bench may be: everybody says "turn right".
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

from bolt_agent.brains.reflex.lexicon import Entry, Lexicon, load_lexicon
from bolt_agent.brains.reflex.pieces import pieces_of, skip_wake_words
from bolt_agent.brains.reflex.segment import segment
from bolt_agent.voice.hearing.language import CHARACTER, FILE, FREE, OTHER, RESPELLED, WAKE, Spoken, count_sentences
from bolt_agent.voice.hearing.numerals import spelled
from bolt_agent.voice.hearing.pronouncing import free_words

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "bolt_agent" / "brains" / "reflex"))
from reflex_small_talk import small_talk
from reflex_virtual import cases

DATA = Path(__file__).parent.parent / "tests" / "data"
CASES = ("reflex_cases.jsonl", "reflex_paraphrases.jsonl")
TALK = 150
"""Sentences of small talk."""
DEV_SHARE = 20
"""One of so many sentences is in the dev split."""


def lines(name: str) -> list[str]:
    """The lines of a file of data."""
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def sentences(without: Iterable[str] = ()) -> Iterator[str]:
    """What people say to the robot, in English. without: sentences that are not to be among them."""
    left_out = set(map(_plain, (*lines("voice_commands.txt"), *without)))
    return (text for text in _sentences() if _plain(text) not in left_out)


def dev_split() -> list[str]:
    """Sentences to fit with: they are counted for the package, but not while something is fitted with them."""
    return [text for text in dict.fromkeys(sentences()) if crc32(_plain(text).encode()) % DEV_SHARE == 0]


def _sentences() -> Iterator[str]:
    for name in CASES:
        yield from (said for case in cases(name, "en") for said in case["say"])
    yield from lines("voice_sentences.txt")
    yield from (text for text in small_talk(TALK) if text.isascii())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", spelled(text).lower()))


def phrases(text: str) -> list[Spoken]:
    """A sentence as phrases of the lexicon, with what marks were between them."""
    lexicon, pause = load_lexicon("en"), False
    found = list(_calls(spelled(text), lexicon))
    for token in segment(spelled(text), lexicon):
        words = tuple(RESPELLED.get(word, word) for word in re.findall(r"[a-z']+", token.text.lower()))
        if not words:
            pause = True
            continue
        if token.kind == "text" and len(token.text) == 1:
            entries = [(Entry(CHARACTER, ""), (token.text.upper(),))]
        elif token.kind in ("text", "title", "unknown"):
            entries = [(_entry(word, token.kind, lexicon), (word,)) for word in words]
        else:
            entries = [(Entry(token.kind, token.value), words)]
        found += [Spoken(entry, said, pause and not index) for index, (entry, said) in enumerate(entries)]
        pause = False
    return found


def _calls(text: str, lexicon: Lexicon) -> Iterator[Spoken]:
    """What only calls the robot, which the brain leaves out: "OKAY BOLT, turn left"."""
    units = pieces_of(text)
    called = [unit.text for unit in units[: len(units) - len(skip_wake_words(units, lexicon))] if unit.shape == "word"]
    while called:
        size = next(size for size in range(len(called), 0, -1) if size == 1 or " ".join(called[:size]) in lexicon.wake)
        words, called = tuple(RESPELLED.get(word, word) for word in called[:size]), called[size:]
        yield Spoken(lexicon.phrases.get(words) or Entry(WAKE, " ".join(words)), words)


def _entry(word: str, kind: str, lexicon: Lexicon) -> Entry:
    """What a word is that was not read as a phrase."""
    known, is_free = lexicon.phrases.get((word,)), word in free_words()
    if kind == "unknown":
        return known or Entry(FREE if is_free else OTHER, "")
    return Entry(FREE, "") if known is None or is_free else known


def main() -> None:
    """Write the weights."""
    counted = count_sentences(phrases(text) for text in sentences())
    Path(str(FILE)).write_text("\n".join(counted) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
