"""What a model is told: who it is, how it moves, and the MOSS file with what the file imports explained."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import prompts
from bolt_agent.container import Container
from bolt_agent.ghost.ghost import GHOST_NAME, Ghost
from bolt_agent.ghost.members import bind_members, no_answer
from bolt_agent.moss import MossCompiler, MossRuntime
from bolt_agent.robot import Ball, LedMatrix, Outlet
from bolt_agent.robot.stage import NoStage

__all__ = ["DEFAULT_MOSS", "BadGhost", "agent_prompt", "find_ghost", "moss_for_reading", "system_prompt"]

DEFAULT_MOSS = "prompts.bolt:Moss"
"""The Moss of a file that declares none: a body and a face."""


class BadGhost(TypeError):
    """`__ghost__` of a MOSS file is no Ghost."""


@contextmanager
def moss_for_reading(module: str, source: str, *, file: str | None = None) -> Iterator[MossRuntime]:
    """A MOSS file, compiled on a robot that is not there, to read what it says. Raises what its source raises.

    file: where it lies; its folder is then where it imports from, as when it runs.
    """
    container = Container(name="reading")
    outlet = Outlet(NoStage())
    container.set(Ball, Ball(outlet))
    container.set(LedMatrix, LedMatrix(outlet))
    bind_members(container, no_answer)
    compiler = MossCompiler(container).with_default_moss_type(DEFAULT_MOSS)
    folder = os.path.dirname(file) if file is not None else None
    if folder is not None:
        compiler.with_locals(__file__=file)
        sys.path.insert(0, folder)
    try:
        with compiler.compile(module, source=source) as runtime:
            yield runtime
    finally:
        if folder in sys.path:
            sys.path.remove(folder)
        container.shutdown()


def find_ghost(runtime: MossRuntime) -> Ghost:
    """Who the file makes of the robot. Raises BadGhost."""
    ghost = runtime.locals().get(GHOST_NAME, Ghost())
    if not isinstance(ghost, Ghost):
        raise BadGhost(f"{GHOST_NAME} must be a bolt_agent.Ghost, not a {type(ghost).__name__}")
    return ghost


def system_prompt(runtime: MossRuntime) -> str:
    """Persona, instruction and MOSS file; the same from turn to turn, so that endpoints can cache it."""
    ghost = find_ghost(runtime)
    persona = prompts.read("persona.md") if ghost.persona is None else f"# Who you are\n{ghost.persona.strip()}\n"
    given = ghost.instruction
    instruction = prompts.read("instruction.md") if given is None else f"# How you move\n{given.strip()}\n"
    return "\n".join([persona, instruction, prompts.fill("module.md", moss=runtime.prompter().dump_module_prompt())])


def agent_prompt(ghost: Ghost, module: str, source: str) -> str:
    """The same for a ghost without a body, whose code runs in that MOSS module. Raises what the module raises."""
    persona = ghost.persona or f"You are {ghost.__prompt__()}"
    given = ghost.instruction
    instruction = prompts.read("mind.md") if given is None else f"# How you work\n{given.strip()}\n"
    with moss_for_reading(module, source) as runtime:
        explained = runtime.prompter().dump_module_prompt()
    return "\n".join([f"# Who you are\n{persona.strip()}\n", instruction, prompts.fill("module.md", moss=explained)])
