"""Pictures as files: PNG for the end, GIF, WebP and MP4 for all of it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from bolt_agent.rendering.drawing import Show, draw, draw_frames
from bolt_agent.rendering.video import NoVideo, encode
from simulator import WorldError, load_world

__all__ = ["MEDIA_TYPES", "NoVideo", "UnknownPicture", "kind_of", "render", "save"]

MEDIA_TYPES = {".gif": "image/gif", ".mp4": "video/mp4", ".png": "image/png", ".webp": "image/webp"}

FRAMES_A_SECOND = {".gif": 10, ".mp4": 25, ".webp": 20}
"""Browsers play a GIF of more than 50 pictures a second slowly, and each of them costs much space."""

MOST_FRAMES = {".gif": 400, ".mp4": 15_000, ".webp": 1200}
"""A longer performance is shown with longer steps."""


class UnknownPicture(LookupError):
    """A file's name does not end like a picture that we can make; the message lists the endings."""


def kind_of(file: Path) -> str:
    """The kind of picture that a file's name asks for, as its suffix. Raises UnknownPicture.

    >>> kind_of(Path("show.GIF"))
    '.gif'
    """
    suffix = file.suffix.lower()
    if suffix not in MEDIA_TYPES:
        *some, last = MEDIA_TYPES
        raise UnknownPicture(f"a picture is a {', '.join(some)} or {last} file, not {file.name!r}")
    return suffix


def save(show: Show, file: Path) -> None:
    """Draw into a file, whose name says the kind. Raises UnknownPicture, NoVideo, OSError."""
    file.write_bytes(_encoded(show, kind_of(file)))


def render(report: dict[str, Any], suffix: str) -> bytes:
    """A report as a picture. suffix: one of MEDIA_TYPES. Raises NoVideo."""
    return _encoded(Show(report, _walls(str(report.get("world", "open")))), suffix)


def _encoded(show: Show, suffix: str) -> bytes:
    whole = io.BytesIO()
    if suffix == ".png":
        draw(show).save(whole, format="PNG")
        return whole.getvalue()
    step = max(1 / FRAMES_A_SECOND[suffix], show.seconds / MOST_FRAMES[suffix])
    frames = draw_frames(show, step)
    if suffix == ".mp4":
        return encode(frames, 1 / step)
    first, *others = _quantized(frames) if suffix == ".gif" else frames
    more = {"optimize": False} if suffix == ".gif" else {"lossless": True, "quality": 40, "method": 2}
    first.save(
        whole,
        format=suffix[1:].upper(),
        save_all=True,
        append_images=others,
        duration=math.floor(1000 * step),
        loop=0,
        **more,
    )
    return whole.getvalue()


def _quantized(frames: Iterator[Image.Image]) -> Iterator[Image.Image]:
    return (frame.quantize(128, Image.Quantize.FASTOCTREE) for frame in frames)  # Pillow's own choice takes 5 x


def _walls(world: str) -> Any:
    try:
        return load_world(world).rectangles()
    except WorldError:
        return ()  # a world file that is not here: the path can be drawn all the same
