"""A room made of PulseAudio in user space: a virtual microphone that one can speak into, a virtual speaker to hear.

No sound card, no system service, and nothing of this user's own sound is touched.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import wave
from pathlib import Path

import numpy as np

RATE = 16_000
NEEDED = ("pulseaudio", "pactl", "paplay", "parec", "espeak-ng")


def missing():
    """What of Debian this needs and is not here."""
    return [tool for tool in NEEDED if shutil.which(tool) is None]


class PulseRoom:
    """Use it as a context. env: what a program needs to hear and speak here."""

    def __enter__(self):
        self.home = Path(tempfile.mkdtemp(prefix="bolt-room-"))
        self.env = {
            **os.environ,
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "PULSE_SERVER": f"unix:{self.home}/pulse/native",
        }
        self._running = []
        speaker = "module-null-sink sink_name=speaker rate=48000"
        air = "module-null-sink sink_name=air rate=48000"
        modules = [
            "module-native-protocol-unix",
            speaker,
            air,
            "module-remap-source master=air.monitor source_name=mic",
        ]
        loads = [f"--load={module}" for module in modules]
        self._start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", *loads)
        self._wait_until_it_answers()
        self.call("pactl", "set-default-sink", "speaker")
        self.call("pactl", "set-default-source", "mic")
        # A null sink that nobody listens to works in blocks of a second: somebody always listens.
        self.said = Ear(self._start(*self._record("speaker"), stdout=subprocess.PIPE))
        self.heard = Ear(self._start(*self._record("air"), stdout=subprocess.PIPE))
        return self

    def __exit__(self, *_):
        for process in reversed(self._running):
            process.kill()
            process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def call(self, *command):
        return subprocess.run(command, env=self.env, check=True, capture_output=True, timeout=30).stdout

    def speak(self, samples, rate=RATE):
        """Say it into the microphone, to its end."""
        path = self.home / "spoken.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(samples.tobytes())
        self.call("paplay", "-d", "air", "--latency-msec=30", str(path))

    def _record(self, sink):
        return ("parec", "-d", f"{sink}.monitor", "--latency-msec=10", f"--rate={RATE}", "--channels=1")

    def _start(self, *command, stdout=subprocess.DEVNULL):
        process = subprocess.Popen(command, env=self.env, stdout=stdout, stderr=subprocess.DEVNULL)
        self._running.append(process)
        return process

    def _wait_until_it_answers(self):
        for _ in range(100):
            try:
                self.call("pactl", "info")
                return
            except subprocess.CalledProcessError:
                time.sleep(0.05)
        raise RuntimeError("PulseAudio does not start")


class Ear:
    """Keeps what a recorder hears, with the time at which each block came."""

    def __init__(self, process):
        self._pipe = process.stdout
        self.blocks = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while block := self._pipe.read1(4096):
            self.blocks.append((time.perf_counter(), np.frombuffer(block[: len(block) // 2 * 2], np.int16)))

    def since(self, moment):
        """The samples from a moment on."""
        blocks = [samples for at, samples in list(self.blocks) if at >= moment]
        return np.concatenate(blocks) if blocks else np.zeros(0, np.int16)

    def loud_moments(self, since, until=float("inf"), loud=200):
        """When there was a sound between two moments, by the end of each block of some milliseconds."""
        return [
            at for at, block in list(self.blocks) if since <= at <= until and np.abs(block.astype(int)).max() > loud
        ]


def espeak(text, voice="en-us"):
    """A sentence in the voice of espeak-ng, and its samples a second."""
    return _read(
        subprocess.run(
            ["espeak-ng", "-v", voice, "-s", "150", "--stdout", text], capture_output=True, check=True
        ).stdout
    )


def flite(text, voice="slt"):
    """A sentence in a voice of flite."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", file.name], check=True)
        return _read(Path(file.name).read_bytes())


def _read(raw):
    """A WAV whose header may not know its length."""
    rate = int.from_bytes(raw[24:28], "little")
    start = raw.index(b"data") + 8
    return np.frombuffer(raw[start : start + (len(raw) - start) // 2 * 2], np.int16), rate


class Listener:
    """`bolt-agent listen` in that room, as a person starts it. environment: what they have set."""

    def __init__(self, room, folder, *options, **environment):
        env = {name: value for name, value in room.env.items() if not name.startswith(("BOLT_AGENT_", "OPENAI_"))}
        env["BOLT_AGENT_CONFIG"] = str(folder / "config.toml")
        env["BOLT_AGENT_DATA"] = str(folder)
        env |= environment
        code = "from bolt_agent.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "listen", *options],
            env=env,
            cwd=folder,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.lines = []
        self._came = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for(self, words, seconds=20):
        """Wait until a line with these words has been printed; that line."""
        with self._came:
            found = self._came.wait_for(lambda: [line for line in self.lines if words in line], seconds)
        assert found, f"no {words!r} in {self.lines}"
        return found[-1]

    def leave(self):
        """Ctrl-C; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)

    def _read(self):
        for line in self.process.stdout:
            with self._came:
                self.lines.append(line.rstrip())
                self._came.notify_all()
