"""How likely phrases follow each other: what people say to the robot, counted and smoothed.

Each kind of word in the lexicon is a class; phrases that are often said are classes of their own within their kind.
`weights.txt` holds how often each phrase was said, how often one class followed two others, and how often there was a
mark in between; `benchmarks/voice_weights.py` counts the sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from sys import intern
from typing import NamedTuple

import numpy as np

from bolt_agent.brains.reflex.lexicon import Entry
from bolt_agent.voice.hearing.phonemes import Floats

__all__ = [
    *("BEGIN", "CHARACTER", "END", "FILE", "FREE", "NAMED", "OTHER", "RESPELLED", "WAKE"),
    *("Counts", "Language", "Spoken", "class_of", "count_sentences", "counts", "kind_of"),
]

FILE = files("bolt_agent.voice.hearing").joinpath("weights.txt")

BEGIN, END, CHARACTER, FREE, OTHER = "<begin>", "<end>", "<character>", "<free>", "<other>"
"""Classes that are no kinds: around a sentence, letters to be written, words of texts and names, words that mean
nothing to the brain."""

RESPELLED = {
    "coloured": "colored", "colour": "color", "colours": "colors", "grey": "gray", "ok": "okay", "til": "till",
    "uhm": "um",
}  # fmt: skip
"""Words that are spelled in two ways: the second one is heard, and counted for both."""
OFTEN = 24
"""A phrase that was said so often is a class of its own within its kind."""
BACKOFF = 20.0
"""How many times something has to be seen until what follows it counts more than what follows its kind in general."""
FILL = 3.0
"""The same for each different thing that was seen to follow."""
FILL_TRIPLE = 2.5
"""The same for what follows two classes."""
RARE = 0.02
"""The share of all that is spread evenly over everything, seen or not."""
STRANGE = frozenset({OTHER, "chat", "question", "unknown"})
"""Classes of words that no command has."""
STRANGE_SHARE = 0.2
"""How much less they are expected than they were counted: who speaks to a robot means a command."""
NOWHERE = 1e-6
"""How likely a letter or a free word is where none was ever said."""
NAMED, DANCE, WAKE = "named", "dance", "wake"
"""The kinds of the person's own moves, of those it has, and of what only calls the robot."""
NAMED_SHARE = 0.5
"""How often the own moves are meant, for each time one of the others is."""
UNSEEN_PAUSES = 4.0
"""How often a mark between two kinds has to be seen until it counts more than marks in general."""


class Spoken(NamedTuple):
    """A phrase of a sentence. pause: whether a mark stands before it."""

    entry: Entry
    words: tuple[str, ...]
    pause: bool = False


@dataclass
class Counts:
    """How often phrases were said, which class followed which two, and between which kinds there was a mark."""

    phrases: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))
    triples: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    pauses: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    @cached_property
    def pairs(self) -> dict[tuple[str, str], int]:
        """How often one class followed another."""
        pairs: dict[tuple[str, str], int] = defaultdict(int)
        for (_, before, after), number in self.triples.items():
            pairs[before, after] += number
        return pairs

    @cached_property
    def kinds(self) -> dict[tuple[str, str], int]:
        """How often one kind followed another."""
        kinds: dict[tuple[str, str], int] = defaultdict(int)
        for (before, after), number in self.pairs.items():
            kinds[kind_of(before), kind_of(after)] += number
        return kinds

    def pause_odds(self, before: str, after: str) -> float:
        """The logarithm of the odds that there is a mark between two kinds."""
        marks, all_ = self.pauses.get((before, after), 0), self.kinds.get((before, after), 0)
        usual = sum(self.pauses.values()) / sum(self.kinds.values())
        share = (marks + UNSEEN_PAUSES * usual) / (all_ + UNSEEN_PAUSES)
        return float(np.log(share / (1 - share)))


