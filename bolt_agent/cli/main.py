"""The way into the command line: runs a command, and turns every failure into one line and an exit status."""

from __future__ import annotations

import io
import sys
import traceback
from typing import Any

import typer

from bolt_agent.cli.commands import app
from bolt_agent.settings import BadSettings, read_settings

__all__ = ["main"]

DONE, FAILED, BAD_USAGE, INTERRUPTED = 0, 1, 2, 130


def main() -> None:
    """Run the command that `sys.argv` names, and exit with its status."""
    debug = "--debug" in sys.argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows question marks, not a traceback
    try:
        status = app(standalone_mode=False, default_map=_defaults())
    except typer.TyperException as error:
        status = _complain(error.format_message(), getattr(error, "exit_code", BAD_USAGE))
    except (typer.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except Exception as error:
        if debug:
            traceback.print_exc()
        status = _complain(_in_one_line(error), BAD_USAGE if _is_bad_usage(error) else FAILED)
    sys.exit(status or DONE)


def _complain(message: str, status: int) -> int:
    print(f"bolt-agent: {message}", file=sys.stderr)
    return status


def _in_one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"cannot open {error.filename}: {error.strerror}"
    text = " ".join(str(error).split()) or type(error).__name__
    return text if _is_ours(error) else f"{type(error).__name__}: {text} (--debug shows more)"


def _is_ours(error: Exception) -> bool:
    """Whether the message was written for people."""
    return type(error).__module__.partition(".")[0] in ("bolt_agent", "drivers", "simulator")


def _is_bad_usage(error: Exception) -> bool:
    """Whether an option names something that does not exist: a driver, a brain, a world."""
    return isinstance(error, LookupError) and type(error).__name__.startswith("Unknown")


def _defaults() -> dict[str, Any]:
    """Options from the settings file; the environment and the command line come before it."""
    try:
        settings = read_settings()
    except BadSettings as error:
        raise typer.BadParameter(str(error)) from error
    return _for_each_command(typer.main.get_command(app), settings)


def _for_each_command(command: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings as defaults of a command, and of all that are under it: `sim run` reads the same file as `say`."""
    under = getattr(command, "commands", {})
    return {**settings, **{name: _for_each_command(below, settings) for name, below in under.items()}}
