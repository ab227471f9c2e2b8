"""What a page's microphone hears: words for the robot, words that were not understood, and stop."""

import asyncio

import numpy as np
import pytest

from bolt_agent.studio import microphone
from bolt_agent.studio.microphone import Listener
from bolt_agent.studio.robots import NotThere
from bolt_agent.voice.hearing.engine import Final, Partial, SpeechStarted, StopHeard


class Ear:
    """Hears what was prepared: one list of events for each piece of sound, and one for the end."""

    def __init__(self, *heard):
        self.heard = list(heard)
        self.samples = []

    def feed(self, samples):
        self.samples += samples.tolist()
        return self.heard.pop(0)

    def finish(self):
        return self.heard.pop(0)


class Page:
    """Keeps what is to be done."""

    def __init__(self):
        self.shown, self.words, self.stops = [], [], 0
        self.done = asyncio.Event()
        self.moving = False

    def heard(self, message):
        self.shown.append((message.text, message.final, message.accepted))
        if message.final:
            self.done.set()

    def said(self, text):
        self.words.append(text)

    def stop(self):
        self.stops += 1


def final(text, *, accepted=True):
    return Final(text=text, score=0.0, started=0.0, ended=1.0, time=1.0, accepted=accepted)


def hear(ear, *sounds):
    """Switch the microphone on, let it hear, and switch it off."""

    async def main():
        page = Page()
        listener = Listener(page, lambda: ear)
        await listener.switch(on=True)
        for sound in sounds:
            listener.feed(sound)
        await listener.switch(on=False)
        await page.done.wait()
        await listener.close()
        return page

    return asyncio.run(main())


def test_what_is_said_is_shown_while_it_is_said_and_goes_to_the_robot():
    ear = Ear([SpeechStarted(0.1), Partial("show", 0.5)], [final("show a heart")])
    page = hear(ear, np.array([1, -2, 300], "<i2").tobytes())
    assert ear.samples == [1, -2, 300]
    assert page.shown == [("show", False, True), ("show a heart", True, True)]
    assert page.words == ["show a heart"]


def test_what_is_not_understood_moves_nothing():
    page = hear(Ear([final("mumble", accepted=False)], []), b"\0\0")
    assert page.shown == [("mumble", True, False)]
    assert page.words == []


def test_stop_acts_at_once():
    page = hear(Ear([StopHeard(0.0, 0.3)], []), b"\0\0")
    assert page.stops == 1
    assert page.words == []


def test_a_recogniser_that_fails_is_told():
    class Broken(Ear):
        def feed(self, samples):
            raise RuntimeError("the engine\nhas gone")

    assert hear(Broken(), b"\0\0").shown == [("(the engine has gone)", True, False)]


def test_where_speech_cannot_be_understood_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(microphone, "find_spec", lambda name: None)
    told = microphone.microphone()
    assert not told.available
    assert "bolt-agent[voice]" in told.text
    with pytest.raises(NotThere, match="voice"):
        asyncio.run(Listener(None).switch(on=True))
