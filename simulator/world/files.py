"""Finding and reading world files."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError

from simulator.world.errors import BadWorld, UnknownWorld
from simulator.world.spec import WorldSpec

__all__ = ["WORLD_NAMES", "list_worlds", "load_world"]

SUFFIXES = (".yaml", ".yml")
_SHIPPED = resources.files("simulator") / "worlds"


def list_worlds() -> list[str]:
    """The names of the worlds that are shipped."""
    return sorted(file.name.rpartition(".")[0] for file in _SHIPPED.iterdir() if file.name.endswith(SUFFIXES))


WORLD_NAMES = tuple(list_worlds())


def load_world(world: str | Path | WorldSpec) -> WorldSpec:
    """The world of a shipped name, or of a YAML file; one that is loaded stays itself. Raises UnknownWorld or BadWorld.

    >>> load_world("open").floor.width
    800.0
    """
    return world if isinstance(world, WorldSpec) else _read(*_find(world))


def _find(world: str | Path) -> tuple[str, Traversable]:
    if str(world) in WORLD_NAMES:
        return str(world), _SHIPPED / f"{world}.yaml"
    file = Path(world)
    if file.is_file():
        return str(file), file
    if file.suffix in SUFFIXES:
        raise UnknownWorld(f"there is no world file {str(world)!r}")
    raise UnknownWorld(f"there is no world {str(world)!r}: choose {', '.join(WORLD_NAMES)}, or give a .yaml file")


def _read(name: str, file: Traversable) -> WorldSpec:
    try:
        text = file.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadWorld(f"{name}, line {line}: this is no YAML: {error.problem}") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise BadWorld(f"{name}: cannot be read as text: {error}") from error
    try:
        return WorldSpec.model_validate({} if values is None else values)
    except ValidationError as error:
        first = error.errors()[0]
        where = first["loc"]
        what = ".".join(map(str, where)) or "the file"
        raise BadWorld(
            f"{name}, line {_line_of(root, where)}: {what}: {_advice(first['type'], first['msg'])}"
        ) from error


def _advice(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "a world knows no such entry; correct its name or take it out"
    if kind == "missing":
        return "this entry is missing; add it"
    if kind == "model_type":
        return "a world is a list of 'name: value' entries"
    return message.removeprefix("Value error, ")


def _line_of(node: yaml.Node | None, where: tuple[int | str, ...]) -> int:
    """The line on which an entry stands, or the nearest entry around it."""
    line = 1
    for key in where:
        if node is None:
            break
        line = node.start_mark.line + 1
        node = _child(node, key)
    return node.start_mark.line + 1 if node is not None else line


def _child(node: yaml.Node, key: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        child: yaml.Node = node.value[key]
        return child
    return None
