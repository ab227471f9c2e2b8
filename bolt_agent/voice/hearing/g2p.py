"""How a word of no dictionary is pronounced: the grapheme-to-phoneme model inside the wheel of `hama`, in numpy.

The phoneme model was taught with what this one makes of words, so it writes them the same way, odd ones included: for
both of them "one" is `o n e`.
"""

from __future__ import annotations

import json

import numpy as np

from bolt_agent.voice.hearing.phonemes import Floats, asset, read_weights

__all__ = ["G2P"]

LONGEST = 32
"""Phonemes of a word, and letters."""


class G2P:
    """Turns a written word into phonemes.

    >>> " ".join(G2P()("wiggle"))  # doctest: +SKIP
    'w ɪ g ə l'
    """

    def __init__(self) -> None:
        self._weights = read_weights(asset("encoder.hama")) | read_weights(asset("decoder_step.hama"))
        vocabulary = json.loads(asset("g2p_vocab.json").read_text(encoding="utf-8"))
        self._letters = {letter: index for index, letter in enumerate(vocabulary["encoder"])}
        self._phonemes: list[str] = vocabulary["decoder"]

    def __call__(self, word: str) -> tuple[str, ...]:
        """The phonemes of a word in Latin letters; none for a word without any."""
        letters = [self._letters[letter] for letter in word.lower()[:LONGEST] if letter in self._letters]
        if not letters:
            return ()
        encoded, state = self._encode(letters)
        keys = encoded @ self._weights["onnx::MatMul_539"]
        attention = np.full(len(letters), 1 / len(letters), np.float32)
        token, found = self._phonemes.index("<sos>"), list[str]()
        for _ in range(LONGEST):
            token, state, attention = self._step(token, encoded, keys, state, attention)
            if self._phonemes[token] == "<eos>":
                break
            found.append(self._phonemes[token])
        return tuple(phoneme for phoneme in found if not phoneme.startswith("<"))

    def _encode(self, letters: list[int]) -> tuple[Floats, Floats]:
        """What each letter stands for in its word, and the state that the decoder begins with."""
        w = self._weights
        embedded = w["model.encoder_embedding.weight"][letters]
        padded = np.pad(embedded, ((2, 2), (0, 0)))
        kernel = w["model.frontend.depthwise.weight"][:, 0]
        mixed = sum(padded[tap : tap + len(letters)] * kernel[:, tap] for tap in range(kernel.shape[1]))
        mixed = np.asarray(mixed, np.float32) @ w["model.frontend.pointwise.weight"][:, :, 0].T
        x = self._normed(embedded + mixed, "model.frontend.norm")
        first, last1 = _both_ways(x, w["onnx::GRU_484"], w["onnx::GRU_485"], w["onnx::GRU_483"])
        second, last2 = _both_ways(first, w["onnx::GRU_527"], w["onnx::GRU_528"], w["onnx::GRU_526"])
        encoded = self._normed(second + x @ w["onnx::MatMul_532"], "model.encoder_out_norm")
        state = np.tanh(np.stack([last1, last2]) @ w["model.bridge.weight"].T + w["model.bridge.bias"])
        return encoded, state

    def _step(
        self, token: int, encoded: Floats, keys: Floats, state: Floats, attention: Floats
    ) -> tuple[int, Floats, Floats]:
        """The next phoneme, with the state and where it looked."""
        w = self._weights
        embedded = w["model.decoder_embedding.weight"][token]
        kernel = w["model.attention.location_conv.weight"][:, 0]
        around = np.lib.stride_tricks.sliding_window_view(np.pad(attention, kernel.shape[1] // 2), kernel.shape[1])
        located = around @ kernel.T @ w["onnx::MatMul_304"]
        low = _gru(embedded, state[0], w["onnx::GRU_279"][0], w["onnx::GRU_280"][0], w["onnx::GRU_281"][0])
        high = _gru(low, state[1], w["onnx::GRU_299"][0], w["onnx::GRU_300"][0], w["onnx::GRU_301"][0])
        view = self._normed(high + embedded @ w["onnx::MatMul_302"], "model.decoder_state_norm")
        energy = np.tanh(view @ w["onnx::MatMul_303"] + keys + located) @ w["onnx::MatMul_305"][:, 0]
        positions = np.arange(len(encoded))
        energy = (energy - 0.1 * np.abs(positions - attention @ positions)).astype(np.float32)
        weights = np.exp(energy - energy.max())
        attention = (weights / weights.sum()).astype(np.float32)
        context = self._normed(attention @ encoded, "model.context_norm")
        joint = np.concatenate([view, context]) @ w["model.context_proj.weight"].T + w["model.context_proj.bias"]
        fused = self._normed(np.tanh(joint), "model.fusion_norm")
        out = (fused @ w["model.output_in_proj.weight"].T + w["model.output_in_proj.bias"]) @ w["onnx::MatMul_306"]
        return int(out.argmax()), np.stack([low, high]), attention

    def _normed(self, x: Floats, at: str) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + np.float32(1e-5))
        result: Floats = x / spread * self._weights[at + ".weight"] + self._weights[at + ".bias"]
        return result


def _gru(x: Floats, state: Floats, into: Floats, again: Floats, bias: Floats) -> Floats:
    """One step of a gated recurrent unit, as ONNX defines it with `linear_before_reset`."""
    size = len(state)
    update, reset, new = (into @ x + bias[: 3 * size]).reshape(3, size)
    kept_update, kept_reset, kept_new = (again @ state + bias[3 * size :]).reshape(3, size)
    gate = 1 / (1 + np.exp(-(update + kept_update)))
    candidate = np.tanh(new + kept_new / (1 + np.exp(-(reset + kept_reset))))
    result: Floats = (1 - gate) * candidate + gate * state
    return result


def _both_ways(xs: Floats, into: Floats, again: Floats, bias: Floats) -> tuple[Floats, Floats]:
    """A recurrent layer from both ends: its outputs, and both last states."""
    outputs, lasts = [], []
    for way in (0, 1):
        state, seen = np.zeros(again.shape[2], np.float32), []
        for x in xs[:: -1 if way else 1]:
            state = _gru(x, state, into[way], again[way], bias[way])
            seen.append(state)
        outputs.append(np.stack(seen)[:: -1 if way else 1])
        lasts.append(state)
    return np.concatenate(outputs, axis=1), np.concatenate(lasts)
