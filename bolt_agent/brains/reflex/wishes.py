"""One clause to intents: decides whether it is about the ball, the face, what was before, or talk."""

from __future__ import annotations

from typing import Literal, cast

from bolt_agent.brains.reflex import measures
from bolt_agent.brains.reflex.clauses import Clause, Part
from bolt_agent.brains.reflex.dimming import bright_intents, shone
from bolt_agent.brains.reflex.errors import NotUnderstood
from bolt_agent.brains.reflex.intents import (
    Act,
    Again,
    Aim,
    Alter,
    Amend,
    Answer,
    Clear,
    Dim,
    Forget,
    Halt,
    Intent,
    Opposite,
    Perform,
    Recolor,
    Redirect,
    Together,
    Undo,
)
from bolt_agent.brains.reflex.limits import MOST_REPEATS, Unwilling
from bolt_agent.brains.reflex.moving import body_intents, check_parts
from bolt_agent.brains.reflex.showing import FACE_KINDS, face_intents

__all__ = ["ELLIPTIC", "clause_intents", "inherit"]

Intents = tuple[Intent, ...]

BODY_VERBS = frozenset({"move", "spin", "dance", "return", "wait"})
WITH = frozenset({"face", "color", "light", "icon", "mood", "rainbow", "text", "letter", "border", "blink", "off"})
"""What the face or the lights may do in a clause about the ball: "roll forward with a green face"."""

ELLIPTIC = measures.WAYS | measures.AMOUNTS | measures.SPEEDS
"""What is left of a clause that takes its verb from the one before: "then right for two seconds"."""


PACES = {"20%": 25, "slow": 50, "medium": 90, "fast": 160}
"""Speed bytes for doing the last thing again that fast."""

ROLLS = frozenset({"roll", "drive", "race", "zoom", "dash"})
"""Verbs that always roll, whatever is shown."""

USUAL_SPEED = 90
"""The speed byte of a roll where nothing is said."""


def clause_intents(clause: Clause, *, alone: bool = True) -> Intents:
    """What one clause asks for. alone: nothing else is said in the sentence."""
    if clause.has("ask"):
        return (Answer(clause.first("ask") or "", asks=True),)
    if clause.has("talk"):
        if clause.first("talk") == "still" and not alone:
            return ()  # "don't turn left, turn right"
        rest = clause.without("talk", "do", "that")
        talk = Answer(clause.first("talk") or "")
        if not rest.parts or talk.topic in ("still", "cancel", "later"):
            return (talk,)
        return (talk, *clause_intents(rest))
    if clause.kinds == {"not", "opposite"}:
        return (Opposite(),)  # "no, the other way"
    if clause.has("not") and clause.has("mood"):
        return (Answer("how"),)  # "don't be sad"
    if clause.has("not"):
        return (Answer("still"),) if alone else ()
    if clause.has("event"):
        raise NotUnderstood(clause.text)
    if alone and clause.kinds == {"do", "that", "pace"} and clause.first("pace") in PACES:
        return (Alter("pace", PACES[clause.first("pace") or ""]),)  # "do it in slow motion"
    if clause.has("bright") and clause.has("on", "off"):
        clause = clause.without("bright")  # "it's too dark turn on the light"
    if clause.has("bright") or (clause.kinds >= {"color", "percent"} and not clause.has("shape", *BODY_VERBS)):
        return _about_brightness(clause)
    return _about_before(clause) or _about_robot(clause)


def _about_brightness(clause: Clause) -> Intents:
    """ "Dimmer" is about what is lit; "glow red at half brightness" about what is to be."""
    if not clause.has("color"):
        return bright_intents(clause)
    colored, (dim, *_) = (
        clause.without("bright", "percent", "number", "extent"),
        bright_intents(clause.without("color")),
    )
    return shone(face_intents(colored), cast(Dim, dim).level)


