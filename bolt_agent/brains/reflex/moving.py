"""What a clause about the ball means: rolls, turns, spins, shapes, waits, dances."""

from __future__ import annotations

from collections.abc import Callable

from bolt_agent.brains.reflex import measures
from bolt_agent.brains.reflex.budget import paced
from bolt_agent.brains.reflex.clauses import Clause, Part
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.intents import Act, Face, Intent, Return, Roll, Spin, Trace, Turn, Wait
from bolt_agent.brains.reflex.limits import DEFAULT_SECONDS, DEFAULT_SPEED, SHORT_DASH, TOP_SPEED, Unwilling
from bolt_agent.brains.reflex.measures import AMOUNTS, SPEEDS, WAYS

__all__ = ["body_intents", "check_parts"]

LOOSE = frozenset({"do", "move", "on", "this", "that", "all", "act", "body", "look", "takes"})
"""Kinds of words that add nothing of their own."""

SMALL_NUMBER = 10
"""A bare number below this means seconds, from here on centimeters: "forward 3", "forward 50"."""

LIKELY_SPEEDS = (20, 255)
"""A bare number beside a time or a distance is a speed: "go forward for two seconds at 100"."""

MOST_SPINS = 20
"""A bare number up to this counts spins, beyond it degrees: "spin 3", "spin 90"."""

BOTTLE_TURNS, BOTTLE_SECONDS = 3, 4.0
"""Full turns before it points at somebody, and how long all of it takes."""

TURN_SECONDS = {"slow": 2.0, "fast": 0.75}
"""Seconds for one full turn, by pace; 1 if nothing is said."""


def body_intents(clause: Clause) -> tuple[Intent, ...]:
    """What the ball is to do."""
    for kinds, meaning in MEANINGS:
        if clause.has(*kinds):
            return meaning(clause)
    if (clause.first("pace") or "").endswith("%"):
        return _move(clause)  # "top speed"
    raise NotUnderstood(clause.text)


def check_parts(clause: Clause, *allowed: frozenset[str] | set[str]) -> None:
    """Refuse a clause that says more than is understood."""
    known = LOOSE.union(*allowed)
    for part in clause.parts:
        if part.kind not in known:
            raise NotUnderstood(part.text)


def _wait(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"wait", "seconds", "one_second", "number", "direction", "extent"})
    number = clause.first("number")
    seconds = measures.seconds(clause) or (float(number) if number else 1.0) * (measures.extent(clause) or 1.0)
    if seconds <= 0:
        raise Unwilling("negative_seconds" if seconds < 0 else "zero_seconds")
    return (Wait(seconds),)


def _return(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"return", "direction"}, SPEEDS)
    return (Return(clause.first("return") == "home", measures.speed(clause)),)


def _dance(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"dance", "mood", "size"}, AMOUNTS, SPEEDS, {"direction"})
    name = clause.first("mood") or clause.first("dance") or "dance"
    number = clause.first("number")
    times = measures.count(clause) or (round(float(number)) if number else 1)
    return (Act(name, measures.seconds(clause), max(1, times), _dance_pace(clause)),)


def _dance_pace(clause: Clause) -> float:
    """How many times as fast as usual. "At half speed" is half as fast as usual, "at full speed" as fast as it can."""
    speed = measures.speed(clause, DEFAULT_SPEED)
    share = (clause.first("pace") or "").endswith("%") or clause.has("percent", "speed_percent")
    return speed / (TOP_SPEED if share and speed < TOP_SPEED else DEFAULT_SPEED)