class Language:
    """The likelihood of classes after each other.

    classes: all there are. follows: the logarithms of how likely a class (column) follows another (row), with a last
    row for the begin and a last column for the end.
    """

    def __init__(self, classes: Sequence[str], counted: Counts) -> None:
        self.classes = list(classes)
        self.follows = _followers(self.classes, counted)
        self._rows = {name: index for index, name in enumerate([*self.classes, BEGIN])}
        self._columns = {name: index for index, name in enumerate([*self.classes, END])}
        self._triples = counted.triples
        self._seen: dict[tuple[str, str], tuple[int, int]] = {}
        for (first, second, _), number in counted.triples.items():
            total, different = self._seen.get((first, second), (0, 0))
            self._seen[first, second] = total + number, different + 1

    def __call__(self, said: Sequence[str]) -> float:
        """The logarithm of how likely a sentence is. said: the classes of its phrases."""
        whole = [BEGIN, BEGIN, *said, END]
        return sum(map(self._follows, whole, whole[1:], whole[2:]))

    def ends(self, said: Sequence[str]) -> float:
        """The logarithm of how likely a sentence is over after these classes."""
        before, last = [BEGIN, BEGIN, *said][-2:]
        return self._follows(before, last, END)

    def _follows(self, first: str, second: str, third: str) -> float:
        """How likely a class follows two others: as often as was seen, filled up with what follows the last one."""
        known = float(self.follows[self._rows[second], self._columns[third]])
        total, different = self._seen.get((first, second), (0, 0))
        if not total:
            return known
        fill = FILL_TRIPLE * different
        seen = self._triples.get((first, second, third), 0)
        return float(np.log((seen + fill * np.exp(known)) / (total + fill)))


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
def counts() -> Counts:
    """Read `weights.txt`: lines of a count, a tab, and words, or three classes `a > b > c`, or two kinds `a , b`."""
    counted = Counts()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        number, _, what = line.partition("\t")
        match list(map(intern, what.split(" > "))):
            case [first, second, third]:
                counted.triples[first, second, third] = int(number)
            case _ if " , " in what:
                before, _, after = what.partition(" , ")
                counted.pauses[before, after] = int(number)
            case _:
                counted.phrases[tuple(map(intern, what.split()))] = int(number)
    return counted


def count_sentences(sentences: Iterable[Sequence[Spoken]]) -> list[str]:
    """The lines of `weights.txt` for sentences that are cut into phrases."""
    sentences, counted = list(sentences), Counts()
    for phrase in (phrase for sentence in sentences for phrase in sentence):
        counted.phrases[phrase.words] += 1
    for sentence in sentences:
        classes = [class_of(phrase.entry, phrase.words, counted.phrases[phrase.words]) for phrase in sentence]
        whole = [BEGIN, BEGIN, *classes, END]
        for triple in zip(whole, whole[1:], whole[2:], strict=False):
            counted.triples[triple] += 1
        for before, after, phrase in zip(classes, classes[1:], sentence[1:], strict=False):
            counted.pauses[kind_of(before), kind_of(after)] += phrase.pause
    return [
        *(f"{number}\t{' '.join(words)}" for words, number in sorted(counted.phrases.items())),
        *(f"{number}\t{' > '.join(triple)}" for triple, number in sorted(counted.triples.items())),
        *(f"{number}\t{before} , {after}" for (before, after), number in sorted(counted.pauses.items()) if number),
    ]


def _followers(classes: list[str], counted: Counts) -> Floats:
    """The logarithms of how likely each class follows each other, with a last row for the begin, a column for the end.

    Where a class was seldom seen, its kind speaks for it, and where the kind was, what is usual in general.
    """
    rows, columns = [*classes, BEGIN], [*classes, END]
    row, column = ({name: index for index, name in enumerate(names)} for names in (rows, columns))
    seen = np.zeros((len(rows), len(columns)), np.float32)
    for (before, after), number in counted.pairs.items():
        if before in row and after in column:
            seen[row[before], column[after]] = number
    kinds = np.array(sorted({kind_of(name) for name in (*rows, *columns)}))
    row_kind, column_kind = (
        (np.array(list(map(kind_of, names)))[:, None] == kinds).astype(np.float32) for names in (rows, columns)
    )
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
        if after in (CHARACTER, FREE):
            likely[seen[:, index] == 0, index] = NOWHERE
    if NAMED in column:  # nobody knows beforehand how often; they are moves, and said where dances are
        dances = np.array([kind_of(name) == DANCE for name in columns])
        likely[:, column[NAMED]] = NAMED_SHARE * likely[:, dances].sum(axis=1)
        likely[row[NAMED]] = likely[row[DANCE]]
    return np.log(likely).astype(np.float32)


def _mixed(seen: Floats, general: Floats) -> Floats:
    """What was seen, filled up with what is likely in general: the more kinds of things were seen, the more of it."""
    fill = (seen > 0).sum(axis=1, keepdims=True) * FILL + BACKOFF
    mixed: Floats = (seen + fill * general) / (seen.sum(axis=1, keepdims=True) + fill)
    return mixed
