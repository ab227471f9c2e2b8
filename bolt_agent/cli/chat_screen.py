"""The chat on a full screen: the conversation, the live picture beside or above it, and a line to type in."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from prompt_toolkit.application import Application
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, HSplit, Layout, VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.processors import AppendAutoSuggestion, BeforeInput
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from bolt_agent.cli.chat_panes import ConversationPane, PicturePane
from bolt_agent.cli.chat_turns import ChatSession, ChatTurns
from bolt_agent.cli.picture import Scene
from drivers.clock import Clock

__all__ = ["ChatScreen"]

FRAME = 1 / 12
"""Seconds between two pictures while something moves."""
NARROW, LOW = 70, 12
"""With fewer columns the picture goes above the conversation; with fewer lines it goes."""
ESCAPE_WAIT = 0.05
"""Seconds after Esc in which it may still turn out to be the beginning of another key."""

HINTS = (
    "Enter send · Esc or Ctrl-C stop · Ctrl-D quit · PgUp PgDn scroll · ↑ ↓ earlier lines",
    "Enter send · Esc or Ctrl-C stop · Ctrl-D quit",
    "Esc stop · Ctrl-D quit",
)
STYLE = Style.from_dict(
    {
        "rule": "ansibrightblack",
        "hint": "ansibrightblack",
        "busy": "ansiyellow bold",
        "auto-suggestion": "ansibrightblack",
    }
)

Container: TypeAlias = HSplit | VSplit | Window | ConditionalContainer


class ChatScreen:
    """One chat. `input`, `output` and `history` are for tests."""

    def __init__(
        self,
        session: ChatSession,
        clock: Clock,
        *,
        history: History | None = None,
        input: Input | None = None,  # noqa: A002  the name that prompt_toolkit has for it
        output: Output | None = None,
    ) -> None:
        self._session = session
        self.turns = ChatTurns(session, clock, self._changed)
        self.pane = ConversationPane(self.turns.log)
        self.line = Buffer(
            multiline=False,
            history=history or _own_history(),
            auto_suggest=AutoSuggestFromHistory(),
            enable_history_search=True,
            accept_handler=self._accept,
        )
        self.app: Application[None] = Application(
            layout=Layout(self._container(), focused_element=self.line),
            key_bindings=self._keys(),
            style=STYLE,
            full_screen=True,
            color_depth=_color_depth(),
            input=input,
            output=output,
        )
        self.app.ttimeoutlen = ESCAPE_WAIT

    async def run(self) -> None:
        """Show the chat until the person leaves. What still moves then is stopped."""
        drawing = asyncio.create_task(self._animate())
        with self.turns:
            try:
                with suppress(EOFError):  # the terminal went away
                    await self.app.run_async(handle_sigint=False)
            finally:
                if self.turns.busy:
                    self.turns.stop()
                await self.turns.settled()
                drawing.cancel()
                await asyncio.gather(drawing, return_exceptions=True)

    # ---- what keys do -----------------------------------------------------------------------------------------

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        actions: dict[str, Callable[[], None]] = {
            "escape": self.turns.stop,
            "c-c": self._interrupt,
            "c-d": self._leave,
            "pageup": lambda: self.pane.scroll(-1),
            "pagedown": lambda: self.pane.scroll(1),
        }
        for key, action in actions.items():
            # Eager: Esc must not wait for a second key that would make it Alt.
            keys.add(key, eager=True)(lambda _, action=action: action())
        keys.add(Keys.BracketedPaste)(self._paste)
        return keys

    def _paste(self, event: KeyPressEvent) -> None:
        """What is pasted becomes one line, as everything that is said."""
        self.line.insert_text(" ".join(event.data.split()))

    def _accept(self, line: Buffer) -> bool:
        self.pane.follow()
        self.turns.enter(line.text)
        return False

    def _interrupt(self) -> None:
        """Ctrl-C: out of habit people press it to leave, but what it must do first is stop the robot."""
        busy = self.turns.busy
        self.turns.stop()
        if not busy:
            self.turns.log.note("notice", "press Ctrl-D to quit")

    def _leave(self) -> None:
        if not self.app.is_done:
            self.app.exit()

    def _changed(self) -> None:
        self.app.invalidate()

    async def _animate(self) -> None:
        """Draw again when there is something new to see: a robot at rest costs nothing."""
        seen: object = None
        while True:
            with suppress(Exception):  # a scene that fails says so where it is drawn
                now = _glance(self._session.scene())
                if now != seen:
                    seen = now
                    self.app.invalidate()
            await asyncio.sleep(FRAME)

    # ---- what is where ----------------------------------------------------------------------------------------

    def _container(self) -> HSplit:
        wide = Condition(lambda: self._size()[0] >= NARROW and self._size()[1] >= LOW)
        narrow = Condition(lambda: self._size()[0] < NARROW and self._size()[1] >= LOW)
        picture = PicturePane(self._session.scene)
        beside = VSplit([Window(width=1, char="│", style="class:rule"), Window(picture, width=self._picture_width)])
        above = HSplit([Window(picture, height=self._picture_height), _rule()])
        prompt = BeforeInput("› ", style="bold ansicyan")
        return HSplit(
            [
                ConditionalContainer(above, narrow),
                VSplit([Window(self.pane), Window(width=1), ConditionalContainer(beside, wide)]),
                _rule(),
                Window(BufferControl(self.line, input_processors=[prompt, AppendAutoSuggestion()]), height=1),
                Window(FormattedTextControl(self._hint), height=1),
            ]
        )

    def _size(self) -> tuple[int, int]:
        size = self.app.output.get_size()
        return size.columns, size.rows

    def _picture_width(self) -> Dimension:
        return Dimension.exact(max(28, min(64, self._size()[0] * 2 // 5)))

    def _picture_height(self) -> Dimension:
        return Dimension.exact(max(5, min(12, self._size()[1] * 2 // 5)))

    def _hint(self) -> StyleAndTextTuples:
        if self.pane.scrolled:
            style, state = "class:busy", " ↓ PgDn: newest  "
        elif self.turns.busy:
            style, state = "class:busy", " ● busy  "
        else:
            style, state = "class:hint", " ○ ready "
        room = self._size()[0] - len(state)
        return [(style, state), ("class:hint", next((hint for hint in HINTS if len(hint) <= room), ""))]


def _rule() -> Window:
    return Window(height=1, char="─", style="class:rule")


def _glance(scene: Scene) -> object:
    """What of a scene decides whether it looks new; the trail may be long, and only grows."""
    return (
        *(len(scene.trail), scene.x, scene.y, scene.heading, scene.speed, scene.battery),
        *(scene.face, scene.front_led, scene.back_led),
    )


def _own_history() -> History:
    from bolt_agent.cli.chat_history import LazyHistory

    return LazyHistory()


def _color_depth() -> ColorDepth | None:
    """All colours where the terminal says that it has them; else what prompt_toolkit thinks best."""
    full = os.environ.get("COLORTERM") in ("truecolor", "24bit")
    return ColorDepth.from_env() or (ColorDepth.TRUE_COLOR if full else None)
