"""Says an answer aloud while it is still being written, and falls silent at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from bolt_agent.ghost.messages import ApprovalAsked, Chunk, Event, Head, Item, Tail, Text, TurnBegan
from bolt_agent.voice.errors import VoiceError
from bolt_agent.voice.hearing.engine import Samples
from bolt_agent.voice.speaker import Speaker
from bolt_agent.voice.speech.rendering import Renderer
from bolt_agent.voice.speech.sentences import Sentences
from drivers.clock import Clock

__all__ = ["NOT_CAUGHT", "OFTEN_SAID", "STANDING_STILL", "Talker"]

NOT_CAUGHT = "I didn't catch that."
STANDING_STILL = "Standing still."
OFTEN_SAID = (NOT_CAUGHT, STANDING_STILL, "Done.", "That did not work.", "OK!")
"""Rendered before anybody speaks, so that they are said at once."""

ECHO = 0.25
"""Seconds in which the room still answers after the last word."""

EARLY, LATE = 0.3, 1.0
"""Seconds around one of its own words in which an ear may hear that word: devices are late, and estimates rough."""

T = TypeVar("T")

SILENCING = ("stop", "interrupted")
"""The names of events that end what is being said."""


class _Speech(NamedTuple):
    sentence: str
    rendering: asyncio.Future[Samples]


class Talker:
    """Speaks what a conversation tells: give its items to `add`. Code, results and notices are never spoken.

    notice: told once, in words, of a voice that fails; the captions say it all the same.
    slips: finds the seconds in a piece of speech that sound like "stop" (see `inner_ear`).
    on_sound: called with True when a sound begins, with False when there is silence again.
    """

    def __init__(
        self,
        renderer: Renderer,
        speaker: Speaker,
        clock: Clock,
        *,
        notice: Callable[[str], None],
        slips: Callable[[Samples], list[float]] | None = None,
    ) -> None:
        self._renderer = renderer
        self._speaker = speaker
        self._clock = clock
        self._notice = notice
        self._thread = ThreadPoolExecutor(1, "voice")
        self._growing: dict[str, Sentences] = {}
        self._waiting: deque[str] = deque()
        self._speaking: asyncio.Task[None] | None = None
        self._skips_turn = False
        self._heard: list[str] = []
        self._now_playing: tuple[str, float, float] | None = None
        """The sentence, when it began, and how long it takes."""
        self._silent_since = float("-inf")
        self._slips = slips
        self._slipped: deque[tuple[float, asyncio.Future[list[float]]]] = deque(maxlen=2)
        """When the newest pieces began, and where in them it sounds like "stop"."""
        self._trouble: str | None = None
        """What is wrong with the voice, as it was told."""
        self.on_sound: list[Callable[[bool], None]] = []

    async def warm_up(self) -> None:
        """Load the voice, and then render what is often said. An answer comes in between, as soon as it has loaded."""
        try:
            await self._in_thread(self._renderer.load)
            for sentence in OFTEN_SAID:
                samples = await self._in_thread(self._renderer.render, sentence)
            self._look_for_slips(samples)  # so that this is loaded as well
        except Exception as error:
            self._tell_trouble(error)

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or waits to be."""
        return self._speaking is not None

    @property
    def audible(self) -> bool:
        """Whether a microphone beside the speaker hears the robot."""
        return self._now_playing is not None or self._clock.now() < self._silent_since + ECHO

    @property
    def sounds_like_stop(self) -> bool:
        """Whether who hears "stop" now has probably heard the robot."""
        now = self._clock.now()
        return any(
            began + second - EARLY <= now <= began + second + LATE
            for began, slips in self._slipped
            if slips.done() and not slips.cancelled() and slips.exception() is None
            for second in slips.result()
        )

    def add(self, item: Item) -> None:
        """Take in the next item of a conversation."""
        match item:
            case TurnBegan():
                self._skips_turn = False
                self._heard.clear()
            case _ if self._skips_turn:
                pass
            case Tail(message=Event(name=name)) if name in SILENCING:
                self.hush()
            case Head(id=identity, kind="text", role="robot"):
                self._growing[identity] = Sentences()
            case Chunk(id=identity, text=text) if identity in self._growing:
                self._say_all(self._growing[identity].add(text))
            case Tail(message=Text(id=identity, role="robot", text=text)):
                known = self._growing.pop(identity, None)
                sentences = known or Sentences()
                self._say_all([*(sentences.add(text) if known is None else []), *sentences.end()])
            case ApprovalAsked(question=question):
                self.say(question)
            case _:
                pass

    def say(self, sentence: str) -> None:
        """Say this after what is being said."""
        self._waiting.append(sentence)
        if self._speaking is None:
            self._speaking = asyncio.create_task(self._speak())

    def hush(self, *, rest_of_turn: bool = False) -> str | None:
        """Be silent at once, and forget what was not said. What was heard of the answer; None where all of it was.

        rest_of_turn: say nothing more of the turn that is under way.
        """
        self._skips_turn = self._skips_turn or rest_of_turn
        self._growing.clear()
        self._waiting.clear()
        if self._speaking is None:
            return None
        self._speaking.cancel()
        self._speaking = None
        if self._now_playing is not None:
            self._heard.append(self._heard_of_it(*self._now_playing))
            self._fall_silent()
        return " ".join(self._heard).strip()

    async def settled(self) -> None:
        """Wait until everything is said."""
        while self._speaking is not None:
            await asyncio.wait({self._speaking})

    async def close(self) -> None:
        """Be silent, and let the speaker go."""
        speaking = self._speaking
        self.hush(rest_of_turn=True)
        if speaking is not None:
            await asyncio.wait({speaking})
        self._thread.shutdown(wait=False, cancel_futures=True)
        await self._speaker.close()

    def _say_all(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self.say(sentence)

    async def _speak(self) -> None:
        me = asyncio.current_task()
        try:
            following = self._next()
            while (speech := following) is not None:
                with self._clock.held():
                    samples = await speech.rendering
                slips = self._look_for_slips(samples)
                following = self._next()  # is rendered while this one is heard
                await self._play(speech.sentence, samples, slips)
                self._trouble = None
                following = following or self._next()
        except Exception as error:  # a defect of a voice must not end the conversation
            self._waiting.clear()
            self._tell_trouble(error)
        finally:
            if self._speaking is me:
                self._speaking = None

    def _next(self) -> _Speech | None:
        if not self._waiting:
            return None
        sentence = self._waiting.popleft()
        return _Speech(sentence, self._in_thread(self._renderer.render, sentence))

    def _look_for_slips(self, samples: Samples) -> asyncio.Future[list[float]] | None:
        if self._slips is None or not samples.size:
            return None
        return self._in_thread(self._slips, samples)

    def _in_thread(self, work: Callable[..., T], *given: object) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _tell_trouble(self, error: Exception) -> None:
        """Say it once: it is the same for every sentence."""
        told = str(error) if isinstance(error, VoiceError) else f"the voice failed: {type(error).__name__}: {error}"
        if told != self._trouble:
            self._trouble = told
            self._notice(f"{told}; what it says is only written")

    async def _play(self, sentence: str, samples: Samples, slips: asyncio.Future[list[float]] | None) -> None:
        if not samples.size:
            return

        me = self._speaking

        def began() -> None:
            if self._speaking is not me:
                return  # silenced on its way to the air
            self._now_playing = sentence, self._clock.now(), samples.size / self._speaker.rate
            if slips is not None:
                self._slipped.append((self._clock.now(), slips))
            self._tell(True)

        await self._speaker.play(samples, began)
        self._heard.append(sentence)
        self._fall_silent()

    def _heard_of_it(self, sentence: str, began: float, seconds: float) -> str:
        """The words of a sentence that were out when it was cut off."""
        words = sentence.split()
        share = (self._clock.now() - began) / seconds if seconds else 1.0
        return " ".join(words[: round(share * len(words))]) + " ..."

    def _fall_silent(self) -> None:
        self._now_playing = None
        self._silent_since = self._clock.now()
        self._tell(False)

    def _tell(self, sounding: bool) -> None:
        for listener in self.on_sound:
            listener(sounding)
