"""Reads the amounts in a clause: how long, how far, how fast, how often, which way."""

from __future__ import annotations

from dataclasses import dataclass

from bolt_agent.brains.reflex.clauses import Clause, Part
from bolt_agent.brains.reflex.limits import DEFAULT_SPEED, TOP_SPEED, Unwilling, byte_for

__all__ = [
    "AMOUNTS",
    "SPEEDS",
    "WAYS",
    "Way",
    "beat",
    "byte_for",
    "centimeters",
    "count",
    "degrees",
    "extent",
    "is_flat_out",
    "more",
    "opposites",
    "seconds",
    "speed",
    "way",
]

DIRECTIONS = {"forward": 0.0, "right": 90.0, "back": 180.0, "left": 270.0, "away": 0.0}
PACES = {"slow": 50, "medium": DEFAULT_SPEED, "fast": 160}
GAITS = {"roll": DEFAULT_SPEED, "crawl": 50, "dash": 160}
"""How fast a verb is when nothing else is said about speed."""

SPEEDS = frozenset(
    {"pace", "at_pace", "bare_speed", "speed_byte", "speed_percent", "percent", "speed_over_ground", "change"}
)  # fmt: skip
WAYS = frozenset({"direction", "compass", "heading", "bare_heading", "clock", "diagonal", "clockwise"})
AMOUNTS = frozenset({"number", "seconds", "one_second", "distance", "degrees", "times", "twice", "turns", "one_turn",
                     "turns_twice", "extent"})  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A direction in degrees: from where it faces, or from the last aim when `absolute`."""

    degrees: float
    absolute: bool = False


def seconds(clause: Clause) -> float | None:
    """How long. A sum, as in "one minute and 30 seconds"."""
    if clause.has("one_second"):
        return float(clause.first("one_second") or 1)
    spans = [part.values for part in clause.parts if part.kind == "seconds"]
    return _positive(sum(float(n) * float(unit) for n, unit in spans), "seconds") if spans else None


def centimeters(clause: Clause) -> float | None:
    """How far."""
    spans = [part.values for part in clause.parts if part.kind == "distance"]
    return _positive(sum(float(n) * float(unit) for n, unit in spans), "distance") if spans else None


def degrees(clause: Clause) -> float | None:
    """How many degrees, in turns too: "half a turn"."""
    if clause.has("degrees"):
        return float(clause.values("degrees")[0])
    if clause.has("turns"):
        number, size = clause.values("turns")
        return float(number) * float(size)
    if clause.has("turns_twice"):
        size, number = clause.values("turns_twice")
        return float(number) * float(size)
    return float(clause.values("one_turn")[0]) if clause.has("one_turn") else None


def count(clause: Clause) -> int | None:
    """How often."""
    said = clause.first("times") or clause.first("twice")
    if said is None:
        return None
    times = float(said)
    if times < 1:
        raise Unwilling("no_times")
    return round(times)


def beat(clause: Clause) -> float | None:
    """From one to the next, in seconds: "blink EVERY TWO SECONDS"."""
    if clause.has("every_one"):
        return float(clause.values("every_one")[1])
    said = clause.values("every")
    return _positive(float(said[1]) * float(said[2]), "seconds") if said else None


def more(clause: Clause) -> int:
    """How often something is to be done again: "twice more", "three more times", "again"."""
    if clause.has("twice_more"):
        return 2
    if said := clause.first("more_times"):
        return max(1, round(float(said)))
    return count(clause) or 1


def speed(clause: Clause, default: int | None = None) -> int:
    """The speed byte that is asked for; more than the top speed is cut down later, and said."""
    byte = _speed(clause, GAITS.get(clause.first("move") or "", DEFAULT_SPEED) if default is None else default)
    if byte <= 0:
        raise Unwilling("no_speed")
    return byte


def _speed(clause: Clause, default: int) -> int:
    base: float = default
    if pace := clause.first("pace") or next(iter(clause.values("at_pace")[1:]), None):
        base = PACES[pace] if pace in PACES else float(pace.rstrip("%")) / 100 * TOP_SPEED
    elif clause.has("speed_byte"):
        base = float(clause.values("speed_byte")[1])
        base *= TOP_SPEED if 0 < base < 1 else 1  # "at 3/4 speed"
    elif clause.has("speed_percent"):
        base = float(clause.values("speed_percent")[1]) / 100 * TOP_SPEED
    elif clause.has("percent"):
        base = float(clause.values("percent")[0]) / 100 * TOP_SPEED
    elif clause.has("speed_over_ground"):
        number, unit, _, per = clause.values("speed_over_ground")[-4:]
        base = byte_for(float(number) * float(unit) / float(per))
    for change in clause.all("change") if base == default else ():  # "pick up the pace TO HALF POWER" names the speed
        what, _, factor = change.partition(" ")
        base *= float(factor) if what == "speed" else 1
    return round(base)


def is_flat_out(clause: Clause) -> bool:
    """Whether words ask for all the speed there is."""
    shares = [value for part in clause.parts if part.kind in ("percent", "speed_percent") for value in part.values]
    return "100.0" in shares or any("100%" in part.values for part in clause.parts if part.kind in ("pace", "at_pace"))


def extent(clause: Clause) -> float | None:
    """How much of the usual, where no number is said: "a little", "a lot"."""
    said = clause.first("extent")
    return float(said) if said else None


def opposites(clause: Clause) -> list[Part]:
    """Directions that are ways of their own, one after another: "forward back", "前后"."""
    named = [part for part in clause.parts if part.kind == "direction"]
    values = {part.values[0] for part in named}
    return named if {"forward", "back"} <= values or {"left", "right"} <= values else []


def way(clause: Clause) -> Way | None:
    """Which way; None if nothing is said about it."""
    if compass := clause.first("compass"):
        return Way(float(compass), absolute=True)
    if clause.has("heading"):
        return Way(float(clause.values("heading")[1]) % 360, absolute=True)
    if clause.has("clock"):
        return Way(float(clause.values("clock")[0]) * 30 % 360)
    named = clause.all("direction")
    turn = float(clause.values("degrees")[0]) if clause.has("degrees") else None
    if not named:
        if turn is not None:
            return Way(turn % 360)
        return Way(45.0) if clause.has("diagonal") else None
    return Way(_mix(named, turn, clause.has("diagonal")))


def _mix(named: list[str], turn: float | None, diagonal: bool) -> float:
    """Several directions together: "forward left", "30 degrees to the left", "diagonally right"."""
    along = [name for name in named if name in ("forward", "back", "away")]
    aside = [name for name in named if name in ("left", "right")]
    start = 180.0 if "back" in along else 0.0
    if not aside:
        return (start + (turn or 0.0)) % 360
    side = -1.0 if (aside[0] == "left") != (start == 180.0) else 1.0
    if turn is not None:
        return (start + side * turn) % 360
    if along or diagonal:
        return (start + side * 45) % 360
    return DIRECTIONS[aside[0]]


def _positive(amount: float, what: str) -> float:
    if amount < 0:
        raise Unwilling(f"negative_{what}")
    if amount == 0:
        raise Unwilling(f"zero_{what}")
    return amount
