"""`bolt-agent moss ...`: the commands for people who write MOSS files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(
    name="moss",
    help="Write MOSS files: the Python files that teach the robot something.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

File = Annotated[Path, typer.Argument(help="A MOSS file.")]


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The name of the file, with or without .py.")],
    kind: Annotated[
        str, typer.Option("--kind", help="dance, animation, or robot: one with a ghost of its own.")
    ] = "dance",
) -> int:
    """Write a file to start from, with comments."""
    from bolt_agent.cli.moss_files import start

    return start(name, kind)


@app.command()
def check(
    file: File,
    json: Annotated[bool, typer.Option("--json", help="Print what is found as JSON.")] = False,
) -> int:
    """Look for mistakes without running the file. Exit status 1 when there are any."""
    from bolt_agent.cli.moss_files import check_file

    return check_file(file, as_json=json)


@app.command()
def prompt(
    file: File,
    diff: Annotated[bool, typer.Option("--diff", help="Print what has changed since the last time.")] = False,
    system: Annotated[
        bool, typer.Option("--system", help="With persona and instruction: all that it is told.")
    ] = False,
) -> int:
    """Print exactly what a model sees of the file, and its size on standard error."""
    from bolt_agent.cli.moss_files import print_prompt

    return print_prompt(file, diff=diff, system=system)


@app.command(name="test")
def run_tests(
    file: File,
    world: Annotated[
        str, typer.Option("--world", envvar="BOLT_AGENT_WORLD", help="The world: a name or a file.")
    ] = "open",
    seed: Annotated[
        int, typer.Option("--seed", envvar="BOLT_AGENT_SEED", help="The same seed gives the same run.")
    ] = 0,
) -> int:
    """Run its test_* functions, or those in __moss_test_cases__, each on a virtual BOLT of its own."""
    from bolt_agent.cli.moss_files import test_file

    return test_file(file, world=world, seed=seed)
