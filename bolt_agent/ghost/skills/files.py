"""Skills: functions written in plain words, a Markdown file each. Here they are read; `skill_writing` makes them code.

    # Greet somebody
    When: somebody comes in, or says who they are.

    ## Parameters
    - name: str: whom to greet
    - nods: int = 2: how often to nod

    ## Steps
    1. Show a smile in yellow.
    2. Scroll the text "Hi {name}".
    3. Go 10 cm forward and 10 cm back, {nods} times.

    ## Examples
    - `moss.skills.greet(name="Mia")`

The file's name is the function's: `greet.md` is `moss.skills.greet`. Types are str, int, float and bool. Only title and
steps are needed.
"""

from __future__ import annotations

import ast
import hashlib
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bolt_agent.ghost.minds.errors import BadSkill
from bolt_agent.robot.errors import did_you_mean
from bolt_agent.settings import data_folder

__all__ = ["Parameter", "Skill", "SkillLibrary", "folders_of_skills", "read_skill"]

LONGEST_FILE = 20_000
"""Characters of a skill's file."""

TYPES: Mapping[str, type] = {"bool": bool, "float": float, "int": int, "str": str}

_PARAMETER = re.compile(
    r"[-*]\s+`?(?P<name>\w+)`?\s*:\s*(?P<type>\w+)\s*(?:=\s*(?P<default>\"[^\"]*\"|'[^']*'|[^:\s]+)\s*)?"
    r"(?::\s*(?P<says>.*))?$"
)
_STEP = re.compile(r"(?:\d+[.)]|[-*])\s+(?P<words>.+)$")
_SECTIONS = ("parameters", "steps", "examples")
_REQUIRED = object()


@dataclass(frozen=True)
class Parameter:
    """What a skill takes. default: a literal of its type; without one it must be given."""

    name: str
    type: str
    default: Any = _REQUIRED
    says: str = ""

    @property
    def is_required(self) -> bool:
        """Whether it must be given."""
        return self.default is _REQUIRED

    def __str__(self) -> str:
        return f"{self.name}: {self.type}" + ("" if self.is_required else f" = {self.default!r}")


@dataclass(frozen=True)
class Skill:
    """A function in plain words. steps: with `{name}` for the parameters.   content: a hash of its file."""

    name: str
    title: str
    when: str
    parameters: tuple[Parameter, ...]
    steps: tuple[str, ...]
    examples: tuple[str, ...]
    text: str

    @property
    def content(self) -> str:
        """A hash of the file: what is known of the skill holds as long as this is the same."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def signature(self) -> str:
        """How it is called: `greet(name: str, nods: int = 2)`."""
        return f"{self.name}({', '.join(map(str, self.parameters))})"

    def bind(self, args: Sequence[Any], values: Mapping[str, Any]) -> dict[str, Any]:
        """The value of each parameter for a call. Raises BadSkill that says how it is called."""
        names = [parameter.name for parameter in self.parameters]
        given = {**dict(zip(names, args, strict=False)), **values}
        if len(args) > len(names) or len(given) < len(args) + len(values) or set(given) - set(names):
            raise BadSkill(f"the skill is called as {self.signature}")
        return {parameter.name: self._value(parameter, given) for parameter in self.parameters}

    def filled(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """The steps with the values of a call in them."""
        return tuple(
            re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), step) for step in self.steps
        )

    def _value(self, parameter: Parameter, given: Mapping[str, Any]) -> Any:
        value = given.get(parameter.name, parameter.default)
        if value is _REQUIRED:
            raise BadSkill(f"the skill {self.name} needs {parameter.name}: it is called as {self.signature}")
        kind = TYPES[parameter.type]
        fits = isinstance(value, (int, float) if kind is float else kind) and (
            kind is bool or not isinstance(value, bool)
        )
        if not fits:
            raise BadSkill(
                f"{parameter.name} must be of type {parameter.type}, not {value!r}: the skill is {self.signature}"
            )
        return value


class SkillLibrary:
    """The skills in some folders; one in a later folder stands for one of the same name in an earlier one.

    >>> "greet" in [skill.name for skill in SkillLibrary(folders_of_skills())]
    True
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self.unreadable: dict[Path, str] = {}
        """Files that are no skills, each with why, as of the last look at them all."""

    def __iter__(self) -> Iterator[Skill]:
        """All that can be read, by name; what is in the folders now."""
        self.unreadable = {}
        for _, path in sorted(self._paths().items()):
            try:
                yield read_skill(path)
            except BadSkill as error:
                self.unreadable[path] = str(error)

    def __getitem__(self, name: str) -> Skill:
        """A skill by its name, as its file is now. Raises BadSkill that names the near ones."""
        paths = self._paths()
        if name not in paths:
            raise BadSkill(f"no skill {name!r}: {did_you_mean(name, paths) if paths else 'there is none'}")
        return read_skill(paths[name])

    def _paths(self) -> dict[str, Path]:
        return {path.stem: path for folder in self._folders for path in sorted(folder.glob("*.md"))}


