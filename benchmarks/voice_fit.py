"""Fits how the embedded recogniser weighs what it heard, with sentences that nothing is measured with.

python benchmarks/voice_fit.py [--every N]     # prints the numbers at the top of bolt_agent/voice/hearing/weighing.py

The sentences are split three ways: `voice.py` measures with some (voice_commands.txt, voice_talk.txt), neither counted
for the grammar nor fitted with; this one fits with the dev split, which is left out of the grammar meanwhile; the rest
is only counted. Talk is split, too: this one fits with voice_chatter.txt and small talk that the tests put together.
The voices are the same everywhere. Every weight is also fitted without a fifth of the sentences and tried on that
fifth; the shares printed are those of all fifths.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from voice import can_be_said, in_condition, spoken
from voice_weights import TALK, dev_split, lines, phrases, sentences, small_talk

from bolt_agent.voice.hearing import commands, language
from bolt_agent.voice.hearing.judge import reflex_judge
from bolt_agent.voice.hearing.language import count_sentences
from bolt_agent.voice.hearing.numerals import spelled
from bolt_agent.voice.hearing.weighing import EVIDENCE, LEAST_CHANCE, SIGNS, signs

CONDITIONS = ("clean", "10 dB", "room")
TALKED = "20 dB"
FOLDS = 5
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Heard(NamedTuple):
    """What was heard of one sentence. evidence, signs: a row for each reading; the chance in `signs` is that of 1."""

    text: str
    condition: str
    evidence: Floats
    signs: Floats
    meanings: list[str | None]


def hear(job: tuple[str, str, str, str, int]) -> Heard:
    """Hear a sentence, with the grammar of a file."""
    weights, text, voice, condition, seed = job
    if str(language.FILE) != weights:
        language.FILE = Path(weights)
        hear.recogniser = commands.CommandRecogniser()  # type: ignore[attr-defined]
    recogniser = hear.recogniser  # type: ignore[attr-defined]
    heard = recogniser.hear(in_condition(spoken.say(spelled(text), voice, 0.4, 0.2), condition, seed), clear=2.0)
    if heard is None:
        return Heard(text, condition, np.zeros((0, len(EVIDENCE))), np.zeros((0, len(SIGNS))), [])
    found = np.stack([signs(reading, row, 1.0) for reading, row in zip(heard.readings, heard.evidence, strict=True)])
    meanings = [recogniser.meaning(recogniser.text(heard, index)) for index in range(len(heard.readings))]
    return Heard(text, condition, heard.evidence, found, meanings)


def descended(gradient: Any, size: int, steps: int = 1500) -> Floats:
    """The weights where a gradient vanishes, by Adam."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.03 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def weigh(heard: Sequence[Heard], meant: dict[str, str | None]) -> Floats:
    """The weights with which the right meanings are likeliest, among readings that mean something."""
    told = []
    for one in heard:
        means = np.array([meaning is not None for meaning in one.meanings], bool)
        right = np.array([meaning == meant[one.text] for meaning in one.meanings], bool)[means]
        if right.any() and not right.all():
            told.append((one.evidence[means] - one.evidence[means].mean(axis=0), right))
    scale = np.concatenate([rows for rows, _ in told]).std(axis=0)

    def gradient(weights: Floats) -> Floats:
        total = np.zeros(len(scale))
        for rows, right in told:
            chances = np.exp((score := rows / scale @ weights) - score.max())
            total += (rows / scale).T @ (chances / chances.sum() - chances * right / (chances @ right))
        return total / len(told) + 1e-3 * weights

    return descended(gradient, len(scale), 400) / scale


def chosen(one: Heard, weights: Floats) -> tuple[str, Floats] | None:
    """The meaning with the best chance, and the signs that it was a command."""
    chances: dict[str, float] = defaultdict(float)
    if not any(one.meanings):
        return None
    likely = np.exp((score := one.evidence @ weights) - score.max())
    likely /= likely.sum()
    best: dict[str, int] = {}
    for index in np.argsort(-likely):
        if (meaning := one.meanings[index]) is not None:
            chances[meaning] += likely[index]
            best.setdefault(meaning, int(index))
    meaning = max(chances, key=chances.__getitem__)
    found = one.signs[best[meaning]].copy()
    found[list(SIGNS).index("chance")] = np.log(chances[meaning] + LEAST_CHANCE)
    return meaning, found


