"""Finds the phrases that sound most like what was heard: an exact search over a network of phrases.

Every phrase is a chain of phonemes as CTC writes them, each with an optional blank behind it. Between phrases the
grammar says how likely one class of phrase follows another, so that the whole is a bigram network; all of its states
advance together, one frame of sound at a time, as rows of numpy arrays. What ended when is kept, and the best readings
are drawn from that afterwards, backwards and best first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray

from bolt_agent.voice.hearing.phonemes import Floats

__all__ = ["Chain", "Network", "Reading", "Word", "best_places", "decode"]

Ints = NDArray[np.int32]

FRAMES = 1024
"""A state is one integer: its score, times this, plus the frame at which its chain began. So one maximum takes both."""
GRAIN = 64
"""Steps of a score to the unit of a natural logarithm."""
UNIT = FRAMES * GRAIN
NEVER = np.int32(-(1 << 29))
BRANCHES = 8
"""How many phrases are tried before each one when readings are drawn."""
WHOLE = -1
"""The beginning of a reading that has nothing before it any more."""
WIDTH = 20
"""How much worse than the best one, as a natural logarithm, what ends at a frame may score and still be drawn."""
POPS = 1500
"""How many pieces of readings are looked at."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One way to say one phrase. words: columns of the sounds of each word; kind: the number of its class."""

    phrase: int
    kind: int
    words: tuple[tuple[int, ...], ...]
    weight: float

    @property
    def sounds(self) -> tuple[int, ...]:
        """The columns of all of its sounds."""
        return tuple(sound for word in self.words for sound in word)


@dataclass(frozen=True, slots=True)
class Word:
    """A phrase in a reading. start, end: frames; fit: how much worse it sounds than the best sounds, summed."""

    chain: Chain
    start: int
    end: int
    fit: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the sound. score: of sound and grammar together."""

    words: tuple[Word, ...]
    score: float

    @property
    def sounds(self) -> tuple[int, ...]:
        """The columns of its sounds."""
        return tuple(sound for word in self.words for sound in word.chain.sounds)


class Network:
    """Chains by class, and how likely one class follows another.

    follows: a row for each class, a column for each class that may follow; `begins` and `ends` are the row before the
    first and the column after the last. skipping: what it costs to leave out each sound, as people do.
    """

    def __init__(
        self, chains: Sequence[Chain], follows: Floats, begins: Floats, ends: Floats, skipping: Floats
    ) -> None:
        self.chains = sorted(chains, key=lambda chain: chain.kind)
        self.follows, self.begins, self.ends = follows, begins, ends
        lengths = np.array([len(chain.sounds) for chain in self.chains])
        self.sounds = np.concatenate([np.array(chain.sounds, np.int32) for chain in self.chains])
        self.last = np.cumsum(lengths) - 1
        self.first = self.last - lengths + 1
        self.words_end = np.cumsum([len(word) for chain in self.chains for word in chain.words]) - 1
        self.kinds = np.array([chain.kind for chain in self.chains], np.int32)
        self.weights = np.array([chain.weight for chain in self.chains], np.float32)
        self.long = np.flatnonzero(lengths > 1)
        self.direct = np.zeros(len(self.sounds), np.int32)
        self.direct[1:][self.sounds[1:] == self.sounds[:-1]] = NEVER  # CTC has a blank between two of the same
        self.direct[self.first] = NEVER
        costs = _packed(skipping)[self.sounds]
        self.skipping = np.concatenate([costs[:1], costs[:-1]])  # what leads here leaves out the sound before
        self.skipping[self.first] = self.skipping[self.first[self.long] + 1] = NEVER
        self.skip_first, self.skip_last = costs[self.first[self.long]], costs[self.last[self.long]]

    @cached_property
    def groups(self) -> tuple[NDArray[np.intp], Ints]:
        """Where each class begins among the chains, and which classes there are."""
        kinds, starts = np.unique(self.kinds, return_index=True)
        return starts, kinds.astype(np.int32)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The chains that may have ended before a frame, and their packed scores; far worse ones are left out."""

    chains: NDArray[np.intp]
    scores: Ints


@dataclass(frozen=True, slots=True)
class _Trellis:
    """What ended when, in packed scores.

    ended: before each frame. entered: the best score with which a class may begin at a frame. silent: the score of
    hearing nothing until a frame.
    """

    ended: list[_Ends]
    entered: Ints
    silent: Ints


