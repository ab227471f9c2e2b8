"""Repairs single words before they are understood: contractions, what a speech recogniser misheard, typos."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from bolt_agent.brains.reflex.lexicon import Lexicon, load_lexicon

__all__ = ["Unit", "nearest", "repair"]

MOST_REPAIRS = 8
"""Words mended in one sentence; with more it is no command, and looking for each would take time."""

SHORTEST = 3
"""Letters; below this a slip makes another word."""


SHORTEST_GROWN = 5
"""Letters; words that grew together have more."""

PICTURED = frozenset({"icon", "figure", "light"})
"""Kinds of words that others are made of: "starfish", "moonbeam"."""

MOST_GROWN = 6
"""Words that may have grown together."""


class Unit(NamedTuple):
    """A piece of what was said: `text` is what is understood, `raw` what stood there.

    shape: word, number, quote or mark.
    """

    text: str
    raw: str
    shape: str = "word"


def repair(units: list[Unit], lexicon: Lexicon, named: frozenset[str] = frozenset()) -> list[Unit]:
    """The units with known slips mended. Words that cannot be mended stay as they are."""
    units = _replace_heard(_expand(units, lexicon), lexicon)
    if not lexicon.spaced:
        return units
    mended: list[Unit] = []
    tries = 0
    for unit in units:
        if unit.shape != "word" or unit.text in lexicon.vocabulary or unit.text in named:
            mended.append(unit)
            continue
        tries += 1
        words = _mend(unit.text, lexicon.language) if tries <= MOST_REPAIRS else (unit.text,)
        mended.extend(Unit(word, unit.raw if len(words) == 1 else word) for word in words)
    return mended


def _expand(units: list[Unit], lexicon: Lexicon) -> list[Unit]:
    """`you're` becomes two words; what the lexicon knows as a whole (`let's`, `don't`) stays."""
    expanded: list[Unit] = []
    for unit in units:
        stem, mark, ending = unit.text.rpartition("'")
        if mark and unit.text not in lexicon.vocabulary and (word := lexicon.contractions.get("'" + ending)):
            expanded += [Unit(stem, unit.raw), Unit(word, "")]
        else:
            expanded.append(unit)
    return expanded


def _replace_heard(units: list[Unit], lexicon: Lexicon) -> list[Unit]:
    """Speech recognisers write `four word` for `forward`."""
    replaced: list[Unit] = []
    longest = max(map(len, lexicon.heard), default=0)
    at = 0
    texts = tuple(unit.text for unit in units)
    while at < len(units):
        for size in range(min(longest, len(units) - at), 0, -1):
            if meant := lexicon.heard.get(texts[at : at + size]):
                replaced += [Unit(word, word if size > 1 else units[at].raw) for word in meant]
                at += size
                break
        else:
            replaced.append(units[at])
            at += 1
    return replaced


@lru_cache(maxsize=4096)
def _mend(word: str, language: str) -> tuple[str, ...]:
    """The word that was meant: a known one a slip away, or two that grew together; itself if there is none."""
    lexicon = load_lexicon(language)
    if len(word) < SHORTEST or word in lexicon.others or not lexicon.spaced:
        return (word,)
    if len(word) > SHORTEST_GROWN and (words := _grown_together(word, lexicon.vocabulary)):
        first = lexicon.phrases.get((words[0],))
        return (word,) if first is not None and first.kind in PICTURED else words
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    slips = 1 if len(word) < 6 else 2
    if any(word.removesuffix(ending) in lexicon.vocabulary for ending in lexicon.endings):
        return (word,)
    found = process.extract(word, _mendable(language), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=5)
    best = min(found, key=lambda hit: (hit[1], hit[0][0] != word[0], abs(len(hit[0]) - len(word))), default=None)
    if best is None or (best[0][0] != word[0] and (best[1] > 1 or len(word) < 5)):
        return (word,)  # the first letter is seldom the wrong one
    return (best[0],)


def _grown_together(word: str, vocabulary: set[str], most: int = MOST_GROWN) -> tuple[str, ...] | None:
    """The known words that a word consists of, the first as long as can be: "turnright"."""
    if not word:
        return ()
    for cut in range(len(word), SHORTEST - 2, -1):
        if word[:cut] in vocabulary and most > 0 and (cut >= SHORTEST or len(word) > cut + SHORTEST):
            rest = _grown_together(word[cut:], vocabulary, most - 1)
            if rest is not None:
                return (word[:cut], *rest)
    return None


@lru_cache(maxsize=8)
def _mendable(language: str) -> list[str]:
    return sorted(word for word in load_lexicon(language).vocabulary if len(word) >= 4)


DOABLE = frozenset({"move", "turn", "spin", "wait", "dance", "show", "blink", "shape", "figure", "icon", "mood",
                    "color", "rainbow", "countdown", "border"})  # fmt: skip
"""Kinds of words for what the robot can do."""

ALIKE = 80
"""How alike (of 100) two words must be to ask whether one was meant for the other."""


def nearest(word: str, lexicon: Lexicon) -> str | None:
    """A word for something it can do that looks much like this one, to ask whether it was meant."""
    from rapidfuzz import fuzz, process

    word = word.lower()
    if not lexicon.spaced or not 4 <= len(word) <= 20 or word in lexicon.vocabulary:
        return None
    alike = process.extract(word, _doable(lexicon.language), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
    return next((found for found, *_ in alike if found[0] == word[0]), None)


@lru_cache(maxsize=8)
def _doable(language: str) -> list[str]:
    phrases = load_lexicon(language).phrases.items()
    return sorted(phrase[0] for phrase, entry in phrases if len(phrase) == 1 and entry.kind in DOABLE)
