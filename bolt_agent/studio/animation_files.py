"""Animations that are kept: one MOSS file each, which people may edit by hand, share, and run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bolt_agent.robot.animation import Animation as Moving
from bolt_agent.robot.errors import BadValue, did_you_mean
from bolt_agent.robot.kept_moves import file_name
from bolt_agent.settings import data_folder
from bolt_agent.studio.protocol import Animation

__all__ = ["AnimationLibrary", "SavedAnimation", "as_program", "compose_file", "folder_of_animations", "read_animation"]

LONGEST_FILE = 500_000

_FILE = '''\
"""{description}"""

from bolt_agent import Animation, Ball, LedMatrix
from bolt_agent.moss import Moss as Parent


class Moss(Parent):
    """What your code can use."""

    body: Ball
    face: LedMatrix


PALETTE = {palette}

FRAMES = [  # each is 8 rows from the top of 8 colours of the palette, as hex digits
{frames}
]


def run(moss: Moss) -> None:
    """Play it."""
    animation = Animation(
        fps={fps},
        transition={transition},
        loop={loop},
        duration={duration},
        palette=PALETTE,
        frames=FRAMES,
    )
    moss.face.play_animation(animation)
'''


class SavedAnimation(NamedTuple):
    """An animation that is kept. animation: None where its file says more than an editor can show."""

    name: str
    description: str
    source: str
    animation: Animation | None


class AnimationLibrary:
    """The animations in a folder; the host reads the files as text and never runs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[SavedAnimation]:
        for path in sorted(self.folder.glob("*.py")) if self.folder.is_dir() else ():
            try:
                source = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            yield SavedAnimation(path.stem, _description(source), source, read_animation(source))

    def read(self, name: str) -> SavedAnimation:
        """One of them. Raises BadValue that names the near ones."""
        found = {animation.name: animation for animation in self}
        stem = file_name(name)
        if stem not in found:
            near = did_you_mean(stem, found) if found else "none is kept yet"
            raise BadValue(f"no animation {name!r} is kept: {near}")
        return found[stem]

    def save(self, name: str, source: str) -> None:
        """Keep one, instead of any of the same name. Raises BadValue."""
        path = self.folder / f"{file_name(name)}.py"
        if len(source) > LONGEST_FILE:
            raise BadValue(f"the animation {name!r} is too long to keep")
        try:
            ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            raise BadValue(f"the animation {name!r} is no Python") from None
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(source, encoding="utf-8")
        unfinished.replace(path)

    def delete(self, name: str) -> None:
        """Forget one. Raises BadValue that names the near ones."""
        (self.folder / f"{self.read(name).name}.py").unlink()


def folder_of_animations() -> Path:
    """`animations` in the user's data folder."""
    return data_folder() / "animations"


def compose_file(description: str, animation: Animation) -> str:
    """The MOSS file of an animation."""
    words = " ".join(description.replace("\\", " ").replace('"', "'").split()) or "An animation."
    frames = "\n".join(
        "    [\n" + "".join(f'        "{row}",\n' for row in frame) + "    ]," for frame in animation.frames
    )
    values = animation.model_dump(include={"fps", "transition", "loop", "duration"})
    palette = "[" + ", ".join(f'"{color}"' for color in animation.palette) + "]"
    return _FILE.format(description=words, palette=palette, frames=frames, **values)


def as_program(animation: Animation) -> str:
    """The program that plays an animation."""
    values = ", ".join(f"{name}={value!r}" for name, value in animation.model_dump().items())
    return f"def run(moss):\n    moss.face.play_animation(Animation({values}))\n"


def read_animation(source: str) -> Animation | None:
    """The animation that a MOSS file plays, where it can be read off without running it.

    >>> spot = Animation(palette=["#000000", "#ff0000"], frames=[["10000000"] + ["00000000"] * 7])
    >>> read_animation(compose_file("A spot.", spot)) == spot
    True
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    named: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named[node.targets[0].id] = node.value
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Animation"]
    if len(calls) != 1 or calls[0].args:
        return None
    try:
        values: dict[str, Any] = {
            keyword.arg or "**": ast.literal_eval(_Named(named).visit(keyword.value)) for keyword in calls[0].keywords
        }
        return _painted(Moving(**values))
    except (ValueError, TypeError, RecursionError):  # BadValue is a ValueError
        return None


class _Named(ast.NodeTransformer):
    """Puts the values of the file's constants in the place of their names."""

    def __init__(self, values: dict[str, ast.expr]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self._values.get(node.id)
        return node if value is None else _Named({}).visit(value)


def _painted(animation: Moving) -> Animation:
    frames = [["".join(f"{index:x}" for index in row) for row in frame] for frame in animation.frames]
    return Animation(**animation.model_dump(exclude={"frames"}), frames=frames)


def _description(source: str) -> str:
    try:
        return ast.get_docstring(ast.parse(source)) or ""
    except (SyntaxError, ValueError, RecursionError):
        return "(this file is no Python)"
