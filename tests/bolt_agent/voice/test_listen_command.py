"""`bolt-agent listen` as a person starts it: a recording that is obeyed, and what bad input is told."""

import json
import os
import subprocess
import sys
import wave

import numpy as np
import pytest

KEYS = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "PULSE_SERVER")


@pytest.fixture
def bolt(tmp_path):
    """Run `bolt-agent listen` in an empty folder, without the person's settings."""

    def run(*words, **environment):
        env = {k: v for k, v in os.environ.items() if k not in KEYS and not k.startswith("BOLT_AGENT_")}
        env |= {"BOLT_AGENT_CONFIG": str(tmp_path / "config.toml"), "BOLT_AGENT_DATA": str(tmp_path), **environment}
        code = "from bolt_agent.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, "listen", *map(str, words)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env,
            timeout=60,
            check=False,
        )

    return run


def record(path, *pieces, rate=24_000, channels=1):
    """A WAV file of samples, one piece after another."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(np.concatenate(pieces), channels).astype("<i2").tobytes())
    return path


def pause(seconds, rate=24_000):
    return np.zeros(round(seconds * rate), np.int16)


@pytest.fixture(scope="module")
def voice():
    """Says a sentence in the embedded voice."""
    hibari = pytest.importorskip("hibari", reason="speaking is an extra: pip install 'bolt-agent[voice]'").Hibari()
    return lambda text: (hibari(text, seed=1) * 32_767).astype(np.int16)


def test_a_recording_is_obeyed_on_the_fast_clock(bolt, tmp_path, voice):
    script = voice("Roll forward for two seconds."), pause(4), voice("Show a red heart."), pause(1)
    record(tmp_path / "talk.wav", pause(0.5), *script)
    done = bolt("--wav", "talk.wav", "--clock", "fast", "--report", "out.json", "--timing")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out.json").read_text())
    assert [turn["status"] for turn in report["turns"]] == ["ok", "ok"]
    assert report["pose"]["y"] > 60
    assert sum(color == "#ff0000" for row in report["matrix"] for color in row) > 12
    assert "> roll forward for two seconds" in done.stdout
    assert "timing: speech ended, words +" in done.stdout


def test_the_same_recording_gives_the_same_run(bolt, tmp_path, voice):
    record(tmp_path / "talk.wav", voice("Drive in a square."), pause(1))
    for name in ("a.json", "b.json"):
        bolt("--wav", "talk.wav", "--clock", "fast", "--report", name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_spoken_stop_ends_a_roll(bolt, tmp_path, voice):
    script = voice("Roll forward for nine seconds."), pause(3), voice("Stop!"), pause(6)
    record(tmp_path / "talk.wav", *script, rate=48_000 // 2)
    bolt("--wav", "talk.wav", "--clock", "fast", "--report", "out.json")
    report = json.loads((tmp_path / "out.json").read_text())
    assert 60 < report["pose"]["y"] < 260  # of more than four meters


def test_talk_loud_noise_and_silence_move_nothing(bolt, tmp_path, voice):
    noise = np.random.default_rng(1).normal(0, 9000, 24_000 * 6)
    talk = voice("I had a lovely breakfast with my grandmother this morning."), pause(2)
    record(tmp_path / "talk.wav", *talk, np.clip(noise, -32768, 32767), pause(3), channels=2)
    done = bolt("--wav", "talk.wav", "--clock", "fast", "--report", "out.json")
    report = json.loads((tmp_path / "out.json").read_text())
    assert done.returncode == 0
    assert abs(report["pose"]["x"]) + abs(report["pose"]["y"]) < 1
    assert "I didn't catch that." in done.stdout


def hum(time):
    """The motors of a ball on a floor: a whirr that wavers, and the noise of rolling."""
    phase = 2 * np.pi * np.cumsum(110 + 15 * np.sin(3 * time)) / 24_000
    rolling = np.convolve(np.random.default_rng(3).normal(size=time.size), np.ones(24) / 5, "same")
    return sum(np.sin(n * phase) / n**2 for n in range(1, 9)) + rolling


def clicks(time):
    """Something hard that knocks, three times a second."""
    rng = np.random.default_rng(2)
    return 6 * rng.normal(size=time.size) * np.exp(-120 * (time % 0.33))


def music(time):
    """A tune in chords."""
    notes = 220 * 2 ** (np.array([0, 4, 7, 12, 9, 5, 2, 7])[(time * 3).astype(int) % 8] / 12)
    phase = 2 * np.pi * np.cumsum(notes) / 24_000
    return sum(np.sin(ratio * phase) for ratio in (1, 1.25, 1.5)) * (1 - (time * 3) % 1)


@pytest.mark.parametrize("sound", [hum, clicks, music])
def test_motors_knocks_and_music_neither_move_nor_stop_it(bolt, tmp_path, voice, sound):
    noise = (3000 * sound(np.arange(24_000 * 8) / 24_000)).astype(np.int16)
    record(tmp_path / "talk.wav", voice("Roll forward for four seconds."), pause(0.5), noise)
    done = bolt("--wav", "talk.wav", "--clock", "fast", "--report", "out.json")
    report = json.loads((tmp_path / "out.json").read_text())
    assert [turn["say"] for turn in report["turns"]] == ["roll forward for four seconds"]
    assert report["pose"]["y"] > 150
    assert "stop!" not in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--wav", "nothing.wav"], "cannot open nothing.wav"),
        (["--wav", "text.wav"], "text.wav is not a WAV file of PCM samples"),
        (["--wav", "."], "cannot open ."),
        (["--clock", "fast"], "a microphone hears in real time"),
        (["--duplex", "triple"], "--duplex is half, full, cancel, not 'triple'"),
        (["--wav", "short.wav", "--voice", "alexa"], "no voice 'alexa': there are hibari, openai, system"),
        (["--volume", "200"], "'--volume'"),
    ],
)
def test_bad_input_is_told_in_one_line(bolt, tmp_path, words, told):
    (tmp_path / "text.wav").write_text("this is no sound at all, though it is long enough to be looked at twice")
    record(tmp_path / "short.wav", pause(0.2))
    done = bolt(*words)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