def _shape(clause: Clause) -> tuple[Intent, ...]:
    if clause.has("face"):
        raise Unwilling("no_icon")
    check_parts(clause, {"shape", "figure", "side", "size", "area", "spin", "turn", "show"}, AMOUNTS, SPEEDS, WAYS)
    shape = clause.first("shape") or clause.first("figure") or ""
    area = clause.values("area")
    size, width = measures.centimeters(clause), None
    if area:
        unit = float(area[-1])
        size, width = float(area[0]) * unit, float(area[-2]) * unit
        if min(size, width) <= 0:
            raise Unwilling("zero_distance")
    if size is not None and clause.first("side") == "radius":
        size *= 2
    number = clause.first("number")
    if number and size is None and "side" in [part.kind for part in clause.parts[: clause.at("number")]]:
        size, number = float(number) * (2 if clause.first("side") == "radius" else 1), None
    times = measures.count(clause) or (round(float(number)) if number else 1)
    has_speed = not clause.kinds.isdisjoint(SPEEDS) or clause.first("move") in ("dash", "crawl")
    seconds = measures.seconds(clause)
    named = clause.all("direction")
    counter = clause.first("clockwise") == "counterclockwise" or (named == ["left"] and shape != "zigzag")
    turns_aside = shape != "zigzag" and named in (["left"], ["right"])
    where = measures.way(clause.without("degrees", *(["direction"] if turns_aside else [])))
    traced = Trace(
        shape,
        size=size,
        width=width,
        times=max(1, times),
        clockwise=not counter,
        direction=where.degrees if where else 0.0,
        scale=float(clause.first("size") or 1.0),
        speed=measures.speed(clause) if has_speed else None,
    )
    return (traced if seconds is None or has_speed else paced(traced, seconds, once=clause.has("takes")),)


def _spin(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"spin", "turn", "clockwise", "direction", "size"}, AMOUNTS, SPEEDS)
    if clause.first("spin") == "bottle":
        return (Spin(BOTTLE_TURNS, BOTTLE_SECONDS, by_chance=True),)
    if (distance := clause.only("distance")).parts:
        raise NotUnderstood(distance.text)
    sign = -1 if "left" in clause.all("direction") or clause.first("clockwise") == "counterclockwise" else 1
    number = clause.first("number")
    turns: float | None = None
    if (angle := measures.degrees(clause)) is not None:
        turns = angle / 360 * (measures.count(clause) or 1)
    elif measures.count(clause) is not None:
        turns = float(clause.first("times") or clause.first("twice") or 1)
    elif number is not None:
        turns = float(number) if abs(float(number)) <= MOST_SPINS else float(number) / 360
    elif measures.extent(clause) is not None:
        turns = measures.extent(clause)
    pace = TURN_SECONDS.get(clause.first("pace") or "", 1.0)
    if clause.has("speed_byte", "percent", "speed_percent", "change") or (clause.first("pace") or "").endswith("%"):
        pace = 90 / measures.speed(clause)
    duration = measures.seconds(clause)
    if turns is None:
        turns = max(1, round(duration / pace)) if duration else 1.0
    if turns == 0:
        raise Unwilling("zero_turn")
    duration = duration or abs(turns) * pace
    if turns % 1:
        return (Turn(sign * turns * 360, duration),)
    return (Spin(sign * turns, duration),)


def _turn(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"turn", "look", "clockwise", "face", "distance"}, AMOUNTS, SPEEDS, WAYS)
    number = clause.first("number")
    absolute = measures.way(clause.only("compass", "heading", "clock"))
    if absolute is not None and absolute.absolute:
        return _then_roll(clause, Face(absolute.degrees))
    named = clause.all("direction")
    left = "left" in named or clause.first("clockwise") == "counterclockwise"
    angle = measures.degrees(clause)
    if angle is None and number is not None:
        angle = float(number)
    if (times := measures.count(clause)) and clause.first("turn") == "around":
        return (Spin(-times if left else times, float(times)),)
    if angle is None:
        if absolute is not None:
            angle = absolute.degrees
        elif named and set(named) <= {"forward", "away"}:
            return _then_roll(clause, Face(0.0))
        elif clause.first("turn") == "around" or "back" in named:
            angle = 180.0
        else:
            angle = 45.0 if len(named) > 1 or clause.has("diagonal") else 90.0
            angle = min(180.0, angle * (measures.extent(clause) or 1.0))
    elif clause.first("look") and not left and "right" not in named:
        return (Face(angle % 360),)
    if angle == 0:
        raise Unwilling("zero_turn")
    angle = -angle if left else angle
    once: Intent = Spin(angle / 360, measures.seconds(clause) or abs(angle) / 360)
    if angle % 360:
        once = Turn(angle, measures.seconds(clause))
    return _then_roll(clause, *[once] * (times or 1))


