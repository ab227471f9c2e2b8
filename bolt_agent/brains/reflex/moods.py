"""Moods and dances: for each the picture, the light, and what the ball does. Data, not rules."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bolt_agent.brains.reflex.limits import TOP_SPEED

__all__ = ["DANCES", "MOODS", "Mood", "Step", "mood_of"]

SLOWEST_PACE, FASTEST_PACE = 0.4, 2.0
"""How much slower and faster than usual a dance still looks like it."""
TOP_SPIN = 720
"""Degrees a second; beyond it a ball slips."""


@dataclass(frozen=True)
class Step:
    """One step of a dance: a method of a move, and its arguments. Headings count from where it faces."""

    method: str
    heading: float = 0.0
    amount: float = 0.0
    """Seconds of a roll or a wait, degrees of a spin."""
    speed: int = 0
    """Of a roll: the speed byte. Of a spin: degrees a second."""

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        return abs(self.amount) / self.speed + 0.25 if self.method == "spin" else self.amount + 0.4

    def at(self, pace: float) -> Step:
        """The same way in less time, or in more. pace: 2 for twice as fast."""
        match self.method:
            case "roll":
                speed = min(TOP_SPEED, round(self.speed * pace))
                return replace(self, amount=round(self.amount * self.speed / speed, 2), speed=speed)
            case "spin":
                return replace(self, speed=min(TOP_SPIN, round(self.speed * pace)))
            case _:
                return replace(self, amount=round(self.amount / pace, 2))


@dataclass(frozen=True)
class Mood:
    """icon and color: of the face; light: of both lights; steps: what the ball does."""

    icon: str
    light: str
    steps: tuple[Step, ...]
    rounds: int = 1


def _roll(heading: float, seconds: float, speed: int) -> Step:
    return Step("roll", heading, seconds, speed)


def _spin(angle: float, pace: int = 360) -> Step:
    return Step("spin", 0.0, angle, pace)


SWAY = (_roll(90, 0.7, 90), _roll(270, 0.7, 90))
SHAKE = (_spin(-30, 300), _spin(60, 300), _spin(-30, 300))
TREMBLE = (_spin(-15, 300), _spin(30, 300), _spin(-15, 300))
NOD = (_roll(0, 0.4, 60), _roll(180, 0.4, 60))

MOODS: dict[str, Mood] = {
    "happy": Mood("smile", "yellow", (*SWAY, _spin(360), *SWAY, _spin(-360))),
    "sad": Mood("sad", "blue", (_roll(180, 1.2, 45), _spin(-40, 40), _spin(80, 40), _spin(-40, 40))),
    "scared": Mood("surprised", "purple", (*TREMBLE, *TREMBLE, _roll(180, 0.8, 150), *TREMBLE)),
    "angry": Mood("angry", "red", (_roll(0, 0.6, 120), _roll(180, 0.6, 120), *SHAKE, *SHAKE)),
    "sleepy": Mood("sleepy", "navy", (_roll(90, 0.9, 45), _roll(270, 0.9, 45), _spin(-30, 30), _spin(30, 30))),
    "excited": Mood("laugh", "orange", (_spin(720, 720), *SWAY, _spin(-720, 720))),
    "surprised": Mood("surprised", "cyan", (_roll(180, 0.5, 130), Step("wait", 0.0, 0.5), _spin(360, 720))),
    "celebrate": Mood("star", "gold", (_spin(720, 720), *SWAY, _spin(-720, 720), *SWAY)),
    "love": Mood("heart", "pink", (*SWAY, _spin(360, 180))),
    "shy": Mood("smile", "pink", (_roll(180, 0.9, 45), _spin(-60, 60), _spin(60, 40))),
    "disgusted": Mood("sad", "green", (*SHAKE, _roll(180, 0.8, 110), *SHAKE)),
    "dizzy": Mood("surprised", "lavender", (_spin(1080, 540), *SWAY, _spin(-90, 90), _spin(90, 90))),
    "calm": Mood("smile", "sky", (_roll(90, 1.2, 40), _roll(270, 1.2, 40), _spin(360, 90))),
    "confused": Mood("question", "cyan", (_spin(-45, 90), _spin(90, 90), _spin(-45, 90), Step("wait", 0.0, 0.5))),
    "proud": Mood("cool", "gold", (_roll(0, 1.0, 60), _spin(360, 180), _roll(180, 1.0, 60))),
    "silly": Mood("wink", "lime", (*SHAKE, _spin(-360, 500), *SWAY, _spin(360, 500))),
}

DANCES: dict[str, Mood] = {
    "dance": Mood("smile", "purple", (*SWAY, _spin(360), _roll(0, 0.7, 90), _roll(180, 0.7, 90), _spin(-360))),
    "wiggle": Mood("wink", "cyan", (*SHAKE, *SHAKE)),
    "tremble": Mood("surprised", "purple", (*TREMBLE, *TREMBLE, *TREMBLE)),
    "nod": Mood("smile", "green", (*NOD, *NOD)),
    "patrol": Mood("eye", "blue", (_roll(0, 1.5, 70), _roll(90, 1.5, 70), _roll(180, 1.5, 70), _roll(270, 1.5, 70))),
}


def mood_of(name: str, pace: float = 1.0) -> Mood:
    """A mood or a dance by its name, so many times as fast."""
    mood = MOODS.get(name) or DANCES[name]
    pace = max(SLOWEST_PACE, min(FASTEST_PACE, pace))
    return mood if pace == 1 else replace(mood, steps=tuple(step.at(pace) for step in mood.steps))
