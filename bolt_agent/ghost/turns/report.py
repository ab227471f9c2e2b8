"""The report of a run: what was said, and what the virtual robot really did (schema bolt-report/1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bolt_agent.ghost.messages import Turn
from bolt_agent.robot.player import Happening

__all__ = ["build_report", "write_report"]

SCHEMA = "bolt-report/1"

TURN_KEYS = {"say", "reply", "code", "status", "error", "t_start", "t_end"}


def build_report(
    names: Mapping[str, Any], turns: Sequence[Turn], happenings: Sequence[Happening], measured: Mapping[str, Any]
) -> dict[str, Any]:
    """One document of a run.

    names: driver, brain, world, seed.   measured: pose, path, matrix ... as the simulator's record gives them.
    """
    stops = [[round(happening.time, 4), "stop"] for happening in happenings if happening.name == "stop"]
    events = sorted([*measured["events"], *stops], key=lambda event: event[0])
    said = [
        turn.model_dump(include=TURN_KEYS) | {"t_start": round(turn.t_start, 4), "t_end": round(turn.t_end, 4)}
        for turn in turns
    ]
    return {"schema": SCHEMA, **names, "turns": said, **measured, "events": events}


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write it as JSON. Raises OSError."""
    path.write_text(json.dumps(report, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
