"""Pictures of what a robot did, still and moving, from its report and without a browser."""

from bolt_agent.rendering.drawing import Show, draw, draw_frames
from bolt_agent.rendering.files import MEDIA_TYPES, NoVideo, UnknownPicture, kind_of, render, save

__all__ = [
    "MEDIA_TYPES",
    "NoVideo",
    "Show",
    "UnknownPicture",
    "draw",
    "draw_frames",
    "kind_of",
    "render",
    "save",
]