def odds(right: Floats, talk: Floats) -> Floats:
    """The weights that tell commands from talk, both counted alike."""
    rows = np.concatenate([right, talk])
    truth = np.repeat([1.0, 0.0], [len(right), len(talk)])
    share = np.repeat([1 / len(right), 1 / len(talk)], [len(right), len(talk)])
    scale = np.append(rows[:, :-1].std(axis=0), 1.0)

    def gradient(weights: Floats) -> Floats:
        guess = 1 / (1 + np.exp(-(rows / scale @ weights)))
        return np.asarray((rows / scale).T @ ((guess - truth) * share) + 0.01 * weights * (scale != 1))

    return descended(gradient, len(scale)) / scale


def everything_heard(every: int) -> tuple[list[Heard], list[Heard], dict[str, str | None]]:
    """The dev split and the talk as they were heard, and what the sentences of the dev split mean."""
    meaning, voices = reflex_judge(), spoken.voices()
    said = [text for text in dev_split() if can_be_said({"say": [text]})]
    meant = {text: meaning(text) for text in said}
    talk = lines("voice_chatter.txt")
    talk += [text for text in small_talk(TALK + 270) if text.isascii()][TALK + 50 :][:150]
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder, "weights.txt")
        counted = count_sentences(phrases(text) for text in sentences(without=said))
        weights.write_text("\n".join(counted) + "\n", encoding="utf-8")
        jobs = [(str(weights), text, voice, condition, seed) for seed, text in enumerate(said) if meant[text]
                for voice in voices for condition in CONDITIONS][::every]  # fmt: skip
        jobs += [(str(weights), text, voices[seed % len(voices)], TALKED, seed) for seed, text in enumerate(talk)]
        with multiprocessing.Pool() as pool:
            heard = pool.map(hear, jobs, chunksize=8)
    told, talked = ([one for one in heard if (one.condition == TALKED) == is_talk] for is_talk in (False, True))
    return told, talked, meant


def main() -> None:
    """Print the weights, and how well they do on sentences that they were not fitted with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--every", type=int, default=1)
    np.seterr(all="ignore")
    told, talked, meant = everything_heard(parser.parse_args().every)
    fold = {text: index % FOLDS for index, text in enumerate(meant)}
    good: dict[str, list[bool]] = defaultdict(list)
    for left_out in range(FOLDS):
        found = weigh([one for one in told if fold[one.text] != left_out], meant)
        for one in told:
            if fold[one.text] == left_out:
                pick = chosen(one, found)
                good[one.condition].append(pick is not None and pick[0] == meant[one.text])
    for condition, right in good.items():
        print(f"{100 * np.mean(right):6.1f} %  {condition}: the right meaning is chosen")
    found = weigh(told, meant)
    print("EVIDENCE =", dict(zip(EVIDENCE, np.round(found, 2).tolist(), strict=True)))
    picks = [(one, chosen(one, found)) for one in told]
    right_ones = np.array([pick[1] for one, pick in picks if pick and pick[0] == meant[one.text]])
    misheard = np.array([pick[1] for pick in (chosen(one, found) for one in talked) if pick])
    odd = odds(right_ones, misheard)
    print("SIGNS =", dict(zip(SIGNS, np.round(odd, 2).tolist(), strict=True)))
    for reject in (-2, -1, -0.5, 0, 0.5, 1):
        kept, taken = 100 * np.mean(right_ones @ odd >= reject), np.sum(misheard @ odd >= reject)
        print(f"REJECT = {reject:4}: {kept:5.1f} % of what was heard right is kept, {taken} of {len(talked)} of talk")


if __name__ == "__main__":
    main()
