"""Writes the MOSS code for plain intents, as a good programmer would for the default MOSS file."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bolt_agent.brains.reflex import tracing
from bolt_agent.brains.reflex.facewriter import FACES, is_timed, unseen
from bolt_agent.brains.reflex.foresight import does, endless, must_follow, net_turn, rounds
from bolt_agent.brains.reflex.heading import Compass
from bolt_agent.brains.reflex.intents import (
    FACE_INTENTS,
    Act,
    Aim,
    Face,
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
    Wait,
)
from bolt_agent.brains.reflex.limits import DEFAULT_SECONDS, DEFAULT_SPEED, RUN_UP, SEEN, UNTIL_SECONDS
from bolt_agent.brains.reflex.lines import Lines, number
from bolt_agent.brains.reflex.moods import Step, mood_of
from bolt_agent.brains.reflex.recall import Leg, Memory

__all__ = ["Program", "write"]

Intents = tuple[Intent, ...]

RETREAT = {"collision": "bumped", "freefall": "falling", "landing": "landed"}
"""What a reaction's function is called."""


@dataclass(frozen=True)
class Program:
    """A program, and where it leaves the ball."""

    code: str
    facing: float
    aimed: float
    trail: list[Leg] | None
    rolled: bool
    """Whether the ball leaves its place, be it to come back."""


def write(intents: Intents, memory: Memory) -> Program | None:
    """The program for plain intents; None when there is nothing to do."""
    writer = _Writer(Compass(memory.facing, memory.aimed), memory)
    for reaction in memory.reactions.values():
        if any(does(intent) and not isinstance(intent, FACE_INTENTS) for intent in intents):
            writer.react(reaction)
    writer.sequence(intents)
    if not writer.wrote:
        return None
    compass = writer.compass
    return Program(writer.lines.program(), compass.facing, compass.aimed, writer.trail, writer.rolled)


