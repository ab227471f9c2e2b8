"""`bolt-agent sim run`: an unmodified spherov2 program in a process of its own, on a virtual BOLT in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from bolt_agent.cli.sim_serving import Balls
from simulator import VirtualWorld
from simulator.server import running

__all__ = ["run_program"]

BROKEN_FROM = (3, 13)
"""The Python version from which spherov2 0.12.1 does not find its own commands any more."""
BROKEN = """\
bolt-agent: on Python 3.13 and later spherov2 {version} silently leaves out most commands to a BOLT: main LED, texts, \
characters, animations, collision and gyroscope events do nothing, and set_matrix_pixel, _line and _fill raise \
TypeError. Rolling, turning and the front and back LEDs work. Use Python 3.12, or --fix-spherov2 here."""
INTERRUPTED = 130
PATIENCE = 5.0
"""s that a program has to end after Ctrl-C."""
MARGIN = 0.5
"""s that are recorded after the program has ended."""


def run_program(
    program: Path,
    args: Sequence[str],
    wanted: Balls,
    *,
    clock: str,
    speed: float,
    fix: bool,
    report: Path | None,
    picture: Path | None,
) -> int:
    """Run it; its exit status."""
    if picture is not None:
        from bolt_agent.rendering import kind_of

        kind_of(picture)  # so that a wrong name is told before anything is performed
    if clock not in ("real", "fast"):
        raise typer.BadParameter(f"--clock is real or fast, not {clock!r}")
    held = clock == "fast"
    world, balls = wanted.made()
    if sys.version_info >= BROKEN_FROM and not fix:
        from importlib.metadata import version

        print(BROKEN.format(version=version("spherov2")), file=sys.stderr)
    options = ["--fix-spherov2"] if fix else []
    options += ["--held", str(wanted.seed)] if held else ["--speed", str(speed)]
    with running(world, balls=balls, speed=speed, adopt_names=not wanted.names, held=held) as server:
        command = [sys.executable, "-m", "simulator.hosted", "--port", str(server.port), *options, str(program), *args]
        # with a seed of its own each run would go through its sets in another order
        status = _wait_for(subprocess.Popen(command, env={"PYTHONHASHSEED": "0", **os.environ} if held else None))
    if server.late > 1.0:
        print(f"bolt-agent: this computer was too slow: the ball's time ran {server.late:.1f} s late", file=sys.stderr)
    world.advance(world.time + MARGIN)
    _write(world, wanted, report, picture)
    return status


def _wait_for(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            process.wait(PATIENCE)  # the terminal has told it too
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return INTERRUPTED


def _write(world: VirtualWorld, wanted: Balls, report: Path | None, picture: Path | None) -> None:
    if report is None and picture is None:
        return
    from bolt_agent.ghost.turns.report import write_report

    first, *others = [bolt.record.report(0.0, bolt.time) for bolt in world.bolts]
    turn = {"say": "", "reply": "", "code": None, "status": "ok", "error": None, "t_start": 0.0, "t_end": world.time}
    names = {"driver": "sim", "brain": "program", "world": wanted.world, "seed": wanted.seed}
    whole: dict[str, Any] = {"schema": "bolt-report/1", **names, "turns": [turn], **first}
    if others:
        whole["others"] = {bolt.name: other for bolt, other in zip(world.bolts[1:], others, strict=True)}
    if world.things:
        whole["things"] = [[thing.kind, round(thing.x, 1), round(thing.y, 1), thing.fallen] for thing in world.things]
    if report is not None:
        write_report(report, whole)
    if picture is not None:
        from bolt_agent.rendering import Show, save

        save(Show(whole, world.spec.rectangles()), picture)
