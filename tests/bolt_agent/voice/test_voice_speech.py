"""The voices themselves: the embedded one, the system's, and one behind an endpoint."""

import json
import re
import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from bolt_agent.voice.errors import NotInstalled, UnknownVoice, VoiceError
from bolt_agent.voice.speech.rendering import Renderer
from bolt_agent.voice.speech.voice import open_voice


def seconds(samples, rate):
    return samples.size / rate


@pytest.fixture(scope="module")
def hibari():
    pytest.importorskip("hibari", reason="speaking is an extra: pip install 'bolt-agent[voice]'")
    voice = open_voice("hibari")
    voice.load()
    return voice


def test_the_embedded_voice_speaks_without_a_network_and_always_the_same(hibari):
    samples, rate = hibari.render("Rolling forward for two seconds.", 1.0)
    assert 1.5 < seconds(samples, rate) < 4
    assert np.abs(samples).max() > 3000
    assert (hibari.render("Rolling forward for two seconds.", 1.0)[0] == samples).all()
    assert hibari.render("Rolling forward for two seconds.", 2.0)[0].size < 0.7 * samples.size


def test_it_leaves_to_the_captions_what_it_cannot_say(hibari):
    assert hibari.render("你好！", 1.0)[0].size == 0


def test_its_words_begin_at_once(hibari):
    ready = Renderer(hibari, 48_000).render("Standing still.")
    assert np.flatnonzero(np.abs(ready.astype(int)) > 1000)[0] / 48_000 < 0.1


def test_a_voice_of_it_that_does_not_exist(hibari):
    with pytest.raises(UnknownVoice, match=r"no voice 'darth': there are .*heart"):
        open_voice("hibari:darth").load()


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyttsx3", None)
    with pytest.raises(NotInstalled, match=r"pip install 'bolt-agent\[system-voices\]'"):
        open_voice("system").load()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="the system's voice needs of Debian: espeak-ng")
def test_the_system_speaks_too_and_prints_nothing(capsys):
    pytest.importorskip("pyttsx3", reason="system voices are an extra: pip install 'bolt-agent[system-voices]'")
    samples, rate = open_voice("system").render("Rolling forward for two seconds.", 1.0)
    assert 1 < seconds(samples, rate) < 5
    assert capsys.readouterr().out == ""
    with pytest.raises(UnknownVoice, match="no voice 'zzz'"):
        open_voice("system:zzz").load()


@contextmanager
def speech_endpoint(answer, status=200):
    """An endpoint that speaks: its address, and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((self.path, json.loads(self.rfile.read(int(self.headers["content-length"])))))
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def test_a_voice_behind_an_endpoint(monkeypatch):
    sound = np.arange(2400, dtype="<i2")
    with speech_endpoint(sound.tobytes() + b"!") as (url, asked):
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        samples, rate = open_voice("openai:nova").render("Hello.", 1.5)
    assert (samples == sound).all()
    assert rate == 24_000
    ((path, wish),) = asked
    assert path == "/v1/audio/speech"
    assert (wish["voice"], wish["input"], wish["speed"], wish["response_format"]) == ("nova", "Hello.", 1.5, "pcm")


def test_an_endpoint_that_does_not_answer_or_is_not_set(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(VoiceError, match="needs OPENAI_API_KEY"):
        open_voice("openai").load()
    with speech_endpoint(b"{}", status=404) as (url, _):
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        with pytest.raises(VoiceError, match="does not answer") as told:
            open_voice("openai").render("Hello.", 1.0)
    assert not re.search(r"\n", str(told.value))
