"""Teaches the phoneme model robotic voices and noise, and leaves what people sound like to it as it is.

python benchmarks/voice_adapt.py --people FOLDER [--bench FILE]     # writes bolt_agent/voice/hearing/adapter.npz

Half of every step are lessons (see `voice_lessons.py`), by the loss of CTC; the other half are recordings of people
from --people, over noise, of which the model has to make what it made without noise before it was taught (a
distillation: Hinton et al. 2015, arXiv:1503.02531). FOLDER holds sound files of any kind. The adapter in the package
was taught with those of the Debian packages tuxpaint-stamps-default (in other languages than English), hedgewars-data
(its voices) and asterisk-core-sounds-en-wav. The texts of --bench, and those of `voice.py`, are in no lesson.

Besides the package it needs `pip install jax optax`, some thirty minutes on two cores, and the voices of `spoken.py`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from voice_lessons import BETWEEN, Lesson, Person, lessons, person, texts

from bolt_agent.voice.hearing.adapter import FILE, pack
from bolt_agent.voice.hearing.phonemes import MATRICES, model_weights

RANK = 8
RATE, RATE_OF_WHOLE = 2e-3, 3e-4
"""How fast thin matrices learn, and what is changed as a whole."""
BATCH, PEOPLE = 32, 12
"""Lessons and recordings of people in a step."""
LIKE_BEFORE = 6.0
"""How much it counts to hear people as before."""
EPOCHS = 1.5
SIZES = (192, 320, 480)
"""Frames of 10 ms that batches have room for."""
FRAMES_A_LABEL = 4
"""A lesson has at least so many for each of its labels."""
WHOLE = ("bias", "norm.weight", "proj.weight")

base = {name: jnp.asarray(array) for name, array in model_weights().items()}
blank = base["proj.bias"].shape[0] - 1
Weights = dict[str, Any]


def beginnings() -> dict[str, Weights]:
    """Changes that change nothing yet: whole ones, and thin matrices for the large weights of every block."""
    chance = np.random.default_rng(0)
    large = [f"onnx::MatMul_{number}" for block in MATRICES for number in block]
    large += [name for name in base if name.endswith(("pointwise1.weight", "pointwise2.weight"))]
    whole = [name for name in base if name.endswith(WHOLE) or name.startswith("onnx::Conv_")]
    thin = {}
    for name in large:
        rows, columns = base[name].shape[0], int(np.prod(base[name].shape[1:]))
        thin[name] = (jnp.asarray(chance.normal(size=(rows, RANK)) / np.sqrt(rows), "f4"), jnp.zeros((RANK, columns)))
    return {"whole": {name: jnp.zeros_like(base[name]) for name in whole}, "thin": thin}


def changed(changes: dict[str, Weights]) -> Weights:
    """The weights with changes."""
    products = {name: (rows @ columns).reshape(base[name].shape) for name, (rows, columns) in changes["thin"].items()}
    return base | {name: base[name] + change for name, change in (changes["whole"] | products).items()}


def hear(w: Weights, bands: Any, lengths: Any) -> tuple[Any, Any]:
    """The phoneme model as in `phonemes.py`, for several sounds at once: logarithms, and which frames are none."""
    number, frames = bands.shape[0], bands.shape[1] // 2
    is_sound = jnp.arange(frames) < ((lengths + 1) // 2)[:, None]
    padded = jnp.pad(bands, ((0, 0), (1, 1), (0, 0)))
    triples = jnp.stack([padded[:, tap : tap + 2 * frames : 2] for tap in range(3)], 2).reshape(number, frames, -1)
    stem = w["onnx::Conv_801"].transpose(2, 1, 0).reshape(triples.shape[-1], -1)
    x = jax.nn.gelu(triples @ stem + w["onnx::Conv_802"], approximate=False)
    for block, matrices in enumerate(MATRICES):
        into1, out1, attend_in, attend_out, into2, out2 = (w[f"onnx::MatMul_{name}"] for name in matrices)
        at = f"blocks.{block}."
        x = x + 0.5 * feed_forward(w, x, at + "ffn1.", into1, out1)
        x = x + attention(w, x, at, attend_in, attend_out, is_sound)
        x = x + convolution(w, x, at + "conv.", block, is_sound)
        x = x + 0.5 * feed_forward(w, x, at + "ffn2.", into2, out2)
        x = normed(w, x, at + "norm")
    return jax.nn.log_softmax(x @ w["proj.weight"][:, :, 0].T + w["proj.bias"]), ~is_sound


def feed_forward(w: Weights, x: Any, at: str, into: Any, out: Any) -> Any:
    """A block's feed-forward part."""
    return jax.nn.silu(normed(w, x, at + "norm") @ into + w[at + "fc1.bias"]) @ out + w[at + "fc2.bias"]


