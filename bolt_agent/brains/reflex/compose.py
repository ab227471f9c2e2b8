"""Clauses to intents: what belongs together, what comes first, what is repeated, what waits for an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

from bolt_agent.brains.reflex.clauses import Clause, Item, Joint
from bolt_agent.brains.reflex.corners import SHAPED, at_corners, each_time
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.intents import (
    FACE_INTENTS,
    Amend,
    Answer,
    Define,
    Event,
    Halt,
    Intent,
    React,
    Redirect,
    Roll,
    Together,
    Trace,
    Until,
    Wait,
)
from bolt_agent.brains.reflex.limits import UNTIL_SECONDS, Unwilling
from bolt_agent.brains.reflex.measures import SPEEDS, count, seconds, way
from bolt_agent.brains.reflex.sequence import clauses_of, repeat, sequence

__all__ = ["compose"]

Intents = tuple[Intent, ...]
Items = list[Item]

TIMES = frozenset({"seconds", "one_second"})
"""What says only how long."""

ANNOUNCES = frozenset({"repeat", "do", "this", "that", "times", "twice", "all", "move", "more_times"})
"""What announces a repetition: "do this four times: ..."."""


ANNOUNCEMENTS = ({"repeat"}, {"repeat", "this"}, {"do", "this"})
"""What announces what is to be done once: "do the following: ..."."""


SIDED = frozenset({"side", "rainbow"})
"""What a clause has that gives each side of a shape its color: "make each side of the square a different color"."""


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
    elif len(items) > 1 and first.kinds in ANNOUNCEMENTS and items[1] == Joint("colon"):
        return compose(items[2:])  # "do the following: ..."
    elif len(items) > 1 and first.has("times", "twice") and first.kinds <= ANNOUNCES:
        return (repeat(count(first) or 1, compose(items[1:])),)
    named = next((at for at, item in enumerate(items) if isinstance(item, Clause) and item.has("name")), 0)
    if named and named == len(items) - 1:  # "spin twice and call it dizzy"
        done = compose(items[:named])
        return (*done, *_define(cast(Clause, items[named]), items[:named]))
    if (
        sided := next((at for at, item in enumerate(items) if isinstance(item, Clause) and _is_sided(item)), None)
    ) is not None:
        return _sided(items, sided)
    for kind, meaning in STRUCTURES:
        at = next((at for at, item in enumerate(items) if isinstance(item, Joint) and item.kind == kind), None)
        if at is not None:
            return meaning(items[:at], items[at + 1 :])
    return sequence(items)


def _is_sided(clause: Clause) -> bool:
    """Whether something is to be done on each side of a shape, or at each round."""
    return clause.has("corner") or (clause.first("change") or "").startswith("rounds") or clause.kinds >= SIDED


def _sided(items: Items, at: int) -> Intents:
    """ "A square, and stop at every corner", "three triangles, each time faster"."""
    clause, rest = cast(Clause, items[at]), items[at + 1 :]
    rounds = next((one for one in clause.all("change") if one.startswith("rounds")), None)
    before = items[:at]
    if clause.has("shape"):
        before = [*before, clause.only(*SHAPED, *([] if clause.has("distance") else ["do"]))]
        clause = clause.without(*SHAPED)
    done = compose([_plain(item) for item in before])
    done = at_corners(clause, done) if rounds is None else each_time(float(rounds.split()[1]), done)
    return (*done, *compose(rest))


def _plain(item: Item) -> Item:
    """A clause less what is said of each side or each round."""
    if not isinstance(item, Clause):
        return item
    parts = (part for part in item.parts if part.kind != "corner" and not part.values[0].startswith("rounds"))
    kept = Clause(tuple(parts))
    return kept if kept.has("distance") else kept.without("side")


def _define(clause: Clause, rest: Items) -> Intents:
    title = clause.first("title")
    if not title:
        raise NotUnderstood(clause.text)
    body = compose(rest)
    if all(isinstance(intent, Answer) for intent in body):  # "save it as twist, thank you"
        return (Define(title), *body)
    return (Define(title, body),)


def _correction(items: Items) -> Intents:
    """ "No, left": the last roll, but that way. "No, turn left" is a command like any other."""
    clause = next((item for item in items if isinstance(item, Clause)), None)
    if clause is not None and clause.kinds <= {"direction", "compass", "move"}:
        where = way(clause)
        if where is not None:
            return (Redirect(where.degrees),)
    if clause is not None and clause.kinds == {"number"}:
        return (Amend(float(clause.first("number") or 0)),)
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
    main, colon = (before, then) if clauses_of(before) else ([], then)
    if not main and rest:
        then, main = colon, rest
    elif not main:
        then, main = _reaction_and_main(then)
    if clauses_of(main) and clauses_of(then):
        return (React(event, _reaction(then), _going_on(compose(main))),)
    if clauses_of(then):
        return (React(event, _reaction(then)),)
    done = compose(main)
    return (React(event, done[-1:], _going_on(done[:-1])),)


def _reaction_and_main(items: Items) -> tuple[Items, Items]:
    """ "If you hit something, turn around, drive forward": what rolls behind the last comma is to be done now."""
    at = max((at for at, item in enumerate(items) if item == Joint("comma")), default=0)
    then, main = _strip(items[:at]), items[at + 1 :]
    last = next(iter(main), None)
    if not clauses_of(then) or not isinstance(last, Clause) or not last.has("move", "shape"):
        return items, []
    if clauses_of(then)[-1].verb == "halt" and {"back", "away"} & set(last.all("direction")):
        return items, []  # "if you hit something, stop, roll back"
    return (then, main) if any(isinstance(intent, (Roll, Trace)) for intent in _flat(compose(main))) else (items, [])


def _until(before: Items, after: Items) -> Intents:
    event, then, rest = _event(after)
    if not clauses_of(before):  # "until you hit something, roll forward, then turn around"
        main, tail = _split([*then, *rest], {"then", "stop"})
        return (Until(event, _needed(compose(main)), _reaction(tail)),)
    done = _needed(compose(before))
    return (*done[:-1], Until(event, done[-1:], _reaction([*then, *rest])))


def _going_on(intents: Intents) -> Intents:
    """Where something is to happen on the way, a roll without an end goes on until it does."""
    last = intents[-1] if intents else None
    if isinstance(last, Roll) and last.seconds is None and last.cm is None:
        return (*intents[:-1], replace(last, seconds=UNTIL_SECONDS))
    return intents


def _event(items: Items) -> tuple[Event, Items, Items]:
    """The event that the items begin with, what follows it, and what stands behind a colon."""
    first = next((item for item in items if isinstance(item, Clause)), None)
    if first is None or not first.has("event"):
        raise NotUnderstood(first.text if first else "")
    if first.first("event") == "lift":
        raise Unwilling("no_lift")
    rest = Clause(tuple(part for part in first.parts if part.kind != "event"))
    others = items[items.index(first) + 1 :]
    following: Items = [rest, *others] if rest.without("do").parts else others
    then, behind = _split(following, {"colon"})
    return cast(Event, first.first("event")), then or behind, behind if then else []


def _reaction(items: Items) -> Intents:
    return tuple(intent for intent in compose(items) if not isinstance(intent, Halt))


def _while(before: Items, after: Items) -> Intents:
    if not clauses_of(before):  # "while you spin, show a heart, then ..."
        companion, rest = _split(after, {"comma", "colon"})
        if not rest:
            companion, rest = _split(after, {"then", "and"})
        main, tail = _split(rest, {"then", "stop", "comma"})
        return (*_together(compose(main), compose(companion)), *compose(tail))
    head, main = _cut_last(before)
    companion, tail = _split(after, {"then", "stop", "comma", "done"})
    return (*compose(head), *_together(compose(main), compose(companion)), *compose(tail))


def _at_once(before: Items, after: Items) -> Intents:
    """ "A and B at the same time"; "A, at the same time B"."""
    timed = next((item for item in after if isinstance(item, Clause)), None)
    if timed is not None and timed.kinds <= TIMES and clauses_of(before):  # "... at the same time for two seconds"
        head, last = _cut_last(before)
        rest = after[after.index(timed) + 1 :]
        return (*_at_once([*head, clauses_of(last)[0].plus(*timed.parts)], []), *compose(rest))
    if clauses_of(after):
        return _while(before, after)
    if len(clauses_of(before)) < 2:
        return compose(before)
    rest, last = _cut_last(before)
    head, main = _cut_last(rest)
    return (*compose(head), *_together(compose(main), compose(last)))


def _before(before: Items, after: Items) -> Intents:
    if clauses_of(before):
        return (*compose(before), *_timed(after))
    later, first = _split(after, {"comma", "colon", "then"})
    return (*compose(first), *compose(later))


def _after(before: Items, after: Items) -> Intents:
    first, later = _split(after, {"comma", "colon", "then"})
    times, clauses = clauses_of(first), clauses_of(before)
    if len(clauses) > 1 and clauses[-1].kinds == {"halt"} and len(times) == 1 and times[0].kinds <= TIMES:
        rolling, _ = _cut_last(before)  # "roll and stop after two seconds"
        return (*_rolling(_strip(rolling), times), *compose(later))
    if clauses and before[-1] == Joint("and"):  # "roll and after two seconds turn"
        if [clause.kinds <= TIMES for clause in times] == [True] and clauses[-1].kinds <= {"move", "direction"}:
            return (*_rolling(_strip(before), times), *compose(later))
        return (*compose(before), *_timed(first), *compose(later))
    if len(clauses) > 1 and len(times) == 1 and times[0].kinds <= TIMES and not later:
        return _late(before, _timed(first))
    return (*_timed(first), *compose(before), *compose(later))


def _rolling(items: Items, times: list[Clause]) -> Intents:
    """The same, the last roll for so long."""
    head, last = _cut_last(items)
    timed = Clause((*clauses_of(last)[0].parts, *times[0].parts))
    return (*compose(head), *compose([timed]))


def _late(items: Items, wait: Intents) -> Intents:
    """ "Roll for five seconds, but turn red after two" counts from the roll; after "then" it counts from its end."""
    rest, last = _cut_last(items)
    head, main = _cut_last(_strip(rest))
    body, late = compose(main), compose(last)
    shows = all(isinstance(intent, FACE_INTENTS) for intent in late)
    if rest[-1] == Joint("then") or not shows or not _moves(body):
        return (*compose(head), *body, *wait, *late)
    return (*compose(head), *body[:-1], Together((*wait, *late), body[-1:]))


def _timed(items: Items) -> Intents:
    """ "After two seconds" is a wait."""
    clauses = clauses_of(items)
    if len(clauses) == 1 and clauses[0].kinds <= TIMES:
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


def _is_manner(item: Item) -> bool:
    return isinstance(item, Clause) and item.kinds <= SPEEDS | TIMES


def _cut_last(items: Items) -> tuple[Items, Items]:
    """Everything before the last clause, and the last clause."""
    clauses = [at for at, item in enumerate(items) if isinstance(item, Clause)]
    while len(clauses) > 1 and items[clauses[-1] - 1] == Joint("comma") and _is_manner(items[clauses[-1]]):
        clauses.pop()  # "roll forward, seven seconds, while ..."
    at = clauses[-1]
    return items[:at], items[at:]
