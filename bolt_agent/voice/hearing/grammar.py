"""What may be said and how likely it is: the phrases of the reflex brain's lexicon as a network for the decoder.

Each kind of word in the lexicon is a class; little words ("for", "the", "to") are classes of their own, because what
follows them differs. `weights.txt` holds how often one class followed another, and how often each phrase was said, in
the sentences that the reflex brain is tested with; `benchmarks/voice_weights.py` counts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from string import ascii_uppercase

import numpy as np

from bolt_agent.brains.reflex.emergency import emergency_words
from bolt_agent.brains.reflex.lexicon import Entry, Lexicon, load_lexicon
from bolt_agent.voice.hearing.decoder import Chain, Network
from bolt_agent.voice.hearing.phonemes import Floats
from bolt_agent.voice.hearing.pronouncing import Pronouncer
from bolt_agent.voice.hearing.sounds import column, skipping

__all__ = ["BEGIN", "CHARACTER", "END", "OTHER", "SOUND", "Grammar", "Phrase", "class_of", "count_sentences",
           "kind_of", "phrase_weight", "phrases_of"]  # fmt: skip

FILE = files("bolt_agent.voice.hearing").joinpath("weights.txt")

BEGIN, END, CHARACTER, OTHER = "<begin>", "<end>", "<character>", "<other>"
"""Classes that are no kinds: around a sentence, letters to be written, words that mean nothing to the brain."""

OFTEN = 6
"""A phrase that was said so often is a class of its own within its kind."""
BACKOFF = 10.0
"""How many times something has to be seen until what follows it counts more than what follows its kind in general."""
RARE = 0.02
"""The share of all that is spread evenly over everything, seen or not."""
WAYS = 8
"""How many ways to say a phrase are kept."""
FILL = 2.0
STRANGE = frozenset({OTHER, "chat", "question", "unknown"})
"""Classes of words that no command has."""
STRANGE_SHARE = 0.2
"""How much less they are expected than they were counted: who speaks to a robot means a command."""
NOWHERE = 1e-6
"""How likely a letter is where none was ever said."""
PHRASE, SOUND = -1.3, 0.9
"""What each phrase adds to the score of a reading, and each of its sounds: more of them fit less well together."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are said together. kind: the class they are of."""

    words: tuple[str, ...]
    kind: str

    @property
    def text(self) -> str:
        """As it is written."""
        return " ".join(self.words)


@dataclass
class Counts:
    """How often phrases were said, and which class followed which."""

    phrases: dict[tuple[str, ...], int]
    pairs: dict[tuple[str, str], int]


class Grammar:
    """The phrases of a lexicon, the names of moves, and the network of them all.

    names: what the person has named, as single phrases.
    """

    def __init__(self, lexicon: Lexicon | None = None, names: Iterable[str] = ()) -> None:
        lexicon = lexicon or load_lexicon("en")
        counts = _counts()
        self.phrases = phrases_of(lexicon, names)
        self.network = _network(self.phrases, counts)


def class_of(entry: Entry, words: tuple[str, ...], said: int) -> str:
    """The class of a phrase of the lexicon: its kind, or the phrase as one of its kind. said: how often it was.

    Numbers are of three kinds: one second, four seconds, twenty four seconds.
    """
    kind = entry.kind
    if kind == "number":
        number = float(entry.meaning)
        kind = "tens" if number >= 20 else "one" if number == 1 else kind
    return f"{kind}:{' '.join(words)}" if said >= OFTEN else kind


def kind_of(name: str) -> str:
    """The kind of a class."""
    return name.partition(":")[0]


@cache
def _counts() -> Counts:
    """Read `weights.txt`: lines of a count, a tab, and words or a pair of classes `a > b`."""
    counts = Counts(defaultdict(int), defaultdict(int))
    for line in FILE.read_text(encoding="utf-8").splitlines():
        number, _, what = line.partition("\t")
        before, arrow, after = what.partition(" > ")
        if arrow:
            counts.pairs[before, after] = int(number)
        else:
            counts.phrases[tuple(what.split())] = int(number)
    return counts


def count_sentences(sentences: Iterable[list[tuple[Entry, tuple[str, ...]]]]) -> list[str]:
    """The lines of `weights.txt` for sentences that are cut into phrases."""
    sentences = list(sentences)
    phrases: dict[tuple[str, ...], int] = defaultdict(int)
    for _, words in (phrase for sentence in sentences for phrase in sentence):
        phrases[words] += 1
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for sentence in sentences:
        classes = [BEGIN, *(class_of(entry, words, phrases[words]) for entry, words in sentence), END]
        for pair in pairwise(classes):
            pairs[pair] += 1
    return [
        *(f"{number}\t{' '.join(words)}" for words, number in sorted(phrases.items())),
        *(f"{number}\t{before} > {after}" for (before, after), number in sorted(pairs.items())),
    ]


def phrases_of(lexicon: Lexicon, names: Iterable[str] = ()) -> list[Phrase]:
    """All that can be said."""
    return list(_phrases(lexicon, _counts(), names))


def phrase_weight(phrase: Phrase) -> float:
    """How often a phrase was said, and a little."""
    return _counts().phrases.get(phrase.words, 0) + 0.5


