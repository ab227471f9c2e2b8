"""The virtual BOLT as a Gymnasium environment: `pip install 'bolt-agent[gym]'`.

    from simulator.gym import BoltEnv
    env = BoltEnv(world="walled", goal=(100, 0))
    observation, info = env.reset(seed=1)
    observation, reward, terminated, truncated, info = env.step([0.25, 0.5])

Several at once: `gymnasium.make_vec("Bolt-v0", num_envs=4, world="maze")`, once this module has been imported.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray
from spherov2.controls.v2 import Packet

from simulator.bolt import VirtualBolt

try:
    import gymnasium
except ModuleNotFoundError:  # an extra: who makes an environment without it is told so
    gymnasium = None

__all__ = ["BoltEnv"]

STEP = 0.1
"""s of simulated time in a step."""
REACHED = 10.0
"""cm from the goal at which it counts as reached."""
FAR = 1000.0
"""cm; the largest coordinate and distance that is observed."""
FASTEST = 200.0
"""cm/s; the same for speeds."""

Reward = Callable[["BoltEnv", float, bool], float]
"""Takes the environment, by how many cm the goal came nearer in this step, and whether the ball bumped."""

_Environment: Any = object if gymnasium is None else gymnasium.Env


def usual_reward(_env: BoltEnv, nearer: float, bumped: bool) -> float:
    """A point for each 10 cm nearer to the goal, five off for a bump."""
    return nearer / 10 - 5.0 * bumped


class BoltEnv(_Environment):  # type: ignore[misc]
    """Drive to a goal.

    action: heading (-1..1 for -180..180 degrees, the world's) and speed (0..1 for the speed byte 0..255).
    observation: x, y, velocity x, y (cm, cm/s), sine and cosine of the heading, the goal seen from the ball (cm), and
    whether it bumped in this step.
    goal: a place in cm; None: a random one on each reset.   reward: a hook, see `Reward`.
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012 - gymnasium's way

    def __init__(
        self,
        world: str | Path = "open",
        *,
        goal: tuple[float, float] | None = None,
        reward: Reward = usual_reward,
        steps: int = 300,
        quirks: str = "ideal",
    ) -> None:
        if gymnasium is None:
            raise ModuleNotFoundError("this environment needs: pip install 'bolt-agent[gym]'", name="gymnasium")
        spaces = gymnasium.spaces
        self.action_space = spaces.Box(
            numpy.array([-1.0, 0.0], dtype=numpy.float32), numpy.array([1.0, 1.0], dtype=numpy.float32)
        )
        high = numpy.array([FAR, FAR, FASTEST, FASTEST, 1, 1, 2 * FAR, 2 * FAR, 1], dtype=numpy.float32)
        self.observation_space = spaces.Box(-high, high)
        self.bolt: VirtualBolt
        self.goal = (0.0, 0.0)
        self._world, self._wanted_goal, self._reward = world, goal, reward
        self._most_steps, self._quirks = steps, quirks

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[NDArray[numpy.float32], dict[str, Any]]:
        """A new world, with the ball at its start. options: may hold a "goal"."""
        super().reset(seed=seed)
        self.bolt = VirtualBolt(self._world, seed=int(self.np_random.integers(2**31)), quirks=self._quirks)
        self._packets = Packet.Manager()
        self._send(0x13, 0x0D, b"", None)
        self.bolt.advance(0.1)
        self._start = self.bolt.pose.heading
        self._steps = self._bumps = 0
        self.goal = (options or {}).get("goal") or self._wanted_goal or self._random_goal()
        return self._observation(bumped=False), self._info()

    def step(self, action: NDArray[numpy.float32]) -> tuple[NDArray[numpy.float32], float, bool, bool, dict[str, Any]]:
        """Drive for a tenth of a second."""
        turn, speed = (float(value) for value in numpy.clip(action, self.action_space.low, self.action_space.high))
        before = self._distance()
        heading = round(180 * turn - self._start) % 360
        self._send(0x16, 0x07, struct.pack(">BHB", round(255 * speed), heading, 0), 0x12)
        self.bolt.advance(round(self.bolt.time + STEP, 3))
        bumps = sum(name == "collision" for _, name in self.bolt.record.events)
        bumped, self._bumps = bumps > self._bumps, bumps
        self._steps += 1
        after = self._distance()
        reward = self._reward(self, before - after, bumped)
        return self._observation(bumped), reward, after < REACHED, self._steps >= self._most_steps, self._info()

    def _observation(self, bumped: bool) -> NDArray[numpy.float32]:
        pose, point = self.bolt.pose, self.bolt.record.path[-1]
        turn = math.radians(pose.heading)
        course = [point.speed * math.sin(turn), point.speed * math.cos(turn)]
        goal = [self.goal[0] - pose.x, self.goal[1] - pose.y]
        values = [pose.x, pose.y, *course, math.sin(turn), math.cos(turn), *goal, float(bumped)]
        seen = numpy.array(values, dtype=numpy.float32)
        space = self.observation_space
        return numpy.clip(seen, space.low, space.high)

    def _info(self) -> dict[str, Any]:
        return {"time": self.bolt.time, "distance": self._distance(), "goal": self.goal}

    def _distance(self) -> float:
        return math.dist(self.goal, self.bolt.pose[:2])

    def _random_goal(self) -> tuple[float, float]:
        floor = self.bolt.world.floor
        reach = 0.4 * min(floor.width, floor.depth, FAR)
        x, y = self.np_random.uniform(-reach, reach, size=2)
        return float(x), float(y)

    def _send(self, did: int, cid: int, data: bytes, target: int | None) -> None:
        self.bolt.write(bytes(self._packets.new_packet(did, cid, target, data).build()))


if gymnasium is not None:
    gymnasium.register("Bolt-v0", entry_point=BoltEnv)
