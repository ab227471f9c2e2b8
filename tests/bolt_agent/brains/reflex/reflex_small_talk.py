"""Sentences that ask nothing of a robot, made from a seed: stories, questions, news, other languages, code, noise."""

from __future__ import annotations

import random
import string
from pathlib import Path

PATTERNS = [
    "{who} {did} {when}.",
    "{who} {did} and {who} {did}",
    "{feel} {who} {did} {when}",
    "{ask} {thing}?",
    "{thing} is not what {who} wanted",
    "{feel} that {thing} and {thing} are overrated",
    "did {who} really see {thing}?",
    "my uncle reminds me of {thing}",
    "{foreign}",
    "{foreign} {foreign}",
    "{code}",
    "{emoji} {emoji} {emoji}",
    "{word} {word} {word} {word}",
    "{zh_who}{zh_did}",
    "{zh_feel}{zh_who}{zh_did}。",
    "{zh_ask}",
    "{zh_ask}{zh_ask}",
    "{zh_who}{zh_did},{zh_who}{zh_did}",
]


def small_talk(number: int, seed: int = 0) -> list[str]:
    """So many different sentences."""
    chance = random.Random(seed)
    said: dict[str, None] = {}
    while len(said) < number:
        said[_filled(chance.choice(PATTERNS), chance)] = None
    return [*said]


def _filled(pattern: str, chance: random.Random) -> str:
    """A pattern with a piece for each name in it; # is a number in code, and @ a word."""
    while "{" in pattern:
        before, _, rest = pattern.partition("{")
        kind, _, after = rest.partition("}")
        if kind == "word" or kind not in PIECES:
            piece = "".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 9)))
        else:
            piece = chance.choice(PIECES[kind])
        if kind == "code":
            return piece.replace("#", str(chance.randint(0, 400))).replace(
                "@", "".join(chance.choices("abcdefgh", k=5))
            )
        pattern = before + piece + after
    return pattern.strip()


def _pieces() -> dict[str, list[str]]:
    pieces: dict[str, list[str]] = {}
    kind = ""
    text = (Path(__file__).parents[3] / "data" / "reflex_small_talk.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("//"):
            pieces.setdefault(kind, []).append(line)
    return pieces


PIECES = _pieces()