def _phrases(lexicon: Lexicon, counts: Counts, names: Iterable[str]) -> Iterator[Phrase]:
    seen: set[tuple[str, ...]] = set()
    for words, entry in _entries(lexicon, names):
        if words not in seen and all(word.replace("'", "").isalpha() for word in words):
            seen.add(words)
            kind = class_of(entry, words, counts.phrases[words])
            yield Phrase(words, kind)
            for short in _contracted(words, lexicon):
                yield Phrase(short, kind)
    for word in sorted(lexicon.others):
        if (word,) not in seen:
            yield Phrase((word,), OTHER)
    for letter in ascii_uppercase:
        yield Phrase((letter,), CHARACTER)


def _entries(lexicon: Lexicon, names: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """The names, the emergency words, the phrases, and what is heard for several of them: "back and forth"."""
    yield from ((lexicon.units(name.lower()), Entry("named", name)) for name in names)
    stopping = lexicon.phrases["stop",]
    yield from (((word,), stopping) for word in emergency_words(lexicon.language))
    yield from lexicon.phrases.items()
    for heard, meant in lexicon.heard.items():
        if len(meant) > 1 and len(heard) > len(meant) - 1 and (meant[0],) in lexicon.phrases:
            yield heard, lexicon.phrases[meant[0],]
    yield from ((lexicon.units(call), Entry("wake", call)) for call in sorted(lexicon.wake))


def _contracted(words: tuple[str, ...], lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """The same with two words in one: "i would like" as "i'd like"."""
    endings = {full: short for short, full in lexicon.contractions.items()}
    for at, (word, after) in enumerate(pairwise(words)):
        if after in endings and word in PRONOUNS:
            yield (*words[:at], word + endings[after], *words[at + 2 :])


PRONOUNS = frozenset({"i", "you", "it", "we", "he", "she", "they", "that", "there", "what", "where", "who"})


def _network(phrases: list[Phrase], counts: Counts) -> Network:
    classes = sorted({phrase.kind for phrase in phrases})
    number = {kind: index for index, kind in enumerate(classes)}
    said: dict[str, float] = defaultdict(float)
    for phrase in phrases:
        said[phrase.kind] += counts.phrases[phrase.words] + 0.5
    pronounce = Pronouncer()
    chains = []
    for index, phrase in enumerate(phrases):
        weight = np.log((counts.phrases[phrase.words] + 0.5) / said[phrase.kind]) + PHRASE
        for sounds in _ways(phrase, pronounce):
            chains.append(Chain(index, number[phrase.kind], sounds, float(weight + SOUND * len(sounds))))
    table = _followers(classes, counts)
    return Network(chains, table[:-1, :-1], table[-1, :-1], table[:-1, -1], skipping())


def _ways(phrase: Phrase, pronounce: Pronouncer) -> set[tuple[int, ...]]:
    """The columns of sounds for each way to say a phrase, up to `WAYS`."""
    ways: list[tuple[int, ...]] = [()]
    for word in phrase.words:
        spoken = list(dict.fromkeys(_columns_of(way) for way in pronounce(word)))
        usual = min(WAYS // len(ways), len(spoken))
        ways = [before + way for before in ways for way in spoken[: max(1, usual)]]
    return {way for way in ways if way}


def _followers(classes: list[str], counts: Counts) -> Floats:
    """The logarithms of how likely each class follows each other, with a last row for the begin, a column for the end.

    Where a class was seldom seen, its kind speaks for it, and where the kind was, what is usual in general.
    """
    rows, columns = [*classes, BEGIN], [*classes, END]
    kinds = sorted({kind_of(name) for name in (*rows, *columns)})
    seen = np.array([[counts.pairs[before, after] for after in columns] for before in rows], float)
    row_kind = np.array([[kind_of(name) == kind for kind in kinds] for name in rows], float)
    column_kind = np.array([[kind_of(name) == kind for kind in kinds] for name in columns], float)
    usual = (1 - RARE) * (seen.sum(axis=0) @ column_kind) / seen.sum() + RARE / len(kinds)
    of_kind = seen.sum(axis=0) + 0.5
    share = of_kind / (of_kind @ column_kind @ column_kind.T)
    by_kind = row_kind.T @ seen
    kind_to_kind = _mixed(by_kind @ column_kind, usual)
    kind_to_class = _mixed(by_kind, kind_to_kind @ column_kind.T * share)
    likely = _mixed(seen, row_kind @ kind_to_class)
    for index, after in enumerate(columns):
        if after in STRANGE:
            likely[:, index] *= STRANGE_SHARE
        if after == CHARACTER:
            likely[seen[:, index] == 0, index] = NOWHERE
    return np.log(likely).astype(np.float32)


def _mixed(seen: Floats, general: Floats) -> Floats:
    """What was seen, filled up with what is likely in general: the more kinds of things were seen, the more of it."""
    fill = (seen > 0).sum(axis=1, keepdims=True) * FILL + BACKOFF
    mixed: Floats = (seen + fill * general) / (seen.sum(axis=1, keepdims=True) + fill)
    return mixed


def _columns_of(way: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(at for sound in way if (at := column(sound)) is not None)