def _then_roll(clause: Clause, *turns: Intent) -> tuple[Intent, ...]:
    """ "Turn right 50 cm" means to roll on afterwards."""
    distance = measures.centimeters(clause)
    return (*turns, Roll(cm=distance, speed=measures.speed(clause))) if distance else turns


def _move(clause: Clause) -> tuple[Intent, ...]:
    check_parts(clause, {"move", "waddle", "size"}, AMOUNTS, SPEEDS, WAYS)
    if clause.has("turns", "one_turn", "clockwise", "turns_twice") or _only_names_an_angle(clause):
        return _turn(clause.without("move"))
    if clause.has("on") and not clause.has("move"):
        raise NotUnderstood(clause.text)
    if there_and_back := measures.opposites(clause):
        return tuple(intent for way in there_and_back for intent in _move(clause.without("direction").plus(way)))
    where = measures.way(clause) or measures.Way(0.0)
    number = clause.first("number")
    if clause.kinds <= {"do", "that", "this", "all", "number"}:
        raise NotUnderstood(clause.text)  # "make it three"
    seconds, cm = measures.seconds(clause), measures.centimeters(clause)
    if number is not None and (seconds is not None or cm is not None):
        if not LIKELY_SPEEDS[0] <= float(number) <= LIKELY_SPEEDS[1] or not clause.kinds.isdisjoint(SPEEDS):
            raise NotUnderstood(clause.text)
        clause = clause.plus(Part("speed_byte", ("speed", number), ""))
    elif number is not None:
        value = float(number)
        if value <= 0:
            raise Unwilling("negative_seconds" if value < 0 else "zero_seconds")
        seconds, cm = (value, None) if value < SMALL_NUMBER else (None, value)
    elif seconds is None and cm is None and (extent := measures.extent(clause)):
        seconds = DEFAULT_SECONDS * extent
    byte = measures.speed(clause)
    if seconds is not None and cm is not None:  # so far in that time
        byte = max(30, min(255, measures.byte_for(cm / seconds)))
        seconds = None
    run_up = seconds is not None and seconds < SHORT_DASH and measures.is_flat_out(clause)
    return (Roll(where.degrees, where.absolute, seconds, cm, byte, clause.has("waddle"), run_up),)


def _only_names_an_angle(clause: Clause) -> bool:
    """ "Left 30 degrees", and "do a 720"."""
    if clause.kinds == {"do", "number"}:
        angle = float(clause.first("number") or 0)
        return angle >= 180 and angle % 90 == 0
    return clause.has("degrees") and clause.has("direction") and clause.kinds <= {"degrees", "direction", "do"}


Meaning = Callable[[Clause], tuple[Intent, ...]]

MEANINGS: tuple[tuple[tuple[str, ...], Meaning], ...] = (
    (("wait",), _wait),
    (("return",), _return),
    (("dance", "mood"), _dance),
    (("shape", "figure"), _shape),
    (("spin",), _spin),
    (("turn", "look"), _turn),
    (("face",), _turn),
    (("move", "direction", "compass", "heading", "distance", "seconds", "waddle", "clock"), _move),
    (("degrees", "turns", "one_turn", "turns_twice", "clockwise"), _turn),
    (("at_pace", "speed_byte", "speed_percent", "percent"), _move),
    (("do",), _move),
)
"""What a clause is about, by the first kind of word in this list that it has."""
