"""Choosing and opening devices, with a PortAudio that is made up: what a person is told when it does not work."""

import asyncio
import sys
import types

import numpy as np
import pytest

from bolt_agent.voice import devices
from bolt_agent.voice.errors import DeviceTrouble, NoDevice, NotInstalled
from bolt_agent.voice.microphone import Microphone


class PortAudioError(Exception):
    pass


class Sound(types.ModuleType):
    """As much of `sounddevice` as is used. refusals: what opening raises, by the number of channels."""

    PortAudioError = PortAudioError

    def __init__(self, *found, refusals=()):
        super().__init__("sounddevice")
        self.found, self.refusals = found, dict(refusals)
        self.default = types.SimpleNamespace(device=[1, 0])
        self.opened = []
        self.InputStream = self.OutputStream = self._stream

    def query_devices(self):
        return [
            {"name": name, "max_input_channels": ins, "max_output_channels": outs, "default_samplerate": rate}
            for name, ins, outs, rate in self.found
        ]

    def _stream(self, **wanted):
        if wanted["channels"] in self.refusals:
            raise self.refusals[wanted["channels"]]
        stream = Stream(wanted)
        self.opened.append(stream)
        return stream

    def _terminate(self):
        assert not any(stream.active for stream in self.opened), "PortAudio ends under a stream that still runs"

    def _initialize(self):
        pass


class Stream:
    latency = 0.02

    def __init__(self, wanted):
        self.wanted, self.active = wanted, False

    def start(self):
        self.active = True

    def abort(self, ignore_errors):
        self.active = False

    def close(self, ignore_errors):
        pass

    def hear(self, block):
        self.wanted["callback"](block, len(block), None, None)


@pytest.fixture
def sound(monkeypatch):
    def use(*found, **more):
        fake = Sound(*found, **more)
        monkeypatch.setitem(sys.modules, "sounddevice", fake)
        return fake

    yield use
    for stream in list(devices.OpenStream.running):
        stream.close()


SPEAKERS, HEADSET, ROOM = ("Speakers", 0, 2, 48_000.0), ("USB Headset", 1, 2, 44_100.0), ("Room array", 6, 0, 48_000.0)


def test_devices_are_chosen_by_the_system_or_by_name_or_number(sound):
    sound(SPEAKERS, HEADSET, ROOM)
    assert [device.name for device in devices.list_devices("input")] == ["USB Headset", "Room array"]
    assert devices.find_device("input").name == "USB Headset"
    assert devices.find_device("output").name == "Speakers"
    assert devices.find_device("input", "room").name == "Room array"
    assert devices.find_device("input", "2").name == "Room array"


def test_one_that_is_not_there_is_named_with_those_that_are(sound):
    sound(SPEAKERS, HEADSET)
    with pytest.raises(NoDevice, match="no microphone called 'yeti'; there are 'USB Headset'"):
        devices.find_device("input", "yeti")


def test_a_computer_without_a_microphone_says_what_to_do(sound):
    sound(SPEAKERS)
    with pytest.raises(NoDevice, match=r"no microphone: plug one in, or use --wav FILE"):
        devices.find_device("input")


def test_without_the_package_the_command_that_installs_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(NotInstalled, match=r"pip install 'bolt-agent\[voice\]'"):
        devices.list_devices("input")


def test_without_portaudio_the_library_is_named(monkeypatch):
    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(NotInstalled, match="apt install libportaudio2"):
        devices.list_devices("input")


def refused(number, words="Refused"):
    return PortAudioError(words, number)


def test_a_device_that_has_two_channels_only_is_opened_with_two(sound):
    fake = sound(SPEAKERS, ("Stereo only", 2, 0, 48_000.0), refusals={1: refused(devices.INVALID_CHANNELS)})
    heard = []
    devices.open_stream(devices.find_device("input"), "input", lambda block, frames: heard.append(devices.mono(block)))
    fake.opened[0].hear(np.array([[100, 300], [-50, 50]], np.int16))
    assert heard[0].tolist() == [200, 0]


def test_a_microphone_that_is_taken_says_so(sound):
    sound(SPEAKERS, HEADSET, refusals={1: refused(devices.BUSY, "Device unavailable")})
    with pytest.raises(DeviceTrouble, match=r"'USB Headset' does not open: another program may be using it"):
        devices.open_stream(devices.find_device("input"), "input", lambda *_: None)


def test_a_system_that_forbids_the_microphone_is_told_where(sound, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    sound(SPEAKERS, HEADSET, refusals={1: refused(-9999, "Unanticipated host error")})
    with pytest.raises(DeviceTrouble, match=r"Privacy & Security > Microphone"):
        devices.open_stream(devices.find_device("input"), "input", lambda *_: None)


def test_a_busy_listener_keeps_five_seconds_and_no_more(sound):
    fake = sound(SPEAKERS, ("Mic", 1, 0, 16_000.0))

    async def main():
        microphone = Microphone(notice=lambda text: None)
        microphone.open()
        for number in range(1000):  # half a minute
            fake.opened[0].hear(np.full((round(16_000 * devices.BLOCK), 1), number, np.int16))
        await asyncio.sleep(0)
        block = await anext(microphone.blocks())
        await microphone.close()
        return block

    block = asyncio.run(main())
    assert block.size / 16_000 == pytest.approx(5, abs=devices.BLOCK)
    assert block[-1] == 999


def test_looking_again_closes_what_is_open_first(sound):
    fake = sound(SPEAKERS, HEADSET)
    stream = devices.open_stream(devices.find_device("input"), "input", lambda *_: None)
    assert stream.alive
    devices.look_again()
    assert not stream.alive
    assert not fake.opened[0].active
