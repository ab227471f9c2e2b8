"""The words of a language, read from the files of its folder: what each phrase means, and how words are told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from sys import intern
from typing import NamedTuple

from bolt_agent.robot.icons import load_icons

__all__ = ["Entry", "Lexicon", "language_of", "languages", "load_lexicon", "read_lines"]

HOME: Traversable = files("bolt_agent.brains.reflex").joinpath("lexicon")
"""Where the folders of the languages are."""

USUAL = "en"
"""The language of a text that belongs to none."""

_WORDS = re.compile(r"[^\W\d_]+")

APART = frozenset(
    {
        "language",
        "contraction",
        "heard",
        "wake",
        "lead",
        "later",
        "meanwhile",
        "near",
        "homophone",
        "ending",
        "parting",
        "point",
        "simile",
        "nameless",
        "helper",
        "courtesy",
        "ordinal",
        "part",
        "likeness",
        "acting",
        "spell",
    }
)
"""Sections that say something about words instead of naming what words mean."""


class Entry(NamedTuple):
    """What a phrase means: its kind (a terminal of the grammar, in lower case) and its meaning within the kind."""

    kind: str
    meaning: str


@dataclass
class Lexicon:
    """The words of one language. A phrase is a tuple of units: words, or single characters where none are spaced."""

    language: str
    script: str = "latin"
    spaced: bool = True
    phrases: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """The longest phrase, in units, that begins with a unit."""
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """How a meaning is called in replies: the first word of its line, by kind and meaning."""
    heard: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    contractions: dict[str, str] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    """Every unit that occurs in a phrase."""
    wake: set[str] = field(default_factory=set)
    """What calls the robot: "hey bolt"."""
    leads: set[str] = field(default_factory=set)
    """Words that lead from a text to its colour, place or time."""
    later: set[str] = field(default_factory=set)
    """Words that mean "after" before a time at the start: "in two seconds, roll"."""
    meanwhile: set[str] = field(default_factory=set)
    """Forms of verbs that say what goes on meanwhile: "roll showing a star"."""
    parting: set[str] = field(default_factory=set)
    """Words between two numbers that belong to neither: "speed sixty FOR four seconds"."""
    points: set[str] = field(default_factory=set)
    """Words before the decimals of a number: "one POINT five"."""
    similes: set[str] = field(default_factory=set)
    """Words that begin a comparison: "wobble LIKE jelly"."""
    nameless: set[str] = field(default_factory=set)
    """Words that no name begins or ends with: "call it THE wiggle PLEASE"."""
    helpers: set[str] = field(default_factory=set)
    """Verbs that say nothing before another one: "GO spin"."""
    courtesies: set[str] = field(default_factory=set)
    """Words that belong to no text at its end: "write hello PLEASE"."""
    thirds: set[str] = field(default_factory=set)
    """Words that count in a row, and parts after a number: "THIRD, spin", "one THIRD of a meter"."""
    tells: set[str] = field(default_factory=set)
    """Words between the name of a move and what it does: "sweep THAT turns left"."""
    parts: dict[str, str] = field(default_factory=dict)
    """What it can pretend to be, and what it does for that, in its own words: "be A BEE"."""
    acting: set[str] = field(default_factory=set)
    """What is said of parts before "like": "BUZZ like a bee"."""
    likeness: str = ""
    """What it does to be something that it only has a picture of; {name} is that."""
    spells: set[str] = field(default_factory=set)
    """Magic words, which are left out: "ABRACADABRA, turn green"."""
    before_names: set[str] = field(default_factory=set)
    """What stands before a name that is to be written: "write MY NAME leo"."""
    near: dict[str, str] = field(default_factory=dict)
    """For what the robot cannot do: what it can do that comes near."""
    endings: tuple[str, ...] = ()
    """What other forms of a word end in."""
    homophones: dict[str, str] = field(default_factory=dict)
    """Words that sound like a number: "to seconds"."""
    others: frozenset[str] = frozenset()
    """Words of the language that are no commands."""
    says: dict[str, str] = field(default_factory=dict)
    """What the robot says, by key."""

    def knows(self, word: str) -> bool:
        """Whether a word belongs to the language."""
        return word in self.vocabulary or word in self.others

    def units(self, phrase: str) -> tuple[str, ...]:
        """A phrase of a file as units; the same unit of many phrases is kept once."""
        return tuple(map(intern, phrase.split() if self.spaced else phrase.replace(" ", "")))

    def add(self, kind: str, meaning: str, phrases: Iterable[str]) -> None:
        """One line: the phrases for a meaning. The first line that has a phrase keeps it."""
        entry = Entry(kind, meaning)
        for phrase in phrases:
            units = self.units(phrase)
            if not units:
                continue
            self.names.setdefault(entry, phrase)
            self.phrases.setdefault(units, entry)
            self.longest[units[0]] = max(len(units), self.longest.get(units[0], 0))
            self.vocabulary.update(units)

    def name(self, kind: str, meaning: str) -> str:
        """What the robot calls it."""
        return self.names.get((kind, meaning), meaning)

    def meanings(self, kind: str) -> list[str]:
        """All meanings of a kind, in the order of the files."""
        return [meaning for of, meaning in self.names if of == kind]


@cache
def languages() -> tuple[str, ...]:
    """The languages there are: the folders of the lexicon."""
    return tuple(sorted(entry.name for entry in HOME.iterdir() if entry.is_dir()))


def language_of(text: str) -> str:
    """The language of a text: by its script, and where several share one, by the words they know.

    >>> language_of("roll forward"), language_of("向前滚"), language_of("...")
    ('en', 'zh', 'en')
    """
    scripts = {_script(char) for char in text}
    known = [load_lexicon(language) for language in languages()]
    own = [lexicon for lexicon in known if lexicon.script in scripts and lexicon.script != "latin"]
    own = own or [lexicon for lexicon in known if lexicon.script == "latin"]
    if len(own) < 2:
        return own[0].language if own else USUAL
    words = _WORDS.findall(text.lower())
    best = max(own, key=lambda lexicon: (sum(map(lexicon.knows, words)), lexicon.language == USUAL))
    return best.language


def _script(char: str) -> str:
    """The script of a letter, as `language.txt` names it."""
    if char.isascii():
        return "latin" if char.isalpha() else ""
    name = unicodedata.name(char, "").partition(" ")[0].lower()
    return "han" if name == "cjk" else name


@cache
def load_lexicon(language: str) -> Lexicon:
    """Read the files of one language."""
    folder = HOME.joinpath(language)
    about = {key: value for _, key, value in read_lines(folder.joinpath("language.txt"))}
    lexicon = Lexicon(language, script=about["script"], spaced=about["spacing"] == "spaces")
    lexicon.says = {key: value for _, key, value in read_lines(folder.joinpath("phrases.txt"))}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt") and file.name not in ("phrases.txt", "others.txt", "stop.txt"):
            _read(file, lexicon)
    if folder.joinpath("others.txt").is_file():
        text = folder.joinpath("others.txt").read_text(encoding="utf-8")
        lexicon.others = frozenset(w for line in text.splitlines() if not line.startswith("//") for w in line.split())
    lexicon.others |= {word for phrase in (*lexicon.parts, *lexicon.acting, *lexicon.spells) for word in phrase.split()}
    if lexicon.script == "latin":  # the gallery names its pictures in English
        for name, icon in load_icons().items():
            first = lexicon.phrases.get((name.split()[0],))
            if first is None or first.kind != "color":  # "red heart" is a heart, in red
                lexicon.add("icon", icon.names[0], [name])
    return lexicon


def _read(file: Traversable, lexicon: Lexicon) -> None:
    for kind, meaning, value in read_lines(file):
        phrases = [phrase for part in value.split(",") for phrase in _variants(part.strip().lower())]
        if kind == "heard":
            lexicon.heard.update({lexicon.units(phrase): lexicon.units(meaning) for phrase in phrases})
            lexicon.vocabulary.update(lexicon.units(meaning))
        elif kind == "contraction":
            lexicon.contractions.update(dict.fromkeys(phrases, meaning))
        elif kind == "ending":
            lexicon.endings = tuple(phrases)
        elif kind == "homophone":
            lexicon.homophones.update(dict.fromkeys(phrases, meaning))
            lexicon.vocabulary.update(phrases)
        elif kind == "near":
            lexicon.near.update(dict.fromkeys(phrases, meaning))
        elif kind == "part":
            lexicon.parts.update(dict.fromkeys(phrases, meaning))
        elif kind == "likeness":
            lexicon.likeness = value
        elif (words := _plain_words(lexicon, kind)) is not None:
            words.update(phrases)
            if kind not in ("spell", "acting"):
                lexicon.vocabulary.update(unit for phrase in phrases for unit in lexicon.units(phrase))
        elif kind not in APART:
            lexicon.add(kind, meaning, phrases)


def _plain_words(lexicon: Lexicon, kind: str) -> set[str] | None:
    """The set that a section without meanings fills; None for any other section."""
    return {
        "wake": lexicon.wake,
        "lead": lexicon.leads,
        "later": lexicon.later,
        "meanwhile": lexicon.meanwhile,
        "parting": lexicon.parting,
        "point": lexicon.points,
        "nameless": lexicon.nameless,
        "helper": lexicon.helpers,
        "courtesy": lexicon.courtesies,
        "ordinal": lexicon.thirds,
        "simile": lexicon.similes,
        "tells": lexicon.tells,
        "before_name": lexicon.before_names,
        "spell": lexicon.spells,
        "acting": lexicon.acting,
    }.get(kind)


def _variants(phrase: str) -> list[str]:
    """The phrases that a phrase with alternatives stands for.

    >>> _variants("(you |)hit (it|a wall)")
    ['you hit it', 'you hit a wall', 'hit it', 'hit a wall']
    """
    before, opened, rest = phrase.partition("(")
    if not opened:
        return [phrase]
    choices, _, after = rest.partition(")")
    return [before + choice + tail for choice in choices.split("|") for tail in _variants(after)]


def read_lines(file: Traversable) -> Iterator[tuple[str, str, str]]:
    """(section, key, value) of every line `key = value`."""
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("//"):
            key, _, value = line.partition(" = ")
            yield section, key.strip(), value.strip()