def decode(network: Network, sounds: Floats, gaps: Floats, best: Floats, *, most: int = 6) -> list[Reading]:
    """The best readings, the best first.

    sounds: the logarithms of how likely each sound is, a row for each frame. gaps: two columns, the same for nothing
    inside a word and between words. best: for each frame, the likeliest of all there is.
    """
    if not len(sounds):
        return []
    sounds, gaps, best = sounds[: FRAMES - 1], gaps[: FRAMES - 1], best[: FRAMES - 1]
    packed = _packed(gaps)
    silent = np.concatenate([np.zeros(1, np.int32), np.cumsum(packed[:, 1], dtype=np.int32)])
    entered = silent[:, None] + _packed(network.begins)
    ended = [_Ends(np.zeros(0, np.intp), np.zeros(0, np.int32))]
    for scores in _search(network, _packed(sounds), packed, entered):
        chains = np.flatnonzero(scores > max(scores.max() - WIDTH * UNIT, NEVER // 2))
        ended.append(_Ends(chains, scores[chains]))
    trellis = _Trellis(ended, entered, silent)
    return _readings(network, trellis, np.concatenate([[0.0], np.cumsum(best, dtype=np.float64)]), most)


def best_places(network: Network, sounds: Floats, gaps: Floats) -> tuple[Floats, Ints, Ints]:
    """For chains that may be anywhere: the best score of each, the frame it begins at, and the one after its end.

    sounds, gaps: as for `decode`, without what is before and after a chain.
    """
    packed = _packed(gaps[: FRAMES - 1])
    entered = np.zeros((len(packed) + 1, 1), np.int32) + _packed(network.begins)
    best, ends = np.full(len(network.chains), NEVER, np.int32), np.zeros(len(network.chains), np.int32)
    for frame, scores in enumerate(_search(network, _packed(sounds[: FRAMES - 1]), packed, entered), start=1):
        ends[scores > best] = frame
        np.maximum(best, scores, out=best)
    return (best // FRAMES / GRAIN).astype(np.float32), best % FRAMES, ends


def _packed(scores: Floats | float) -> Ints:
    """Scores as integers with room for a frame below them."""
    packed: Ints = (np.round(np.asarray(scores) * GRAIN).astype(np.int32) * FRAMES).astype(np.int32)
    return packed


def _search(network: Network, sounds: Ints, gaps: Ints, entered: Ints) -> Iterator[Ints]:
    """For each frame, the packed score of every chain that ends with it.

    entered: the packed score with which each class may begin at each frame, a row more than frames; it gets better
    where a class may follow another one.
    """
    on, off = np.full((2, len(network.sounds)), NEVER, np.int32)
    weights, follows = _packed(network.weights), _packed(network.follows)
    starts, kinds = network.groups
    almost = network.last[network.long] - 1
    best_of = np.full(len(network.begins), NEVER, np.int32)
    for frame in range(len(sounds)):
        either = np.maximum(on, off)
        step = np.full(len(on), NEVER, np.int32)
        np.maximum(on[:-1] + network.direct[1:], off[:-1], out=step[1:])
        step[network.first] = entry = entered[frame][network.kinds] + weights + frame
        np.maximum(step[2:], either[:-2] + network.skipping[2:], out=step[2:])
        second = network.first[network.long] + 1
        step[second] = np.maximum(step[second], entry[network.long] + network.skip_first)
        np.maximum(on, step, out=on)
        on += sounds[frame][network.sounds]
        off = either + gaps[frame, 0]
        off[network.words_end] += gaps[frame, 1] - gaps[frame, 0]
        ended = np.maximum(on, off)[network.last]
        ended[network.long] = np.maximum(ended[network.long], np.maximum(on, off)[almost] + network.skip_last)
        best_of[kinds] = np.maximum.reduceat(ended, starts) // FRAMES * FRAMES
        after = (best_of[:, None] + follows).max(axis=0)
        np.maximum(entered[frame + 1], after, out=entered[frame + 1])
        yield ended


def _readings(network: Network, trellis: _Trellis, best: NDArray[np.float64], most: int) -> list[Reading]:
    """Draw readings from the end backwards, best first: what a piece of one scores is what the best whole one will."""
    heap: list[tuple[float, int, int, int, tuple[Word, ...]]] = []
    order = count()

    def extend(total: float, at: int, follows: Floats, words: tuple[Word, ...]) -> None:
        """Put each likely phrase before a frame in front of what follows. total: without what is before the frame."""
        ended = trellis.ended[at]
        kinds = network.kinds[ended.chains]
        scores = ended.scores // FRAMES / GRAIN + follows[kinds]
        for index in np.argsort(-scores)[:BRANCHES]:
            chain, start, kind = ended.chains[index], int(ended.scores[index] % FRAMES), int(kinds[index])
            sound = ended.scores[index] // FRAMES / GRAIN - trellis.entered[start, kind] / UNIT - network.weights[chain]
            word = Word(network.chains[chain], start, at, float(sound - (best[at] - best[start])))
            heapq.heappush(heap, (-(total + float(scores[index])), next(order), start, kind, (word, *words)))

    extend(0.0, len(trellis.ended) - 1, network.ends, ())
    found: dict[tuple[int, ...], Reading] = {}
    for _ in range(POPS):
        if not heap or len(found) == most:
            break
        negative, _, start, kind, words = heapq.heappop(heap)
        if start == WHOLE:
            found.setdefault(tuple(word.chain.phrase for word in words), Reading(words, -negative))
            continue
        rest = -negative - trellis.entered[start, kind] / UNIT
        alone = rest + trellis.silent[start] / UNIT + float(network.begins[kind])
        heapq.heappush(heap, (-alone, next(order), WHOLE, kind, words))
        extend(rest, start, network.follows[:, kind], words)
    return list(found.values())
