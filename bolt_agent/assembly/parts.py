"""The parts of a session, each built from those under it when the container is asked for it."""

from __future__ import annotations

from bolt_agent.assembly.options import Options
from bolt_agent.assembly.reading import moss_setup, reading
from bolt_agent.brains.brain import Brain
from bolt_agent.container import Container, ProviderAdapter
from bolt_agent.ghost.artifact import Artifact
from bolt_agent.ghost.context import Surroundings
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.keeper import Keeper
from bolt_agent.ghost.history.resuming import Resumed
from bolt_agent.ghost.memory import Memories
from bolt_agent.ghost.turns.approval import Approvals
from bolt_agent.ghost.turns.body import BodyHost
from bolt_agent.ghost.turns.host import Hosts
from bolt_agent.ghost.turns.session import Session
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.player import Player
from drivers.clock import Clock

__all__ = ["register_parts"]


def register_parts(container: Container) -> None:
    """Let the container build them."""
    parts = {
        BodyHost: _body,
        Conversation: _conversation,
        Executor: _executor,
        Player: _player,
        Session: _session,
    }
    for contract, factory in parts.items():
        container.register(ProviderAdapter(contract, factory))


def _player(container: Container) -> Player:
    options = container.force_fetch(Options)
    return Player(container.force_fetch(Driver), container.force_fetch(Clock), limits=options.safety)


def _body(container: Container) -> BodyHost:
    options = container.force_fetch(Options)
    approvals = Approvals(options.approve, options.safety)
    return BodyHost(container.force_fetch(Player), limits=options.limits, approvals=approvals)


def _session(container: Container) -> Session:
    return Session(
        brain=container.force_fetch(Brain),
        executor=container.force_fetch(Executor),
        body=container.force_fetch(BodyHost),
        player=container.force_fetch(Player),
        clock=container.force_fetch(Clock),
        streamed=container.force_fetch(Options).stream,
        past=container.force_fetch(Resumed).past(),
        recall=container.force_fetch(Memories).recall,
        surroundings=container.force_fetch(Surroundings),
    )


def _conversation(container: Container) -> Conversation:
    conversation = Conversation(
        container.force_fetch(Session),
        container.force_fetch(Clock),
        keeper=container.force_fetch(Keeper),
        policy=container.force_fetch(Options).interruptions,
        summarize=getattr(container.force_fetch(Brain), "summarize", None),
        artifact=lambda: _artifact(container),
    )
    for item in container.force_fetch(Resumed).items():
        conversation.transcript.add(item)
    return conversation


def _artifact(container: Container) -> Artifact | None:
    """What the variables of the MOSS file hold of what its ghost makes."""
    from bolt_agent.ghost.minds.driver import driver_of
    from bolt_agent.ghost.prompt import find_ghost

    with reading(container.force_fetch(Options)) as runtime:
        driver = driver_of(find_ghost(runtime))
        return driver.get_artifact(container.force_fetch(Executor).context.get("properties", {}))


def _executor(container: Container) -> Executor:
    setup = moss_setup(container.force_fetch(Options))
    context = container.force_fetch(Resumed).context()
    if context is not None and context.get("module") == setup.module:
        setup = setup.model_copy(update={"context": context})
    host, clock = container.force_fetch(Hosts), container.force_fetch(Clock)
    return Executor(setup, host, clock, inline=container.force_fetch(Options).inline)
