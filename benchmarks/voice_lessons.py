"""What the phoneme model is taught with: sentences in many synthetic voices, and how people sound to it.

The voices are those of espeak-ng (a dozen accents, thirty speakers), flite and hibari; each sentence is said by one of
them, and arrives twice: faster or slower, in a room, from a microphone with its own tone, over noise, loud or faint.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from rapidfuzz.distance import Levenshtein
from voice import spoken
from voice_confusions import closest, sounds_heard
from voice_weights import lines, sentences, small_talk

from bolt_agent.voice.hearing.numerals import spelled
from bolt_agent.voice.hearing.phonemes import PhonemeModel, model_weights
from bolt_agent.voice.hearing.pronouncing import SAME, Pronouncer

ACCENTS = (*["en-us"] * 4, *["en-gb"] * 3, "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029",
           "en-us-nyc")  # fmt: skip
SPEAKERS = ("", *(f"m{n}" for n in range(1, 8)), "f1", "f2", "f4", "f5", "klatt", "klatt2", "klatt3", "Adam", "Alicia",
            "Andrea", "Annie", "Ed", "Gene", "Linda", "Michael", "Mike", "Paul", "Steph", "grandma", "grandpa", "anika",
            "shelby", "travis", "victor")  # fmt: skip
FLITE = ("slt", "awb", "rms", "slt", "awb", "rms", "kal", "kal16")
NOISES = ("pink", "pink", "white", "hum", "music", "clicks")
ARRIVALS = 2
WORDS_AT_RANDOM = 1500
"""Lessons of some words of the dictionary that make no sense, so that no sound is expected for its neighbours."""
TALK = 600
"""Sentences of small talk."""
SENTENCES = 9000
MOST_WRONG = 0.6
"""A sentence of which the model hears more wrongly has been pronounced in another way than we think."""
LONGEST = 4.8
"""Seconds of a lesson."""
BETWEEN = -2
"""The column of what is between words."""

Floats = np.ndarray[Any, np.dtype[np.float32]]


class Lesson(NamedTuple):
    """One sentence as it arrives. bands: what the model hears of it; labels: what was said, in columns of the model."""

    bands: Floats
    labels: list[int]


class Person(NamedTuple):
    """Somebody's voice. bands: some ways it arrives; heard: what the model as it came makes of the clearest."""

    bands: list[Floats]
    heard: Floats


def texts(bench: list[str]) -> list[str]:
    """What is said in lessons, all of it different, and nothing that is measured with."""
    plain = {" ".join(words(text)): text for text in [*sentences(without=bench), *small_talk(TALK)] if text.isascii()}
    for text in bench + lines("voice_commands.txt") + lines("voice_talk.txt"):
        plain.pop(" ".join(words(text)), None)
    known, chance = sorted(dictionary()), random.Random(4)
    senseless = [" ".join(chance.sample(known, chance.randint(2, 5))) for _ in range(WORDS_AT_RANDOM)]
    said = [*plain.values(), *senseless]
    chance.shuffle(said)
    return said[:SENTENCES]


def words(text: str) -> list[str]:
    """The words of a sentence, as they are looked up."""
    return re.findall(r"[a-z']+", spelled(text).lower())


