"""`bolt-agent render`: a picture of what a report tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from bolt_agent.rendering import kind_of, render

__all__ = ["render_report"]


def render_report(file: Path, picture: Path) -> int:
    """Draw a report into a file, whose name says the kind of picture."""
    kind = kind_of(picture)
    picture.write_bytes(render(_report(file), kind))
    return 0


def _report(file: Path) -> dict[str, Any]:
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
        if report["schema"] == "bolt-report/1" and report["path"]:
            return dict(report)
    except (ValueError, KeyError, TypeError):
        pass
    raise typer.BadParameter(
        f"{file} is no report: make one with --report, such as: bolt-agent say ... --report {file}"
    )
