"""One clause after another: which words belong to the clause before, what is repeated, what goes with "and"."""

from __future__ import annotations

from dataclasses import dataclass

from bolt_agent.brains.reflex import measures
from bolt_agent.brains.reflex.clauses import Clause, Item, Joint, Part
from bolt_agent.brains.reflex.intents import (
    FACE_INTENTS,
    Again,
    Answer,
    Intent,
    Repeat,
    Together,
    Turn,
)
from bolt_agent.brains.reflex.limits import MOST_REPEATS, Unwilling
from bolt_agent.brains.reflex.measures import SPEEDS, count
from bolt_agent.brains.reflex.wishes import ELLIPTIC, clause_intents, inherit

__all__ = ["clauses_of", "repeat", "sequence"]

Intents = tuple[Intent, ...]
Items = list[Item]

MODIFIERS = SPEEDS | {"seconds", "one_second", "color", "body", "waddle", "takes", "every", "every_one"}
"""Parts that, alone between commas, belong to the clause before: "roll forward, slowly, for two seconds"."""

SHAPE_MODIFIERS = frozenset({"distance", "side", "size", "area"})
"""The same for a shape: "a square, 40 cm per side"."""

COUNTED = frozenset({"spin", "blink", "write", "dance", "shape", "figure", "icon", "mood", "named", "again", "rainbow",
                     "countdown", "show", "light", "that", "opposite"})  # fmt: skip
"""Clauses that "three times" belongs to; otherwise it repeats everything that "and" joins."""

BARE = (frozenset({"move"}), frozenset({"turn"}), frozenset({"spin"}))
"""Clauses that are only a verb yet."""

REPEATS = frozenset({"again", "repeat", "times", "twice", "more_times", "twice_more", "do", "that", "this", "all"})
"""What a clause consists of that only repeats those before."""


@dataclass
class _Step:
    joint: str
    clause: Clause
    intents: Intents


def sequence(items: Items) -> Intents:
    """One thing after another."""
    steps: list[_Step] = []
    joint, pending = "then", Clause(())
    clauses = clauses_of(items)
    for at, item in enumerate(items):
        if isinstance(item, Joint):
            joint = item.kind if joint in ("", "comma", "and") else joint
            continue
        previous = steps[-1].clause if steps else None
        clause, pending = Clause((*pending.parts, *item.parts)), Clause(())
        if previous is not None and joint == "comma" and _is_one(previous, clause):
            clause, joint = Clause((*previous.parts, *clause.parts)), steps.pop().joint  # "roll, er, forward"
        elif previous is not None and previous.kinds <= REPEATS and clause.kinds == {"direction"} and joint != "then":
            steps.pop()  # "again, but to the left"
            clause, joint = Clause((*previous.parts, *clause.parts)), "then"
        elif joint in ("comma", "and", "stop") and previous is not None and _describes(clause, previous):
            merged = Clause((*previous.parts, *clause.parts))
            if not previous.kinds & clause.kinds and previous.kinds - {"talk"}:
                steps.pop()
                clause, joint = merged, "then"
        elif (
            clause.kinds <= MODIFIERS and not steps and clauses_of(items[at + 1 :]) and _leads(clause, items[at + 1 :])
        ):
            pending = clause
            continue
        _add(steps, joint, clause, len(clauses))
        joint = ""
    return tuple(intent for step in steps for intent in step.intents)


def _is_one(previous: Clause, clause: Clause) -> bool:
    """Two pieces of one clause with a pause between: "roll, er, forward", "one metre, straight ahead"."""
    if previous.kinds in BARE:
        return clause.kinds <= ELLIPTIC
    if previous.has("again") and clause.kinds == {"change"}:
        return True  # "the same circle, but faster"
    if _completes(previous, clause):
        return True
    pieces = previous.kinds <= ELLIPTIC and previous.kinds.isdisjoint(clause.kinds)
    both_ways = previous.has(*measures.WAYS) and clause.has(*measures.WAYS)
    return pieces and not both_ways and (clause.kinds <= ELLIPTIC or clause.kinds in BARE)


def _completes(previous: Clause, clause: Clause) -> bool:
    """ "Roll ahead, TWO METERS", "turn left, NINETY DEGREES", "turn, ninety degrees, LEFT"."""
    if previous.verb == "move" and not previous.has("distance", "seconds", "one_second"):
        return clause.kinds == {"distance"} and not previous.has("shape", "figure")
    if previous.verb == "turn" and not previous.has("seconds", "distance", "turns"):
        missing = {"direction"} if previous.has("degrees") else {"degrees"}
        return clause.kinds == missing and not (previous.has(*measures.WAYS) and previous.has("degrees"))
    return False


