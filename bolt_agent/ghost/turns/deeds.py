"""What the programs of a turn have asked of the robot, and what came of it, told to the author of one that failed."""

from __future__ import annotations

from bolt_agent.robot import motions as m
from bolt_agent.robot.player import Progress
from bolt_agent.robot.transform import as_calls

__all__ = ["Deeds", "describe"]

MOST_TOLD = 12
"""Motions that are told one by one, the newest; a model needs no more to know where the robot is."""


class Deeds:
    """Keeps every motion that was asked for in a turn.

    >>> deeds = Deeds()
    >>> roll, spin = m.Drive(heading=0, speed=90, duration=2), m.Spin(angle=360, duration=1)
    >>> deeds.ask(roll, 2), deeds.ask(spin, 3), deeds.note(Progress("began", roll, 2))
    (None, None, None)
    >>> deeds.told(lines=3)
    'Before that, lines 1-3 were carried out. Broken off: roll(0, 90, 2). Dropped before it began: spin(360, 1).'
    """

    def __init__(self) -> None:
        self._asked: list[tuple[int | None, str]] = []
        self._began: list[tuple[int | None, str]] = []
        self._ended: list[tuple[int | None, str]] = []

    def clear(self) -> None:
        """A new turn begins."""
        for noted in (self._asked, self._began, self._ended):
            noted.clear()

    def ask(self, motion: m.Motion, line: int | None) -> None:
        """A program asked for this motion."""
        if not isinstance(motion, m.React):  # it waits for something that may never happen
            self._asked.append((line, describe(motion)))

    def note(self, progress: Progress) -> None:
        """The robot began, or has done, what a motion asks for."""
        noted = self._began if progress.phase == "began" else self._ended
        noted.append((progress.line, describe(progress.motion)))

    def told(self, lines: int = 0) -> str:
        """All of it in a line, as if everything that still moves were broken off; empty when nothing happened.

        lines: how many of the program were carried out.
        """
        carried_out = (
            f"Before that, line{'s 1-' if lines > 1 else ' '}{lines} {'were' if lines > 1 else 'was'} carried out."
        )
        parts = {
            "Done": self._ended,
            "Broken off": _without(self._began, self._ended),
            "Dropped before it began": _without(self._asked, self._began),
        }
        return " ".join(
            [
                *([carried_out] if lines else []),
                *(f"{what}: {_listed(these)}." for what, these in parts.items() if these),
            ]
        )


def describe(motion: m.Motion) -> str:
    """A motion in a few words of Python.

    >>> describe(m.Fill(color="#ff0000"))
    'face fill'
    """
    if isinstance(motion, m.Curve):
        return f"roll_by_func({motion.duration:g} s)"
    if motion.track == "ball":
        return as_calls([motion])[-1].removeprefix("move.")
    return f"{motion.track} {motion.kind}"


def _without(these: list[tuple[int | None, str]], those: list[tuple[int | None, str]]) -> list[tuple[int | None, str]]:
    """These without as many of each as there are of those."""
    left = list(those)
    kept = []
    for noted in these:
        if noted in left:
            left.remove(noted)
        else:
            kept.append(noted)
    return kept


def _listed(these: list[tuple[int | None, str]]) -> str:
    texts = [text for _, text in these]
    earlier = len(texts) - MOST_TOLD
    return ", ".join(([f"{earlier} earlier ones"] if earlier > 0 else []) + texts[-MOST_TOLD:])
