"""The two panes of the full screen: rich draws them, prompt_toolkit puts them on the terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.controls import UIContent, UIControl
from rich.color import ColorType
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bolt_agent.cli.chat_conversation import ChatLog, Entry, entry_lines
from bolt_agent.cli.picture import Scene, draw_scene

__all__ = ["ConversationPane", "PicturePane"]

_ANSI = (
    *("ansiblack", "ansired", "ansigreen", "ansiyellow", "ansiblue", "ansimagenta", "ansicyan", "ansigray"),
    *("ansibrightblack", "ansibrightred", "ansibrightgreen", "ansibrightyellow"),
    *("ansibrightblue", "ansibrightmagenta", "ansibrightcyan", "ansiwhite"),
)
"""prompt_toolkit's names for the 16 colours that a terminal's owner may have chosen."""

_CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=80)


class ConversationPane(UIControl):
    """The conversation, wrapped to the pane; it shows the newest until it is scrolled away from there."""

    def __init__(self, conversation: ChatLog) -> None:
        self._conversation = conversation
        self._top: int | None = None
        self._height = 1
        self._lines: list[Text] = []
        self._drawn: tuple[int, int] | None = None
        self._finished: dict[int, tuple[tuple[str, str, int], list[Text]]] = {}

    @property
    def scrolled(self) -> bool:
        """Whether older lines are shown than the newest."""
        return self._top is not None

    def scroll(self, pages: int) -> None:
        """Up (-1) or down (1) by almost a page, so that a line is seen twice and the eye finds its place."""
        last = max(0, len(self._lines) - self._height)
        top = (last if self._top is None else self._top) + pages * max(1, self._height - 1)
        self._top = None if top >= last else max(0, top)

    def follow(self) -> None:
        """Go back to the newest."""
        self._top = None

    def create_content(self, width: int, height: int) -> UIContent:
        self._height = height
        if self._drawn != (state := (self._conversation.version, width)):
            self._drawn = state
            self._lines = self._wrapped(width)
        last = max(0, len(self._lines) - height)
        top = last if self._top is None else min(self._top, last)
        return _content(self._lines[top : top + height], width)

    def _wrapped(self, width: int) -> list[Text]:
        """All lines. Those of entries that have not changed are kept: only the last one grows."""
        kept, self._finished = self._finished, {}
        lines: list[Text] = []
        last_kind = ""
        waiting = [Entry("waiting", f"{line}  (waiting)") for line in self._conversation.waiting]
        for entry in [*self._conversation.entries, *waiting]:
            old, state = kept.get(id(entry)), (entry.kind, entry.text, width)
            new = old if old and old[0] == state else (state, entry_lines(entry, width))
            self._finished[id(entry)] = new
            if entry.kind == "person" and last_kind:
                lines.append(Text())
            lines += new[1]
            last_kind = entry.kind
        return lines


class PicturePane(UIControl):
    """The face, the arena and the figures, as they are at the moment of drawing."""

    def __init__(self, scene: Callable[[], Scene]) -> None:
        self._scene = scene

    def create_content(self, width: int, height: int) -> UIContent:
        try:
            picture = draw_scene(self._scene(), width, height)
        except Exception as error:  # a picture that cannot be drawn must not end the chat
            picture = Text(f"no picture: {error}", style="red")
        return _content([picture], width)


def _content(parts: list[Text] | list[RenderableType], width: int) -> UIContent:
    options = _CONSOLE.options.update(width=width, no_wrap=True, overflow="crop")
    lines = [line for part in parts for line in _CONSOLE.render_lines(part, options, pad=False)]
    fragments = [_fragments(line) for line in lines]
    return UIContent(get_line=lambda index: fragments[index], line_count=len(fragments), show_cursor=False)


def _fragments(line: list[Segment]) -> StyleAndTextTuples:
    return [(_style(segment.style), segment.text) for segment in line if not segment.control]


@lru_cache(maxsize=4096)
def _style(style: Style | None) -> str:
    """A rich style in prompt_toolkit's words."""
    if style is None:
        return ""
    words = [name for name in ("bold", "italic", "underline", "dim", "reverse") if getattr(style, name)]
    for prefix, color in (("fg:", style.color), ("bg:", style.bgcolor)):
        if color is None or color.is_default:
            continue
        if color.type is ColorType.STANDARD and color.number is not None:
            words.append(prefix + _ANSI[color.number])
        else:
            words.append(prefix + color.get_truecolor().hex)
    return " ".join(words)
