"""The same wish in other words: most of the ways to say it are understood."""

from reflex_virtual import cases, misses

FLOOR = 0.95


def test_nearly_every_paraphrase_does_the_same():
    every = cases("reflex_paraphrases.jsonl")
    missed = [miss[0] for case in every if (miss := misses(case))]
    assert len(missed) <= (1 - FLOOR) * len(every), "\n".join(missed)
