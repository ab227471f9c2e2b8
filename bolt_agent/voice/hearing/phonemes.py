"""The phoneme model: sound to the probabilities of phonemes, 50 frames a second.

The weights are those inside the wheel of `hama` (Apache-2.0), a conformer with a CTC output, and what `adapter.py` adds
to them. They run in numpy, because that is several times faster than the library's own engine and works on every
system; the library is not imported.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np

from bolt_agent.voice.hearing.adapter import Floats, adapted
from bolt_agent.voice.hearing.engine import SAMPLE_RATE, Samples
from bolt_agent.voice.hearing.errors import EngineMissing

__all__ = ["FRAME", "MATRICES", "Floats", "PhonemeModel", "asset", "model_weights", "phoneme_model", "read_weights"]

FRAME = 0.02
"""Seconds from one frame of probabilities to the next."""

WEIGHTS = "asr_waveform.hama"
SHA256 = "a9fcfe73e179ca48e399cd76a90a6b3e1887bf5037ecc52b778d13a149563328"

HOP, WINDOW, HEADS, BLOCKS, TAPS = SAMPLE_RATE // 100, 400, 4, 4, 31
QUIET = 1e-10
"""The least power of a band, before its logarithm is taken."""

MATRICES = ((829, 830, 831, 835, 836, 837), (838, 839, 840, 844, 845, 846), (847, 848, 849, 853, 854, 855),
            (856, 857, 858, 862, 863, 864))  # fmt: skip
"""The numbers in the names of each block's matrices: first feed-forward in and out, attention, second feed-forward."""


def asset(name: str) -> Path:
    """The path of a file in the installed `hama` distribution."""
    try:
        return Path(str(distribution("hama").locate_file(f"hama/assets/{name}")))
    except PackageNotFoundError:
        raise EngineMissing("hama", "voice") from None


