"""A stage that runs a program in this process and keeps what it composed, as short lines a test can compare."""

from __future__ import annotations

import time
from types import SimpleNamespace
from unittest import mock

from bolt_agent.brains.reflex import ReflexBrain
from bolt_agent.robot import Ball, BodyState, LedMatrix, Outlet, draw_icon, icon_names
from bolt_agent.robot import motions as m

PICTURES = {
    tuple(tuple(bool(int(dot[1:], 16)) for dot in row) for row in draw_icon(name)): name for name in icon_names()
}
NAMES = {"#ff0000": "red", "#00ff00": "green", "#0000ff": "blue", "#ffff00": "yellow", "#ffffff": "white",
         "#000000": "black", "#ff8000": "orange", "#a000ff": "purple", "#ff50a0": "pink"}  # fmt: skip


class Recorder:
    """Performs nothing; keeps a line for each motion and wait, in order."""

    def __init__(self, state: BodyState | None = None) -> None:
        self.lines: list[str] = []
        self._state = state or BodyState()

    def perform(self, motion: m.Motion, *, move: int) -> None:
        self.lines.append(describe(motion))

    def cut(self) -> None:
        self.lines.append("cut")

    def wait(self, *, seconds: float | None = None, track: m.Track | None = None) -> None:
        if seconds is not None:
            self.lines.append(f"pause {seconds:g}")
        elif track != "face":
            self.lines.append("until rest")

    def state(self) -> BodyState:
        return self._state


def perform(code: str, state: BodyState | None = None) -> list[str]:
    """Run a program and return the lines of what it composed."""
    recorder = Recorder(state)
    outlet = Outlet(recorder)
    names: dict[str, object] = {}
    with mock.patch.object(time, "sleep", lambda seconds: recorder.lines.append(f"sleep {seconds:g}")):
        exec(compile(code, "<moss>", "exec"), names)
        memory = SimpleNamespace(
            keep=lambda fact: recorder.lines.append(f"keep {fact}"),
            forget=lambda words: recorder.lines.append(f"forget {words}"),
        )
        names["run"](SimpleNamespace(body=Ball(outlet), face=LedMatrix(outlet), memory=memory))  # type: ignore[operator]
    return recorder.lines


def rows(table: str) -> list[tuple[str, ...]]:
    """The cells of a table: what is said and what is done stand side by side."""
    return [tuple(cell.strip() for cell in row.split("|")) for row in table.strip().splitlines()]


def assert_means(said: str, plain: str, *, after: str) -> None:
    """What is said is done like what is said plainly, after the same."""
    brain, other = ReflexBrain(), ReflexBrain()
    for one in (brain, other):
        one.think(after)
    thought = brain.think(said)
    assert thought.code is not None, thought.reply
    assert thought.code == other.think(plain).code


def describe(motion: m.Motion) -> str:
    """A motion in a few words: `drive 90 speed 50 for 2`."""
    match motion:
        case m.Drive(heading=heading, speed=speed, duration=duration):
            return f"drive {heading:g} speed {speed} for {duration:g}" + (" waddling" if motion.waddle else "")
        case m.Go(distance=distance, heading=heading, speed=speed):
            return f"go {heading:g} {distance:g} cm" + ("" if speed == 90 else f" speed {speed}")
        case m.Spin(angle=angle, duration=duration):
            return f"spin {angle:g} in {duration:g}"
        case m.Turn(heading=heading):
            return f"turn {heading:g}"
        case m.Rest(duration=duration):
            return f"rest {duration:g}"
        case m.Curve(points=points, duration=duration):
            return f"curve {points[-1][1] - points[0][1]:.0f} in {duration:g}"
        case m.React(event=event, motions=motions):
            return f"on {event}: " + "; ".join(describe(inner) for inner in motions)
        case m.Picture(rows=rows):
            return f"show {_picture(rows)}"
        case m.Fill(color=color):
            return f"fill {_color(color)}"
        case m.Light(which=which, color=color):
            return f"{which} {_color(color)}"
        case m.Text(text=text, color=color):
            return f"write {text} {_color(color)}"
        case m.Character(character=character, color=color):
            return f"letter {character} {_color(color)}"
        case _:
            return motion.kind


def _picture(rows: tuple[tuple[str, ...], ...]) -> str:
    name = PICTURES.get(tuple(tuple(bool(int(dot[1:], 16)) for dot in row) for row in rows), "nothing")
    if name == "nothing":
        return name
    own = draw_icon(name)
    lit = {dot for row in rows for dot in row} - {"#000000"}
    return name if rows == own or len(lit) != 1 else f"{name} {_color(lit.pop())}"


def _color(color: str) -> str:
    return NAMES.get(color, color)