def folders_of_skills() -> list[Path]:
    """Ours, and `skills` in the user's data folder."""
    import prompts

    return [Path(prompts.__file__).parent / "skills", data_folder() / "skills"]


def read_skill(path: Path) -> Skill:
    """A skill from its file. Raises BadSkill that says what is wrong, and where."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSkill(f"{path} cannot be read: {error}") from None
    if not path.stem.isidentifier() or keyword.iskeyword(path.stem) or path.stem.startswith("_"):
        raise BadSkill(f"{path.name}: a skill's file is named like a function, such as say_hello.md")
    if len(text) > LONGEST_FILE:
        raise BadSkill(f"{path.name} is longer than {LONGEST_FILE} characters: split it into several skills")
    try:
        return _parse(path.stem, text)
    except BadSkill as error:
        raise BadSkill(f"{path.name}, {error}") from None


def _parse(name: str, text: str) -> Skill:
    title, when, section = "", "", ""
    parameters: list[Parameter] = []
    listed: dict[str, list[str]] = {"steps": [], "examples": []}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("## "):
            section = line[3:].strip().lower()
            if section not in _SECTIONS:
                raise BadSkill(
                    f"line {number}: the sections are Parameters, Steps and Examples, not {line[3:].strip()!r}"
                )
        elif line.startswith("# "):
            title = line[2:].strip()
        elif line.lower().startswith("when:") and not section:
            when = line[5:].strip()
        elif line and section == "parameters":
            parameters.append(_parameter(line, number))
        elif line and section:
            _add_step(listed[section], line)
    if not title or not listed["steps"]:
        raise BadSkill("line 1: a skill has a title (# ...) and steps (## Steps, then 1. ...)")
    examples = tuple(example.strip("`") for example in listed["examples"])
    return Skill(name, title, when, tuple(parameters), tuple(listed["steps"]), examples, text)


def _parameter(line: str, number: int) -> Parameter:
    found = _PARAMETER.match(line)
    if found is None or found["type"] not in TYPES or not found["name"].isidentifier():
        raise BadSkill(
            f"line {number}: write a parameter as `- name: type: what it is` or `- name: type = default: what it is`, "
            f"with a type of {', '.join(TYPES)}"
        )
    parameter = Parameter(found["name"], found["type"], says=found["says"] or "")
    if found["default"] is None:
        return parameter
    value: Any = found["default"]
    with suppress(ValueError, SyntaxError):
        value = ast.literal_eval(value)
    if parameter.type == "float" and type(value) is int:
        value = float(value)
    if type(value) is not TYPES[parameter.type]:
        raise BadSkill(f"line {number}: {found['default']} is no {parameter.type}")
    return Parameter(parameter.name, parameter.type, value, parameter.says)


def _add_step(steps: list[str], line: str) -> None:
    """A new step, or the rest of the one before."""
    found = _STEP.match(line)
    if found is not None:
        steps.append(found["words"])
    elif steps:
        steps[-1] = f"{steps[-1]} {line}"
    else:
        steps.append(line)
