"""What a person chose, as one value that everything else is put together from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bolt_agent.ghost.interruptions import Policy
from bolt_agent.ghost.turns.approval import Approve
from bolt_agent.moss.worker.protocol import Limits
from bolt_agent.robot.errors import did_you_mean
from bolt_agent.robot.limits import SafetyLimits

__all__ = ["Options", "UnknownChoice", "choose"]


class UnknownChoice(LookupError):
    """An option names something that does not exist; the message names what does."""


@dataclass(frozen=True)
class Options:
    """What a person chose.

    moss_file: a MOSS file of theirs instead of the default; trusted: run it without walls.
    stream: perform a program while it is still being written.
    limits: of a program.   safety: of what the robot does.   robot: which of several, by its name, 'SB-1234'.
    settings: the tables of config.toml, such as [models].
    approve: when a person must say yes first, 'never', 'risky' or 'always'.
    inline: run programs in this process instead of a worker, without walls; for those that are trusted.
    modules: what programs may import besides the usual, such as numpy.
    history: the URL of the database that keeps the conversation (see `history_url`); None: it is not kept.
    thread: an earlier conversation to go on with, by its number, or "last".   interruptions: see `Policy`.
    trace: where spans go, 'console' or 'otlp'.   log: a file for events, as lines of JSON.
    """

    driver: str = "sim"
    brain: str = "auto"
    clock: str = "real"
    world: str = "open"
    seed: int = 0
    model: str | None = None
    moss_file: Path | None = None
    trusted: bool = False
    stream: bool = True
    inline: bool = False
    modules: tuple[str, ...] = ()
    approve: Approve = "risky"
    limits: Limits = field(default_factory=Limits)
    safety: SafetyLimits = field(default_factory=SafetyLimits)
    robot: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    history: str | None = None
    thread: int | Literal["last"] | None = None
    interruptions: Policy = "queue"
    trace: str | None = None
    log: Path | None = None


def choose(kind: str, name: str, choices: Mapping[str, Any]) -> Any:
    """One of several by its name. Raises UnknownChoice, which names the nearest."""
    if name not in choices:
        raise UnknownChoice(f"no {kind} {name!r}: {did_you_mean(name, choices)}")
    return choices[name]
