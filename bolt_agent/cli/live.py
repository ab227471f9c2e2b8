"""A session as a terminal shows it: its turns, and what there is to see of the robot."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bolt_agent.assembly import Assembly
from bolt_agent.brains.brain import Brain
from bolt_agent.cli.picture import Rect, Scene
from bolt_agent.ghost.messages import Item
from bolt_agent.robot.player import Player

if TYPE_CHECKING:
    from simulator import Rectangle

__all__ = ["LiveSession"]

LONGEST_TRAIL = 4000
"""Points of the trail that are drawn, the newest ones."""


class LiveSession:
    """The session of an assembly, with a scene to draw. Implements what `cli.chat` asks for."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._player = assembly.container.force_fetch(Player)
        bolt = assembly.virtual_bolt
        self._walls = [_outline(rectangle) for rectangle in bolt.world.rectangles()] if bolt else []
        brain = assembly.container.force_fetch(Brain).name
        self.greeting = f"A virtual BOLT is listening ({brain} brain). Try: roll in a square, then show a red heart"

    def say(self, text: str) -> AsyncIterator[Item]:
        """Take one turn."""
        return self._assembly.session.say(text)

    async def stop(self) -> None:
        """Stop the robot and end the turn."""
        await self._assembly.session.stop()

    def scene(self) -> Scene:
        """What there is to see now."""
        state = self._player.state()
        bolt = self._assembly.virtual_bolt
        if bolt is None:
            return Scene(x=state.x, y=state.y, heading=state.heading, speed=state.speed, battery=state.battery)
        return Scene(
            trail=[(x, y) for _, x, y, *_ in bolt.record.path[-LONGEST_TRAIL:]],
            x=bolt.pose.x,
            y=bolt.pose.y,
            heading=bolt.pose.heading,
            speed=bolt.speed,
            face=bolt.face,
            front_led=bolt.front_led,
            back_led=bolt.back_led,
            walls=self._walls,
            battery=state.battery,
        )


def _outline(rectangle: Rectangle) -> Rect:
    """The box around a wall, in cm: x_min, y_min, x_max, y_max."""
    turn = math.radians(rectangle.heading)
    across = (abs(rectangle.width * math.cos(turn)) + abs(rectangle.depth * math.sin(turn))) / 2
    along = (abs(rectangle.width * math.sin(turn)) + abs(rectangle.depth * math.cos(turn))) / 2
    return rectangle.x - across, rectangle.y - along, rectangle.x + across, rectangle.y + along
