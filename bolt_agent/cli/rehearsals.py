"""`bolt-agent run` without moving anything: a prediction in words, or a picture of what would happen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bolt_agent.authoring.predicting import describe
from bolt_agent.authoring.rehearsal import Rehearsal, rehearse
from bolt_agent.cli.options import Choices
from bolt_agent.ghost.turns.report import write_report

__all__ = ["predict", "preview"]


def predict(choices: Choices, file: Path, function: str, args: Sequence[str]) -> int:
    """Say what a function of a MOSS file would make the robot do."""
    outcome = _rehearse(choices, file, function, args)
    for sentence in describe(outcome):
        print(sentence)
    return _status(outcome)


def preview(choices: Choices, file: Path, function: str, args: Sequence[str], picture: Path) -> int:
    """Draw what a function of a MOSS file would make the robot do."""
    from bolt_agent.authoring.preview import save_preview
    from bolt_agent.rendering import kind_of

    kind_of(picture)  # so that a wrong name is told before anything is performed
    outcome = _rehearse(choices, file, function, args)
    save_preview(outcome, picture)
    print(f"{picture} is drawn")
    return _status(outcome)


def _rehearse(choices: Choices, file: Path, function: str, args: Sequence[str]) -> Rehearsal:
    outcome = rehearse(choices.options(moss_file=file), function, args)
    sys.stdout.write(outcome.output)
    if choices.report is not None:
        write_report(choices.report, outcome.report)
    return outcome


def _status(outcome: Rehearsal) -> int:
    if outcome.error is None:
        return 0
    print(f"bolt-agent: then it would fail: {outcome.error}", file=sys.stderr)
    return 1
