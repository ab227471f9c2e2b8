"""`bolt-agent say --preview`: shows in words and a picture what would happen, and asks whether it may."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

import typer

from bolt_agent.settings import read_settings

if TYPE_CHECKING:
    from bolt_agent.authoring.foreseeing import Foreseen
    from bolt_agent.container import Container

__all__ = ["Previews", "When", "wanted_when"]

When: TypeAlias = Literal["always", "large", "never"]

WIDTH, HEIGHT = 64, 18
"""Columns and lines of the picture."""

HOW_TO_ACCEPT = "Nothing moved: there is no terminal to ask in. Add --yes to do it."


def wanted_when(asked_for: bool) -> When:
    """When a preview is wanted: always where it was asked for, else as the setting `preview` says; by default never.

    Raises BadParameter.
    """
    if asked_for:
        return "always"
    when: Any = os.environ.get("BOLT_AGENT_PREVIEW") or read_settings().get("preview", "never")
    if when not in get_args(When):
        raise typer.BadParameter(f"preview is always, large or never, not {when!r}")
    return cast(When, when)


@dataclass(frozen=True)
class Previews:
    """Which programs are shown before they are performed.

    accepted: every one is, without asking.   talking: the question is put into the conversation, in words.
    """

    when: When = "never"
    accepted: bool = False
    talking: bool = False

    def put_before(self, container: Container) -> None:
        """Rehearse what this session's brain writes."""
        if self.when != "never":
            from bolt_agent.assembly import Options
            from bolt_agent.authoring.foreseeing import ForeseeingBrain
            from bolt_agent.brains.brain import Brain

            options, brain = container.force_fetch(Options), container.force_fetch(Brain)

            async def accept(foreseen: Foreseen) -> bool:
                if self.when == "large" and not foreseen.large:
                    return True
                return await (_talk_about(container, foreseen) if self.talking else self._show_and_ask(foreseen))

            container.set(Brain, ForeseeingBrain(brain, options, accept))

    async def _show_and_ask(self, foreseen: Foreseen) -> bool:
        _show(foreseen)
        if self.accepted:
            return True
        if not sys.stdin.isatty():
            print(HOW_TO_ACCEPT, file=sys.stderr)
            return False
        from bolt_agent.cli.approving import yes_or_no

        print("Do it? [y/n] ", end="", file=sys.stderr, flush=True)
        return await yes_or_no()


async def _talk_about(container: Container, foreseen: Foreseen) -> bool:
    """Ask as for everything else that needs a yes."""
    from bolt_agent.ghost.turns.body import BodyHost

    approvals = container.force_fetch(BodyHost).approvals
    return await approvals.ask(" ".join([*foreseen.words(), "Shall I?"]))


def _show(foreseen: Foreseen) -> None:
    """On standard error, so that what the command prints stays its own."""
    from rich.console import Console

    from bolt_agent.cli.live import outline
    from bolt_agent.cli.picture import Scene, draw_scene

    console = Console(stderr=True, highlight=False)
    report = foreseen.rehearsal.report
    pose, trail = report["pose"], [(x, y) for _, x, y, *_ in report["path"]]
    walls = [outline(rectangle) for rectangle in foreseen.rehearsal.walls]
    lights = {name: report[name] for name in ("front_led", "back_led")}
    face = tuple(tuple(row) for row in report["matrix"])
    scene = Scene(trail, pose["x"], pose["y"], pose["heading"], face=face, walls=walls, **lights)
    console.print("Preview:", *foreseen.words())
    console.print(draw_scene(scene, min(WIDTH, console.width), HEIGHT))
