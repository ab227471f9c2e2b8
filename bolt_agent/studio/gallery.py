"""The gallery: moves and animations that are kept, with pictures of what they do."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.kept_moves import MoveLibrary, compose_source, file_name, folder_of_moves
from bolt_agent.robot.transform import as_calls
from bolt_agent.studio import protocol as p
from bolt_agent.studio.animation_files import AnimationLibrary, as_program, compose_file, folder_of_animations
from bolt_agent.studio.pictures import animation_as_gif, path_as_svg
from bolt_agent.studio.trying import thinned, try_program

__all__ = ["Gallery"]

MOST_PICTURES = 200
"""Pictures of moves that are remembered."""


class Gallery:
    """What is kept for this user. changed: called when something else is kept than before."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._moves = MoveLibrary(folder_of_moves())
        self._animations = AnimationLibrary(folder_of_animations())
        self._pictures: dict[str, str] = {}
        self._trying = asyncio.Lock()
        self._seen: object = self._files()

    def contents(self) -> p.Gallery:
        """Everything."""
        moves = [
            p.KeptMove(**move._asdict(), picture=_picture("moves", move.name, move.source), version=_hash(move.source))
            for move in self._moves
        ]
        animations = [
            p.KeptAnimation(
                **kept._asdict(),
                picture=_picture("animations", kept.name, kept.source),
                version=_hash(kept.source),
            )
            for kept in self._animations
        ]
        return p.Gallery(moves=moves, animations=animations)

    def look(self) -> None:
        """Tell when the files have changed, whoever changed them."""
        before, self._seen = self._seen, self._files()
        if self._seen != before:
            self._changed()

    def program(self, kind: str, name: str) -> str:
        """The program that performs a move, or plays an animation. Raises BadValue."""
        if kind == "move":
            self._moves.read(name)
            return f"def run(moss):\n    moss.body.run_move({file_name(name)!r})\n    moss.body.wait()\n"
        animation = self._animations.read(name).animation
        if animation is None:
            raise BadValue(f"the file of {name!r} was changed by hand: play it with `bolt-agent run`")
        return as_program(animation)

    def source(self, kind: str, name: str) -> str:
        """The file. Raises BadValue."""
        return self._moves.read(name) if kind == "moves" else self._animations.read(name).source

    def save(self, kind: str, name: str, source: str) -> None:
        """Keep a file, instead of any of that name. Raises BadValue."""
        (self._moves if kind == "moves" else self._animations).save(name, source)
        self.look()

    def save_painted(self, name: str, description: str, animation: p.Animation) -> None:
        """Keep what was painted in the editor. Raises BadValue."""
        self.save("animations", name, compose_file(description, animation))

    async def save_program(self, new: p.NewMove) -> None:
        """Keep what a program makes the ball do, which is tried out where nothing is at stake. Raises BadValue."""
        tried = await self._try(new.code)
        if tried.error is not None:
            raise BadValue(f"the program does not run, so it makes no move: {tried.error.splitlines()[-1]}")
        if not tried.motions:
            raise BadValue("the program does nothing that could be kept as a move")
        self.save("moves", new.name, compose_source(new.name, new.description, as_calls(tried.motions), new.code))

    def delete(self, kind: str, name: str) -> None:
        """Forget one. Raises BadValue."""
        (self._moves if kind == "moves" else self._animations).delete(name)
        self.look()

    def rename(self, kind: str, name: str, new: str) -> None:
        """Give one another name. Raises BadValue where the new name is taken."""
        old, new = file_name(name), file_name(new)
        if old == new:
            return
        source = self.source(kind, old)
        library = self._moves if kind == "moves" else self._animations
        if new in [kept.name for kept in library]:
            raise BadValue(f"{new!r} is kept already: choose another name")
        library.save(new, re.sub(rf"\bdef {old}\(", f"def {new}(", source) if kind == "moves" else source)
        library.delete(old)
        self.look()

    async def picture_of_move(self, name: str) -> str:
        """Its path, as SVG. Raises BadValue."""
        source = self._moves.read(name)
        known = _hash(source)
        if known not in self._pictures:
            tried = await self._try(f"{source}\n\n{_PERFORM}")
            if len(self._pictures) >= MOST_PICTURES:
                self._pictures.clear()
            self._pictures[known] = path_as_svg(thinned(tried.path))
        return self._pictures[known]

    def picture_of_animation(self, name: str) -> bytes:
        """Its frames, as GIF. Raises BadValue."""
        animation = self._animations.read(name).animation
        if animation is None:
            raise BadValue(f"the file of {name!r} was changed by hand: it has no picture")
        return animation_as_gif(animation)

    async def _try(self, code: str) -> Any:
        async with self._trying:  # one at a time: it takes a whole core
            return await asyncio.to_thread(try_program, code)

    def _files(self) -> object:
        return [_stamps(folder) for folder in (folder_of_moves(), folder_of_animations())]


_PERFORM = """\
def run(moss):
    move = moss.body.new_move()
    next(thing for name, thing in list(globals().items()) if name not in ("run", "Move") and callable(thing))(move)
    moss.body.run(move)
    moss.body.wait()
"""


def _stamps(folder: Path) -> list[tuple[str, int]]:
    try:
        return sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.py"))
    except OSError:
        return []


def _hash(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _picture(kind: str, name: str, source: str) -> str:
    return f"/api/{kind}/{name}.{'svg' if kind == 'moves' else 'gif'}?version={_hash(source)}"
