"""The options that hold for every command that moves the robot, written once."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bolt_agent.assembly import Options

__all__ = ["Choices", "option", "robot_command"]


def option(flag: str, text: str, **more: Any) -> Any:
    """An option that the environment may set as well: `--top-speed` is BOLT_AGENT_TOP_SPEED there."""
    return typer.Option(flag, envvar=f"BOLT_AGENT_{flag.strip('-').replace('-', '_').upper()}", help=text, **more)


SAFETY = ("top_speed", "top_seconds", "fence", "tilt", "low_battery", "ask_speed", "ask_seconds")
"""The options that are limits of what the robot does."""


@dataclass(frozen=True)
class Choices:
    """What the shared options say; the defaults are those of a newcomer without key and hardware."""

    driver: Annotated[str, option("--driver", "The robot: sim (a virtual BOLT), ble, tcp://host:port.")] = "sim"
    brain: Annotated[str, option("--brain", "The mind: reflex (offline), openai (compatible), auto.")] = "auto"
    clock: Annotated[str, option("--clock", "real, or fast: simulated time without the waiting.")] = "real"
    world: Annotated[str, option("--world", "The virtual robot's world: a name or a file.")] = "open"
    seed: Annotated[int, option("--seed", "The same seed gives the same run, exactly.")] = 0
    model: Annotated[str | None, option("--model", "The model of --brain openai.")] = None
    stream: Annotated[str, option("--stream", "on: a program is performed while it is written; off.")] = "on"
    robot: Annotated[str | None, option("--robot", "Which of several robots, by its name: SB-1234.")] = None
    top_speed: Annotated[int, option("--top-speed", "The highest speed, up to 255.")] = 255
    top_seconds: Annotated[float, option("--top-seconds", "The longest single command, in seconds.")] = 600.0
    fence: Annotated[
        str | None, option("--fence", "Where it may roll: a radius in cm, or corners: '0,0 100,0 100,100'.")
    ] = None
    tilt: Annotated[float, option("--tilt", "Degrees at which the motors go off; 0 never.")] = 75.0
    low_battery: Annotated[int, option("--low-battery", "Percent below which it does not roll.")] = 5
    approve: Annotated[str, option("--approve", "When a program needs your yes: never, risky, always.")] = "risky"
    ask_speed: Annotated[int, option("--ask-speed", "Risky: faster than this.", hidden=True)] = 255
    ask_seconds: Annotated[float, option("--ask-seconds", "Risky: longer than this.", hidden=True)] = 60.0
    limit: Annotated[
        list[str] | None, option("--limit", "What a program may use: cpu=20, memory=512, motions=5000, ...")
    ] = None
    allow: Annotated[list[str] | None, option("--allow", "What programs may import besides: numpy.", hidden=True)] = (
        None
    )
    store: Annotated[str, option("--store", "Keep conversations: on, off, a file, or the URL of a database.")] = "on"
    interruptions: Annotated[
        str,
        option("--interruptions", "What a new message does meanwhile: queue, interrupt, interrupt_keep_last, ignore."),
    ] = "queue"
    trace: Annotated[str | None, option("--trace", "Spans of turns: console, otlp.")] = None
    log: Annotated[Path | None, option("--log", "Add events to this file, as lines of JSON.")] = None
    report: Annotated[Path | None, typer.Option("--report", help="Write what the robot did, as JSON.")] = None
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False

    def options(self, **more: Any) -> Options:
        """The same for `assemble`, which is imported only now."""
        from bolt_agent.assembly import Options
        from bolt_agent.ghost.history.place import history_url
        from bolt_agent.ghost.interruptions import read_policy
        from bolt_agent.ghost.turns.approval import read_approve
        from bolt_agent.moss.worker.protocol import Limits
        from bolt_agent.moss.worker.walls import read_modules
        from bolt_agent.robot.limits import read_limits
        from bolt_agent.settings import read_settings

        names = ("driver", "brain", "clock", "world", "seed", "model", "robot", "trace", "log")
        shared = {name: getattr(self, name) for name in names}
        if self.stream not in ("on", "off"):
            raise typer.BadParameter(f"--stream is on or off, not {self.stream!r}")
        safety = {name: getattr(self, name) for name in SAFETY}
        return Options(
            **shared,
            safety=read_limits(**safety),
            stream=self.stream == "on",
            settings=read_settings(),
            history=history_url(self.store),
            interruptions=read_policy(self.interruptions),
            approve=read_approve(self.approve),
            limits=Limits.read(self.limit or ()),
            modules=read_modules(self.allow or ()),
            **more,
        )


def robot_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command, whose first parameter is `choices: Choices`, the shared options in its place."""
    signature = inspect.signature(command, eval_str=True)
    own = list(signature.parameters.values())[1:]
    shared = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(Choices, eval_str=True).parameters.values()
    ]

    @functools.wraps(command)
    def with_choices(**values: Any) -> Any:
        choices = Choices(**{parameter.name: values.pop(parameter.name) for parameter in shared})
        return command(choices, **values)

    parameters = [*(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own), *shared]
    with_choices.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    with_choices.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_choices
