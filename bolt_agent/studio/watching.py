"""Looking at robots: how each is now, and what of it has changed since the last look."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Protocol

from bolt_agent.robot.driver import Driver
from bolt_agent.studio.mirror import Mirror
from bolt_agent.studio.protocol import RobotState, TrailPoint
from simulator import VirtualBolt

__all__ = ["LONGEST_TRAIL", "Sight", "Watcher", "merged", "sight_of"]

LONGEST_TRAIL = 4000
"""Points that a late comer is shown; a minute and a half of rolling."""

MOVED = 0.5
"""cm between points of the trail."""

LONGEST_NEWS = 500
"""Points of the trail in one message; a page that was asleep gets fewer of them."""


class Sight(Protocol):
    """What can be seen of a robot."""

    def look(self, name: str) -> RobotState:
        """How it is now, with all of its face and lights, and no trail."""

    def trail(self, since: float) -> list[TrailPoint]:
        """Where it has been after that moment."""


class VirtualSight:
    """A virtual robot, as it really is."""

    def __init__(self, bolt: VirtualBolt, driver: Driver) -> None:
        self._bolt = bolt
        self._driver = driver

    def look(self, name: str) -> RobotState:
        bolt, pose = self._bolt, self._bolt.pose
        pitch, roll = bolt.lean
        right, forward, up = self._driver.reading.acceleration
        return RobotState.model_construct(  # many times a second, of values that are known to be right
            id=name,
            x=round(pose.x, 1) + 0.0,
            y=round(pose.y, 1) + 0.0,
            z=round(bolt.height, 1),
            heading=round(pose.heading, 1) % 360,
            pitch=round(pitch, 1) + 0.0,
            roll=round(roll, 1) + 0.0,
            speed=round(bolt.speed, 1),
            acceleration=(round(right, 2), round(forward, 2), round(up, 2)),
            battery=self._driver.battery,
            face=_face(bolt),
            front=bolt.front_led,
            back=bolt.back_led,
            trail=[],
        )

    def trail(self, since: float) -> list[TrailPoint]:
        found: list[TrailPoint] = []
        for point in reversed(self._bolt.record.path):
            if point.t <= since or len(found) >= LONGEST_TRAIL:
                break
            found.append((round(point.t, 2), round(point.x, 1), round(point.y, 1)))
        return found[::-1]


class SensedSight:
    """A real robot: where it reckons it is, and how it was told to look."""

    def __init__(self, mirror: Mirror, driver: Driver) -> None:
        self._mirror = mirror
        self._driver = driver
        self._time = 0.0

    def look(self, name: str) -> RobotState:
        reading, double = self._driver.reading, self._mirror.double
        right, forward, up = reading.acceleration
        return RobotState(
            id=name,
            x=round(reading.x, 1),
            y=round(reading.y, 1),
            heading=round(reading.heading, 1) % 360,
            speed=round(reading.speed, 1),
            acceleration=(round(right, 2), round(forward, 2), round(up, 2)),
            battery=self._driver.battery,
            face=_face(double),
            front=double.front_led,
            back=double.back_led,
        )

    def trail(self, since: float) -> list[TrailPoint]:
        del since
        reading = self._driver.reading
        self._time += 1.0  # the order is all that counts
        return [(self._time, round(reading.x, 1), round(reading.y, 1))]


def sight_of(seen: VirtualBolt | Mirror, driver: Driver) -> Sight:
    """The best view of a robot that there is."""
    return SensedSight(seen, driver) if isinstance(seen, Mirror) else VirtualSight(seen, driver)


def _face(bolt: VirtualBolt) -> str:
    return "".join(color[1:] for row in bolt.face for color in row)


class Watcher:
    """Looks at one robot again and again.

    state: how it was at the last look, whole.   trail: where it has been.
    """

    def __init__(self, name: str, sight: Sight | None = None) -> None:
        self.state = RobotState(id=name)
        self.trail: deque[TrailPoint] = deque(maxlen=LONGEST_TRAIL)
        self.sight = sight
        self._seen = -1.0

    def look(self) -> RobotState | None:
        """What has changed since the last look; None where nothing has."""
        if self.sight is None:
            return None
        before, self.state = self.state, self.sight.look(self.state.id)
        news = [point for point in self.sight.trail(self._seen) if self._is_away(point)]
        if not news and _looks_alike(before, self.state):
            return None
        changed = {
            part: None for part in ("face", "front", "back") if getattr(before, part) == getattr(self.state, part)
        }
        return self.state.model_copy(update={**changed, "trail": news[-LONGEST_NEWS:]})

    def present(self) -> RobotState:
        """How it is now, and where it has been: for somebody who has seen nothing yet."""
        state = self.state if self.sight is None else self.sight.look(self.state.id)
        return state.model_copy(update={"trail": list(self.trail)})

    def clear_trail(self) -> None:
        """Forget where it has been, but not where it is."""
        while len(self.trail) > 1:
            self.trail.popleft()

    def _is_away(self, point: TrailPoint) -> bool:
        """Whether it has moved enough to be a new point of the trail, which it then is."""
        time, x, y = point
        self._seen = max(self._seen, time)
        if self.trail and abs(x - self.trail[-1][1]) < MOVED and abs(y - self.trail[-1][2]) < MOVED:
            return False
        self.trail.append(point)
        return True


def _looks_alike(before: RobotState, after: RobotState) -> bool:
    """Whether nothing that one sees has changed; a sensor at rest is never quite still."""
    return after.model_copy(update={"acceleration": before.acceleration}) == before


def merged(before: Sequence[RobotState], after: Sequence[RobotState]) -> list[RobotState]:
    """Two messages about robots in one, for a page that has not got the first one yet.

    >>> one, two = RobotState(id="a", front="#ff0000", trail=[(0, 0, 0)]), RobotState(id="a", trail=[(1, 5, 0)])
    >>> both = merged([one], [two])[0]
    >>> both.front, both.trail
    ('#ff0000', [(0.0, 0.0, 0.0), (1.0, 5.0, 0.0)])
    """
    states = {state.id: state for state in before}
    for state in after:
        earlier = states.get(state.id)
        if earlier is not None:
            kept = {part: getattr(earlier, part) for part in ("face", "front", "back") if getattr(state, part) is None}
            trail = [*earlier.trail, *state.trail]
            if len(trail) > LONGEST_NEWS:
                trail = trail[::2]
            state = state.model_copy(update={**kept, "trail": trail})
        states[state.id] = state
    return list(states.values())