@cache
def dictionary() -> frozenset[str]:
    """The words of the CMU dictionary in the wheel of `pocketsphinx`."""
    import pocketsphinx

    path = Path(pocketsphinx.get_model_path(), "en-us", "cmudict-en-us.dict")
    found = (line.split(maxsplit=1)[0] for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(word for word in found if word.isalpha() and 2 <= len(word) <= 9)


@cache
def _taught() -> tuple[PhonemeModel, Pronouncer]:
    return PhonemeModel(model_weights()), Pronouncer()


def lessons(job: tuple[int, str]) -> list[Lesson]:
    """The ways in which a sentence arrives, none where it cannot be said. job: a seed, and the sentence."""
    seed, text = job
    chance, (model, pronounce) = random.Random(seed), _taught()
    sound = speak(spelled(text), chance)
    if len(sound) < spoken.RATE / 5:
        return []
    sound = spoken.at_level(spoken.trimmed(sound))
    heard = sounds_heard(model, np.concatenate([spoken.silence(0.3), sound, spoken.silence(0.2)]))
    said = closest([w.upper() if len(w) == 1 and w not in "ai" else w for w in words(text)], heard, pronounce)
    if Levenshtein.normalized_distance([SAME.get(s, s) for way in said for s in way], heard) > MOST_WRONG:
        return []
    columns = [column for way in said for column in [BETWEEN, *map(model.labels.index, way)]][1:]
    arriving = [varied(sound, chance) for _ in range(ARRIVALS)]
    return [
        Lesson(model.bands(one).astype(np.float16), columns) for one in arriving if len(one) < LONGEST * spoken.RATE
    ]


def speak(text: str, chance: random.Random) -> Any:
    """A sentence in one of the voices."""
    which = chance.random()
    if which < 0.5:
        voice = f"{chance.choice(ACCENTS)}+{chance.choice(SPEAKERS)}".removesuffix("+")
        speed, pitch = chance.randint(120, 185), chance.randint(30, 70)
        return spoken.program(text, ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-w"])
    if which < 0.85:
        stretch = f"duration_stretch={chance.uniform(0.85, 1.2):.2f}"
        return spoken.program(text, ["flite", "-voice", chance.choice(FLITE), "--setf", stretch, "-o"])
    return spoken.hibari(text)


def varied(sound: Any, chance: random.Random) -> Any:
    """The sound as it may arrive."""
    if chance.random() < 0.5:
        at = np.arange(0, len(sound) - 1, chance.uniform(0.92, 1.08))
        sound = np.interp(at, np.arange(len(sound)), sound)
    if chance.random() < 0.5:
        sound = toned(sound, chance)
    sound = spoken.at_level(sound)
    sound = np.concatenate([spoken.silence(chance.uniform(0.1, 0.6)), sound, spoken.silence(chance.uniform(0.1, 0.4))])
    if chance.random() < 0.35:
        sound = spoken.in_room(sound, chance.uniform(0.15, 0.6), chance.randrange(10**6))
    if chance.random() < 0.85:
        sound = spoken.with_noise(sound, chance.uniform(4, 35), chance.choice(NOISES), chance.randrange(10**6))
    return spoken.clipped(sound.astype(np.float32) * 10 ** (chance.uniform(-14, 10) / 20))


def toned(sound: Any, chance: random.Random) -> Any:
    """The sound through a microphone that has its own tone, and perhaps no bass."""
    spectrum = np.fft.rfft(sound)
    pitches = np.array([0, 150, 400, 1000, 2500, 4500, 8000])
    decibels = np.cumsum([chance.gauss(0, 2.0) for _ in pitches])
    decibels -= decibels.mean() + np.where(pitches == 0, 12 * chance.randint(0, 1), 0)
    tone = np.interp(np.fft.rfftfreq(len(sound), 1 / spoken.RATE), pitches, decibels)
    return np.fft.irfft(spectrum * 10 ** (tone / 20), len(sound))


def person(job: tuple[int, Path]) -> Person | None:
    """How a recording of somebody arrives, with and without noise; None for less than half a second."""
    seed, path = job
    chance, (model, _) = random.Random(seed), _taught()
    sound = np.concatenate([np.zeros(0, np.int16), *decoded(path)])[: int((LONGEST - 0.5) * spoken.RATE)]
    if len(sound) < spoken.RATE / 2 or not sound.any():
        return None
    sound = np.concatenate([spoken.silence(0.2), spoken.at_level(sound), spoken.silence(0.2)])
    noisy = [
        spoken.with_noise(sound, chance.uniform(4, 25), chance.choice(NOISES), chance.randrange(10**6))
        for _ in range(ARRIVALS)
    ]
    return Person([model.bands(one).astype(np.float16) for one in [sound, *noisy]], model(sound))


def decoded(path: Path) -> Iterator[Any]:
    """The samples of a sound file of any kind, in pieces."""
    with av.open(str(path)) as file:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=spoken.RATE)
        for frame in [*file.decode(audio=0), None]:
            yield from (part.to_ndarray()[0] for part in resampler.resample(frame))
