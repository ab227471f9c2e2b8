"""Holds the player to its limits: checks each motion before it is planned, and watches the ball while it moves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bolt_agent.robot import motions as m
from bolt_agent.robot.drive_model import DriveModel
from bolt_agent.robot.errors import Refused
from bolt_agent.robot.limits import SafetyLimits
from drivers.events import Reading

__all__ = ["Guard", "Place"]

CALM_SPEED = 90
"""The speed of motions for which nobody chose one; under a lower top speed they are slowed down, not refused."""

NEAR, FARTHEST = 15.0, 1000.0
"""cm from the start that count as there, and the longest way home."""

WAY_POINTS = 50
"""Places on the way home that must be inside of the fence."""

TILTED_SAMPLES = 5
"""Sensor samples in a row (0.3 s) for which it must be tilted; the jolt of a bump is shorter."""

MARGIN = 2.0
"""cm; what the locator and the prediction may be wrong by."""

OUTWARD = 0.5
"""cm from one sample to the next; a ball outside of the fence that moves out faster is stopped, one that comes home
is not."""


class Place(NamedTuple):
    """Where the ball will be, in cm from the start, and the way it will face."""

    x: float
    y: float
    heading: float


class Guard:
    """Knows the limits and where the ball is going.

    stop: called with the reason when the ball must stop now.
    """

    def __init__(self, limits: SafetyLimits, model: DriveModel, stop: Callable[[Refused], None]) -> None:
        self.limits = limits
        self._model = model
        self._stop = stop
        self._planned = Place(0.0, 0.0, 0.0)
        self._beyond = -math.inf
        self._tilted = 0

    def reckon_with(self, model: DriveModel) -> None:
        """Another model of the ball from now on."""
        self._model = model

    def admit(self, motion: m.Motion, now: Place | None, *, battery: int, may_bump: bool = False) -> m.Motion:
        """The motion as it may be performed. Raises Refused.

        now: where the ball is, if it begins from there; else it follows what was admitted before.
        may_bump: a reaction ends it early, so its end cannot be foreseen.
        """
        if motion.track != "ball":
            return motion
        if isinstance(motion, m.React):
            inner = tuple(self._bounded(reaction) for reaction in motion.motions)
            return motion if inner == motion.motions else motion.model_copy(update={"motions": inner})
        if now is not None:
            self._planned = now
        motion = self._bounded(motion)
        if isinstance(motion, m.Drive | m.Go | m.Curve) and battery < self.limits.low_battery:
            raise Refused(
                f"my battery is at {battery} %, too low to roll (the limit is {self.limits.low_battery} %): "
                "please charge me",
                limit="low_battery",
            )
        if self.limits.fence is not None:
            self._planned = self._inside(motion, checked=not may_bump)
        return motion

    def way_home(self, here: Place) -> list[m.Motion]:
        """The motions straight back to the start; none where it is near, or where that leads out of the fence."""
        distance = math.hypot(here.x, here.y)
        if distance < NEAR:
            return []
        fence = self.limits.fence
        along = (share / WAY_POINTS for share in range(WAY_POINTS))
        if fence is not None and any(fence.beyond(share * here.x, share * here.y) > 0 for share in along):
            return []
        heading = math.degrees(math.atan2(-here.x, -here.y)) % 360
        go = m.Go(distance=min(distance, FARTHEST), heading=heading, speed=min(CALM_SPEED, self.limits.top_speed))
        return [go]

    def watch(self, reading: Reading, *, rolling: bool) -> None:
        """A sensor sample: stop the ball where it must not go on."""
        self._tilted = self._tilted + 1 if 0 < self.limits.tilt < reading.tilt else 0
        if rolling and self._tilted >= TILTED_SAMPLES:
            self._stop(Refused(f"I am tilted by {reading.tilt:.0f} degrees, so my motors are off", limit="tilt"))
        fence = self.limits.fence
        if fence is None:
            return
        before, self._beyond = self._beyond, fence.beyond(reading.x, reading.y)
        outward = self._beyond - before
        braking = reading.speed * self._model.latency + reading.speed**2 / (2 * self._model.braking)
        if rolling and OUTWARD < outward < math.inf and self._beyond + braking > 0:
            self._stop(Refused(f"stopped at the fence ({fence})", limit="fence"))

    def _bounded(self, motion: m.Motion) -> m.Motion:
        """Within top speed and top duration."""
        limits = self.limits
        seconds = getattr(motion, "duration", 0.0)
        if isinstance(motion, m.Drive | m.Curve | m.Spin) and seconds > limits.top_seconds:
            raise Refused(
                f"{seconds:g} s is too long for one command: the limit is {limits.top_seconds:g} s", limit="top_seconds"
            )
        if isinstance(motion, m.Curve):
            points = tuple((time, heading, self._slow(speed)) for time, heading, speed in motion.points)
            return motion if points == motion.points else motion.model_copy(update={"points": points})
        if isinstance(motion, m.Drive | m.Go):
            speed = self._slow(motion.speed)
            return motion if speed == motion.speed else motion.model_copy(update={"speed": speed})
        return motion

    def _slow(self, speed: int) -> int:
        top = self.limits.top_speed
        if abs(speed) <= top:
            return speed
        if abs(speed) <= CALM_SPEED:
            return top if speed > 0 else -top
        raise Refused(f"speed {abs(speed)} is too fast: the limit is {top}", limit="top_speed")

    def _inside(self, motion: m.Motion, *, checked: bool) -> Place:
        """Where the motion ends. Raises Refused if its way leads out of the fence."""
        fence = self.limits.fence
        assert fence is not None
        place = self._planned
        for place in self._way(motion):
            beyond = fence.beyond(place.x, place.y)
            if checked and beyond > MARGIN and beyond > fence.beyond(self._planned.x, self._planned.y):
                raise Refused(
                    f"that would lead {beyond:.0f} cm out of the fence ({fence}); nothing moved", limit="fence"
                )
        return place

    def _way(self, motion: m.Motion) -> Iterator[Place]:
        """The corners of the way that a motion takes from where the last one ends."""
        x, y, heading = self._planned
        if isinstance(motion, m.Drive | m.Go):
            heading = heading if motion.heading is None else motion.heading
            if isinstance(motion, m.Go):
                distance = motion.distance
            else:
                hold = self._model.hold_for_time(abs(motion.speed), motion.duration) if motion.speed else 0.0
                distance = math.copysign(self._model.roll(abs(motion.speed), hold).distance, motion.speed)
            yield _ahead(x, y, heading, distance)
        elif isinstance(motion, m.Curve):
            times = [time for time, _, _ in motion.points[1:]] + [motion.duration]
            for (time, heading, speed), end in zip(motion.points, times, strict=True):
                distance = math.copysign(self._model.steady_speed(speed), speed) * (end - time)
                x, y, _ = place = _ahead(x, y, heading, distance)
                yield place
        elif isinstance(motion, m.Spin):
            yield Place(x, y, (heading + motion.angle) % 360)
        elif isinstance(motion, m.Turn | m.Halt) and motion.heading is not None:
            yield Place(x, y, motion.heading)
        elif isinstance(motion, m.Aim | m.Compass):
            yield Place(x, y, 0.0)
        else:
            yield self._planned


def _ahead(x: float, y: float, heading: float, distance: float) -> Place:
    radians = math.radians(heading)
    return Place(x + distance * math.sin(radians), y + distance * math.cos(radians), heading)
