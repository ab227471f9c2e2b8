"""What `bolt-agent listen` shows: what was heard, what the robot answers, and on a terminal a meter below."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bolt_agent.cli.chat_conversation import printable
from bolt_agent.cli.chat_display import PlainDisplay, print_line
from bolt_agent.ghost.messages import Item
from bolt_agent.voice.hearing.engine import Final, Heard, Partial, SpeechStarted, StopHeard
from bolt_agent.voice.level import QUIET
from bolt_agent.voice.timing import Timing

__all__ = ["ListenDisplay"]

METER = 12
"""Columns of the level meter."""

HINTS = "space talk · Esc stop · Ctrl-C leave"


class ListenDisplay:
    """Prints captions line by line. On a terminal a last line tells the level, and what is being heard.

    timings: print how long each turn took.
    """

    def __init__(self, console: Console, *, timings: bool) -> None:
        self._console = console
        self._timings = timings
        self._state: Callable[[], str] = str
        self._level: Callable[[], float] = float
        self._items = PlainDisplay(console)
        self._words = ""
        self._shown = ""
        self._live = Live(console=console, get_renderable=self._line, auto_refresh=False, transient=True)

    @property
    def live(self) -> bool:
        """Whether there is a terminal to draw on."""
        return self._console.is_terminal

    def watch(self, state: Callable[[], str], level: Callable[[], float]) -> None:
        """What the last line asks for: 'listening', 'speaking' ..., and how loud it is, in dB."""
        self._state, self._level = state, level

    def __enter__(self) -> ListenDisplay:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._items.__exit__(*exception)
        self._live.stop()

    def add(self, item: Item) -> None:
        """The next item of the conversation."""
        self._items.add(item)

    def heard(self, heard: Heard) -> None:
        """Something was heard."""
        match heard:
            case SpeechStarted():
                self._words = "..."
            case Partial(text=text):
                self._words = text
            case StopHeard():
                self._print("> stop!")
            case Final(text=text, accepted=accepted):
                self._words = ""
                if accepted:
                    self._print(f"> {text}")
            case _:
                self._words = ""

    def noticed(self, text: str) -> None:
        """Something the person should know."""
        self._print(f"* {text}")

    def timed(self, timing: Timing) -> None:
        """How long a turn took."""
        if self._timings:
            self._print(str(timing))

    def refresh(self) -> None:
        """Draw the last line again, if it looks different."""
        if self._live.is_started and (line := self._line().plain) != self._shown:
            self._shown = line
            self._live.refresh()

    def _line(self) -> Text:
        filled = round(METER * (1 - max(QUIET, min(0.0, self._level())) / QUIET))
        state = self._state()
        line = Text(f"● {state:<10}", style="bold green" if state == "listening" else "yellow", no_wrap=True)
        line.append(f" {'▮' * filled}{'▯' * (METER - filled)} ", style="green")
        line.append(self._words or HINTS, style="default" if self._words else "bright_black")
        line.truncate(self._console.width - 1, overflow="ellipsis")
        return line

    def _print(self, text: str) -> None:
        print_line(self._console, printable(text))