def inherit(clause: Clause, previous: Clause | None) -> Clause:
    """The clause with the verb of the one before, if it has none of its own: "turn left, then right"."""
    if previous is not None and clause.has("that") and clause.has("blink", "clear", "off") and previous.has("light"):
        kept = previous.only("light", "color") if clause.has("blink") else previous.only("light")
        return clause.without("that").plus(*kept.parts)  # "... flash THEM three times, then turn THEM off"
    if clause.verb or previous is None or not clause.parts:
        return clause
    if clause.kinds == {"number"} and previous.verb == "show" and previous.has("number"):
        return clause.plus(Part("show", ("show",), ""))  # "show two, then four"
    if (
        previous.verb == "blink"
        and clause.has("times", "twice")
        and clause.kinds <= {"times", "twice", "color", "light"}
    ):
        return clause.plus(Part("blink", ("blink",), ""))
    if clause.kinds == {"color"} and previous.kinds >= {"light", "color"}:
        return clause.plus(*previous.only("light").parts)  # "turn your front light red, then blue"
    if clause.kinds - ELLIPTIC:
        return clause
    verb = next((part for part in previous.parts if part.kind == previous.verb), None)
    if verb is None or verb.kind not in ("move", "turn", "spin", "look"):
        return clause
    ahead = clause.has("direction") and set(clause.all("direction")) <= {"forward", "back", "away"}
    if ahead and verb.kind in ("spin", "turn"):
        return clause  # "turn right, forward, turn right, forward"
    other_way = previous.has("direction", "clockwise") and clause.kinds <= previous.kinds | {"direction", "clockwise"}
    if verb.kind == "spin" and not other_way and not clause.has("degrees", "times", "twice", "turns", "one_turn"):
        return clause
    if verb.kind == "turn" and clause.has("seconds", "distance"):
        return clause
    if verb.values[0] == "around":
        verb = Part(verb.kind, ("turn",), "")
    return Clause((verb._replace(text=""), *clause.parts))


def _about_before(clause: Clause) -> Intents:
    """What refers to the last command, to a named move, or to nothing that moves."""
    often = measures.more(clause)
    if clause.has("named"):
        number = clause.first("number")
        check_parts(clause, {"named", "times", "twice", "number", "more_times", "that", "again"})
        times = round(float(number)) if number else often
        if times > MOST_REPEATS:
            raise Unwilling("too_often", most=str(MOST_REPEATS))
        return (Perform(clause.first("named") or "", times),)
    if clause.kinds == {"repeat"} or (clause.kinds == {"do"} and clause.first("do") == "more"):
        return (Again(1),)
    if clause.parts and clause.kinds <= {"times", "twice"}:
        return (Again(often),)
    if clause.kinds == {"do", "that", "number"} and clause.text.lower().startswith("make"):
        return (Amend(float(clause.first("number") or 0)),)
    if clause.has("forget"):
        return (Forget(clause.first("title") or clause.first("named") or ""),)
    if clause.has("again", "more_times", "twice_more") or (
        clause.has("that") and clause.kinds <= LAST_ONLY | {"direction"}
    ):
        return _repeated(clause, often)
    if clause.has("opposite"):
        check_parts(clause, {"opposite", "turn", "spin", "that", "direction", "repeat"})
        return (Opposite(),)
    if clause.has("undo"):
        _, _, commands = (clause.first("undo") or "").partition(" ")
        return (Undo(int(commands or 1)),)
    if clause.has("aim"):
        return (Aim(),)
    if clause.kinds == {"change", "number"} and clause.first("number") == "1.0" and clause.text.lower().endswith("one"):
        clause = clause.without("number")  # "now a bigger one"
    if clause.kinds == {"pace"} and clause.first("pace") == "medium":
        return (Alter("pace", USUAL_SPEED),)  # "normal speed"
    if clause.has("change") and clause.kinds <= {
        "change",
        "extent",
        "that",
        "do",
        "move",
        "repeat",
        "spin",
        "turn",
        "face",
    }:
        return _changes(clause)
    if clause.verb == "halt" and clause.has("blink", "icon", "mood", "show", "write", "rainbow", "light"):
        return (Clear(lights=True),)  # "stop blinking"
    if clause.verb == "halt" or clause.kinds == {"halt"}:
        check_parts(clause, {"halt", "turn", "spin", "dance", "that"})
        return (Halt(),)
    return ()


def _repeated(clause: Clause, often: int) -> Intents:
    """The last command once more, or what of it is named, or the same in another way."""
    if (again := clause.first("again") or "").startswith("last "):
        check_parts(clause, {"again", "times", "twice"})
        return (Again(often, commands=int(again.removeprefix("last "))),)
    rest = clause.without("again", "times", "twice", "more_times", "twice_more", "that", "do", "repeat", "this")
    if clause.has("twice_more") and rest.kinds == {"extent"}:
        return (Alter("size", float(rest.first("extent") or 1)),)  # "a bit more"
    if (where := measures.way(rest)) is not None and rest.kinds <= {"direction", "move"}:
        return (Redirect(where.degrees),)  # "again, but to the left"
    if rest.kinds == {"color"}:
        return (Recolor(rest.first("color") or ""),)  # "the same again in green"
    if rest.parts and not rest.has("change"):
        like = clause_intents(rest)
        often = 1 if clause.has("twice_more") else often  # "turn a bit more"
        return (Again(often, like),) if len(like) == 1 and not isinstance(like[0], Answer) else like
    changes = _changes(rest.without("shape", "figure", "spin", "dance", "move", "icon")) if rest.parts else ()
    return changes or (Again(often),)