def _describes(clause: Clause, previous: Clause) -> bool:
    """Whether a clause only says how the one before it is to be done: "a square, 40 cm per side"."""
    if clause.kinds == {"change"} and not previous.has("move", "turn", "spin", "shape", "dance", "again", "return"):
        return False  # "show a heart and speed up"
    shape = SHAPE_MODIFIERS if previous.has("shape", "figure") else frozenset()
    return clause.kinds <= MODIFIERS | shape


def _leads(clause: Clause, following: Items) -> bool:
    """Whether a clause says beforehand how the next is to be done: "slowly, roll", "in yellow, write hello"."""
    if clause.has("waddle", "change") and following[:1] in ([Joint("and")], [Joint("then")]):
        return False  # "waddle for three seconds and blink", "slow down and turn blue"
    if not clause.has("color"):
        return True
    shown = next((item for item in following if isinstance(item, Clause)), Clause(()))
    comma = bool(following) and isinstance(following[0], Joint) and following[0].kind == "comma"
    return comma and shown.has("write", "text", "icon", "figure", "letter") and not shown.has("color")


def _add(steps: list[_Step], joint: str, clause: Clause, clauses: int) -> None:
    """One more step, or a repetition of those before."""
    done = any(not isinstance(intent, Answer) for step in steps for intent in step.intents)
    if done and clause.has("again", "repeat", "times", "twice", "more_times", "twice_more") and clause.kinds <= REPEATS:
        times = measures.more(clause)
        more = "again" in clause.all("again") or clause.has("more_times", "twice_more")
        adds = more or not clause.has("times", "twice")
        _fold(steps, 0, times + adds)
        return
    moods = {clause.first("mood"), steps[-1].clause.first("mood")} if steps else set()
    if moods == {"celebrate"} and clause.kinds <= {"mood", "dance"}:
        return  # "you won, celebrate"
    if steps and clause.kinds == {"act"} and steps[-1].clause.has("mood"):
        return  # "you look tired: act it out"
    if steps and not clause.kinds <= REPEATS:
        clause = clause.without("again")  # "then forward again" only says that it was so before
    clause = _way_back(inherit(clause, steps[-1].clause if steps else None), steps)
    times_said = count(clause)
    own = clause.has(*COUNTED) or clause.first("turn") == "around" or clause.kinds <= {"times", "twice"}
    if own or times_said is None:
        intents = clause_intents(clause, alone=clauses == 1)
        if not (joint == "and" and steps and _join_face(steps[-1], intents)):
            steps.append(_Step(joint, clause, intents))
        return
    bare = clause.without("times", "twice")
    steps.append(_Step(joint, bare, clause_intents(bare)))
    start = len(steps) - 1
    while start > 0 and steps[start].joint == "and" and not steps[start - 1].clause.has("times", "twice", "talk"):
        start -= 1
    _fold(steps, start, times_said)


def _way_back(clause: Clause, steps: list[_Step]) -> Clause:
    """ "Come back 1 meter" is a roll of its own: backward, or ahead after turning around. So is "go the other way"."""
    last = steps[-1].intents[-1:] if steps else ()
    turned = any(isinstance(intent, Turn) and abs(intent.angle) == 180 for intent in last)
    if turned and clause.kinds == {"move", "opposite"}:
        return clause.without("opposite").plus(Part("direction", ("forward",), ""))
    if not clause.has("return") or not clause.has("distance", "seconds", "one_second"):
        return clause
    direction = "forward" if turned else "back"
    return clause.without("return").plus(Part("move", ("roll",), ""), Part("direction", (direction,), ""))


def _join_face(step: _Step, intents: Intents) -> bool:
    """ "Roll with your front light red and your back light blue": both lights go with the roll."""
    last = step.intents[-1] if step.intents else None
    if not isinstance(last, Together) or not all(isinstance(intent, FACE_INTENTS) for intent in intents):
        return False
    step.intents = (*step.intents[:-1], Together((*last.face, *intents), last.body))
    return True


def _fold(steps: list[_Step], start: int, times: int) -> None:
    body = tuple(intent for step in steps[start:] for intent in step.intents)
    last = steps[-1].clause
    steps[start:] = [_Step("then", last.plus(), (repeat(times, body),))]


def repeat(times: int, body: Intents) -> Intent:
    """So many times the same; the last command when nothing else is named."""
    if times > MOST_REPEATS:
        raise Unwilling("too_often", most=str(MOST_REPEATS))
    if not body:
        return Again(times)
    return Repeat(times, body) if times != 1 else Repeat(1, body)


def clauses_of(items: Items) -> list[Clause]:
    """The clauses without the joints."""
    return [item for item in items if isinstance(item, Clause)]
