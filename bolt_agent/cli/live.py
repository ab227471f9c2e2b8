"""A robot as a terminal shows it: its conversation, and what there is to see of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bolt_agent.assembly import Assembly
from bolt_agent.brains.brain import Brain
from bolt_agent.cli.picture import Rect, Scene
from bolt_agent.robot.player import Player

if TYPE_CHECKING:
    from simulator import Rectangle

__all__ = ["LiveSession"]

LONGEST_TRAIL = 4000
"""Points of the trail that are drawn, the newest ones."""


class LiveSession:
    """The robot of an assembly, with a scene to draw. Implements what `cli.chat` asks for."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._player = assembly.container.force_fetch(Player)
        bolt = assembly.virtual_bolt
        self._walls = [outline(rectangle) for rectangle in bolt.world.rectangles()] if bolt else []
        brain = assembly.container.force_fetch(Brain).name
        self.conversation = assembly.conversation
        self.greeting = f"A virtual BOLT is listening ({brain} brain). Try: roll in a square, then show a red heart"

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


def outline(rectangle: Rectangle) -> Rect:
    """The box around a wall, in cm: x_min, y_min, x_max, y_max."""
    turn = math.radians(rectangle.heading)
    across = (abs(rectangle.width * math.cos(turn)) + abs(rectangle.depth * math.sin(turn))) / 2
    along = (abs(rectangle.width * math.sin(turn)) + abs(rectangle.depth * math.cos(turn))) / 2
    return rectangle.x - across, rectangle.y - along, rectangle.x + across, rectangle.y + along
