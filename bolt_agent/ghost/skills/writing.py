"""Turns the steps of a skill into code when it is called: a model once until the file changes, or the reflex brain."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any

from bolt_agent.brains.brain import Attempt, Brain, Code, Exchange, Situation
from bolt_agent.brains.errors import BrainError
from bolt_agent.brains.reflex import ReflexBrain
from bolt_agent.ghost.minds.errors import CannotWrite
from bolt_agent.ghost.skills.files import Skill, SkillLibrary
from bolt_agent.robot.player import Player
from bolt_agent.settings import data_folder
from drivers.clock import Clock

__all__ = ["SkillWriter", "SkillsHost", "folder_of_written"]

OTHERS = (Exchange("", "", "", "ok"),)
"""A past in which somebody else has moved the ball: the reflex brain then takes the way it faces from the body."""


def folder_of_written() -> Path:
    """`skills/written` in the user's data folder: the code that a model made of skills, to be read or deleted."""
    return data_folder() / "skills" / "written"


class SkillWriter:
    """Writes the code of skills. brain: of the ghost that calls them.   folder: keeps what a model wrote."""

    def __init__(self, brain: Brain, folder: Path) -> None:
        self._brain = brain
        self._folder = folder

    async def write(self, skill: Skill, values: Mapping[str, Any], situation: Situation) -> tuple[str, dict[str, Any]]:
        """Code that defines `run(moss, ...)`, and the values to call it with.

        Raises CannotWrite where neither a model nor the reflex brain can make code of the steps.
        """
        if isinstance(self._brain, ReflexBrain):
            return _literally(skill, values, situation), {}
        file = self._file(skill)
        if file.exists():
            return file.read_text(encoding="utf-8"), dict(values)
        code = await self._by_model(skill)
        if code is None:
            return _literally(skill, values, situation), {}
        self.forget(skill)  # what was written of earlier texts
        with suppress(OSError):  # then it is written again the next time
            self._folder.mkdir(parents=True, exist_ok=True)
            file.write_text(code, encoding="utf-8")
        return code, dict(values)

    def forget(self, skill: Skill) -> None:
        """What was written is of no use: the next call has it written anew."""
        for file in self._folder.glob(f"{skill.name}-*.py"):
            with suppress(OSError):
                file.unlink()

    async def _by_model(self, skill: Skill) -> str | None:
        header = f"def run({', '.join(['moss', *map(str, skill.parameters)])})"
        wish = f"Write the code of this skill as `{header}:`, and say nothing. Steps have {{}} for what it takes.\n\n"
        attempts: list[Attempt] = []
        for _ in range(self._brain.tries):
            code = ""
            try:
                async with aclosing(self._brain.reply(wish + skill.text, Situation(attempts=tuple(attempts)))) as parts:
                    async for part in parts:
                        code += part.text if isinstance(part, Code) else ""
            except BrainError:
                return None
            wrong = _what_is_wrong(code, skill, header)
            if wrong is None:
                return code
            attempts.append(Attempt(code, wrong))
        return None

    def _file(self, skill: Skill) -> Path:
        return self._folder / f"{skill.name}-{skill.content[:16]}.py"


class SkillsHost:
    """Answers what programs want of `moss.skills`."""

    def __init__(self, library: SkillLibrary, writer: SkillWriter, player: Player, clock: Clock) -> None:
        self._library = library
        self._writer = writer
        self._player = player
        self._clock = clock

    async def answer(self, what: str, args: dict[str, Any]) -> Any:
        """`skills`: their names. `skill`: the code of one and the values to call it with. Raises GhostError."""
        if what == "skills":
            return [skill.name for skill in self._library]
        skill = self._library[str(args.get("name"))]
        if args.get("failed"):
            self._writer.forget(skill)
            return None
        given, values = args.get("args"), args.get("values")
        bound = skill.bind(given if isinstance(given, list) else [], values if isinstance(values, dict) else {})
        situation = Situation(self._player.state(), history=OTHERS)
        with self._clock.held():
            code, values = await self._writer.write(skill, bound, situation)
        return {"code": code, "values": values}


def _literally(skill: Skill, values: Mapping[str, Any], situation: Situation) -> str:
    """The steps as the reflex brain understands them, one after another."""
    brain, parts, names = ReflexBrain(), [], []
    for number, step in enumerate(skill.filled(values), 1):
        thought = brain.think(step, situation)
        if thought.status == "refused":
            raise CannotWrite(
                f"without a model, step {number} of {skill.name} is not understood, '{step}': {thought.reply}"
            )
        names.append(f"step_{number}")
        code = thought.code or f"def run(moss):\n    print({thought.reply!r})\n"
        parts.append(code.replace("def run(moss):", f"def {names[-1]}(moss):"))
        situation = Situation(situation.state)
    calls = "\n    moss.body.wait()\n".join(f"    {name}(moss)" for name in names)
    return "\n\n".join([*parts, f"def run(moss):\n{calls}\n"])


def _what_is_wrong(code: str, skill: Skill, header: str) -> str | None:
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        return f"SyntaxError: {error}"
    found = next((node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "run"), None)
    takes = {argument.arg for argument in [*found.args.args, *found.args.kwonlyargs]} if found is not None else set()
    missing = {"moss", *(parameter.name for parameter in skill.parameters)} - takes
    return f"it must define `{header}`" if missing else None
