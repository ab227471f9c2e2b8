"""A crew of ghosts that composes a one-minute show from one sentence: director, choreographer, animator, critic.

The director makes scenes of the sentence, the choreographer a program that moves the ball, the animator adds faces.
The program is rehearsed in the simulator; what was measured there goes to the critic, whose faults go back to the
others, in three rounds at most.
"""

from __future__ import annotations

import asyncio
import json
import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import prompts
from bolt_agent.authoring.predicting import describe, name_picture
from bolt_agent.authoring.rehearsal import Rehearsal
from bolt_agent.brains.brain import Code
from bolt_agent.brains.splitting import Splitter
from bolt_agent.ghost.ghost import Chatbot
from bolt_agent.ghost.minds.asking import ask
from bolt_agent.ghost.minds.errors import GhostError
from bolt_agent.ghost.minds.roster import Roster
from bolt_agent.ghost.minds.tasks import Tasks
from bolt_agent.ghost.minds.work import TaskState
from drivers.clock import Clock

__all__ = ["MOST_ROUNDS", "Crew", "Show", "compose_offline", "crew_roster", "faults", "sheet"]

MOST_ROUNDS = 3

SHORTEST, LONGEST = 50.0, 70.0
"""Seconds of a one-minute show."""

FARTHEST, HOME = 150.0, 40.0
"""cm from its beginning that it may roll, and end."""

STEP = 5.0
"""Seconds between the lines of what the critic is shown."""


@dataclass(frozen=True)
class Show:
    """What a crew has made. faults: what was wrong with each round's program; those of the last one may be none."""

    sentence: str
    scenes: str
    code: str
    rehearsal: Rehearsal
    faults: list[str] = field(default_factory=list)


class Crew:
    """Composes shows. rehearse: performs a program where nothing is at stake; it runs in a thread of its own.

    tasks: where the ghosts work, below a task of the crew.   roster: who they are.   note: is told how it goes on.
    """

    def __init__(
        self,
        tasks: Tasks,
        roster: Roster,
        clock: Clock,
        rehearse: Callable[[str], Rehearsal],
        *,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._tasks = tasks
        self._roster = roster
        self._clock = clock
        self._rehearse = rehearse
        self._note = note

    async def compose(self, sentence: str) -> Show:
        """A show of a sentence. Raises GhostError when one of the crew has no answer, or every program fails."""
        crew = await self._tasks.create(Chatbot(name="crew", description="Composes a show."))
        try:
            return await self._compose(sentence, crew.id)
        finally:
            await self._tasks.cancel(crew.id)

    async def _compose(self, sentence: str, crew: str) -> Show:
        scenes = await self._ask(crew, "director", sentence)
        self._note(scenes)
        wish, found = f"The scenes:\n{scenes}", list[str]()
        best: Show | None = None
        for number in range(1, MOST_ROUNDS + 1):
            dance = _code_in(await self._ask(crew, "choreographer", wish))
            program = f"The program:\n```python\n{dance.rstrip()}\n```"
            code = _code_in(await self._ask(crew, "animator", f"{wish}\n\n{program}"))
            with self._clock.held():
                rehearsal = await asyncio.to_thread(self._rehearse, code)
            wrong = await self._judged(crew, sentence, scenes, rehearsal)
            found.append(wrong)
            self._note(f"Round {number}: {wrong or 'the critic is content'}")
            if rehearsal.error is None:
                best = Show(sentence, scenes, code, rehearsal, list(found))
            if not wrong:
                break
            wish = f"What is wrong with it:\n{wrong}\n\nWrite the whole program again."
        if best is None:
            raise GhostError(f"after {MOST_ROUNDS} rounds the program of the show still fails: {found[-1]}")
        return best

    async def _judged(self, crew: str, sentence: str, scenes: str, rehearsal: Rehearsal) -> str:
        """What is wrong; empty when nothing is. What can be measured needs no critic."""
        measured = list(faults(rehearsal))
        if measured:
            return "\n".join(measured)
        seen = "\n".join([*describe(rehearsal), *sheet(rehearsal)])
        said = await self._ask(crew, "critic", f"The sentence: {sentence}\n\nThe scenes:\n{scenes}\n\nSeen:\n{seen}")
        return "" if said.strip().upper().startswith("OK") else said.strip()

    async def _ask(self, crew: str, name: str, text: str) -> str:
        task = await ask(self._tasks, self._roster, name, text, parent=crew)
        if task.state is not TaskState.WAITING:
            raise GhostError(f"the {name} has no answer: {task.text or task.state}")
        return task.text


def crew_roster() -> Roster:
    """Who belongs to the crew."""
    return Roster([Path(prompts.__file__).parent / "crew"])


def compose_offline(sentence: str) -> str:
    """A show of ready scenes, with icons and colours for what the sentence is about: without a model.

    >>> [line for line in compose_offline("a show about the sea").splitlines() if line.startswith("ICONS")]
    ['ICONS = ["fish", "cloud", "sun", "moon", "rain", "smile"]']
    """
    words = {word.strip(".,!?'\"").lower() for word in sentence.split()}
    words |= {word.removesuffix("s") for word in words}
    themes = [line.split(":") for line in prompts.read("crew/themes.txt").splitlines() if not line.startswith("#")]
    _, icons, colors = next((theme for theme in themes if words & set(theme[0].split())), themes[-1])
    lines = []
    for line in prompts.read("crew/show.py").splitlines():
        name, equals, _ = line.partition(" = [")
        chosen = {"ICONS": icons, "COLORS": colors}.get(name) if equals else None
        lines.append(line if chosen is None else f"{name} = {json.dumps(chosen.split())}")
    return "\n".join(lines) + "\n"


def faults(rehearsal: Rehearsal) -> Iterator[str]:
    """What is measurably wrong with a show, a sentence each."""
    if rehearsal.error is not None:
        yield f"The program fails: {rehearsal.error.splitlines()[-1]}"
        return
    if not SHORTEST <= rehearsal.seconds <= LONGEST:
        yield f"It takes {rehearsal.seconds:.0f} s instead of about 60."
    distances = [math.hypot(x, y) for _, x, y, *_ in rehearsal.report["path"]]
    if max(distances) > FARTHEST:
        yield f"It rolls {max(distances):.0f} cm away from where it begins; {FARTHEST:.0f} are the most."
    if distances[-1] > HOME:
        yield f"It ends {distances[-1]:.0f} cm away from where it begins, and shall come back."
    pictures = [name_picture(colors) for _, colors in rehearsal.report["matrix_log"]]
    if not {*pictures} - {"dark"} and not rehearsal.report["texts"]:
        yield "Its face stays dark."


def sheet(rehearsal: Rehearsal) -> Iterator[str]:
    """Where it is and what its face shows, every few seconds."""
    path, faces = rehearsal.report["path"], rehearsal.report["matrix_log"]
    path_times, face_times = [point[0] for point in path], [time for time, _ in faces]
    for number in range(math.floor(rehearsal.seconds / STEP) + 1):
        moment = rehearsal.began + number * STEP
        _, x, y, heading, *_ = path[max(0, bisect_right(path_times, moment) - 1)]
        shown = bisect_right(face_times, moment)
        face = name_picture(faces[shown - 1][1]) if shown else "dark"
        yield f"{number * STEP:.0f} s: at {x:.0f}, {y:.0f}, facing {heading:.0f}; its face: {face}"


def _code_in(answer: str) -> str:
    """The program of an answer, or the answer itself where it is nothing but a program."""
    splitter = Splitter()
    code = "".join(part.text for part in [*splitter.feed(answer), *splitter.end()] if isinstance(part, Code))
    return code or answer
