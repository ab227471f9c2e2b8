"""Past conversations as recordings: what was said and what every robot did, each with its time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bolt_agent.ghost.messages import Code, Item, Tail, Text, Turn, TurnBegan, TurnEnded
from bolt_agent.ghost.turns.report import write_report
from bolt_agent.robot.errors import BadValue
from bolt_agent.settings import data_folder
from bolt_agent.studio import protocol as p
from bolt_agent.studio.geometry import describe_world
from bolt_agent.studio.past import THREAD, kept_threads, perform_again
from bolt_agent.studio.robots import COLORS, NotThere
from bolt_agent.studio.stage import Stage
from simulator import WorldError, load_world

__all__ = ["NOW", "Replays", "recording_of"]

NOW = "now"
"""The id of the conversation that is going on."""

STAMP = "%Y-%m-%dT%H-%M-%S-%fZ"
"""The name of a recording's file: when the conversation ended."""

MOST_KEPT = 100
"""Recordings; the oldest go first."""


class Replays:
    """The conversation that is going on, and those of earlier days."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.folder = data_folder() / "recordings"
        stage.on_end(self.keep)

    def listed(self) -> p.Conversations:
        """All that can be replayed, the newest first."""
        files = sorted(self.folder.glob("*.json"), reverse=True) if self.folder.is_dir() else []
        recorded = [report for report in map(_read, files) if report is not None]
        seen = {robot.thread for robot in self._stage.robots.values()} | {
            report.get("thread") for _, report in recorded
        }
        others = [kept for kept in kept_threads(self._stage.history) if kept.id not in {f"{THREAD}{n}" for n in seen}]
        here = [_summarised(stamp, stamp, report) for stamp, report in recorded]
        return p.Conversations(conversations=[*self._present(), *here, *others])

    def report(self, identity: str) -> dict[str, Any]:
        """A conversation as bolt-report/1; one of the history is performed again. Raises NotThere, HistoryError."""
        if identity == NOW:
            try:
                return self._stage.report()
            except LookupError as error:
                raise NotThere(str(error)) from None
        if identity.startswith(THREAD) and identity.removeprefix(THREAD).isdecimal():
            return perform_again(self._stage.history, int(identity.removeprefix(THREAD)))
        file = self.folder / f"{identity}.json"
        if file.parent != self.folder or not file.is_file():
            raise NotThere(f"there is no conversation {identity!r}")
        return read_report(file.read_bytes())

    def recording(self, identity: str) -> p.Recording:
        """A conversation to be replayed. Raises NotThere."""
        found = recording_of(identity, self.report(identity))
        if identity == NOW:
            return found.model_copy(update={"items": list(self._stage.robot().items)})
        return found

    def keep(self) -> None:
        """Write down the conversation that ends now, if anything was said in it."""
        try:
            report = self._stage.report()
        except LookupError:
            return
        if not report["turns"]:
            return
        report["thread"] = self._stage.robot().thread
        self.folder.mkdir(parents=True, exist_ok=True)
        write_report(self.folder / f"{datetime.now(UTC).strftime(STAMP)}.json", report)
        for old in sorted(self.folder.glob("*.json"))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)

    def _present(self) -> Iterator[p.Conversation]:
        try:
            report = self._stage.report()
        except LookupError:
            return
        if report["turns"]:
            yield _summarised(NOW, None, report)


def read_report(text: bytes) -> dict[str, Any]:
    """A report from its file. Raises BadValue."""
    try:
        report = json.loads(text)
    except ValueError:
        raise BadValue("that is no report: it is no JSON") from None
    if not isinstance(report, dict) or report.get("schema") != "bolt-report/1":
        raise BadValue("that is no report: it does not say bolt-report/1")
    return report


def recording_of(identity: str, report: dict[str, Any]) -> p.Recording:
    """A report as a recording. Raises BadValue."""
    try:
        tracks = [_track("SB-0001", 0, report)]
        tracks += [_track(name, number, other) for number, (name, other) in enumerate(_others(report), 1)]
        return p.Recording(
            id=identity,
            began=tracks[0].path[0][0],
            ended=max(track.path[-1][0] for track in tracks),
            world=_world(str(report.get("world", "open"))),
            robots=tracks,
            items=[(time, item) for turn in enumerate(report["turns"], 1) for time, item in _items(*turn)],
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise BadValue(f"that report is damaged: {type(error).__name__}: {str(error).splitlines()[0]}") from None


def _others(report: dict[str, Any]) -> Sequence[tuple[str, dict[str, Any]]]:
    return list(report.get("others", {}).items())


def _track(name: str, number: int, report: dict[str, Any]) -> p.Track:
    return p.Track(
        id=name,
        color=COLORS[number % len(COLORS)],
        path=_thinned(report["path"]),
        faces=[(time, "".join(color[1:] for color in colors)) for time, colors in report["matrix_log"]],
        lights=report["led_log"],
        events=report["events"],
    )


def _thinned(path: list[list[float]]) -> list[Any]:
    """The path without points that say nothing: those of a ball that rests."""
    kept = [
        point
        for before, point, after in zip(path, path[1:], path[2:], strict=False)
        if not before[1:] == point[1:] == after[1:]
    ]
    return [path[0], *kept, *path[-1:]]


def _items(number: int, turn: dict[str, Any]) -> Iterator[tuple[float, Item]]:
    began, ended = float(turn["t_start"]), float(turn["t_end"])
    yield began, TurnBegan(turn=number, say=turn["say"])
    if turn.get("code"):
        yield began, Tail(message=Code(id=f"{number}.1", text=turn["code"]))
    if turn.get("reply"):
        yield began, Tail(message=Text(id=f"{number}.2", text=turn["reply"]))
    yield ended, TurnEnded(turn=Turn.model_validate(turn))


def _world(name: str) -> p.World | None:
    try:
        return describe_world(Path(name).stem, load_world(name))
    except WorldError:
        return None  # a file of somebody else's; the path can be shown all the same


def _read(file: Path) -> tuple[str, dict[str, Any]] | None:
    """A recording with its name; None where it is damaged: that does not hide the others."""
    try:
        datetime.strptime(file.stem, STAMP)
        return file.stem, read_report(file.read_bytes())
    except (OSError, ValueError):
        return None


def _summarised(identity: str, stamp: str | None, report: dict[str, Any]) -> p.Conversation:
    turns = report["turns"]
    title = next((turn["say"] for turn in turns if turn["say"]), "")
    ended = None if stamp is None else datetime.strptime(stamp, STAMP).replace(tzinfo=UTC).isoformat(timespec="seconds")
    seconds = round(turns[-1]["t_end"] - turns[0]["t_start"], 1) if turns else 0.0
    world = str(report.get("world", ""))
    return p.Conversation(id=identity, ended=ended, title=title, turns=len(turns), seconds=seconds, world=world)
