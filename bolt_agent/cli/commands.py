"""The commands. Each says what it needs and leaves the work to a module that is imported when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bolt_agent.cli import history, memory, moss, sim
from bolt_agent.cli.listen import listen
from bolt_agent.cli.options import Choices, robot_command

__all__ = ["app"]

GoOn = Annotated[bool, typer.Option("--continue", help="Go on with the latest conversation.")]
Thread = Annotated[int | None, typer.Option("--thread", help="Go on with this one (`bolt-agent history threads`).")]

app = typer.Typer(
    name="bolt-agent",
    help="Say or type what a Sphero BOLT should do, and it does it. Without a command it starts a chat.",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(history.app)
app.add_typer(memory.app)
app.add_typer(moss.app)
app.add_typer(sim.app)
app.command()(robot_command(listen))


@app.callback()
@robot_command
def start(choices: Choices, context: typer.Context, go_on: GoOn = False) -> int:
    """Say or type what a Sphero BOLT should do, and it does it. Without a command, chat with it."""
    if context.invoked_subcommand is None:
        return _chat(choices, thread=_thread(go_on, None))
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
    go_on: GoOn = False,
    thread: Thread = None,
) -> int:
    """Chat with the robot in this terminal, or with the ghost that a MOSS file defines."""
    return _chat(choices, file, _thread(go_on, thread))


@app.command()
@robot_command
def say(
    choices: Choices,
    text: Annotated[list[str] | None, typer.Argument(help="What to say; each TEXT is a turn.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the turns as JSON.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how words became code: words, intents, code (reflex brain).")
    ] = False,
    go_on: GoOn = False,
    thread: Thread = None,
    foresee: Annotated[
        bool, typer.Option("--preview", help="Show what would happen, and move only after a yes.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Say yes to every preview.")] = False,
) -> int:
    """Say something to the robot, take the turns one after another, and end."""
    if not text or not all(words.strip() for words in text):
        raise typer.BadParameter('say what the robot should do, such as: bolt-agent say "roll in a square"')
    from bolt_agent.cli.previews import Previews, wanted_when
    from bolt_agent.cli.turns import say_all

    previews = Previews(wanted_when(foresee), accepted=yes)
    return say_all(choices, text, as_json=json, explained=explain, thread=_thread(go_on, thread), previews=previews)


@app.command()
@robot_command
def replay(
    choices: Choices,
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="NAME.chat.yml", help="A conversation that was exported.")],
    rethink: Annotated[
        bool, typer.Option("--rethink", help="Say the words again instead of running the code.")
    ] = False,
) -> int:
    """Run a conversation again: its programs, or with --rethink its words. World and seed are those of the file."""
    from bolt_agent.cli.replay import replay_chat

    given = {name: context.get_parameter_source(name) for name in ("world", "seed")}
    left = frozenset(name for name, source in given.items() if source is not None and source.name == "DEFAULT")
    return replay_chat(choices, file, rethink=rethink, as_recorded=left)


@app.command(name="exec")
@robot_command
def execute(
    choices: Choices,
    file: Annotated[str, typer.Argument(help="A file with a program that defines run(moss), or - for standard input.")],
    executor: Annotated[
        str, typer.Option("--executor", help="worker: behind walls; inline: in this process, for code you trust.")
    ] = "worker",
) -> int:
    """Run a piece of generated code exactly as a ghost would."""
    if executor not in ("worker", "inline"):
        raise typer.BadParameter(f"--executor is worker or inline, not {executor!r}")
    from bolt_agent.cli.turns import run_program

    code = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    return run_program(choices, code, inline=executor == "inline")


@app.command()
@robot_command
def run(
    choices: Choices,
    file: Annotated[Path, typer.Argument(help="A MOSS file of yours.")],
    args: Annotated[list[str] | None, typer.Argument(help="What the function takes besides moss.")] = None,
    function: Annotated[str, typer.Option("--function", help="The function to call.")] = "run",
    watch: Annotated[bool, typer.Option("--watch", help="Perform it again on every save, until Ctrl-C.")] = False,
    dry: Annotated[bool, typer.Option("--dry", help="Only say what would happen.")] = False,
    picture: Annotated[
        Path | None, typer.Option("--preview", metavar="FILE.gif|.webp|.png|.mp4", help="Only draw what would happen.")
    ] = None,
) -> int:
    """Run a function of a MOSS file that you trust: it may read files and import what it likes."""
    if watch + dry + (picture is not None) > 1:
        raise typer.BadParameter("choose one of --watch, --dry and --preview")
    if dry or picture is not None:
        from bolt_agent.cli import rehearsals

        if picture is not None:
            return rehearsals.preview(choices, file, function, args or [], picture)
        return rehearsals.predict(choices, file, function, args or [])
    from bolt_agent.cli.turns import call_function, watch_function

    return (watch_function if watch else call_function)(choices, file, function, args or [])


@app.command()
@robot_command
def calibrate(choices: Choices) -> int:
    """Roll to and fro on a free floor to learn how this ball moves; kept under its name, and reckoned with."""
    from bolt_agent.cli.calibrate import calibrate_robot

    return calibrate_robot(choices)


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
def skills(
    name: Annotated[str | None, typer.Argument(help="Print the file of this skill.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> int:
    """List the skills: functions in plain words, one Markdown file each, that programs call by name."""
    from bolt_agent.cli.skills import list_skills

    return list_skills(name, as_json=json)


@app.command()
@robot_command
def crew(
    choices: Choices,
    sentence: Annotated[str, typer.Argument(help='What the show is about: "a show about the sea".')],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.py", help="Keep its program in this file.")] = None,
    dry: Annotated[bool, typer.Option("--dry", help="Only compose it, and say what would happen.")] = False,
) -> int:
    """Let a crew of ghosts compose a one-minute show from a sentence, and perform it."""
    if not sentence.strip():
        raise typer.BadParameter('say what the show is about, such as: bolt-agent crew "a show about the sea"')
    from bolt_agent.cli.crew import perform_show

    return perform_show(choices, sentence, out=out, dry=dry)


@app.command()
@robot_command
def studio(
    choices: Choices,
    host: Annotated[str, typer.Option("--host", help="Where to listen; 0.0.0.0 is the whole network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = 8765,
    balls: Annotated[
        int | None, typer.Option("--balls", min=1, max=8, help="How many virtual ones; by default as the world says.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
) -> int:
    """Open the page where you talk to the robot, watch it and stop it."""
    from bolt_agent.cli.studio import open_studio
    from bolt_agent.studio.serving import Place

    return open_studio(choices, Place(host, port), balls=balls, browser=not no_open)


@app.command()
def render(
    report: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A report, as --report writes it.")],
    picture: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE.gif|.webp|.png|.mp4", help="The picture's file.")
    ],
) -> int:
    """Draw what a report tells: a picture, or one that moves."""
    from bolt_agent.cli.render import render_report

    return render_report(report, picture)


@app.command()
def stop() -> int:
    """Stop every robot that bolt-agent moves, at once, from any terminal."""
    from bolt_agent.cli.stop import stop_robots

    return stop_robots()


def _chat(choices: Choices, file: Path | None = None, thread: int | Literal["last"] | None = None) -> int:
    from bolt_agent.cli.turns import talk

    return talk(choices, file, thread)


def _thread(go_on: bool, thread: int | None) -> int | Literal["last"] | None:
    if go_on and thread is not None:
        raise typer.BadParameter("choose one of --continue and --thread")
    return "last" if go_on else thread
