"""How long a spoken turn took, from the last sound of the person to what the robot did with it."""

from __future__ import annotations

from dataclasses import dataclass

from bolt_agent.ghost.messages import Code, Head, Item, Line, Tail

__all__ = ["Timing"]


@dataclass
class Timing:
    """Moments of one turn, in seconds of the clock; None for what has not happened.

    >>> print(Timing("go", ended=10.0, words=10.35, code=10.36, packet=10.38))
    timing: speech ended, words +350 ms, code +360 ms, packet +380 ms, no sound
    """

    said: str
    ended: float
    words: float | None = None
    code: float | None = None
    packet: float | None = None
    """The robot was sent the first thing to do."""
    sound: float | None = None
    """The first sound of the answer."""

    def add(self, item: Item, now: float) -> None:
        """Take in the next item of the turn."""
        match item:
            case Head(kind="code") | Tail(message=Code()):
                self.code = self.code or now
            case Line():
                self.packet = self.packet or now
            case _:
                pass

    def __str__(self) -> str:
        moments = {"words": self.words, "code": self.code, "packet": self.packet, "sound": self.sound}
        told = [
            f"no {name}" if moment is None else f"{name} +{1000 * (moment - self.ended):.0f} ms"
            for name, moment in moments.items()
        ]
        return f"timing: speech ended, {', '.join(told)}"
