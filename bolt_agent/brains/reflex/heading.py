"""Headings while code is written: which way the person thinks the ball faces, and which way it really points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bolt_agent.brains.reflex.lines import Lines, number

__all__ = ["Compass"]

VARIABLE = "heading"
"""The name of the heading in a loop whose rounds each face another way."""


@dataclass
class Compass:
    """facing: what "forward" means, in degrees from the last aim. aimed: the way the ball points; NaN if unknown.

    Rolls turn the ball but not the facing. A loop whose rounds each face another way needs a variable.
    """

    facing: float = 0.0
    aimed: float = 0.0
    looping: bool = False
    variable: bool = False

    def copy(self) -> Compass:
        """The same, to try something out."""
        return replace(self)

    @property
    def is_aimed(self) -> bool:
        """Whether the ball points the way it is thought to face."""
        return abs((self.aimed - self.facing + 180) % 360 - 180) < 1

    def to(self, direction: float, *, absolute: bool = False, backward: bool = False) -> str:
        """The heading for a roll that way, as code. Backward, the ball faces the other way."""
        offset = 0.0 if backward else direction
        if absolute:
            self.aimed = direction % 360
            return number(self.aimed)
        self.aimed = (self.facing + offset) % 360
        if self.variable:
            return VARIABLE if offset == 0 else f"{VARIABLE} + {number(offset)}"
        return number(self.aimed)

    def turn(self, angle: float, lines: Lines) -> str:
        """Face another way from now on."""
        self.facing = self.aimed = (self.facing + angle) % 360
        if self.variable:
            lines.add(f"{VARIABLE} {'+' if angle >= 0 else '-'}= {number(abs(angle))}")
            return VARIABLE
        return number(self.facing)

    def face(self, heading: float) -> str:
        """Face a heading."""
        self.facing = self.aimed = heading % 360
        return number(self.facing)

    def aim(self, heading: float) -> float:
        """Point the ball without changing what "forward" means."""
        self.aimed = heading % 360
        return self.aimed

    def lose_aim(self) -> None:
        """The ball points wherever it had to."""
        self.aimed = self.facing + 180.0

    def reset(self) -> None:
        """A new aim: this way is 0."""
        self.facing = self.aimed = 0.0

    def enter(self, lines: Lines, *, turning: bool) -> None:
        """Begin a loop."""
        if turning:
            lines.add(f"{VARIABLE} = {number(self.facing)}")
            self.variable = self.looping = True

    def leave(self, turned: float) -> None:
        """End a loop, in which the facing turned that far in all (once round is in `facing` already)."""
        if self.variable and turned:
            self.variable = self.looping = False
