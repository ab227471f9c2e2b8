"""Clauses to intents: what belongs together, what comes first, what is repeated, what waits for an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from bolt_agent.brains.reflex import measures
from bolt_agent.brains.reflex.clauses import Clause, Item, Joint
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.intents import (
    FACE_INTENTS,
    Again,
    Answer,
    Define,
    Event,
    Halt,
    Intent,
    React,
    Redirect,
    Repeat,
    Together,
    Until,
    Wait,
)
from bolt_agent.brains.reflex.limits import MOST_REPEATS, Unwilling
from bolt_agent.brains.reflex.measures import SPEEDS, count, seconds, way
from bolt_agent.brains.reflex.wishes import ELLIPTIC, clause_intents, inherit

__all__ = ["compose"]

Intents = tuple[Intent, ...]
Items = list[Item]

MODIFIERS = SPEEDS | {"seconds", "one_second", "color", "body", "waddle"}
"""Parts that, alone between commas, belong to the clause before: "roll forward, slowly, for two seconds"."""

COUNTED = frozenset({"spin", "blink", "write", "dance", "shape", "figure", "icon", "mood", "named", "again", "rainbow",
                     "countdown", "show", "light", "that", "opposite"})  # fmt: skip
"""Clauses that "three times" belongs to; otherwise it repeats everything that "and" joins."""

BARE = (frozenset({"move"}), frozenset({"turn"}), frozenset({"spin"}))
"""Clauses that are only a verb yet."""

ANNOUNCES = frozenset({"repeat", "do", "this", "that", "times", "twice", "all", "move", "more_times"})
"""What announces a repetition: "do this four times: ..."."""


def compose(items: Sequence[Item]) -> Intents:
    """What a sentence asks for, in the order it is to happen."""
    items = _strip(list(items))
    if not items:
        return ()
    first = items[0]
    if isinstance(first, Joint):
        if first.kind == "done":
            return _when_done(items[1:])
    elif first.has("name"):
        return _define(first, items[1:])
    elif first.kinds == {"not"} and len(items) > 1:
        return _correction(items[1:])
    elif len(items) > 1 and first.has("times", "twice") and first.kinds <= ANNOUNCES:
        return (_repeat(count(first) or 1, compose(items[1:])),)
    for kind, meaning in STRUCTURES:
        at = next((at for at, item in enumerate(items) if isinstance(item, Joint) and item.kind == kind), None)
        if at is not None:
            return meaning(items[:at], items[at + 1 :])
    return _sequence(items)


def _define(clause: Clause, rest: Items) -> Intents:
    title = clause.first("title")
    if not title:
        raise NotUnderstood(clause.text)
    return (Define(title, compose(rest)),)


def _correction(items: Items) -> Intents:
    """ "No, left": the last roll, but that way. "No, turn left" is a command like any other."""
    clause = next((item for item in items if isinstance(item, Clause)), None)
    if clause is not None and clause.kinds <= {"direction", "compass", "move"}:
        where = way(clause)
        if where is not None:
            return (Redirect(where.degrees),)
    return compose(items)


def _when_done(items: Items) -> Intents:
    """ "When you get there show a star: go forward 50 cm": what is said first comes last."""
    for kinds in ({"colon"}, {"stop", "comma"}, {"then", "and"}):
        last, main = _split(items, kinds)
        if main:
            return (*compose(main), *compose(last))
    return compose(items)


def _when(before: Items, after: Items) -> Intents:
    event, then, rest = _event(after)
    main, colon = (before, then) if _clauses(before) else ([], then)
    if not main and rest:
        then, main = colon, rest
    if _clauses(main) and _clauses(then):
        return (React(event, _reaction(then), compose(main)),)
    if _clauses(then):
        return (React(event, _reaction(then)),)
    done = compose(main)
    return (React(event, done[-1:], done[:-1]),)


def _until(before: Items, after: Items) -> Intents:
    event, then, rest = _event(after)
    if not _clauses(before):  # "until you hit something, roll forward"
        return (Until(event, _needed(compose([*then, *rest]))),)
    done = _needed(compose(before))
    return (*done[:-1], Until(event, done[-1:], _reaction([*then, *rest])))


def _event(items: Items) -> tuple[Event, Items, Items]:
    """The event that the items begin with, what follows it, and what stands behind a colon."""
    first = next((item for item in items if isinstance(item, Clause)), None)
    if first is None or not first.has("event"):
        raise NotUnderstood(first.text if first else "")
    rest = Clause(tuple(part for part in first.parts if part.kind != "event"))
    others = items[items.index(first) + 1 :]
    following: Items = [rest, *others] if rest.without("do").parts else others
    then, behind = _split(following, {"colon"})
    return cast(Event, first.first("event")), then or behind, behind if then else []


def _reaction(items: Items) -> Intents:
    return tuple(intent for intent in compose(items) if not isinstance(intent, Halt))


def _while(before: Items, after: Items) -> Intents:
    if not _clauses(before):  # "while you spin, show a heart, then ..."
        companion, rest = _split(after, {"comma", "colon"})
        if not rest:
            companion, rest = _split(after, {"then", "and"})
        main, tail = _split(rest, {"then", "stop", "comma"})
        return (*_together(compose(main), compose(companion)), *compose(tail))
    head, main = _cut_last(before)
    companion, tail = _split(after, {"then", "stop", "comma"})
    return (*compose(head), *_together(compose(main), compose(companion)), *compose(tail))


def _at_once(before: Items, after: Items) -> Intents:
    """ "A and B at the same time"; "A, at the same time B"."""
    if _clauses(after):
        return _while(before, after)
    if len(_clauses(before)) < 2:
        return compose(before)
    rest, last = _cut_last(before)
    head, main = _cut_last(rest)
    return (*compose(head), *_together(compose(main), compose(last)))


def _before(before: Items, after: Items) -> Intents:
    if _clauses(before):
        return (*compose(before), *_timed(after))
    later, first = _split(after, {"comma", "colon", "then"})
    return (*compose(first), *compose(later))


def _after(before: Items, after: Items) -> Intents:
    first, later = _split(after, {"comma", "colon", "then"})
    return (*_timed(first), *compose(before), *compose(later))


def _timed(items: Items) -> Intents:
    """ "After two seconds" is a wait."""
    clauses = _clauses(items)
    if len(clauses) == 1 and clauses[0].kinds <= {"seconds", "one_second"}:
        return (Wait(seconds(clauses[0]) or 1.0),)
    return compose(items)


STRUCTURES: tuple[tuple[str, Callable[[Items, Items], Intents]], ...] = (
    ("if", _when),
    ("until", _until),
    ("before", _before),
    ("after", _after),
    ("while", _while),
    ("together", _at_once),
)
"""What a joint makes of what stands before and after it; the widest first."""


@dataclass
class _Step:
    joint: str
    clause: Clause
    intents: Intents


def _sequence(items: Items) -> Intents:
    """One thing after another."""
    steps: list[_Step] = []
    joint, pending = "then", Clause(())
    clauses = _clauses(items)
    for item in items:
        if isinstance(item, Joint):
            joint = item.kind if joint in ("", "comma", "and") else joint
            continue
        previous = steps[-1].clause if steps else None
        clause, pending = Clause((*pending.parts, *item.parts)), Clause(())
        if previous is not None and previous.kinds in BARE and joint == "comma" and clause.kinds <= ELLIPTIC:
            clause, joint = Clause((*previous.parts, *clause.parts)), steps.pop().joint  # "roll, er, forward"
        elif previous is not None and previous.kinds <= REPEATS and clause.kinds == {"direction"} and joint != "then":
            steps.pop()  # "again, but to the left"
            clause, joint = Clause((*previous.parts, *clause.parts)), "then"
        elif clause.kinds <= MODIFIERS and joint in ("comma", "and", "stop") and previous is not None:
            merged = Clause((*previous.parts, *clause.parts))
            if not previous.kinds & clause.kinds and previous.kinds - {"talk"}:
                steps.pop()
                clause, joint = merged, "then"
        elif clause.kinds <= MODIFIERS - {"color"} and not steps and len(clauses) > 1:
            pending = clause
            continue
        _add(steps, joint, clause, len(clauses))
        joint = ""
    return tuple(intent for step in steps for intent in step.intents)


def _add(steps: list[_Step], joint: str, clause: Clause, clauses: int) -> None:
    """One more step, or a repetition of those before."""
    if (
        steps
        and clause.has("again", "repeat", "times", "twice", "more_times", "twice_more")
        and clause.kinds <= REPEATS
    ):
        times = measures.more(clause)
        adds = clause.has("again", "more_times", "twice_more", "that") or not clause.has("times", "twice")
        _fold(steps, 0, times + adds)
        return
    if steps and clause.has("again"):  # "then forward again" only says that it was so before
        clause = clause.without("again")
    clause = inherit(clause, steps[-1].clause if steps else None)
    times_said = count(clause)
    own = times_said is None or clause.has(*COUNTED) or clause.first("turn") == "around"
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


REPEATS = frozenset({"again", "repeat", "times", "twice", "more_times", "twice_more", "do", "that", "this", "all"})


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
    steps[start:] = [_Step("then", last.plus(), (_repeat(times, body),))]


def _repeat(times: int, body: Intents) -> Intent:
    if times > MOST_REPEATS:
        raise Unwilling("too_often", most=str(MOST_REPEATS))
    if not body:
        return Again(times)
    return Repeat(times, body) if times != 1 else Repeat(1, body)


def _together(main: Intents, companion: Intents) -> Intents:
    both = [*_flat(main), *_flat(companion)]
    face = tuple(intent for intent in both if isinstance(intent, FACE_INTENTS))
    body = tuple(intent for intent in both if not isinstance(intent, (*FACE_INTENTS, Answer)))
    if not face and _moves(main) and _moves(companion):
        raise Unwilling("one_ball")
    return (Together(face, body),) if face and body else tuple(both)


def _flat(intents: Intents) -> Intents:
    """With what is together already taken apart."""
    flat: list[Intent] = []
    for intent in intents:
        flat += [*intent.face, *intent.body] if isinstance(intent, Together) else [intent]
    return tuple(flat)


def _moves(intents: Intents) -> bool:
    return any(not isinstance(intent, (*FACE_INTENTS, Answer)) for intent in intents)


def _needed(intents: Intents) -> Intents:
    if not intents:
        raise NotUnderstood("")
    return intents


def _clauses(items: Items) -> list[Clause]:
    return [item for item in items if isinstance(item, Clause)]


def _strip(items: Items) -> Items:
    """Without the pauses at both ends."""
    pauses = ("comma", "stop", "and", "then", "colon")
    while items and isinstance(items[0], Joint) and items[0].kind in pauses:
        items = items[1:]
    while items and isinstance(items[-1], Joint) and items[-1].kind in (*pauses, "done", "while", "before", "after"):
        items = items[:-1]
    return items


def _split(items: Items, kinds: set[str]) -> tuple[Items, Items]:
    """What stands before and after the first such joint; nothing after if there is none."""
    items = _strip(items)
    for at, item in enumerate(items):
        if isinstance(item, Joint) and item.kind in kinds:
            return items[:at], items[at + 1 :]
    return items, []


def _cut_last(items: Items) -> tuple[Items, Items]:
    """Everything before the last clause, and the last clause."""
    at = max(at for at, item in enumerate(items) if isinstance(item, Clause))
    return items[:at], items[at:]
