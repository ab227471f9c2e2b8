"""Draws a robot for a terminal: its face in half blocks, the arena from above in braille dots. Nothing here waits.

One character cell is about twice as high as it is wide, so a half block is a square LED, and the 2 x 4 dots of a
braille character are square too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.console import RenderableType
from rich.text import Text

from bolt_agent.cli.picture_arena import Rect, draw_arena

__all__ = ["Rect", "Scene", "draw_arena", "draw_face", "draw_scene", "draw_status"]

Rows: TypeAlias = Sequence[Sequence[str]]

DARK = "#000000"
UNLIT = "#1c1c22"
"""An LED that is off: dark, but there, so that the face keeps its outline."""
UNLIT_BAR = "#303038"

FACE, BIG_FACE = 8, 16
"""Columns of the face. Both have a line for the front light above and one for the back light below."""
FACE_LINES, BIG_FACE_LINES = 6, 10
TALL = 13
"""Lines from which the arena goes under the face instead of beside it."""
ROOMY = 30
"""Lines from which the face is drawn twice as big."""
GAP = 2

_ARROWS = "↑↗→↘↓↙←↖"


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to see at one moment.

    trail: where the ball has been, in cm from the start (x right, y forward), the oldest first.
    heading: degrees clockwise, 0 = forward.   speed: cm/s over the ground.   battery: percent.
    face: 8 rows from the top of 8 `#rrggbb`.   walls: (x_min, y_min, x_max, y_max) in cm.
    """

    trail: Sequence[tuple[float, float]] = ()
    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0
    speed: float = 0.0
    face: Rows = ((DARK,) * 8,) * 8
    front_led: str = DARK
    back_led: str = DARK
    walls: Sequence[Rect] = ()
    battery: int = 100


def draw_scene(scene: Scene, width: int, height: int) -> RenderableType:
    """The face and the arena with a line of figures below, in exactly that many columns and lines.

    Where there are few lines, the face stands beside the arena instead of above it.
    """
    status = draw_status(scene, width)
    lines = height - 1
    if lines < 1:
        return status
    if height < TALL:
        body = _beside(scene, width, lines)
    else:
        big = height >= ROOMY and width >= 2 * BIG_FACE
        face = _centered(draw_face(scene.face, front=scene.front_led, back=scene.back_led, big=big), width)
        body = [*face, *_arena(scene, width, lines - len(face))]
    return Text("\n", no_wrap=True).join([*body, status])


def draw_face(rows: Rows, *, front: str | None = None, back: str | None = None, big: bool = False) -> Text:
    """The 8x8 face as 4 lines of half blocks, or as 8 lines of double width when it is big.

    With a front and a back light, each is a bar: the front one above, the back one below.
    """
    lines = [_big_row(row) for row in rows] if big else [_half_blocks(*pair) for pair in _pairs(rows)]
    if front is not None:
        lines.insert(0, _bar("▄", front, big))
    if back is not None:
        lines.append(_bar("▀", back, big))
    return Text("\n", no_wrap=True).join(lines)


def draw_status(scene: Scene, width: int) -> Text:
    """One line of figures: heading, speed and battery, in as many words as fit."""
    arrow = _ARROWS[round(scene.heading / 45) % 8]
    heading, speed = f"{arrow} {scene.heading % 360:.0f}°", f"{scene.speed:.0f} cm/s"
    for text in (f"heading {heading} · {speed} · battery {scene.battery}%", f"{heading} · {speed} · {scene.battery}%"):
        if len(text) <= width:
            break
    style = "red" if scene.battery <= 15 else "bright_black"
    return Text(text[:width].center(width), style=style, no_wrap=True)


def _beside(scene: Scene, width: int, lines: int) -> list[Text]:
    if lines >= FACE_LINES:
        face = draw_face(scene.face, front=scene.front_led, back=scene.back_led)
    else:
        face = draw_face(scene.face)
    left = _padded(list(face.split("\n")), lines, FACE)
    right = _arena(scene, width - FACE - GAP, lines)
    return [Text.assemble(a, " " * GAP, b) for a, b in zip(left, right, strict=True)]


def _arena(scene: Scene, width: int, height: int) -> list[Text]:
    pose = (scene.x, scene.y, scene.heading)
    return list(draw_arena(scene.trail, pose, scene.walls, width=width, height=height).split("\n", allow_blank=True))


def _centered(face: Text, width: int) -> list[Text]:
    lines = list(face.split("\n"))
    left = max(0, width - lines[0].cell_len) // 2
    return [Text.assemble(" " * left, line) for line in lines]


def _padded(lines: list[Text], count: int, width: int) -> list[Text]:
    above = max(0, count - len(lines)) // 2
    blank = Text(" " * width)
    return ([blank] * above + lines + [blank] * count)[:count]


def _pairs(rows: Rows) -> list[tuple[Sequence[str], Sequence[str]]]:
    return list(zip(rows[::2], rows[1::2], strict=True))


def _half_blocks(upper: Sequence[str], lower: Sequence[str]) -> Text:
    dots = (("▀", f"{_led(top)} on {_led(bottom)}") for top, bottom in zip(upper, lower, strict=True))
    return Text.assemble(*dots)


def _big_row(row: Sequence[str]) -> Text:
    return Text.assemble(*(("██", _led(dot)) for dot in row))


def _bar(block: str, color: str, big: bool) -> Text:
    width, margin = (8, " " * 4) if big else (4, " " * 2)
    return Text.assemble(margin, (block * width, UNLIT_BAR if color == DARK else color), margin)


def _led(color: str) -> str:
    return UNLIT if color == DARK else color
