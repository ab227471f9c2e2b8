"""`bolt-agent sim ...`: virtual BOLTs for programs that were written for spherov2."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(
    name="sim",
    help="Virtual BOLTs for spherov2 programs: serve them over TCP, or run a program on one.",
    invoke_without_command=True,
    rich_markup_mode=None,
)

World = Annotated[str, typer.Option("--world", envvar="BOLT_AGENT_WORLD", help="The world: a name or a file.")]
Seed = Annotated[int, typer.Option("--seed", envvar="BOLT_AGENT_SEED", help="Of all that is random.")]
Balls = Annotated[int | None, typer.Option("--balls", min=1, max=255, help="How many; by default as the world says.")]
Names = Annotated[list[str] | None, typer.Option("--name", help="A ball's name, such as SB-CEB2; once for each ball.")]
QuirksOption = Annotated[str, typer.Option("--quirks", help="ideal, or typical: as imprecise as real balls are.")]
Faults = Annotated[str, typer.Option("--faults", help="A bad radio: drop=0.05,delay=0.1,disconnect@30 and so on.")]
Collisions = Annotated[
    int, typer.Option("--collision-bytes", help="16 as the real ball; 18 lets unpatched spherov2 see collisions.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show tracebacks.")]


@app.callback()
def serve(
    context: typer.Context,
    world: World = "open",
    balls: Balls = None,
    name: Names = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = 50004,
    host: Annotated[str, typer.Option("--host", help="Where to listen; 0.0.0.0 is the whole network.")] = "127.0.0.1",
    seed: Seed = 0,
    quirks: QuirksOption = "ideal",
    faults: Faults = "",
    collision_bytes: Collisions = 16,
    sleep_after: Annotated[
        float, typer.Option("--sleep-after", min=0, help="Seconds without a command until a ball sleeps; 0: never.")
    ] = 600.0,
    ble: Annotated[
        bool, typer.Option("--ble", help="Publish the ball over Bluetooth instead (Linux with BlueZ and an adapter).")
    ] = False,
    adapter: Annotated[str | None, typer.Option("--adapter", help="The adapter of --ble: hci0 or another.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Drop clients that do not unlock the ball in 10 s.")] = False,
    debug: Debug = False,
) -> int:
    """Serve virtual BOLTs in the words of spherov2's TCP adapter, or over Bluetooth, until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return 0
    from bolt_agent.cli.sim_serving import Balls as Wanted
    from bolt_agent.cli.sim_serving import publish_ball, serve_balls

    del debug  # read by the entry point
    wanted = Wanted(world, balls, name, seed, quirks, faults, collision_bytes, sleep_after or None, strict)
    return publish_ball(wanted, adapter) if ble else serve_balls(wanted, host=host, port=port)


@app.command()
def run(
    program: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A Python program that uses spherov2.")],
    args: Annotated[list[str] | None, typer.Argument(help="Arguments of the program.")] = None,
    world: World = "open",
    balls: Balls = None,
    name: Names = None,
    seed: Seed = 0,
    quirks: QuirksOption = "ideal",
    faults: Faults = "",
    collision_bytes: Collisions = 16,
    clock: Annotated[
        str,
        typer.Option(
            "--clock",
            envvar="BOLT_AGENT_CLOCK",
            help="real, or fast: time passes while the program waits, as fast as the machine can, the same every time.",
        ),
    ] = "real",
    speed: Annotated[
        float,
        typer.Option("--speed", min=0.1, max=10, help="Let time pass so many times as fast, also for the program."),
    ] = 1.0,
    fix_spherov2: Annotated[
        bool, typer.Option("--fix-spherov2", help="On Python 3.13: mend the part of spherov2 that is broken there.")
    ] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write what the robot did, as JSON.")] = None,
    gif: Annotated[Path | None, typer.Option("--gif", help="Draw what the robot did: .gif, .webp, .png, .mp4.")] = None,
    debug: Debug = False,
) -> int:
    """Run an unmodified spherov2 program on a virtual BOLT. Its exit status is the program's."""
    from bolt_agent.cli.sim_running import run_program
    from bolt_agent.cli.sim_serving import Balls as Wanted

    del debug
    wanted = Wanted(world, balls, name, seed, quirks, faults, collision_bytes, None, False)
    return run_program(
        program, args or [], wanted, clock=clock, speed=speed, fix=fix_spherov2, report=report, picture=gif
    )


@app.command()
def worlds() -> int:
    """List the worlds that are shipped."""
    from simulator import list_worlds, load_world

    for world in list_worlds():
        print(f"{world:10} {load_world(world).about}")
    return 0
