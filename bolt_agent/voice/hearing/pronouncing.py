"""How words are pronounced, in the phonemes that the phoneme model hears.

`pronunciations.txt` holds every word of the grammar and the names of the letters (`A`), so that nothing has to be
worked out at the start; any other word is asked of the grapheme-to-phoneme model, which is loaded for it. After a
change of the lexicon or of `free_words.txt`,

    python -m bolt_agent.voice.hearing.pronouncing

writes the file anew: the model's own pronunciation first, because the phoneme model was taught with it, then those of
the CMU dictionary in the wheel of `pocketsphinx`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from string import ascii_lowercase
from sys import intern

from bolt_agent.brains.reflex.lexicon import load_lexicon

__all__ = ["SAME", "Phonemes", "Pronouncer", "free_words"]

Phonemes = tuple[str, ...]

FILE = files("bolt_agent.voice.hearing").joinpath("pronunciations.txt")
FREE_WORDS = files("bolt_agent.voice.hearing").joinpath("free_words.txt")

_IPA = """AA ɑ, AE æ, AH ə, AO ɔ, AW aʊ, AY aɪ, B b, CH t͡ʃ, D d, DH ð, EH ɛ, ER ɝ, EY eɪ, F f, G ɡ, HH h, IH ɪ,
    IY i, JH d͡ʒ, K k, L l, M m, N n, NG ŋ, OW oʊ, OY ɔɪ, P p, R ɹ, S s, SH ʃ, T t, TH θ, UH ʊ, UW u, V v,
    W w, Y j, Z z, ZH ʒ"""
IPA = dict(pair.split() for pair in _IPA.split(","))
"""The phonemes of the CMU dictionary, as the phoneme model writes them."""

SAME = {
    "ʌ": "ə", "g": "ɡ", "r": "ɹ",
    "x": "h", "ĩ": "i", "ɒ": "ɑ", "ɟ": "j", "ɣ": "ɡ", "ɫ": "l", "ʝ": "j", "β": "b", "χ": "h",
}  # fmt: skip
"""Phonemes that are written in two ways, and those of other languages that are heard instead: "yes" as "ʝ e s"."""

ALSO = {
    "A": ["ə"], "led": ["ɛ l i d i"], "leds": ["ɛ l i d i z"], "cm": ["s i ɛ m"], "mm": ["ɛ m ɛ m"], "pls": ["p l i z"],
    "plz": ["p l i z"], "emoji": ["ɪ m oʊ d͡ʒ i"],
    "halt": ["h aʊ l t"], "heading": ["h æ d ɪ ŋ"], "inches": ["ɪ n d͡ʒ ɪ z"], "rectangle": ["ɹ ɛ k t ɪ ŋ ɡ ə l"],
    "sun": ["s ɑ n"], "triangle": ["t ɹ aɪ ɪ ŋ ɡ ə l"], "whoa": ["w oʊ", "h w oʊ", "w ɛ l", "w aɪ l"],
    "zigzag": ["s ɪ ɡ z æ k", "z ɪ ɡ z æ k"],
}  # fmt: skip
"""Ways to say a word that neither the model nor the dictionary has, and what the phoneme model makes of some words."""


class Pronouncer:
    """Says how words are pronounced.

    >>> Pronouncer()("turn")
    (('t', 'ɝ', 'n'),)
    """

    def __init__(self) -> None:
        self._known = _read()

    def __call__(self, word: str) -> tuple[Phonemes, ...]:
        """The pronunciations of a word, the likeliest first; none for what cannot be spoken."""
        if word not in self._known:
            self._known[word] = tuple(filter(None, [_model()(word)]))
        return self._known[word]


@cache
def _read() -> dict[str, tuple[Phonemes, ...]]:
    known = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        word, _, spoken = line.partition(" = ")
        known[word] = tuple(tuple(map(intern, way.split())) for way in spoken.split(", "))
    return known


@cache
def free_words() -> tuple[str, ...]:
    """Words that people write on the face, or give to moves as names, and that mean nothing else."""
    return tuple(FREE_WORDS.read_text(encoding="utf-8").split())


@cache
def _model() -> Callable[[str], Phonemes]:
    from bolt_agent.voice.hearing.g2p import G2P

    return G2P()


def _cmu() -> dict[str, list[Phonemes]]:
    """The CMU dictionary, in our phonemes."""
    import pocketsphinx  # type: ignore[import-untyped,unused-ignore]

    lines = Path(pocketsphinx.get_model_path(), "en-us", "cmudict-en-us.dict").read_text(encoding="utf-8").splitlines()
    spoken: dict[str, list[Phonemes]] = {}
    for line in lines:
        word, *sounds = line.split()
        spoken.setdefault(word.partition("(")[0], []).append(tuple(IPA[sound] for sound in sounds))
    return spoken


def main() -> None:
    """Write `pronunciations.txt`."""
    from bolt_agent.voice.hearing.grammar import phrases_of

    spoken = _cmu()
    letters = {letter.upper(): [" ".join(spoken[letter][-1])] for letter in ascii_lowercase}
    lines = [f"{letter} = {', '.join(said + ALSO.get(letter, []))}\n" for letter, said in letters.items()]
    vocabulary = {word for phrase in phrases_of(load_lexicon("en")) for word in phrase.words} | ALSO.keys()
    for word in sorted(vocabulary - letters.keys()):
        ways: dict[Phonemes, Phonemes] = {}
        known = spoken.get(word, [])
        foreign = known and "'" in word and not word.endswith("n't")  # the model reads "it's" as Spanish
        guessed = [] if foreign else [_model()(word)]
        for way in (*guessed, *known, *(tuple(also.split()) for also in ALSO.get(word, []))):
            ways.setdefault(tuple(SAME.get(sound, sound) for sound in way), way)
        lines.append(f"{word} = {', '.join(' '.join(way) for way in ways.values())}\n")
    with as_file(FILE) as path:
        path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
