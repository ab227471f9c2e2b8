"""What can be told of intents before they are written: whether they do anything, how long, and how far they turn."""

from __future__ import annotations

from bolt_agent.brains.reflex.budget import shape_seconds
from bolt_agent.brains.reflex.facewriter import is_timed
from bolt_agent.brains.reflex.intents import (
    Act,
    Aim,
    Answer,
    Define,
    Face,
    Forget,
    Halt,
    Intent,
    React,
    Repeat,
    Return,
    Roll,
    Spin,
    Together,
    Trace,
    Turn,
    Until,
)
from bolt_agent.brains.reflex.limits import UNTIL_SECONDS
from bolt_agent.brains.reflex.moods import Step

__all__ = ["does", "endless", "must_follow", "net_turn", "rounds"]

Intents = tuple[Intent, ...]


def does(intent: Intent) -> bool:
    """Whether there is anything in it to be done by the robot, and not only to be said or remembered."""
    if isinstance(intent, Together):
        return any(map(does, (*intent.face, *intent.body)))
    if isinstance(intent, Repeat):
        return intent.times > 0 and any(map(does, intent.body))
    return not isinstance(intent, (Answer, Define, Forget, Halt))


def rounds(steps: tuple[Step, ...], intent: Act) -> tuple[int, tuple[Step, ...]]:
    """How often to do all the steps, and which to do once more, to fill the time."""
    if intent.seconds is None:
        return intent.times, ()
    times, left = divmod(intent.seconds, sum(step.seconds for step in steps))
    rest: list[Step] = []
    for step in steps:
        if left < step.seconds / 2:
            break
        rest.append(step)
        left -= step.seconds
    return int(times), tuple(rest)


def endless(intent: Intent) -> Intent:
    """A roll that goes on until something happens."""
    if isinstance(intent, Roll) and intent.seconds is None and intent.cm is None:
        return Roll(intent.direction, intent.absolute, UNTIL_SECONDS, None, intent.speed, intent.waddle)
    if isinstance(intent, Spin) and intent.turns in (1, -1):
        return Spin(intent.turns * UNTIL_SECONDS, UNTIL_SECONDS)
    if isinstance(intent, Trace) and intent.times == 1:
        times = max(1, round(UNTIL_SECONDS / shape_seconds(intent)))
        return Trace(intent.shape, intent.size, intent.width, times, intent.clockwise, intent.direction,
                     intent.scale, intent.speed)  # fmt: skip
    return intent


def must_follow(intents: Intents) -> bool:
    """Whether it cannot be composed before the event: it needs to know where the ball is, or takes its time."""
    for intent in intents:
        if isinstance(intent, (Return, Until, React)) or is_timed(intent):
            return True
        if isinstance(intent, (Repeat, Together)) and must_follow(intent.body):
            return True
    return False


def net_turn(intents: Intents) -> float | None:
    """How far the way "forward" turns in all; None when that cannot be told beforehand."""
    net = 0.0
    for intent in intents:
        if isinstance(intent, Turn):
            net += intent.angle
        elif isinstance(intent, (Face, Aim, Until, React)):
            return None
        elif isinstance(intent, (Repeat, Together)):
            inner = net_turn(intent.body)
            if inner is None:
                return None
            net += inner * (intent.times if isinstance(intent, Repeat) else 1)
    return net
