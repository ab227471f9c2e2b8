"""The commands. Each says what it needs and leaves the work to a module that is imported when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bolt_agent.cli import moss, sim
from bolt_agent.cli.options import Choices, robot_command

__all__ = ["app"]

app = typer.Typer(
    name="bolt-agent",
    help="Say or type what a Sphero BOLT should do, and it does it. Without a command it starts a chat.",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(moss.app)
app.add_typer(sim.app)


@app.callback()
@robot_command
def start(choices: Choices, context: typer.Context) -> int:
    """Say or type what a Sphero BOLT should do, and it does it. Without a command, chat with it."""
    if context.invoked_subcommand is None:
        return _chat(choices)
    sources = (context.get_parameter_source(name) for name in context.params)
    if any(source is not None and source.name == "COMMANDLINE" for source in sources):
        command = context.invoked_subcommand
        raise typer.BadParameter(f"options of {command} come after it: bolt-agent {command} --world walled ...")
    return 0


@app.command()
@robot_command
def chat(
    choices: Choices,
    file: Annotated[Path | None, typer.Argument(help="A MOSS file, whose ghost to chat with.")] = None,
) -> int:
    """Chat with the robot in this terminal, or with the ghost that a MOSS file defines."""
    return _chat(choices, file)


@app.command()
@robot_command
def say(
    choices: Choices,
    text: Annotated[list[str] | None, typer.Argument(help="What to say; each TEXT is a turn.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the turns as JSON.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how words became code: words, intents, code (reflex brain).")
    ] = False,
) -> int:
    """Say something to the robot, take the turns one after another, and end."""
    if not text or not all(words.strip() for words in text):
        raise typer.BadParameter('say what the robot should do, such as: bolt-agent say "roll in a square"')
    from bolt_agent.cli.turns import say_all

    return say_all(choices, text, as_json=json, explained=explain)


@app.command(name="exec")
@robot_command
def execute(
    choices: Choices,
    file: Annotated[str, typer.Argument(help="A file with a program that defines run(moss), or - for standard input.")],
) -> int:
    """Run a piece of generated code exactly as a ghost would."""
    from bolt_agent.cli.turns import run_program

    code = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    return run_program(choices, code)


@app.command()
@robot_command
def run(
    choices: Choices,
    file: Annotated[Path, typer.Argument(help="A MOSS file of yours.")],
    args: Annotated[list[str] | None, typer.Argument(help="What the function takes besides moss.")] = None,
    function: Annotated[str, typer.Option("--function", help="The function to call.")] = "run",
    watch: Annotated[bool, typer.Option("--watch", help="Perform it again on every save, until Ctrl-C.")] = False,
    dry: Annotated[bool, typer.Option("--dry", help="Only say what would happen.")] = False,
    preview: Annotated[
        Path | None, typer.Option("--preview", metavar="FILE.png|.gif", help="Only draw what would happen.")
    ] = None,
) -> int:
    """Run a function of a MOSS file that you trust: it may read files and import what it likes."""
    if watch + dry + (preview is not None) > 1:
        raise typer.BadParameter("choose one of --watch, --dry and --preview")
    if dry or preview is not None:
        from bolt_agent.cli import rehearsals

        if preview is not None:
            return rehearsals.preview(choices, file, function, args or [], preview)
        return rehearsals.predict(choices, file, function, args or [])
    from bolt_agent.cli.turns import call_function, watch_function

    return (watch_function if watch else call_function)(choices, file, function, args or [])


@app.command()
def devices(
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, max=60, help="How long to listen.")] = 4.0,
    battery: Annotated[bool, typer.Option(help="Connect to each to ask for its charge.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> int:
    """List the BOLTs in reach, with signal and battery."""
    from bolt_agent.cli.devices import list_devices

    return list_devices(seconds=seconds, battery=battery, as_json=json)


@app.command()
@robot_command
def doctor(
    choices: Choices,
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> int:
    """Say what this computer has for a robot, what is missing, and where each setting comes from."""
    from bolt_agent.cli.doctor import examine

    found = {name: context.get_parameter_source(name) for name in context.params}
    sources = {name: source.name for name, source in found.items() if source is not None}
    return examine(choices, sources=sources, as_json=json)


@app.command()
def moves(
    name: Annotated[str | None, typer.Argument(help="Print the file of this move.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> int:
    """List the moves that the robot has learned."""
    from bolt_agent.cli.moves import list_moves

    return list_moves(name, as_json=json)


@app.command()
def stop() -> int:
    """Stop every robot that bolt-agent moves, at once, from any terminal."""
    from bolt_agent.cli.stop import stop_robots

    return stop_robots()


def _chat(choices: Choices, file: Path | None = None) -> int:
    from bolt_agent.cli.turns import talk

    return talk(choices, file)
