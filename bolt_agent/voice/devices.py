"""Microphones and speakers: which there are, choosing one by name, opening it, and why one will not open.

PortAudio (through `sounddevice`) is imported here only, and only when somebody wants sound.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np

from bolt_agent.voice.errors import DeviceTrouble, NoDevice, NotInstalled
from bolt_agent.voice.hearing.activity import CHUNK_SECONDS
from bolt_agent.voice.hearing.engine import Samples

__all__ = [
    "BLOCK",
    "Device",
    "Direction",
    "OpenStream",
    "find_device",
    "list_devices",
    "look_again",
    "mono",
    "open_stream",
]

Direction: TypeAlias = Literal["input", "output"]

BLOCK = CHUNK_SECONDS
"""Seconds of sound that are heard at once: what the ear judges at once, for with less this computer would be woken up
more often and nothing be known sooner."""

BLOCKS: Mapping[Direction, float] = {"input": BLOCK, "output": BLOCK / 2}
"""The same for each direction. What a speaker is given in small blocks waits in its buffer for 48 ms, not for 64."""

LATENCY: Mapping[Direction, float] = {"input": 0.06, "output": 0.04}
"""Seconds of sound in a device's own buffer, which is how long Python may be late. What a speaker has there is still
heard after a flush; with no less than this it has no gaps, even while the ear is at work on a busy computer."""

INSTALL = {
    "linux": "apt install libportaudio2 (Debian, Ubuntu) or dnf install portaudio (Fedora)",
    "darwin": "brew install portaudio",
}
PRIVACY = {
    "darwin": "System Settings > Privacy & Security > Microphone",
    "win32": "Settings > Privacy & security > Microphone",
}

INSTEAD = {"input": "--wav FILE", "output": "--mute"}

BUSY, INVALID_CHANNELS = -9985, -9998
"""PortAudio's numbers: the device is unavailable; it has not so many channels."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or a speaker.

    index: PortAudio's number.   rate: its own samples a second.   default: whether it is the system's choice.
    """

    index: int
    name: str
    channels: int
    rate: int
    default: bool


class OpenStream:
    """A device that runs, until it is closed or goes away.

    rate: samples a second.   latency: seconds between here and the air.
    """

    running: ClassVar[set[OpenStream]] = set()

    def __init__(self, stream: Any, rate: int) -> None:
        self._stream = stream
        self.rate = rate
        self.latency = float(stream.latency)
        self.running.add(self)

    @property
    def alive(self) -> bool:
        """Whether it still gives or takes sound."""
        return self in self.running and bool(self._stream.active)

    def close(self) -> None:
        """End it at once; what it has not played is dropped. Waits for the device, so call it from a thread."""
        if self in self.running:
            self.running.remove(self)
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)


def list_devices(direction: Direction) -> list[Device]:
    """Every microphone or speaker, in the system's order. Raises NotInstalled."""
    sound = _sounddevice()
    default = sound.default.device[0 if direction == "input" else 1]
    return [
        Device(
            index=number,
            name=str(found["name"]),
            channels=int(found[f"max_{direction}_channels"]),
            rate=int(found["default_samplerate"]),
            default=number == default,
        )
        for number, found in enumerate(sound.query_devices())
        if found[f"max_{direction}_channels"] > 0
    ]


def find_device(direction: Direction, name: str | None = None) -> Device:
    """The system's own choice, or the one with this number or (part of a) name. Raises NoDevice, NotInstalled."""
    devices = list_devices(direction)
    noun = "microphone" if direction == "input" else "speaker"
    if not devices:
        raise NoDevice(f"this computer has no {noun}: plug one in, or use {INSTEAD[direction]}")
    if name is None:
        return next((device for device in devices if device.default), devices[0])
    exact = [device for device in devices if name in (str(device.index), device.name)]
    alike = exact or [device for device in devices if name.lower() in device.name.lower()]
    if not alike:
        listed = ", ".join(repr(device.name) for device in devices)
        raise NoDevice(f"no {noun} called {name!r}; there are {listed}")
    return alike[0]


def look_again() -> None:
    """Let PortAudio notice what was plugged in or out; it forgets every open stream over this, so they are closed."""
    sound = _sounddevice()
    for stream in list(OpenStream.running):
        stream.close()
    sound._terminate()
    sound._initialize()


def open_stream(device: Device, direction: Direction, exchange: Callable[[Any, int], None]) -> OpenStream:
    """Start a device. Raises DeviceTrouble.

    exchange: called by a thread of PortAudio with each block, an array of int16 by frame and channel, and its frames.
    """
    sound = _sounddevice()
    make = sound.InputStream if direction == "input" else sound.OutputStream

    def callback(block: Any, frames: int, _time: Any, _status: Any) -> None:
        exchange(block, frames)

    for channels in dict.fromkeys((1, min(2, device.channels), device.channels)):
        try:
            stream = make(
                device=device.index,
                samplerate=device.rate,
                channels=channels,
                dtype=np.int16,
                blocksize=round(device.rate * BLOCKS[direction]),
                latency=LATENCY[direction],
                callback=callback,
            )
            stream.start()
        except sound.PortAudioError as error:
            if _number(error) == INVALID_CHANNELS and channels != device.channels:
                continue  # some devices take their own number of channels only
            raise _explained(error, device, direction) from error
        return OpenStream(stream, device.rate)
    raise AssertionError("a device that is listed has channels")


def mono(block: Any) -> Samples:
    """One channel of a block of any number of them, as a copy."""
    if block.shape[1] == 1:
        return np.array(block[:, 0], dtype=np.int16)
    return np.asarray(block.mean(axis=1, dtype=np.float32), dtype=np.float32).astype(np.int16)


def _sounddevice() -> Any:
    if sys.platform == "linux":
        _silence_alsa()
    try:
        import sounddevice
    except ImportError:
        raise NotInstalled("sound needs a package: pip install 'bolt-agent[voice]'") from None
    except OSError:
        how = INSTALL.get(sys.platform, "reinstall the package sounddevice")
        raise NotInstalled(f"sound needs the PortAudio library: {how}") from None
    return sounddevice


@cache
def _silence_alsa() -> object:
    """Linux's sound library writes warnings into the terminal, also of devices that nobody asked for. Not any more."""
    handler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
    silent = handler(lambda *_: None)
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(silent)
    return silent  # kept alive by the cache


def _number(error: Exception) -> int:
    return error.args[1] if len(error.args) > 1 and isinstance(error.args[1], int) else 0


def _explained(error: Exception, device: Device, direction: Direction) -> DeviceTrouble:
    noun = "microphone" if direction == "input" else "speaker"
    what = " ".join(str(error.args[0] if error.args else error).split())
    if _number(error) == BUSY:
        advice = "another program may be using it, or it was unplugged"
    elif direction == "input" and sys.platform in PRIVACY:
        advice = f"allow this terminal to use it in {PRIVACY[sys.platform]}, and try again"
    else:
        advice = "try another one: bolt-agent listen --list-devices"
    return DeviceTrouble(f"the {noun} {device.name!r} does not open: {advice} ({what})")
