"""Small pictures for the gallery: the path of a move, the frames of an animation."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from bolt_agent.studio.protocol import Animation

__all__ = ["animation_as_gif", "path_as_svg"]

Point = tuple[float, float]

SIDE = 96
"""Pixels of a picture."""
NARROWEST = 40.0
"""cm that a picture shows at least, so that a small move looks small."""
PAPER, DARK, TRAIL, START = "#14161c", "#1d2029", "#50b4ff", "#c8ccd8"


def path_as_svg(path: Sequence[Point]) -> str:
    """A path seen from above, up is forward; the start is a ring.

    >>> path_as_svg([(0, 0), (0, 40)]).count("<polyline")
    1
    """
    xs, ys = [x for x, _ in path], [y for _, y in path]
    span = max(NARROWEST, max(xs) - min(xs), max(ys) - min(ys))
    scale, middle = 0.8 * SIDE / span, ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    drawn = [(SIDE / 2 + (x - middle[0]) * scale, SIDE / 2 - (y - middle[1]) * scale) for x, y in path]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
    (x, y), (last_x, last_y) = drawn[0], drawn[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<polyline points="{points}" fill="none" stroke="{TRAIL}" stroke-width="3" stroke-linejoin="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="none" stroke="{START}" stroke-width="2"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="3" fill="{TRAIL}"/></svg>'
    )


def animation_as_gif(animation: Animation) -> bytes:
    """Its frames, as a moving picture that goes on for ever."""
    frames = [_face([animation.palette[int(dot, 16)] for row in frame for dot in row]) for frame in animation.frames]
    whole = io.BytesIO()
    frames[0].save(
        whole,
        format="GIF",
        save_all=True,
        append_images=frames[1:],
        duration=max(20, round(1000 / animation.fps)),  # browsers show what is faster than 50 a second slowly
        loop=0,
    )
    return whole.getvalue()


def _face(colors: Sequence[str]) -> Image.Image:
    image = Image.new("RGB", (SIDE, SIDE), PAPER)
    pen, cell = ImageDraw.Draw(image), SIDE // 8
    for number, color in enumerate(colors):
        left, top = number % 8 * cell, number // 8 * cell
        pen.ellipse((left + 1, top + 1, left + cell - 2, top + cell - 2), fill=DARK if color == "#000000" else color)
    return image.quantize(64, Image.Quantize.FASTOCTREE)
