"""Puts a session together from options: which driver, which brain, which clock, which MOSS file.

The container decides what stands for what, so a program (or a test) can bind its own driver or brain first:

    container = assemble(Options(clock="fast"))
    container.set(Brain, my_brain)
    session = container.force_fetch(Session)
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bolt_agent.assembly.brains import BRAINS, brains_beside
from bolt_agent.assembly.history import register_history
from bolt_agent.assembly.minds import register_minds
from bolt_agent.assembly.options import Options, UnknownChoice, choose
from bolt_agent.assembly.parts import register_parts
from bolt_agent.assembly.reading import moss_setup
from bolt_agent.assembly.robots import CLOCKS, DRIVERS
from bolt_agent.brains.brain import Brain
from bolt_agent.container import Container, ProviderAdapter
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.keeper import Keeper
from bolt_agent.ghost.minds.shell import Shell
from bolt_agent.ghost.minds.work import BrainFor
from bolt_agent.ghost.turns.report import build_report
from bolt_agent.ghost.turns.session import Session
from bolt_agent.logs import log_to
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.robot.calibration import load as load_calibration
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.player import Player
from bolt_agent.robot.remote_stop import listening
from bolt_agent.tracing import trace_to
from drivers.clock import Clock

if TYPE_CHECKING:
    from simulator import VirtualBolt

__all__ = ["BRAINS", "CLOCKS", "DRIVERS", "Assembly", "Options", "UnknownChoice", "assemble", "moss_setup", "opened"]


def assemble(options: Options) -> Container:
    """A container that builds a Session, and everything under it, when it is asked for.

    Raises UnknownChoice.
    """
    container = Container(name="session")
    container.set(Options, options)
    container.set(Clock, choose("clock", options.clock, CLOCKS)())
    choose("driver", options.driver.partition("://")[0], DRIVERS)(container)
    container.register(ProviderAdapter(Brain, choose("brain", options.brain, BRAINS)))
    container.register(ProviderAdapter(BrainFor, brains_beside))
    about = {name: getattr(options, name) for name in ("driver", "brain", "world", "seed")}
    register_history(container, options.history, options.thread, about)
    register_minds(container, limits=options.limits, world=options.world if options.driver == "sim" else "")
    register_parts(container)
    return container


@dataclass
class Assembly:
    """A session that is open, with what it was put together from."""

    container: Container
    session: Session
    conversation: Conversation
    shell: Shell

    @property
    def options(self) -> Options:
        """What the person chose."""
        return self.container.force_fetch(Options)

    @property
    def virtual_bolt(self) -> VirtualBolt | None:
        """The virtual robot, where it is one."""
        from simulator import VirtualBolt

        return self.container.get(VirtualBolt)

    def report(self) -> dict[str, Any]:
        """What was said and what the virtual robot did, as bolt-report/1. Raises LookupError for a real robot."""
        bolt = self.virtual_bolt
        if bolt is None:
            raise LookupError("a report is measured in the simulator; a real robot has none")
        options, turns = self.options, self.session.turns
        brain = self.container.force_fetch(Brain).name
        names = {"driver": options.driver, "brain": brain, "world": options.world, "seed": options.seed}
        since = turns[0].t_start if turns else 0.0
        return build_report(names, turns, self.session.happenings, bolt.record.report(since, bolt.time))


@asynccontextmanager
async def opened(container: Container, *, spare: bool = False) -> AsyncIterator[Assembly]:
    """Open the robot and the session on it; at the end the robot stands still.

    spare: keep a second worker and the history ready, for a conversation that lasts.
    Raises RobotError, MossError, BrainError, HistoryError.
    """
    options = container.force_fetch(Options)
    with trace_to(options.trace), log_to(options.log):
        async with _opened(container, spare=spare) as assembly:
            yield assembly


@asynccontextmanager
async def _opened(container: Container, *, spare: bool) -> AsyncIterator[Assembly]:
    driver = container.force_fetch(Driver)
    executor = container.force_fetch(Executor)
    try:
        session, conversation = container.force_fetch(Session), container.force_fetch(Conversation)
        shell = container.force_fetch(Shell)
        await executor.open(spare=spare)  # first: it starts while the robot is being reached
        await driver.open()
        if (calibration := load_calibration(driver.name)) is not None:
            container.force_fetch(Player).reckon_with(calibration.model)
        try:
            await shell.embody(conversation)
            if spare:
                container.force_fetch(Keeper).warm_up()
            async with listening(conversation.stop):
                yield Assembly(container, session, conversation, shell)
        finally:
            await shell.close()
            await conversation.close()
    finally:
        executor.close()
        await driver.close()