@dataclass
class _Writer:
    compass: Compass
    memory: Memory
    lines: Lines = field(default_factory=Lines)
    trail: list[Leg] | None = field(default_factory=list)
    parallel: bool = False
    """Whether face and ball go side by side: nobody waits for the ball."""
    wrote: bool = False
    rolled: bool = False
    functions: int = 0

    def sequence(self, intents: Intents) -> None:
        doing = [intent for intent in intents if does(intent)]
        for intent, after in itertools.pairwise([*doing, None]):
            self.wrote = True
            self.rolled = self.rolled or isinstance(intent, (Roll, Trace, Act, Return, Until))
            if isinstance(intent, FACE_INTENTS):
                self._show(intent)
                if unseen(intent, after):
                    self.lines.sleep(SEEN)
            else:
                BODIES[type(intent)](self, intent)

    def react(self, intent: React) -> None:
        """Arm a reaction, then do the body."""
        last = intent.body[-1:]
        if must_follow(intent.then) and any(isinstance(one, Roll) and one.seconds == UNTIL_SECONDS for one in last):
            self.sequence((*intent.body[:-1], Until(intent.event, last, intent.then)))
            return
        if self.lines.busy and not self.lines.reacting:
            self.lines.settle()
            self.lines.need_move(fresh=True)
        self._arm(intent.event, intent.then, self.compass)
        self.sequence(intent.body)

    def _show(self, intent: Intent) -> None:
        if not self.parallel:
            self.lines.settle()
        FACES[type(intent)](self.lines, intent)

    def _roll(self, intent: Roll) -> None:
        compass, lines = self.compass, self.lines
        backward = intent.direction == 180 and not intent.absolute
        heading = compass.to(intent.direction, absolute=intent.absolute, backward=backward)
        sign = -1 if backward else 1
        if intent.waddle:
            lines.ball("set_waddle(True)")
        if intent.cm is not None:
            pace = "" if intent.speed == DEFAULT_SPEED else f", speed={intent.speed}"
            lines.ball(f"go(distance={number(sign * intent.cm)}, heading={heading}{pace})")
        else:
            seconds = DEFAULT_SECONDS if intent.seconds is None else intent.seconds
            duration = number(seconds)
            if intent.run_up:
                lines.start(f"run_up = {number(RUN_UP)}  # seconds to gather full speed")
                duration, seconds = f"run_up + {duration}", seconds + RUN_UP
            lines.ball(f"roll(heading={heading}, speed={sign * intent.speed}, duration={duration})")
            intent = Roll(intent.direction, intent.absolute, seconds, None, intent.speed)
        if intent.waddle:
            lines.ball("set_waddle(False)")
        self._remember(None if compass.looping else Leg(compass.aimed, sign * intent.speed, intent.seconds, intent.cm))

    def _remember(self, leg: Leg | None) -> None:
        """Keep the way that was rolled, to be able to come back."""
        if leg is None or self.trail is None:
            self.trail = None
        else:
            self.trail.append(leg)

    def _turn(self, intent: Turn) -> None:
        spins = intent.seconds is not None or abs(intent.angle) >= 180
        if spins and not self.compass.is_aimed:
            self.lines.ball(f"turn_to({self.compass.to(0)})")
        heading = self.compass.turn(intent.angle, self.lines)
        if spins:
            seconds = intent.seconds or abs(intent.angle) / 360
            self.lines.ball(f"spin(angle={number(intent.angle)}, duration={number(max(0.1, seconds))})")
        else:
            self.lines.ball(f"turn_to({heading})")

    def _face(self, intent: Face) -> None:
        self.lines.ball(f"turn_to({self.compass.face(intent.heading)})")

    def _spin(self, intent: Spin) -> None:
        angle, seconds = number(360 * intent.turns), number(max(0.1, intent.seconds))
        if intent.by_chance:
            self.lines.use("import random")
            angle += " + random.randrange(360)"
            self.compass.lose_aim()
        self.lines.ball(f"spin(angle={angle}, duration={seconds})")

    def _wait(self, intent: Wait) -> None:
        if self.lines.busy or self.lines.reacting or self.parallel:
            self.lines.ball(f"wait({number(intent.seconds)})")
        else:
            self.lines.add(f"moss.body.wait({number(intent.seconds)})")

    def _aim(self, _: Aim) -> None:
        self.lines.ball("reset_aim()")
        self.compass.reset()
        self.trail = None

    def _trace(self, intent: Trace) -> None:
        tracing.trace(self.lines, self.compass, intent)
        if intent.shape in tracing.OPEN_SHAPES:
            self.trail = None

    def _act(self, intent: Act) -> None:
        mood = mood_of(intent.name, intent.pace)
        if not self.parallel:
            self.lines.settle()
        self.lines.face(f'show("{mood.icon}")')
        self.lines.face(f'set_front_led("{mood.light}")')
        self.lines.face(f'set_back_led("{mood.light}")')
        times, rest = rounds(mood.steps, intent)
        self.lines.need_move()
        if not self.compass.is_aimed:
            self.lines.ball(f"turn_to({self.compass.to(0)})")
        if times > 1:
            with self.lines.loop(times):
                self._steps(mood.steps)
        else:
            self._steps(mood.steps * times)
        self._steps(rest)

    def _steps(self, steps: tuple[Step, ...]) -> None:
        for step in steps:
            if step.method == "roll":
                backward = step.heading == 180
                heading = self.compass.to(step.heading, backward=backward)
                speed = -step.speed if backward else step.speed
                self.lines.ball(f"roll(heading={heading}, speed={speed}, duration={number(step.amount)})")
            elif step.method == "spin":
                self.lines.ball(f"spin(angle={number(step.amount)}, duration={number(abs(step.amount) / step.speed)})")
            else:
                self.lines.ball(f"wait({number(step.amount)})")

    def _return(self, intent: Return) -> None:
        trail = self.trail
        if trail == [] and not self.compass.looping:
            trail = self.memory.trail or None
        if intent.home or trail is None or self.compass.looping or intent.speed != DEFAULT_SPEED:
            self._return_by_position(intent.speed, home=intent.home)
        else:
            for leg in reversed(trail):
                heading = number(self.compass.aim(leg.heading))
                if leg.cm is not None:
                    back = -leg.cm if leg.speed > 0 else leg.cm
                    self.lines.ball(f"go(distance={number(back)}, heading={heading}, speed={abs(leg.speed)})")
                else:
                    seconds = number(leg.seconds or DEFAULT_SECONDS)
                    self.lines.ball(f"roll(heading={heading}, speed={-leg.speed}, duration={seconds})")
        self.trail = []

    def _return_by_position(self, speed: int, *, home: bool) -> None:
        lines = self.lines
        pace = "" if speed == DEFAULT_SPEED else f", speed={speed}"
        lines.use("import math")
        if home:
            lines.settle()
            lines.add("here = moss.body.position")
            lines.add("way_home = math.degrees(math.atan2(-here.x, -here.y))")
            lines.ball(f"go(distance=math.hypot(here.x, here.y), heading=way_home{pace})")
        else:
            if self.trail == [] and not self.compass.looping:
                x, y = self.memory.origin
                lines.add(f"start_x, start_y = {number(x)}, {number(y)}")
            else:
                lines.start("start_x, start_y = moss.body.position")
            lines.settle()
            lines.add("here = moss.body.position")
            lines.add("way_back = math.degrees(math.atan2(start_x - here.x, start_y - here.y))")
            lines.ball(f"go(distance=math.dist((start_x, start_y), here), heading=way_back{pace})")
        self.compass.lose_aim()

    def _repeat(self, intent: Repeat) -> None:
        if intent.times > 1 and any(does(one) and not isinstance(one, FACE_INTENTS) for one in intent.body):
            self.lines.need_move()
        net = net_turn(intent.body)
        if intent.times == 1 or (self.compass.looping and net != 0) or net is None:
            for _ in range(intent.times):
                self.sequence(intent.body)
            return
        before, self.trail = self.trail, []
        self.compass.enter(self.lines, turning=net != 0)
        with self.lines.loop(intent.times):
            self.sequence(intent.body)
            if len(intent.body) > 1 and unseen(intent.body[-1], intent.body[0]):
                self.lines.sleep(SEEN)
        self.compass.leave(net * intent.times if net else 0.0)
        after = self.trail
        self.trail = None if before is None or after is None or net else before + after * intent.times

    def _together(self, intent: Together) -> None:
        outer, self.parallel = self.parallel, True
        if not outer:
            self.lines.settle()
        first, face = intent.face[0], intent.face
        late = first.seconds if isinstance(first, Wait) else 0.0  # "roll, but turn red after two seconds"
        acts = any(isinstance(one, Act) for one in intent.body)  # which sets the lights itself
        timed = late or acts or any(is_timed(one) for one in face) or any(map(unseen, face, face[1:]))
        self.sequence(intent.body if timed else face)
        if late:
            self.lines.sleep(late)
            face = face[1:]
        self.sequence(face if timed else intent.body)
        self.parallel = outer

    def _until(self, intent: Until) -> None:
        if self.lines.busy and not self.lines.reacting:
            self.lines.settle()
            self.lines.need_move(fresh=True)
        body = tuple(endless(one) for one in intent.body)
        if must_follow(intent.then):
            self.lines.ball(f"on_{intent.event}()")
            self.sequence(body)
            self.trail = None
            self.lines.settle()
            self.lines.need_move(fresh=True)
            self.sequence(intent.then)
            return
        compass = self.compass.copy()
        if len(body) == 1 and isinstance(body[0], Roll):  # where it points when the event comes
            first = body[0]
            compass.to(first.direction, absolute=first.absolute, backward=first.direction == 180)
        turned = self._arm(intent.event, intent.then, compass)
        self.sequence(body)
        self.compass.facing, self.compass.aimed = turned.facing, turned.aimed
        self.trail = None

    def _arm(self, event: str, then: Intents, at: Compass) -> Compass:
        """Write a reaction that begins with the ball pointing as `at` says; how it points afterwards."""
        if not any(map(does, then)):
            self.lines.ball(f"on_{event}()")
            return at
        self.functions += 1
        name = RETREAT[event] + (f"_{self.functions}" if self.functions > 1 else "")
        before = self.compass, self.trail
        self.compass = turned = at.copy()
        with self.lines.reaction(name):
            self.sequence(then)
        self.compass, self.trail = before[0], None if before[1] is None else [*before[1]]
        self.lines.ball(f"on_{event}({name})")
        return turned


BODIES: dict[type[Any], Callable[[_Writer, Any], None]] = {
    Act: _Writer._act,
    Aim: _Writer._aim,
    Face: _Writer._face,
    React: _Writer.react,
    Repeat: _Writer._repeat,
    Return: _Writer._return,
    Roll: _Writer._roll,
    Spin: _Writer._spin,
    Together: _Writer._together,
    Trace: _Writer._trace,
    Turn: _Writer._turn,
    Until: _Writer._until,
    Wait: _Writer._wait,
}
