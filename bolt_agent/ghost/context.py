"""Context: what is true while a ghost answers; the changing last part of its prompt, and a variable of its code."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from bolt_agent.robot.player import Happening, Player

__all__ = ["BodyContext", "Context", "Surroundings"]


class Context(BaseModel):
    """Typed input of a turn. Subclass it to tell a ghost what your program knows:

        class Lesson(Context):
            topic: str
            children: int

        conversation.talk("begin!", Lesson(topic="angles", children=12))

    A model reads `topic: angles` below the words; code reads `moss.mind.context.topic`.
    """

    model_config = ConfigDict(frozen=True)

    def __prompt__(self) -> str:
        """What a model reads of it."""
        return "\n".join(f"{name}: {value}" for name, value in self.model_dump(mode="json", exclude_none=True).items())


class BodyContext(Context):
    """How the body is, and where. x (right) and y (forward) in cm from the start, heading in degrees, battery in %."""

    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0
    speed: float = 0.0
    """cm/s over the ground."""
    battery: int = 100
    world: str = ""
    """The virtual robot's world; empty for a real robot, of whose surroundings nothing is known."""
    last_bump: str | None = None
    """What it last bumped into, and where."""

    def __prompt__(self) -> str:
        """What a model reads of it, in one sentence.

        >>> BodyContext(x=12, y=80, heading=90, battery=97).__prompt__()
        'Your body: 12 cm right and 80 cm forward of the start, facing 90 degrees, battery 97 %.'
        """
        place = f"{self.x:.0f} cm right and {self.y:.0f} cm forward of the start, facing {self.heading:.0f} degrees"
        world = f", in the world '{self.world}'" if self.world else ""
        bump = f" Its last bump: {self.last_bump}." if self.last_bump else ""
        return f"Your body: {place}, battery {self.battery} %{world}.{bump}"


class Surroundings:
    """Knows the context of one robot at any moment.

    world: the virtual robot's.   given: what a program said of this turn besides.
    """

    def __init__(self, player: Player, *, world: str = "") -> None:
        self._state = player.state
        self._world = world
        self._last_bump: str | None = None
        self.given: Context | None = None
        player.on_happening(self._note)

    def body(self) -> BodyContext:
        """How the body is right now."""
        state = self._state()
        return BodyContext(
            x=state.x,
            y=state.y,
            heading=state.heading,
            speed=state.speed,
            battery=state.battery,
            world=self._world,
            last_bump=self._last_bump,
        )

    def prompt(self) -> str:
        """What a model reads of it all, below the words."""
        parts = [self.body(), *([self.given] if self.given is not None else [])]
        return "\n".join(part.__prompt__() for part in parts)

    def data(self) -> dict[str, Any]:
        """It all as plain data, for code; what was given wins over what was measured."""
        given = self.given.model_dump(mode="json") if self.given is not None else {}
        return self.body().model_dump(mode="json") | given

    async def answer(self, _: str, __: dict[str, Any]) -> dict[str, Any]:
        """The host of `moss.mind.context`."""
        return self.data()

    def _note(self, happening: Happening) -> None:
        if happening.name == "collision":
            state = self._state()
            self._last_bump = f"{happening.text}, at x {state.x:.0f} cm, y {state.y:.0f} cm"
