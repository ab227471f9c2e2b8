"""Makes spoken sentences: synthetic voices of three engines, and what is around speech: noise, rooms, motors, music.

Every sound is an int16 array at 16 kHz, made once and kept in the user's cache folder; the same words give the same
sound. `espeak-ng` and `flite` are programs of the system; a voice that is not installed is not in `voices()`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import wave
from functools import cache
from math import gcd
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

RATE = 16_000
LEVEL = 0.05
"""Root mean square of a sentence, of full scale."""

PROGRAMS = {
    "espeak-us": ["espeak-ng", "-v", "en-us", "-s", "150", "-w"],
    "espeak-gb": ["espeak-ng", "-v", "en-gb+f3", "-s", "150", "-w"],
    "flite-slt": ["flite", "-voice", "slt", "-o"],
    "flite-rms": ["flite", "-voice", "rms", "-o"],
    "flite-awb": ["flite", "-voice", "awb", "-o"],
}
TUNED_ON = ("hibari", "espeak-us", "flite-slt")
"""The voices that confusions of sounds are counted with; the others are held out from that."""


def voices():
    """The voices there are on this machine."""
    return ["hibari", *(name for name, command in PROGRAMS.items() if shutil.which(command[0]))]


def say(text, voice="hibari", lead=0.4, tail=1.2):
    """A sentence with silence before and after, at the usual level. lead, tail: seconds."""
    sound = at_level(_said(text, voice))
    return np.concatenate([silence(lead), sound, silence(tail)])


def silence(seconds):
    return np.zeros(round(seconds * RATE), np.int16)


def with_noise(sound, decibels, kind="pink", seed=0):
    """The sound with noise under it. decibels: how much louder the speech is; kind: a function of this module."""
    noise = NOISES[kind](len(sound) / RATE, seed)[: len(sound)].astype(np.float32)
    speech = _loudness(sound)
    return clipped(sound + noise * (speech / 10 ** (decibels / 20) / (np.sqrt(np.mean(noise**2)) + 1e-9)))


def in_room(sound, seconds=0.35, seed=0):
    """The sound as a microphone two meters away hears it. seconds: until an echo is 60 dB down."""
    random = np.random.default_rng(seed)
    times = np.arange(round(seconds * RATE)) / RATE
    impulse = random.normal(size=len(times)) * 10 ** (-3 * times / seconds) * 0.05
    impulse[0] = 1.0
    size = len(sound) + len(impulse)
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(impulse, size), size)[: len(sound)]
    return clipped(wet * (_loudness(sound) / np.sqrt(np.mean(wet[sound != 0] ** 2))))


def pink(seconds, seed=0):
    """Noise with as much power in every octave."""
    random = np.random.default_rng(seed)
    size = max(2, round(seconds * RATE))
    spectrum = np.fft.rfft(random.normal(size=size)) / np.sqrt(np.maximum(1, np.arange(size // 2 + 1)))
    return _normal(np.fft.irfft(spectrum, size))


def white(seconds, seed=0):
    return _normal(np.random.default_rng(seed).normal(size=round(seconds * RATE)))


def clicks(seconds, seed=0):
    """Short knocks, three a second."""
    random = np.random.default_rng(seed)
    sound = np.zeros(round(seconds * RATE))
    for at in random.integers(0, max(1, len(sound) - 200), round(3 * seconds)):
        sound[at : at + 200] += random.normal(size=200) * np.exp(-np.arange(200) / 30)
    return _normal(sound)


def hum(seconds, seed=0):
    """Two small motors and their gears, speeding up and slowing down."""
    times = np.arange(round(seconds * RATE)) / RATE
    sound = pink(seconds, seed)[: len(times)] * 0.25
    for base, drift in ((118.0, 0.31), (131.0, 0.23)):
        phase = 2 * np.pi * np.cumsum(base * (1 + 0.15 * np.sin(2 * np.pi * drift * times + seed))) / RATE
        sound = sound + sum(np.sin(k * phase) / k for k in (1, 2, 3, 5, 8, 13))
    return _normal(sound)


def music(seconds, seed=0):
    """Chords, a melody and a beat."""
    random = np.random.default_rng(seed)
    size = round(seconds * RATE)
    sound = np.zeros(size + RATE)
    scale = 220.0 * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
    for beat in range(round(seconds / 0.25)):
        at, length = round(beat * 0.25 * RATE), round(0.6 * RATE)
        times = np.arange(length) / RATE
        for pitch in random.choice(scale, 3 if beat % 4 == 0 else 1):
            tone = sum(np.sin(2 * np.pi * pitch * k * times) / k**1.5 for k in (1, 2, 3, 4, 5))
            sound[at : at + length] += tone * np.exp(-times * 5)
        if beat % 2 == 0:
            sound[at : at + 800] += random.normal(size=800) * np.exp(-np.arange(800) / 150)
    return _normal(sound[:size])


NOISES = {"pink": pink, "white": white, "clicks": clicks, "hum": hum, "music": music}


def around(kind, seconds, level=0.02, seed=0):
    """Only noise, as int16. level: its root mean square, of full scale."""
    return clipped(NOISES[kind](seconds, seed) * level * 32768)


def _normal(sound):
    return (sound / (np.sqrt(np.mean(sound**2)) + 1e-9)).astype(np.float32)


def clipped(sound):
    return np.clip(np.round(sound), -32768, 32767).astype(np.int16)


def _loudness(sound):
    """Root mean square from the first sound to the last."""
    spoken = np.flatnonzero(sound)
    return (
        float(np.sqrt(np.mean(np.asarray(sound[spoken[0] : spoken[-1] + 1], np.float64) ** 2))) if len(spoken) else 1.0
    )


def at_level(sound):
    return clipped(sound * (LEVEL * 32768 / _loudness(sound)))


def _said(text, voice):
    key = hashlib.sha256(f"{voice}|{text}".encode()).hexdigest()[:24]
    kept = user_cache_path("bolt-agent") / "spoken" / voice / f"{key}.npy"
    if kept.is_file():
        return np.load(kept)
    sound = trimmed(hibari(text) if voice == "hibari" else program(text, PROGRAMS[voice]))
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{hash(tempfile.mktemp())}.npy")
    np.save(part, sound)
    part.replace(kept)  # two test processes may make the same sentence
    return sound


def program(text, command):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        texts = ["-t", text] if command[0] == "flite" else [text]
        order = [*command, str(path), *texts]
        subprocess.run(order, check=True, capture_output=True)
        with wave.open(str(path)) as file:
            return _resampled(np.frombuffer(file.readframes(file.getnframes()), np.int16), file.getframerate())


@cache
def _speaker():
    from hibari import Hibari

    return Hibari()


def hibari(text):
    speaker = _speaker()
    parts = list(speaker.stream(text, seed=1))
    return _resampled(np.concatenate(parts) * 32767, speaker.sample_rate)


def _resampled(sound, rate):
    """The sound at 16 kHz, by cutting or padding its spectrum."""
    if rate == RATE:
        return sound.astype(np.int16)
    step = gcd(rate, RATE)
    padded = np.pad(sound.astype(np.float64), (0, -len(sound) % (rate // step)))
    size = len(padded) * RATE // rate
    spectrum = np.fft.rfft(padded)
    kept = np.zeros(size // 2 + 1, complex)
    kept[: min(len(kept), len(spectrum))] = spectrum[: len(kept)]
    return clipped(np.fft.irfft(kept, size) * (size / len(padded)))


def trimmed(sound):
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > 0.02 * np.abs(sound.astype(np.int32)).max())
    return sound[max(0, loud[0] - 320) : loud[-1] + 320]
