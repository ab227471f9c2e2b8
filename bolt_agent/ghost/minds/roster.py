"""The ghosts that can be asked by name: a Markdown file each, ours and the user's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import prompts
from bolt_agent.ghost.ghost import Chatbot, Ghost
from bolt_agent.ghost.minds.errors import UnknownGhost
from bolt_agent.robot.errors import did_you_mean
from bolt_agent.settings import data_folder

__all__ = ["Roster", "folders_of_ghosts", "read_ghost"]


class Roster(Mapping[str, Ghost]):
    """Ghosts by name. folders: of files, the later ones first where two have the same name.

    >>> Roster(folders_of_ghosts())["thinker"].description
    'Thinks long and well about a hard question, and plans.'
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = folders
        self._added: dict[str, Ghost] = {}

    def add(self, ghost: Ghost) -> None:
        """Let a ghost of a program be asked, by its name."""
        self._added[ghost.name] = ghost

    def __getitem__(self, name: str) -> Ghost:
        """A ghost. Raises UnknownGhost that names the near ones, or ValueError for a file that is none."""
        if name in self._added:
            return self._added[name]
        paths = self._paths()
        if name not in paths:
            known = [*paths, *self._added]
            raise UnknownGhost(f"no ghost {name!r}: {did_you_mean(name, known) if known else 'there is none'}")
        return read_ghost(paths[name])

    def readable(self) -> Iterator[Ghost]:
        """All whose files are ghosts, by name."""
        for name in self:
            with suppress(UnknownGhost):
                yield self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._paths(), *self._added}))

    def __len__(self) -> int:
        return len({*self._paths(), *self._added})

    def _paths(self) -> dict[str, Path]:
        return {path.stem: path for folder in self._folders for path in sorted(folder.glob("*.md"))}


def folders_of_ghosts() -> list[Path]:
    """Ours, and `ghosts` in the user's data folder."""
    return [Path(prompts.__file__).parent / "ghosts", data_folder() / "ghosts"]


def read_ghost(path: Path) -> Ghost:
    """A ghost that only talks, from its file: `# name`, a line that describes it, and its persona.

    Raises UnknownGhost for a file that is none.
    """
    head, _, persona = path.read_text(encoding="utf-8").partition("\n\n")
    title, _, description = head.partition("\n")
    if not title.startswith("# ") or not persona.strip():
        raise UnknownGhost(f"{path.name} is no ghost: write `# name`, a line that describes it, and below who it is")
    return Chatbot(name=path.stem, description=description.strip(), persona=persona.strip())
