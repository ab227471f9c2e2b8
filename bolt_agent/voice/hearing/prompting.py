"""What an engine for free speech is told beforehand: the words it is likely to hear."""

from __future__ import annotations

from collections.abc import Iterable

from bolt_agent.brains.reflex.lexicon import Lexicon, load_lexicon

__all__ = ["prompt"]

KINDS = ("move", "turn", "spin", "shape", "figure", "icon", "mood", "dance", "color", "direction")
EACH = 5
"""Words of each kind: a prompt that is too long is cut at its beginning."""
EXAMPLES = {
    "en": "Roll forward for two seconds, then turn right 90 degrees and stop. Show a red heart. Write HELLO in yellow.",
    "zh": "向前滚两秒,然后右转九十度,停下。显示一个红色的爱心。走一个正方形。",
}


def prompt(language: str | None, names: Iterable[str] = ()) -> str:
    """Examples and words of the lexicon, in the language; in English where there is none."""
    lexicon = load_lexicon(language if language in EXAMPLES else "en")
    words = [word for kind in KINDS for word in _first(lexicon, kind)]
    return f"{EXAMPLES[lexicon.language]} {', '.join([*words, *names])}."


def _first(lexicon: Lexicon, kind: str) -> list[str]:
    return [lexicon.name(kind, meaning) for meaning in lexicon.meanings(kind)][:EACH]