def read_weights(path: Path) -> dict[str, Floats]:
    """The named arrays of a `.hama` file, as 32-bit floats."""
    data = path.read_bytes()
    (count,) = struct.unpack_from("<I", data, 8)
    at, entries = 12, []
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, dimensions = struct.unpack_from("<BB", data, at + 2 + length)
        at += 4 + length
        shape = struct.unpack_from(f"<{dimensions}I", data, at)
        offset, size = struct.unpack_from("<QQ", data, at + 4 * dimensions)
        at += 4 * dimensions + 16
        entries.append((name, np.float16 if kind else np.float32, shape, offset, size))
    start = -at % 16 + at
    return {
        name: np.frombuffer(data, dtype, size // np.dtype(dtype).itemsize, start + offset).reshape(shape).astype("f4")
        for name, dtype, shape, offset, size in entries
    }


def model_weights() -> dict[str, Floats]:
    """The weights of the phoneme model as they are in the wheel."""
    path = asset(WEIGHTS)
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise EngineMissing("hama", "voice", "its weights are not those that this version was made for")
    return {name.removeprefix("acoustic_model.model."): array for name, array in read_weights(path).items()}


class PhonemeModel:
    """Hears phonemes.

    weights: others than those of the wheel with what was learned.
    labels: what the columns of its output stand for: phonemes of the IPA, `<wb>` between words, `<blank>` for nothing.
    """

    def __init__(self, weights: Mapping[str, Floats] | None = None) -> None:
        if weights is None:
            weights = adapted(model_weights())
        self._weights = {name: np.ascontiguousarray(array) for name, array in weights.items()}
        for name in [name for name in self._weights if name.endswith(("pointwise1.weight", "pointwise2.weight"))]:
            self._weights[name] = np.ascontiguousarray(self._weights[name][:, :, 0].T)
        self._stem = np.ascontiguousarray(self._weights["onnx::Conv_801"].transpose(2, 1, 0).reshape(240, -1))
        self._output = np.ascontiguousarray(self._weights["proj.weight"][:, :, 0].T)
        kernels = [self._weights[f"stft_{part}_kernel"][:, 0].T for part in ("real", "imag")]
        self._fourier = np.ascontiguousarray(np.concatenate(kernels, axis=1))
        self.labels = _labels()

    def __call__(self, samples: Samples) -> Floats:
        """The logarithms of the probabilities: a row for each `FRAME`, a column for each label."""
        x = self._subsampled(self.bands(samples))
        for block in range(BLOCKS):
            x = self._block(x, block)
        return _log_softmax(x @ self._output + self._weights["proj.bias"])

    def bands(self, samples: Samples) -> Floats:
        """The logarithms of the power in each band of the mel scale: a row for each 10 ms."""
        if len(samples) <= WINDOW:
            samples = np.pad(samples, (0, WINDOW + 1 - len(samples)))
        wave = (samples / 32768).astype(np.float32)
        padded = np.pad(wave, WINDOW // 2, mode="reflect")
        frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][: len(wave) // HOP + 1]
        parts = (frames @ self._fourier).reshape(len(frames), 2, -1)
        power: Floats = parts[:, 0] ** 2 + parts[:, 1] ** 2
        mel: Floats = np.log(np.maximum(power @ self._weights["mel_fb"], np.float32(QUIET)))
        return mel

    def _subsampled(self, mel: Floats) -> Floats:
        """Two frames of 10 ms become one of 20."""
        length = (len(mel) - 1) // 2 + 1
        padded = np.pad(mel, ((1, 1 + len(mel) % 2), (0, 0)))
        triples = np.stack([padded[tap : tap + 2 * length : 2] for tap in range(3)], axis=1).reshape(length, -1)
        return _gelu(triples @ self._stem + self._weights["onnx::Conv_802"])

    def _block(self, x: Floats, number: int) -> Floats:
        into1, out1, attend_in, attend_out, into2, out2 = (
            self._weights[f"onnx::MatMul_{name}"] for name in MATRICES[number]
        )
        at = f"blocks.{number}."
        x = x + 0.5 * self._feed_forward(x, at + "ffn1.", into1, out1)
        x = x + self._attention(x, at, attend_in, attend_out)
        x = x + self._convolution(x, at + "conv.", number)
        x = x + 0.5 * self._feed_forward(x, at + "ffn2.", into2, out2)
        return self._normed(x, at + "norm")

    def _feed_forward(self, x: Floats, at: str, into: Floats, out: Floats) -> Floats:
        hidden = _silu(self._normed(x, at + "norm") @ into + self._weights[at + "fc1.bias"])
        result: Floats = hidden @ out + self._weights[at + "fc2.bias"]
        return result

    def _attention(self, x: Floats, at: str, into: Floats, out: Floats) -> Floats:
        length, width = x.shape
        size = width // HEADS
        joint = self._normed(x, at + "attn_norm") @ into + self._weights[at + "attn.in_proj_bias"]
        query, key, value = joint.reshape(length, 3, HEADS, size).transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(size))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        mixed = (weights @ value).transpose(1, 0, 2).reshape(length, width)
        result: Floats = mixed @ out + self._weights[at + "attn.out_proj.bias"]
        return result

    def _convolution(self, x: Floats, at: str, number: int) -> Floats:
        weights = self._weights
        joint = self._normed(x, at + "norm") @ weights[at + "pointwise1.weight"] + weights[at + "pointwise1.bias"]
        width = x.shape[1]
        gated = joint[:, :width] * _sigmoid(joint[:, width:])
        padded = np.pad(gated, ((TAPS // 2, TAPS // 2), (0, 0)))
        kernel = weights[f"onnx::Conv_{804 + 3 * number}"][:, 0]
        mixed = np.broadcast_to(weights[f"onnx::Conv_{805 + 3 * number}"], gated.shape).copy()
        for tap in range(TAPS):
            mixed += padded[tap : tap + len(x)] * kernel[:, tap]
        result: Floats = _silu(mixed) @ weights[at + "pointwise2.weight"] + weights[at + "pointwise2.bias"]
        return result

    def _normed(self, x: Floats, at: str) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + np.float32(1e-5))
        result: Floats = x / spread * self._weights[at + ".weight"] + self._weights[at + ".bias"]
        return result


@cache
def phoneme_model() -> PhonemeModel:
    """The one that everybody in the process hears with: it keeps nothing between two sounds."""
    return PhonemeModel()


@cache
def _labels() -> tuple[str, ...]:
    phonemes = json.loads(asset("g2p_vocab.json").read_text(encoding="utf-8"))["decoder"]
    return (*phonemes, "<wb>", "<blank>")


def _sigmoid(x: Floats) -> Floats:
    result: Floats = 0.5 * np.tanh(0.5 * x) + 0.5  # never overflows
    return result


def _silu(x: Floats) -> Floats:
    return x * _sigmoid(x)


def _gelu(x: Floats) -> Floats:
    """By the error function, after Abramowitz and Stegun 7.1.26; its error is below 1.5e-7."""
    z = np.abs(x) * np.float32(1 / np.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    result: Floats = (0.5 * x * (1 + erf)).astype(np.float32)
    return result


def _log_softmax(x: Floats) -> Floats:
    x = x - x.max(axis=-1, keepdims=True)
    result: Floats = x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
    return result
