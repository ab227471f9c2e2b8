"""The robot's side of a program: what the requests of a worker reach."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, get_args

from pydantic import ValidationError

from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.kept_moves import MoveLibrary, folder_of_moves
from bolt_agent.robot.motions import MotionAdapter, Track
from bolt_agent.robot.player import Player

__all__ = ["MOST_MOTIONS", "BodyHost"]

MOST_MOTIONS = 2000
"""Motions of one program; a loop that never ends reaches this before anything else."""


class BodyHost:
    """Answers the requests of one program after another; a program is not trusted, so everything is checked here."""

    def __init__(self, player: Player, library: MoveLibrary | None = None) -> None:
        self._player = player
        self._library = library or MoveLibrary(folder_of_moves())
        self._motions = 0
        self._code = ""
        self._moves_read: list[str] = []
        self._answers: dict[str, Callable[[dict[str, Any]], Awaitable[Any]]] = {
            "cut": self._cut,
            "delete_move": self._delete_move,
            "perform": self._perform,
            "program": self._program,
            "read_move": self._read_move,
            "save_move": self._save_move,
            "state": self._state,
            "wait": self._wait,
        }

    def begin(self) -> None:
        """A new turn starts."""
        self._motions = 0
        self._moves_read.clear()

    def note_program(self, code: str) -> None:
        """The program that runs now; a move that it saves keeps it."""
        self._code = code

    def succeeded(self) -> None:
        """The turn ended well, and so did the kept moves it used."""
        if self._moves_read:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._library.note_ran_well(self._moves_read, now)

    async def answer(self, what: str, args: dict[str, Any]) -> Any:
        """Do or tell what a program asks for. Raises what the player raises, and BadValue for nonsense."""
        return await self._answers[what](args)

    async def _perform(self, args: dict[str, Any]) -> None:
        self._motions += 1
        if self._motions > MOST_MOTIONS:
            raise BadValue(f"more than {MOST_MOTIONS} motions in one program; does a loop never end?")
        try:
            motion = MotionAdapter.validate_python(args.get("motion"))
            move = int(args.get("move", 0))
        except (ValidationError, TypeError, ValueError):
            raise BadValue("that is no motion") from None
        self._player.perform(motion, move=move)

    async def _cut(self, _: dict[str, Any]) -> None:
        self._player.cut()

    async def _wait(self, args: dict[str, Any]) -> None:
        seconds, track = args.get("seconds"), args.get("track")
        if seconds is not None and not (isinstance(seconds, int | float) and 0 <= seconds < 1e6):
            raise BadValue(f"cannot wait for {seconds!r} seconds")
        if track is not None and track not in get_args(Track):
            raise BadValue(f"no track {track!r}")
        await self._player.wait(seconds=seconds, track=track)

    async def _state(self, _: dict[str, Any]) -> dict[str, Any]:
        return asdict(self._player.state())

    async def _program(self, _: dict[str, Any]) -> str:
        return self._code

    async def _save_move(self, args: dict[str, Any]) -> None:
        self._library.save(str(args.get("name")), str(args.get("source")))

    async def _read_move(self, args: dict[str, Any]) -> str:
        name = str(args.get("name"))
        source = self._library.read(name)
        self._moves_read.append(name)
        return source

    async def _delete_move(self, args: dict[str, Any]) -> None:
        self._library.delete(str(args.get("name")))
