"""The MOSS file of a session: as a worker begins with it, and as a model is told of it."""

from __future__ import annotations

from contextlib import AbstractContextManager

import prompts
from bolt_agent.assembly.minds import known_minds
from bolt_agent.assembly.options import Options
from bolt_agent.moss import MossRuntime
from bolt_agent.moss.worker.protocol import Setup
from bolt_agent.moss.worker.walls import asked_for

__all__ = ["moss_setup", "reading", "system_prompt", "told"]


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


def reading(options: Options) -> AbstractContextManager[MossRuntime]:
    """The MOSS file, compiled to be read."""
    from bolt_agent.ghost.prompt import moss_for_reading

    module = options.moss_file.stem if options.moss_file else "prompts.bolt"
    file = str(options.moss_file.resolve()) if options.moss_file else None
    return moss_for_reading(module, _moss_source(options), file=file)


def system_prompt(options: Options) -> str:
    """What the model of the body is told. Raises what the MOSS file raises."""
    with reading(options) as runtime:
        return told(runtime)


def told(runtime: MossRuntime) -> str:
    """What a model is told: who it is, what its code can use, and what has been learned."""
    from bolt_agent.ghost import prompt
    from bolt_agent.ghost.minds.roster import Roster, folders_of_ghosts
    from bolt_agent.ghost.skills.files import SkillLibrary, folders_of_skills

    minds = known_minds(SkillLibrary(folders_of_skills()), Roster(folders_of_ghosts()))
    return prompt.system_prompt(runtime) + minds + _kept_moves()


def _kept_moves() -> str:
    """The moves kept from earlier, as a model is told of them."""
    from bolt_agent.robot.kept_moves import MoveLibrary, folder_of_moves

    moves = [f"- {move.name}: {move.description}" for move in MoveLibrary(folder_of_moves())]
    if not moves:
        return ""
    listed = "\n".join(moves)
    return f"\n# Moves you have learned\nPerform one with `moss.body.run_move(name)`.\n{listed}\n"


def _moss_source(options: Options) -> str:
    if options.moss_file is None:
        return prompts.read(prompts.DEFAULT_MOSS_FILE)
    return options.moss_file.read_text(encoding="utf-8")
