"""The words of a language, read from the files of its folder: what each phrase means, and how words are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from bolt_agent.robot.icons import load_icons

__all__ = ["Entry", "Lexicon", "languages", "load_lexicon"]

FOLDER = "bolt_agent.brains.reflex"
APART = frozenset({"language", "contraction", "heard", "wake", "lead", "homophone", "ending"})
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
    endings: tuple[str, ...] = ()
    """What other forms of a word end in."""
    homophones: dict[str, str] = field(default_factory=dict)
    """Words that sound like a number: "to seconds"."""
    others: frozenset[str] = frozenset()
    """Words of the language that are no commands."""
    says: dict[str, str] = field(default_factory=dict)
    """What the robot says, by key."""

    def units(self, phrase: str) -> tuple[str, ...]:
        """A phrase of a file as units."""
        return tuple(phrase.split()) if self.spaced else tuple(phrase.replace(" ", ""))

    def add(self, kind: str, meaning: str, phrases: Iterable[str]) -> None:
        """One line: the phrases for a meaning. The first line that has a phrase keeps it."""
        for phrase in phrases:
            units = self.units(phrase)
            if not units:
                continue
            self.names.setdefault((kind, meaning), phrase)
            self.phrases.setdefault(units, Entry(kind, meaning))
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
    return tuple(sorted(entry.name for entry in _folder().iterdir() if entry.is_dir()))


@cache
def load_lexicon(language: str) -> Lexicon:
    """Read the files of one language."""
    folder = _folder().joinpath(language)
    about = {key: value for _, key, value in _lines(folder.joinpath("language.txt"))}
    lexicon = Lexicon(language, script=about["script"], spaced=about["spacing"] == "spaces")
    lexicon.says = {key: value for _, key, value in _lines(folder.joinpath("phrases.txt"))}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt") and file.name not in ("phrases.txt", "others.txt"):
            _read(file, lexicon)
    if folder.joinpath("others.txt").is_file():
        text = folder.joinpath("others.txt").read_text(encoding="utf-8")
        lexicon.others = frozenset(w for line in text.splitlines() if not line.startswith("//") for w in line.split())
    if lexicon.script == "latin":  # the gallery names its pictures in English
        for name, icon in load_icons().items():
            first = lexicon.phrases.get((name.split()[0],))
            if first is None or first.kind != "color":  # "red heart" is a heart, in red
                lexicon.add("icon", icon.names[0], [name])
    return lexicon


def _read(file: Traversable, lexicon: Lexicon) -> None:
    for kind, meaning, value in _lines(file):
        phrases = [phrase.strip().lower() for phrase in value.split(",")]
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
        elif kind in ("wake", "lead"):
            (lexicon.wake if kind == "wake" else lexicon.leads).update(phrases)
            lexicon.vocabulary.update(unit for phrase in phrases for unit in lexicon.units(phrase))
        elif kind not in APART:
            lexicon.add(kind, meaning, phrases)


def _lines(file: Traversable) -> Iterator[tuple[str, str, str]]:
    """(section, key, value) of every line `key = value`."""
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("//"):
            key, _, value = line.partition(" = ")
            yield section, key.strip(), value.strip()


def _folder() -> Traversable:
    return files(FOLDER).joinpath("lexicon")