LAST_ONLY = frozenset({"that", "do", "repeat", "times", "twice", "this"})


def _changes(clause: Clause) -> Intents:
    changes: list[Intent] = []
    for change in clause.all("change"):
        what, _, factor = change.partition(" ")
        changes.append(Alter(cast(Literal["speed", "size", "pace"], what), float(factor)))
    check_parts(clause, {"change", "extent", "that", "repeat", "spin", "turn", "face"})
    return tuple(changes)


def _about_robot(clause: Clause) -> Intents:
    if _is_mood(clause):
        return body_intents(clause)
    if clause.verb == "do" and clause.has("direction") and clause.kinds <= {"do", "direction"}:
        return body_intents(clause.without("do").plus(Part("turn", ("turn",), "")))  # "take a left"
    if clause.kinds == {"do"} and clause.first("do") == "something":
        return (Act("dance"),)
    if clause.kinds <= {"do", "on", "this", "that", "all", "body", "look", "act"}:
        raise NotUnderstood(clause.text)
    face = _face_part(clause)
    if face is None:
        return body_intents(clause)
    body = Clause(tuple(part for part in clause.parts if part not in face.parts))
    if not body.without("do", "turn", "move", "this", "that", "all", "act", "body", "look", "on").parts and not _rolls(
        clause
    ):
        if clause.has("letter", "text") and clause.has("body"):
            raise NotUnderstood(clause.only("body").text)  # "draw the letter s with your path"
        return face_intents(clause.without("body"))
    return (Together(face_intents(face), body_intents(body)),)


def _rolls(clause: Clause) -> bool:
    """Whether the ball moves in a clause about the face: "roll with a green face", but not "turn red"."""
    moves = [part.text.lower() for part in clause.parts if part.kind == "move"]
    rolls = clause.has("rainbow") and not ROLLS.isdisjoint(moves)  # "roll with changing colors", but not "go rainbow"
    return bool(moves) and (rolls or clause.has("face", "icon", "light", "mood"))


def _is_mood(clause: Clause) -> bool:
    """A mood for the whole robot: "be happy", "do a happy dance", but not "a happy face" or "look sad"."""
    if clause.has("dance"):
        return not clause.has("face", "show", "color", "light")
    if not clause.has("mood") or clause.has("face", "show", "look", "icon", "color"):
        return False
    return clause.has("act") or clause.first("mood") in ("celebrate",) or clause.kinds == {"do", "mood"}


def _face_part(clause: Clause) -> Clause | None:
    """The parts about the face and the lights; None if there are none, all of it if it is about nothing else."""
    kinds = clause.kinds
    if _traces(clause):
        return clause.only("color", "light") if clause.has("color", "light") else None
    if not kinds & (FACE_KINDS | {"mood", "number"}) or _faces_a_way(clause):
        return None
    moves = clause.has(*BODY_VERBS) or (
        clause.has("turn") and clause.has(*measures.WAYS, "degrees", "turns", "one_turn")
    )
    if not moves:
        if not kinds & (FACE_KINDS | {"mood"}):
            return clause if clause.has("show") else None
        return clause
    with_it = WITH - {"mood"} if clause.has("dance") else WITH  # "a funny dance with pink lights"
    extra = clause.only(*with_it, *({"figure"} if clause.has("face", "show") else ()))
    return extra if extra.parts else None


def _traces(clause: Clause) -> bool:
    """Whether a shape is to be rolled: "drive a star", "draw a circle", but not "show a star"."""
    if not clause.has("figure", "shape") or clause.has("face", "blink", "icon"):
        return False
    return (
        clause.has("shape", "body")
        or (clause.has("pace") and not clause.has("show"))
        or "trace" in clause.all("do")
        or (clause.has("move", "distance", "side") and not clause.has("show"))
    )


def _faces_a_way(clause: Clause) -> bool:
    """Whether "face" is the verb: "face north"."""
    names_a_way = clause.has("direction", "compass", "heading", "degrees", "clock")
    others = clause.has("move", "spin", "color", "icon", "mood", "figure", "show")
    return clause.has("face") and names_a_way and not others
