"""Performing a function of a MOSS file where nothing is at stake: on a virtual BOLT of its own, on the fast clock."""

from __future__ import annotations

import dataclasses
import math
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from bolt_agent.assembly import Assembly, Options, assemble, opened
from bolt_agent.container import Container
from bolt_agent.ghost.messages import Item, Result, Tail
from bolt_agent.ghost.turns.approval import Approvals
from bolt_agent.ghost.turns.body import BodyHost
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.kept_moves import MoveLibrary, folder_of_moves
from bolt_agent.robot.motions import Turn
from bolt_agent.robot.player import Player
from bolt_agent.robot.stage import BodyState
from drivers import BoltDriver, MemoryLink
from drivers.clock import Clock
from simulator import Rectangle, VirtualBolt, load_world
from simulator.world.parts import Start

__all__ = ["Rehearsal", "rehearse", "rehearse_program"]


@dataclasses.dataclass(frozen=True)
class Rehearsal:
    """What came of it.

    output: what the function printed.   error: how it failed, with the lines of the file.
    report: what the robot did, as bolt-report/1.   walls: what stands in its world.
    """

    function: str
    output: str
    error: str | None
    report: dict[str, Any]
    walls: Sequence[Rectangle] = ()

    @property
    def began(self) -> float:
        """The time of the first thing in the report."""
        return float(self.report["turns"][0]["t_start"])

    @property
    def seconds(self) -> float:
        """How long it took the robot."""
        return float(self.report["turns"][0]["t_end"]) - self.began


def rehearse(options: Options, function: str = "run", args: Sequence[str] = ()) -> Rehearsal:
    """Call a function of `options.moss_file` in a fresh world. Raises MossError for a file that does not compile."""
    container = assemble(_harmless(options, trusted=True))

    async def perform(assembly: Assembly) -> None:
        await _keep(assembly.session.call(function, list(args)), printed)

    printed: list[str] = []
    return _rehearsed(container, perform, function, printed)


def rehearse_program(options: Options, code: str, start: BodyState) -> Rehearsal:
    """Run a program on a ball that lies where the robot does now. The fence is left to whoever looks at the path.

    What the program keeps is not kept. The report's places are counted from where the robot is, those of the walls too.
    """
    safety = options.safety.model_copy(update={"fence": None})
    options = _harmless(options, safety=safety, world=options.world if options.driver == "sim" else "open")
    container = assemble(options)
    spec, clock = load_world(options.world), container.force_fetch(Clock)
    place = _moved(spec.balls[0], start)
    bolt = VirtualBolt(spec.model_copy(update={"balls": (place, *spec.balls[1:])}), seed=options.seed)
    container.set(VirtualBolt, bolt)
    container.set(Driver, BoltDriver(MemoryLink(bolt, clock), clock))
    printed: list[str] = []

    async def perform(assembly: Assembly) -> None:
        player = container.force_fetch(Player)
        player.perform(Turn(heading=start.heading))
        await player.wait()
        await _keep(assembly.session.run(code), printed)

    with tempfile.TemporaryDirectory() as folder:
        if folder_of_moves().is_dir():
            shutil.copytree(folder_of_moves(), folder, dirs_exist_ok=True)
        body = BodyHost(container.force_fetch(Player), MoveLibrary(Path(folder)), approvals=Approvals("never", safety))
        container.set(BodyHost, body)
        rehearsal = _rehearsed(container, perform, "run", printed)
    return _from_here(rehearsal, place)


def _harmless(options: Options, **more: Any) -> Options:
    """The same without a real robot, a model, and everything that is kept or asked."""
    calm: dict[str, Any] = {"driver": "sim", "brain": "reflex", "clock": "fast", "approve": "never"}
    return dataclasses.replace(options, **calm, history=None, thread=None, trace=None, log=None, **more)


def _rehearsed(
    container: Container, perform: Callable[[Assembly], Awaitable[None]], function: str, printed: list[str]
) -> Rehearsal:
    async def run() -> Rehearsal:
        async with opened(container) as assembly:
            await perform(assembly)
            bolt = assembly.virtual_bolt
            walls = bolt.world.rectangles() if bolt is not None else ()
            error = assembly.session.turns[-1].error
            return Rehearsal(function, "".join(printed), error, assembly.report(), walls)

    clock: Clock = container.force_fetch(Clock)
    return clock.run(run())


async def _keep(items: AsyncIterator[Item], printed: list[str]) -> None:
    async for item in items:
        if isinstance(item, Tail) and isinstance(item.message, Result):
            printed.append(item.message.text)


def _moved(start: Start, state: BodyState) -> Start:
    """Where the robot is now, as a place of the world."""
    turn = math.radians(start.heading)
    x = start.at[0] + state.x * math.cos(turn) + state.y * math.sin(turn)
    y = start.at[1] - state.x * math.sin(turn) + state.y * math.cos(turn)
    return start.model_copy(update={"at": (x, y)})


def _from_here(rehearsal: Rehearsal, start: Start) -> Rehearsal:
    """The same, with places counted from the start, and headings from the way that commands call 0."""
    turn, (x0, y0) = math.radians(start.heading), start.at

    def seen(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - x0, y - y0
        return dx * math.cos(turn) - dy * math.sin(turn), dx * math.sin(turn) + dy * math.cos(turn)

    report = rehearsal.report
    path = [[t, *seen(x, y), (heading - start.heading) % 360, *rest] for t, x, y, heading, *rest in report["path"]]
    pose = {"x": path[-1][1], "y": path[-1][2], "heading": path[-1][3]}
    walls = []
    for wall in rehearsal.walls:
        x, y = seen(wall.x, wall.y)
        walls.append(wall.model_copy(update={"x": x, "y": y, "heading": wall.heading - start.heading}))
    return dataclasses.replace(rehearsal, report={**report, "path": path, "pose": pose}, walls=walls)
