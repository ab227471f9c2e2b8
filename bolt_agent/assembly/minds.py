"""Puts together what thinks beside the body: ghosts and their tasks, skills, and what a program reaches of them."""

from __future__ import annotations

from bolt_agent.brains.brain import Brain
from bolt_agent.container import Container, ProviderAdapter
from bolt_agent.ghost.context import Surroundings
from bolt_agent.ghost.ghost import Ghost
from bolt_agent.ghost.memory import Memories, MemoryHost
from bolt_agent.ghost.minds.asking import GhostsHost
from bolt_agent.ghost.minds.bus import EventBus, MemoryBus
from bolt_agent.ghost.minds.ready import BODY, MIND_MODULE, module_source
from bolt_agent.ghost.minds.roster import Roster, folders_of_ghosts
from bolt_agent.ghost.minds.shell import Shell
from bolt_agent.ghost.minds.tasks import Tasks
from bolt_agent.ghost.minds.work import BrainFor, Resources
from bolt_agent.ghost.skills.files import SkillLibrary, folders_of_skills
from bolt_agent.ghost.skills.writing import SkillsHost, SkillWriter, folder_of_written
from bolt_agent.ghost.turns.body import BodyHost
from bolt_agent.ghost.turns.host import Hosts
from bolt_agent.moss.worker.executor import Executor, Host
from bolt_agent.moss.worker.protocol import Limits, Setup
from bolt_agent.robot.player import Player
from drivers.clock import Clock

__all__ = ["known_minds", "register_minds"]


def register_minds(container: Container, *, limits: Limits, world: str) -> None:
    """Let the container build them. limits: of the programs of minds.   world: the virtual robot's, or empty.

    What a ghost thinks with is the container's BrainFor.
    """
    providers = {
        EventBus: lambda _: MemoryBus(),
        Hosts: _hosts,
        Roster: lambda _: Roster(folders_of_ghosts()),
        Shell: lambda con: Shell(con.force_fetch(Tasks), con.force_fetch(Roster), con.force_fetch(Clock)),
        SkillLibrary: lambda _: SkillLibrary(folders_of_skills()),
        Surroundings: lambda con: Surroundings(con.force_fetch(Player), world=world),
        Tasks: lambda con: _tasks(con, limits),
    }
    for contract, factory in providers.items():
        container.register(ProviderAdapter(contract, factory))


def known_minds(skills: SkillLibrary, roster: Roster) -> str:
    """What a model is told of skills and ghosts; the same as long as their files are."""
    known = [f"- `{skill.signature}`: {skill.when or skill.title}" for skill in skills]
    asked = [f"- {ghost.__prompt__()}" for ghost in roster.readable()]
    told = [("# Your skills\nCall one as `moss.skills.name(...)`.", known), ("# Ghosts you can ask", asked)]
    return "".join(f"\n{head}\n{chr(10).join(lines)}\n" for head, lines in told if lines)


def _tasks(container: Container, limits: Limits) -> Tasks:
    clock = container.force_fetch(Clock)

    def executor_for(ghost: Ghost, task: str) -> Executor:
        module = ghost.moss_module or MIND_MODULE
        setup = Setup(module=module, source=module_source(module), limits=limits)
        ghosts = GhostsHost(container.force_fetch(Tasks), container.force_fetch(Roster), task)
        return Executor(setup, Hosts({"ghosts": ghosts}), clock)

    resources = Resources(clock, container.force_fetch(BrainFor), executor_for, container)
    return Tasks(container.force_fetch(EventBus), resources)


def _hosts(container: Container) -> Hosts:
    """What a program of the body reaches."""
    writer = SkillWriter(container.force_fetch(Brain), folder_of_written())
    library, player = container.force_fetch(SkillLibrary), container.force_fetch(Player)
    skills = SkillsHost(library, writer, player, container.force_fetch(Clock))
    ghosts = GhostsHost(container.force_fetch(Tasks), container.force_fetch(Roster), BODY)
    by_request: dict[str, Host] = {
        "context": container.force_fetch(Surroundings),
        "ghosts": ghosts,
        "memory": MemoryHost(container.force_fetch(Memories)),
        "skill": skills,
        "skills": skills,
    }
    return Hosts(by_request, rest=container.force_fetch(BodyHost))
