"""What may be said: the phrases of the reflex brain's lexicon as a network for the decoder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_uppercase

import numpy as np

from bolt_agent.brains.reflex.emergency import emergency_words
from bolt_agent.brains.reflex.lexicon import Entry, Lexicon, load_lexicon
from bolt_agent.voice.hearing.decoder import Chain, Network
from bolt_agent.voice.hearing.language import (
    CHARACTER,
    FREE,
    NAMED,
    OTHER,
    RESPELLED,
    WAKE,
    Counts,
    Language,
    class_of,
    counts,
)
from bolt_agent.voice.hearing.pronouncing import Pronouncer, free_words
from bolt_agent.voice.hearing.sounds import columns, skipping

__all__ = ["Grammar", "Phrase", "phrase_weight", "phrases_of"]

WAYS = 8
"""How many ways to say a phrase are kept. Of several words that nobody said yet only the usual one is."""
LONG = 4
"""Phrases of so many words that nobody said yet are left to their words: the lexicon has more of them than of all
others, and the brain finds them in the text again. What a person has named is kept."""
PHRASE, SOUND = -1.3, 0.9
"""What each phrase adds to the score of a reading, and each of its sounds: more of them fit less well together."""

PRONOUNS = frozenset({"i", "you", "it", "we", "he", "she", "they", "that", "there", "what", "where", "who"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are said together. kind: the class they are of; share: the logarithm of their share of it."""

    words: tuple[str, ...]
    kind: str
    share: float = 0.0

    @property
    def text(self) -> str:
        """As it is written."""
        return " ".join(self.words)


class Grammar:
    """The phrases of a lexicon, the names of moves, and the network of them all.

    names: what the person has named, as single phrases.
    """

    def __init__(self, lexicon: Lexicon | None = None, names: Iterable[str] = ()) -> None:
        self.phrases = phrases_of(lexicon or load_lexicon("en"), names)
        self.language = Language(sorted({phrase.kind for phrase in self.phrases}), counts())
        self.network = _network(self.phrases, self.language)

    def likelihood(self, phrases: Iterable[int]) -> float:
        """The logarithm of how likely it is that just these are said. phrases: their numbers."""
        said = [self.phrases[number] for number in phrases]
        return self.language([phrase.kind for phrase in said]) + sum(phrase.share for phrase in said)

    def ends(self, phrases: Iterable[int]) -> float:
        """The logarithm of how likely nothing more is said after these."""
        return self.language.ends([self.phrases[number].kind for number in phrases])


def phrases_of(lexicon: Lexicon, names: Iterable[str] = ()) -> list[Phrase]:
    """All that can be said."""
    found = list(_phrases(lexicon, counts(), names))
    said: dict[str, float] = defaultdict(float)
    for phrase in found:
        said[phrase.kind] += phrase_weight(phrase)
    return [
        Phrase(phrase.words, phrase.kind, float(np.log(phrase_weight(phrase) / said[phrase.kind]))) for phrase in found
    ]


def phrase_weight(phrase: Phrase) -> float:
    """How often a phrase was said, and a little."""
    return counts().phrases.get(phrase.words, 0) + 0.5


def _phrases(lexicon: Lexicon, counted: Counts, names: Iterable[str]) -> Iterator[Phrase]:
    seen: set[tuple[str, ...]] = set()
    words_left_out: set[str] = set()
    for words, entry in _entries(lexicon, names):
        if words in seen or not all(word.replace("'", "").isalpha() for word in words):
            continue
        if len(words) >= LONG and words not in counted.phrases and entry.kind != NAMED:
            words_left_out.update(words)
            continue
        seen.add(words)
        kind = class_of(entry, words, counted.phrases.get(words, 0))
        yield Phrase(words, kind)
        for short in _contracted(words, lexicon):
            yield Phrase(short, kind)
    for word in sorted((lexicon.others | words_left_out) - RESPELLED.keys()):
        if (word,) not in seen:
            yield Phrase((word,), OTHER)
    for word in free_words():
        yield Phrase((word,), FREE)
    for letter in ascii_uppercase:
        yield Phrase((letter,), CHARACTER)


def _entries(lexicon: Lexicon, names: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """The names, the emergency words, the phrases, and what is heard for several of them: "back and forth"."""
    yield from ((lexicon.units(name.lower()), Entry(NAMED, name)) for name in names)
    stopping = lexicon.phrases["stop",]
    yield from (((word,), stopping) for word in emergency_words(lexicon.language))
    yield from ((_respelled(words), entry) for words, entry in lexicon.phrases.items())
    for heard, meant in lexicon.heard.items():
        if len(meant) > 1 and len(heard) > len(meant) - 1 and (meant[0],) in lexicon.phrases:
            yield _respelled(heard), lexicon.phrases[meant[0],]
    yield from ((_respelled(lexicon.units(call)), Entry(WAKE, call)) for call in sorted(lexicon.wake))


def _respelled(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(RESPELLED.get(word, word) for word in words)


def _contracted(words: tuple[str, ...], lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """The same with two words in one: "i would like" as "i'd like"."""
    endings = {full: short for short, full in lexicon.contractions.items()}
    for at, (word, after) in enumerate(pairwise(words)):
        if after in endings and word in PRONOUNS:
            yield (*words[:at], word + endings[after], *words[at + 2 :])


def _network(phrases: list[Phrase], language: Language) -> Network:
    number = {kind: index for index, kind in enumerate(language.classes)}
    pronounce = Pronouncer()
    chains = [
        Chain(index, number[phrase.kind], way, phrase.share + PHRASE + SOUND * sum(map(len, way)))
        for index, phrase in enumerate(phrases)
        for way in _ways(phrase, pronounce)
    ]
    table = language.follows
    return Network(chains, table[:-1, :-1], table[-1, :-1], table[:-1, -1], skipping())


def _ways(phrase: Phrase, pronounce: Pronouncer) -> list[tuple[tuple[int, ...], ...]]:
    """The columns of sounds of each word, for each way to say a phrase, up to `WAYS`."""
    most = WAYS if len(phrase.words) == 1 or phrase_weight(phrase) >= 1 else 1
    ways: list[tuple[tuple[int, ...], ...]] = [()]
    for word in phrase.words:
        spoken = [way for way in dict.fromkeys(map(columns, pronounce(word))) if way]
        usual = min(most // len(ways), len(spoken))
        ways = [(*before, way) for before in ways for way in spoken[: max(1, usual)]]
    return [way for way in ways if way]
