"""The robot's side of a program: what the requests of a worker reach."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, get_args

from pydantic import ValidationError

from bolt_agent.ghost.turns.approval import Approvals
from bolt_agent.ghost.turns.deeds import Deeds
from bolt_agent.moss.worker.protocol import Limits
from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.kept_moves import MoveLibrary, folder_of_moves
from bolt_agent.robot.motions import Motion, MotionAdapter, Track
from bolt_agent.robot.player import Player

__all__ = ["BodyHost"]


class BodyHost:
    """Answers the requests of one program after another; a program is not trusted, so everything is checked here.

    library: the moves that are kept.   limits: of one turn's programs.   approvals: asks a person where that is needed.
    """

    def __init__(
        self,
        player: Player,
        library: MoveLibrary | None = None,
        *,
        limits: Limits | None = None,
        approvals: Approvals | None = None,
    ) -> None:
        self.approvals = approvals or Approvals()
        self._player = player
        self._limits = limits or Limits()
        self._deeds = Deeds()
        player.on_progress(self._deeds.note)
        self._library = library or MoveLibrary(folder_of_moves())
        self._motions = 0
        self.motions: list[Motion] = []
        """What the programs of this turn have asked of the player."""
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
        self.motions = []
        self._moves_read.clear()
        self._deeds.clear()
        self.approvals.clear()

    def note_program(self, code: str) -> None:
        """The program that runs now; a move that it saves keeps it."""
        self._code = code

    def account(self, error: str, *, lines: int = 0) -> str:
        """An error as its author should see it, after what had been performed until then.

        lines: how many lines of the program were carried out before it.
        """
        told = self._deeds.told(lines)
        return f"{told}\n{error}" if told else error

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
        most = self._limits.motions
        if self._motions > most:
            raise BadValue(f"more than {most} motions in one program (limit motions); does a loop never end?")
        try:
            motion = MotionAdapter.validate_python(args.get("motion"))
            move = int(args.get("move", 0))
            line = None if args.get("line") is None else int(args["line"])
        except (ValidationError, TypeError, ValueError):
            raise BadValue("that is no motion") from None
        await self.approvals.perform(motion)
        self._deeds.ask(motion, line)
        self._player.perform(motion, move=move, line=line)
        self.motions.append(motion)

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
        name, source = str(args.get("name")), str(args.get("source"))
        if self._library.has(name):
            await self.approvals.lose(f"replace the kept move {name!r}")
        else:
            await self.approvals.keep(f"keep a move as {name!r}")
        self._library.save(name, source)

    async def _read_move(self, args: dict[str, Any]) -> str:
        name = str(args.get("name"))
        source = self._library.read(name)
        self._moves_read.append(name)
        return source

    async def _delete_move(self, args: dict[str, Any]) -> None:
        name = str(args.get("name"))
        self._library.read(name)  # one that is not kept needs no yes
        await self.approvals.lose(f"forget the kept move {name!r}")
        self._library.delete(name)
