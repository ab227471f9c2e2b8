"""Drawing what a rehearsed function would make the robot do: a picture, or one that moves."""

from __future__ import annotations

from pathlib import Path

from bolt_agent.authoring.rehearsal import Rehearsal
from bolt_agent.rendering import Show, save

__all__ = ["save_preview"]


def save_preview(rehearsal: Rehearsal, file: Path) -> None:
    """Draw into a file, whose name says the kind. Raises UnknownPicture, NoVideo, OSError."""
    save(Show(rehearsal.report, rehearsal.walls), file)
