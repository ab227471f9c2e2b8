"""Puts a session together from options: which driver, which brain, which clock, which MOSS file.

The container decides what stands for what, so a program (or a test) can bind its own driver or brain first:

    container = assemble(Options(clock="fast"))
    container.set(Brain, my_brain)
    session = container.force_fetch(Session)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import prompts
from bolt_agent.assembly_history import register_history
from bolt_agent.assembly_minds import known_minds, register_minds
from bolt_agent.brains.brain import Brain
from bolt_agent.container import Container, ProviderAdapter
from bolt_agent.ghost.artifact import Artifact
from bolt_agent.ghost.context import Surroundings
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.ghost import Chatbot, Ghost
from bolt_agent.ghost.history.keeper import Keeper
from bolt_agent.ghost.history.resuming import Resumed
from bolt_agent.ghost.interruptions import Policy
from bolt_agent.ghost.memory import Memories
from bolt_agent.ghost.minds.shell import Shell
from bolt_agent.ghost.minds.work import BrainFor
from bolt_agent.ghost.turns.approval import Approvals, Approve
from bolt_agent.ghost.turns.body import BodyHost
from bolt_agent.ghost.turns.host import Hosts
from bolt_agent.ghost.turns.report import build_report
from bolt_agent.ghost.turns.session import Session
from bolt_agent.logs import log_to
from bolt_agent.moss import MossRuntime
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.moss.worker.protocol import Limits, Setup
from bolt_agent.moss.worker.walls import asked_for
from bolt_agent.robot.calibration import load as load_calibration
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.errors import did_you_mean
from bolt_agent.robot.limits import SafetyLimits
from bolt_agent.robot.player import Player
from bolt_agent.robot.remote_stop import listening
from bolt_agent.tracing import trace_to
from drivers.clock import Clock, FastClock, RealClock

if TYPE_CHECKING:
    from drivers import Link
    from simulator import VirtualBolt

__all__ = ["BRAINS", "CLOCKS", "DRIVERS", "Assembly", "Options", "UnknownChoice", "assemble", "moss_setup", "opened"]


class UnknownChoice(LookupError):
    """An option names something that does not exist; the message names what does."""


@dataclass(frozen=True)
class Options:
    """What a person chose.

    moss_file: a MOSS file of theirs instead of the default; trusted: run it without walls.
    stream: perform a program while it is still being written.
    limits: of a program.   safety: of what the robot does.   robot: which of several, by its name, 'SB-1234'.
    settings: the tables of config.toml, such as [models].
    approve: when a person must say yes first, 'never', 'risky' or 'always'.
    inline: run programs in this process instead of a worker, without walls; for those that are trusted.
    modules: what programs may import besides the usual, such as numpy.
    history: the URL of the database that keeps the conversation (see `history_url`); None: it is not kept.
    thread: an earlier conversation to go on with, by its number, or "last".   interruptions: see `Policy`.
    trace: where spans go, 'console' or 'otlp'.   log: a file for events, as lines of JSON.
    """

    driver: str = "sim"
    brain: str = "auto"
    clock: str = "real"
    world: str = "open"
    seed: int = 0
    model: str | None = None
    moss_file: Path | None = None
    trusted: bool = False
    stream: bool = True
    inline: bool = False
    modules: tuple[str, ...] = ()
    approve: Approve = "risky"
    limits: Limits = field(default_factory=Limits)
    safety: SafetyLimits = field(default_factory=SafetyLimits)
    robot: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    history: str | None = None
    thread: int | Literal["last"] | None = None
    interruptions: Policy = "queue"
    trace: str | None = None
    log: Path | None = None


def assemble(options: Options) -> Container:
    """A container that builds a Session, and everything under it, when it is asked for.

    Raises UnknownChoice.
    """
    container = Container(name="session")
    container.set(Options, options)
    container.set(Clock, _choose("clock", options.clock, CLOCKS)())
    _choose("driver", options.driver.partition("://")[0], DRIVERS)(container)
    container.register(ProviderAdapter(Brain, _choose("brain", options.brain, BRAINS)))
    container.register(ProviderAdapter(Player, _player))
    container.register(ProviderAdapter(BodyHost, _body))
    container.register(ProviderAdapter(BrainFor, _brain_for))
    register_minds(container, limits=options.limits, world=options.world if options.driver == "sim" else "")
    container.register(ProviderAdapter(Executor, _executor))
    container.register(ProviderAdapter(Session, _session))
    about = {name: getattr(options, name) for name in ("driver", "brain", "world", "seed")}
    register_history(container, options.history, options.thread, about)
    container.register(ProviderAdapter(Conversation, _conversation))
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

    with _reading(container.force_fetch(Options)) as runtime:
        driver = driver_of(find_ghost(runtime))
        return driver.get_artifact(container.force_fetch(Executor).context.get("properties", {}))


def moss_setup(options: Options) -> Setup:
    """What a worker begins with: the MOSS file, as it is now. Raises OSError."""
    source = _moss_source(options)
    return Setup(
        module=options.moss_file.stem if options.moss_file else "prompts.bolt",
        source=source,
        file=str(options.moss_file.resolve()) if options.moss_file and options.trusted else None,
        trusted=options.trusted or options.inline,
        modules=tuple({*options.modules, *asked_for(source)}),
        limits=options.limits,
    )


def _executor(container: Container) -> Executor:
    setup = moss_setup(container.force_fetch(Options))
    context = container.force_fetch(Resumed).context()
    if context is not None and context.get("module") == setup.module:
        setup = setup.model_copy(update={"context": context})
    host, clock = container.force_fetch(Hosts), container.force_fetch(Clock)
    return Executor(setup, host, clock, inline=container.force_fetch(Options).inline)


def _moss_source(options: Options) -> str:
    if options.moss_file is None:
        return prompts.read(prompts.DEFAULT_MOSS_FILE)
    return options.moss_file.read_text(encoding="utf-8")


def _virtual_driver(container: Container) -> None:
    from drivers import BoltDriver, MemoryLink
    from simulator import VirtualBolt

    options = container.force_fetch(Options)
    bolt = VirtualBolt(options.world, seed=options.seed)
    clock = container.force_fetch(Clock)
    container.set(VirtualBolt, bolt)
    container.set(Driver, BoltDriver(MemoryLink(bolt, clock), clock))


def _ble_driver(container: Container) -> None:
    from drivers.kept_link import KeptLink

    options = container.force_fetch(Options)
    _real_driver(container, KeptLink("ble", name=options.robot))


def _tcp_driver(container: Container) -> None:
    from drivers.kept_link import KeptLink
    from drivers.tcp import DEFAULT_PORT

    options = container.force_fetch(Options)
    host, _, port = options.driver.removeprefix("tcp://").rpartition(":")
    if not host:
        host, port = port, str(DEFAULT_PORT)
    if not port.isdigit() or not host:
        raise UnknownChoice(f"no driver {options.driver!r}: write tcp://host:port, such as tcp://localhost:50004")
    _real_driver(container, KeptLink("tcp", host, port, name=options.robot))


def _real_driver(container: Container, link: Link) -> None:
    from drivers import BoltDriver

    if container.force_fetch(Options).clock != "real":
        raise UnknownChoice("a robot outside of this program lives in real time: use --clock real")
    container.set(Driver, BoltDriver(link, container.force_fetch(Clock)))


def _reflex(_: Container) -> Brain:
    from bolt_agent.brains.reflex import ReflexBrain

    return ReflexBrain()


def _openai(container: Container) -> Brain:
    from bolt_agent.brains.errors import MissingKey
    from bolt_agent.brains.fallback import FallbackBrain
    from bolt_agent.brains.models import configured

    options = container.force_fetch(Options)
    if not configured(options.settings):
        raise MissingKey(
            "no model is set: put a key into OPENAI_API_KEY, or the address of a local server into OPENAI_BASE_URL; "
            "`--brain reflex` needs neither"
        )
    return FallbackBrain(_talkers(options))


def _auto(container: Container) -> Brain:
    from bolt_agent.brains.fallback import FallbackBrain
    from bolt_agent.brains.models import configured

    options = container.force_fetch(Options)
    if not configured(options.settings):
        return _reflex(container)
    return FallbackBrain({**_talkers(options), "the reflex brain": _reflex(container)})


def _brain_for(container: Container) -> BrainFor:
    """What the ghosts beside the body think with: the models of their role, which is their name."""
    options = container.force_fetch(Options)

    def brain_for(ghost: Ghost, instructions: str) -> Brain:
        from bolt_agent.brains.errors import MissingKey
        from bolt_agent.brains.fallback import FallbackBrain
        from bolt_agent.brains.models import configured

        if options.brain == "reflex" or not configured(options.settings):
            raise MissingKey(f"{ghost.name} thinks with a model, and none is set: see OPENAI_API_KEY, OPENAI_BASE_URL")
        acts = not isinstance(ghost, Chatbot)
        return FallbackBrain(_model_brains(options, instructions, ghost.model or ghost.name, acts=acts))

    return brain_for


def _talkers(options: Options) -> dict[str, Brain]:
    """The models of the ghost of the body, by name."""
    from bolt_agent.brains.models import TALKER
    from bolt_agent.ghost.prompt import find_ghost

    with _reading(options) as runtime:
        return _model_brains(options, _told(runtime), find_ghost(runtime).model or TALKER)


def _model_brains(options: Options, system: str, who: str, *, acts: bool = True) -> dict[str, Brain]:
    """Models by name. system: what they are told.   who: a model, or a role that takes some.   acts: write code."""
    from bolt_agent.brains.budget import Ledger
    from bolt_agent.brains.models import read_models
    from bolt_agent.brains.openai import OpenAIBrain

    models = read_models(options.settings, options.model)
    ledger = Ledger(models.budget)
    chosen = {who: models.models[who]} if who in models.models else models.for_role(who)
    return {name: OpenAIBrain(system, model, ledger=ledger, acts=acts) for name, model in chosen.items()}


def _reading(options: Options) -> AbstractContextManager[MossRuntime]:
    """The MOSS file, compiled to be read."""
    from bolt_agent.ghost.prompt import moss_for_reading

    module = options.moss_file.stem if options.moss_file else "prompts.bolt"
    file = str(options.moss_file.resolve()) if options.moss_file else None
    return moss_for_reading(module, _moss_source(options), file=file)


def _system_prompt(options: Options) -> str:
    with _reading(options) as runtime:
        return _told(runtime)


def _told(runtime: MossRuntime) -> str:
    """What a model is told: who it is, what its code can use, and what has been learned."""
    from bolt_agent.ghost.minds.roster import Roster, folders_of_ghosts
    from bolt_agent.ghost.prompt import system_prompt
    from bolt_agent.ghost.skills.files import SkillLibrary, folders_of_skills

    minds = known_minds(SkillLibrary(folders_of_skills()), Roster(folders_of_ghosts()))
    return system_prompt(runtime) + minds + _kept_moves()


def _kept_moves() -> str:
    """The moves kept from earlier, as a model is told of them."""
    from bolt_agent.robot.kept_moves import MoveLibrary, folder_of_moves

    moves = [f"- {move.name}: {move.description}" for move in MoveLibrary(folder_of_moves())]
    if not moves:
        return ""
    listed = "\n".join(moves)
    return f"\n# Moves you have learned\nPerform one with `moss.body.run_move(name)`.\n{listed}\n"


CLOCKS: Mapping[str, Callable[[], Clock]] = {"real": RealClock, "fast": FastClock}
DRIVERS: Mapping[str, Callable[[Container], None]] = {
    "ble": _ble_driver,
    "sim": _virtual_driver,
    "tcp": _tcp_driver,
}
BRAINS: Mapping[str, Callable[[Container], Brain]] = {"auto": _auto, "openai": _openai, "reflex": _reflex}


def _choose(kind: str, name: str, choices: Mapping[str, Any]) -> Any:
    if name not in choices:
        raise UnknownChoice(f"no {kind} {name!r}: {did_you_mean(name, choices)}")
    return choices[name]
