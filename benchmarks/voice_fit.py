"""Fits how the embedded recogniser weighs what it heard, with a split of sentences that nothing is measured with.

python benchmarks/voice_fit.py [--every N]     # prints the numbers at the top of bolt_agent/voice/hearing/commands.py

The sentences are split three ways: `voice.py` measures with the held-out ones (and with BoltBench), which are neither
counted for the grammar nor fitted with; this one fits with the dev split, which is left out of the grammar meanwhile;
the rest is only counted. Talk is split, too: this one fits with small talk that the tests put together, `voice.py`
measures with the lines of voice_talk.txt. The voices are the same everywhere. Every weight is also fitted without a
fifth of the sentences and tried on that fifth; the shares printed are those of all fifths.
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
from voice_weights import TALK, dev_split, phrases, sentences, small_talk

from bolt_agent.voice.hearing import commands, grammar
from bolt_agent.voice.hearing.decoder import decode
from bolt_agent.voice.hearing.grammar import SOUND, count_sentences
from bolt_agent.voice.hearing.judge import reflex_judge
from bolt_agent.voice.hearing.numerals import spelled
from bolt_agent.voice.hearing.scoring import fits, likelihoods
from bolt_agent.voice.hearing.sounds import hear_sounds

CONDITIONS = ("clean", "10 dB")
READINGS, FOLDS = 40, 5
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Heard(NamedTuple):
    """What was heard of one sentence. weighed, sure: a row for each reading, as `commands.py` names the columns."""

    text: str
    condition: str
    weighed: Floats
    sure: Floats
    meanings: list[str | None]


def hear(job: tuple[str, str, str, str, int]) -> Heard:
    """Hear a sentence, with the grammar of a file."""
    weights, text, voice, condition, seed = job
    if str(grammar.FILE) != weights:
        grammar.FILE = Path(weights)
        hear.recogniser = commands.CommandRecogniser()  # type: ignore[attr-defined]
    recogniser = hear.recogniser  # type: ignore[attr-defined]
    log_probs = recogniser._model(in_condition(spoken.say(spelled(text), voice, 0.4, 0.2), condition, seed))
    sounds = hear_sounds(log_probs, recogniser._model.labels)
    readings = decode(recogniser._grammar.network, sounds.sounds, sounds.gaps, sounds.best, most=READINGS)
    if not readings:
        return Heard(text, condition, np.zeros((0, 3)), np.zeros((0, 3)), [])
    best = float(sounds.best.sum())
    sizes = np.array([len(reading.sounds) for reading in readings])
    likely = likelihoods(log_probs[sounds.frames], recogniser._model.labels)
    fit = fits(likely, [reading.sounds for reading in readings])
    words = np.array([reading.score - best - sum(word.fit for word in reading.words) for reading in readings])
    worst = [min(word.fit / len(word.chain.sounds) for word in reading.words) for reading in readings]
    sure = np.stack([(fit - best) / sizes, np.maximum(worst, commands.LEAST_FIT), words / sizes - SOUND], axis=1)
    meanings = [recogniser._meaning(recogniser._write(reading, log_probs, sounds)) for reading in readings]
    return Heard(text, condition, np.stack([fit, words, sizes], axis=1), sure, meanings)


def descended(gradient: Any, size: int, steps: int = 1500) -> Floats:
    """The weights where a gradient vanishes, by Adam."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.03 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def weigh(heard: Sequence[Heard], meant: dict[str, str | None]) -> Floats:
    """The weights with which the right meanings are likeliest."""
    told = [(one.weighed, np.array([meaning == meant[one.text] for meaning in one.meanings], bool)) for one in heard]
    told = [(rows - rows.mean(axis=0), right) for rows, right in told if right.any() and not right.all()]
    scale = np.concatenate([rows for rows, _ in told]).std(axis=0)

    def gradient(weights: Floats) -> Floats:
        total = np.zeros(3)
        for rows, right in told:
            chances = np.exp((score := rows / scale @ weights) - score.max())
            total += rows.T / scale[:, None] @ (chances / chances.sum() - chances * right / (chances @ right))
        return total / len(told) + 1e-3 * weights

    return descended(gradient, 3, 300) / scale


def chosen(one: Heard, weights: Floats) -> tuple[str, Floats] | None:
    """The meaning with the best chance, and what `commands._odds` goes by."""
    chances: dict[str, float] = defaultdict(float)
    if not any(one.meanings):
        return None
    likely = np.exp((score := one.weighed @ weights) - score.max())
    likely /= likely.sum()
    best: dict[str, int] = {}
    for index in np.argsort(-likely):
        if (meaning := one.meanings[index]) is not None:
            chances[meaning] += likely[index]
            best.setdefault(meaning, int(index))
    meaning = max(chances, key=chances.__getitem__)
    fit, worst, words = one.sure[best[meaning]]
    return meaning, np.array([fit, worst, np.log(chances[meaning] + commands.LEAST_CHANCE), words, 1.0])


def odds(right: Floats, talk: Floats) -> Floats:
    """The weights that tell commands from talk, both counted alike."""
    rows = np.concatenate([right, talk])
    truth = np.repeat([1.0, 0.0], [len(right), len(talk)])
    share = np.repeat([1 / len(right), 1 / len(talk)], [len(right), len(talk)])
    scale = np.append(rows[:, :-1].std(axis=0), 1.0)

    def gradient(weights: Floats) -> Floats:
        guess = 1 / (1 + np.exp(-(rows / scale @ weights)))
        return np.asarray((rows / scale).T @ ((guess - truth) * share) + 0.01 * weights * (scale != 1))

    return descended(gradient, 5) / scale


def main() -> None:
    """Print the weights, and how well they do on sentences that they were not fitted with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args().every
    np.seterr(all="ignore")
    meaning = reflex_judge()
    said = [case["say"][0] for case in dev_split() if can_be_said(case)]
    meant = {text: meaning(spelled(text)) for text in said}
    talk = [text for text in small_talk(TALK + 270) if text.isascii()][TALK + 50 :][:150]
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder, "weights.txt")
        counted = count_sentences(phrases(text) for text in sentences(without=said))
        weights.write_text("\n".join(counted) + "\n", encoding="utf-8")
        jobs = [(str(weights), text, voice, condition, seed) for seed, text in enumerate(said) if meant[text]
                for voice in spoken.voices() for condition in CONDITIONS][::every]  # fmt: skip
        jobs += [(str(weights), text, spoken.voices()[seed % len(spoken.voices())], "20 dB", seed)
                 for seed, text in enumerate(talk)]  # fmt: skip
        with multiprocessing.Pool() as pool:
            heard = pool.map(hear, jobs, chunksize=8)
    told, talked = ([one for one in heard if (one.condition == "20 dB") == is_talk] for is_talk in (False, True))
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
    print("FIT, GRAMMAR, LENGTH =", np.round(found, 3))
    picks = [(one, chosen(one, found)) for one in told]
    right_ones = np.array([pick[1] for one, pick in picks if pick and pick[0] == meant[one.text]])
    misheard = np.array([pick[1] for pick in (chosen(one, found) for one in talked) if pick])
    odd = odds(right_ones, misheard)
    print("SOUND_FIT, WORST_FIT, CHANCE, WORDS, COMMAND =", np.round(odd, 2))
    for reject in (-2, -1, -0.5, 0, 0.5):
        kept, taken = 100 * np.mean(right_ones @ odd >= reject), np.sum(misheard @ odd >= reject)
        print(f"REJECT = {reject:4}: {kept:5.1f} % of what was heard right is kept, {taken} of {len(talked)} of talk")


if __name__ == "__main__":
    main()