def attention(w: Weights, x: Any, at: str, into: Any, out: Any, is_sound: Any, heads: int = 4) -> Any:
    """A block's attention."""
    number, frames, width = x.shape
    joint = normed(w, x, at + "attn_norm") @ into + w[at + "attn.in_proj_bias"]
    query, key, value = joint.reshape(number, frames, 3, heads, -1).transpose(2, 0, 3, 1, 4)
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width / heads)
    mixed = jax.nn.softmax(jnp.where(is_sound[:, None, None], scores, -1e9)) @ value
    return mixed.transpose(0, 2, 1, 3).reshape(x.shape) @ out + w[at + "attn.out_proj.bias"]


def convolution(w: Weights, x: Any, at: str, block: int, is_sound: Any, taps: int = 31) -> Any:
    """A block's convolution over time."""
    joint = normed(w, x, at + "norm") @ w[at + "pointwise1.weight"][:, :, 0].T + w[at + "pointwise1.bias"]
    gated = joint[..., : x.shape[-1]] * jax.nn.sigmoid(joint[..., x.shape[-1] :]) * is_sound[..., None]
    padded = jnp.pad(gated, ((0, 0), (taps // 2, taps // 2), (0, 0)))
    kernel = w[f"onnx::Conv_{804 + 3 * block}"][:, 0]
    mixed = sum(padded[:, tap : tap + x.shape[1]] * kernel[:, tap] for tap in range(taps))
    silu = jax.nn.silu(mixed + w[f"onnx::Conv_{805 + 3 * block}"])
    return silu @ w[at + "pointwise2.weight"][:, :, 0].T + w[at + "pointwise2.bias"]


def normed(w: Weights, x: Any, at: str) -> Any:
    """A layer's normalisation."""
    return jax.nn.standardize(x, epsilon=1e-5) * w[at + ".weight"] + w[at + ".bias"]


def masked(bands: Any, key: Any) -> Any:
    """Some bands and some moments left out (SpecAugment: Park et al. 2019, arXiv:1904.08779)."""
    left_out = jnp.zeros(bands.shape, bool)
    for axis, width, seed in zip((2, 1), (12, 10), jax.random.split(key), strict=True):
        where, wide = jax.random.split(seed)
        first = jax.random.randint(where, (len(bands), 1), 0, bands.shape[axis])
        places = jnp.arange(bands.shape[axis])
        inside = (places >= first) & (places < first + jax.random.randint(wide, (len(bands), 1), 0, width))
        left_out |= inside[:, None, :] if axis == 2 else inside[:, :, None]
    return jnp.where(left_out, bands.mean((1, 2), keepdims=True), bands)


def losses(changes: dict[str, Weights], taught: Sequence[Any], people: Sequence[Any], key: Any) -> Any:
    """What is to become small; and its two parts: of lessons for each label, of people for each frame."""
    weights = changed(changes)
    bands, lengths, labels, no_label = taught
    heard, no_frame = hear(weights, masked(bands, key), lengths)
    lesson = optax.ctc_loss(heard, no_frame.astype("f4"), labels, no_label, blank_id=blank)
    lesson = (lesson / (1 - no_label).sum(1)).mean()
    bands, lengths, before = people
    heard, no_frame = hear(weights, bands, lengths)
    apart = (jnp.exp(before) * (before - heard)).sum(-1) * ~no_frame
    apart = apart.sum() / (~no_frame).sum()
    return lesson + LIKE_BEFORE * apart, (lesson, apart)


def batches(every: Sequence[Lesson], chance: random.Random) -> Iterator[list[Any]]:
    """All lessons once, those of like length together."""
    order = chance.sample(range(len(every)), len(every))
    found = []
    for at in range(0, len(order), 20 * BATCH):
        alike = sorted(order[at : at + 20 * BATCH], key=lambda index: len(every[index].bands))
        found += [alike[first : first + BATCH] for first in range(0, len(alike) - BATCH + 1, BATCH)]
    chance.shuffle(found)
    for batch in found:
        longest = max(len(every[index].bands) for index in batch)
        frames = next(size for size in SIZES if size >= longest)
        most = frames // FRAMES_A_LABEL
        bands, lengths = np.zeros((BATCH, frames, 80), "f4"), np.zeros(BATCH, "i4")
        labels, no_label = np.zeros((BATCH, most), "i4"), np.ones((BATCH, most), "f4")
        for row, index in enumerate(batch):
            one = every[index]
            bands[row, : len(one.bands)], lengths[row] = one.bands, len(one.bands)
            columns = [blank - 1 if column == BETWEEN else column for column in one.labels]
            labels[row, : len(columns)], no_label[row, : len(columns)] = columns, 0
        yield [bands, lengths, labels, no_label]


def some_people(every: Sequence[Person], chance: random.Random) -> list[Any]:
    """Recordings of people, and what the model made of them before."""
    frames = SIZES[-1]
    bands, lengths = np.zeros((PEOPLE, frames, 80), "f4"), np.zeros(PEOPLE, "i4")
    before = np.zeros((PEOPLE, frames // 2, blank + 1), "f4")
    for row, one in enumerate(chance.choices(every, k=PEOPLE)):
        arrived = chance.choice(one.bands)
        bands[row, : len(arrived)], lengths[row] = arrived, len(arrived)
        before[row, : len(one.heard)] = one.heard
    return [bands, lengths, before]


def learned(every: Sequence[Lesson], people: Sequence[Person]) -> dict[str, Weights]:
    """The changes after all lessons."""
    steps = int(EPOCHS * len(every) / BATCH)
    rates = {"thin": RATE, "whole": RATE_OF_WHOLE}
    adams = {
        kind: optax.adamw(
            optax.warmup_cosine_decay_schedule(0, rate, steps // 10, steps, rate / 20), weight_decay=decay
        )
        for (kind, rate), decay in zip(rates.items(), (0.01, 0.0), strict=True)
    }
    changes = beginnings()
    kinds = {kind: jax.tree.map(lambda _, kind=kind: kind, part) for kind, part in changes.items()}
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(adams, kinds))
    state, key, chance, began = optimiser.init(changes), jax.random.key(0), random.Random(5), time.monotonic()

    @jax.jit
    def step(changes: Any, state: Any, taught: Any, people: Any, key: Any) -> Any:
        (_, parts), slopes = jax.value_and_grad(losses, has_aux=True)(changes, taught, people, key)
        updates, state = optimiser.update(slopes, state, changes)
        return optax.apply_updates(changes, updates), state, parts

    done, recent = 0, np.zeros((0, 2))
    while done < steps:
        for batch in batches(every, chance):
            key, now = jax.random.split(key)
            changes, state, parts = step(changes, state, batch, some_people(people, chance), now)
            recent, done = np.concatenate([recent[-49:], [[float(part) for part in parts]]]), done + 1
            if done % 50 == 0 or done == steps:
                lesson, apart = recent.mean(axis=0)
                print(f"{done} of {steps}: {lesson:.3f} {apart:.3f}  {time.monotonic() - began:.0f} s", flush=True)
            if done == steps:
                break
    return changes


def main() -> None:
    """Write the adapter."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--people", required=True, type=Path)
    parser.add_argument("--bench", type=Path)
    options = parser.parse_args()
    cases = map(json.loads, options.bench.read_text().splitlines()) if options.bench else []
    said = texts([turn for case in cases for turn in case["say"]])
    recordings = sorted(path for path in options.people.rglob("*") if path.suffix in (".wav", ".ogg"))
    with multiprocessing.get_context("spawn").Pool() as pool:
        every = [one for several in pool.imap(lessons, enumerate(said), chunksize=16) for one in several]
        people = [one for one in pool.imap(person, enumerate(recordings), chunksize=16) if one]
    every = [one for one in every if len(one.bands) >= FRAMES_A_LABEL * len(one.labels)]
    print(f"{len(every)} lessons, {len(people)} recordings of people", flush=True)
    changes = learned(every, people)
    Path(str(FILE)).write_bytes(pack(changes["whole"], changes["thin"]))


if __name__ == "__main__":
    main()
