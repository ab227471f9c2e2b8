"""The stage: the world with its robots, the time they live in, and how both are changed."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import bolt_agent
from bolt_agent.assembly import Options
from bolt_agent.robot.errors import did_you_mean
from bolt_agent.settings import data_folder
from bolt_agent.studio import protocol as p
from bolt_agent.studio.geometry import describe_world, worlds
from bolt_agent.studio.microphone import microphone
from bolt_agent.studio.pace import PacedClock
from bolt_agent.studio.robots import COLORS, Cast, NotThere, StageRobot
from drivers.clock import Clock, RealClock
from simulator import Pose, VirtualWorld, WorldError, load_world
from simulator.world.physics import Thing

__all__ = ["LANGUAGES", "Stage"]

LANGUAGES = ["en", "zh"]

AT_LEAST = 1.0
"""Seconds of wall time between states, however little happens: a page sees that the server lives."""

SUFFIX = ".yaml"

MOST_SPARES = 2
"""Robots up to which each has a spare worker: a process that makes the first program after a stop start at once."""


class Stage:
    """The robots that pages watch. tell: takes what is new; a Hello when everything is.

    balls: how many virtual ones; None: as many as start in the world.   rate: of their time, at first.
    """

    def __init__(
        self,
        options: Options,
        tell: Callable[[p.ServerMessage], None],
        *,
        balls: int | None = None,
        rate: float = 1.0,
    ) -> None:
        self._options = options
        self._tell = tell
        self._balls = balls
        self.virtual = options.driver == "sim"
        self.clock: Clock = PacedClock(rate) if self.virtual else RealClock()
        self.robots: dict[str, StageRobot] = {}
        self._world: VirtualWorld | None = None
        self._geometry: p.World | None = None
        self._threads: dict[str, int | None] = {}
        """With which conversations the robots go on in another world."""
        self._changing = asyncio.Lock()
        self._reading: asyncio.Task[object] | None = None
        self._endings: list[Callable[[], None]] = []
        self._sent = 0.0
        self._things: list[p.ThingPlace] = []

    # ---- coming and going -------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Put the robots on the stage; they are reached while pages load already. Raises WorldError."""
        for cast in self._casts():
            self.robots[cast.name] = StageRobot(cast, self._tell)
        self._reading = asyncio.create_task(asyncio.to_thread(worlds))  # the first page asks for them
        spare = len(self.robots) <= MOST_SPARES
        for robot in self.robots.values():
            robot.enter(spare=spare)

    def on_end(self, listener: Callable[[], None]) -> None:
        """Call back before the robots leave the stage, while there still is a report."""
        self._endings.append(listener)

    async def close(self) -> None:
        """Let all robots go."""
        for listener in self._endings:
            listener()
        if isinstance(self.clock, PacedClock):
            self.clock.change(paused=False)  # what ends takes its time, too
        await asyncio.gather(*(robot.leave() for robot in self.robots.values()))
        self.robots = {}

    async def change_world(self, name: str) -> None:
        """Put the robots into another world. Raises WorldError, LookupError; then everything is as it was."""
        self._need_virtual("a real robot lives in the real world")
        known = dict(self._known_worlds())
        if name not in known:
            raise LookupError(f"there is no world {name!r}: {did_you_mean(name, known)}")
        load_world(known[name])
        await self._begin_again(known[name])

    async def reset(self) -> None:
        """Put the robots back to where they started."""
        self._need_virtual("a real robot is put back by hand")
        await self._begin_again(self._options.world)

    async def connect(self, robot: StageRobot) -> None:
        """Try again to reach a robot."""
        if self.virtual:
            await self.reset()
        else:
            robot.enter(spare=True)

    async def _begin_again(self, world: str) -> None:
        async with self._changing:
            threads = {robot.name: robot.thread for robot in self.robots.values()}
            await self.close()
            self._threads = threads
            self._options = dataclasses.replace(self._options, world=world)
            self.clock = PacedClock(self._paced().rate)  # begins when the robots do
            await self.open()
            self._tell(self.hello())
            await asyncio.gather(*(robot.ready() for robot in self.robots.values()))
            self._tell(self.hello())  # with what was said before

    def _casts(self) -> Iterator[Cast]:
        if not self.virtual:
            name = self._options.robot or "BOLT"
            yield Cast(self._options, self.clock, name, COLORS[0])
            return
        self._world = world = VirtualWorld(self._options.world, balls=self._balls, seed=self._options.seed)
        self._geometry = describe_world(Path(self._options.world).stem, world.spec)
        for number, (bolt, start) in enumerate(zip(world.bolts, world.spec.balls, strict=True)):
            pose = Pose(*start.at, start.heading)
            options = dataclasses.replace(self._options, thread=self._threads.get(bolt.name, self._options.thread))
            yield Cast(options, self.clock, bolt.name, COLORS[number % len(COLORS)], bolt, pose)

    def _need_virtual(self, why: str) -> None:
        if not self.virtual:
            raise NotThere(f"that is for virtual robots: {why}")

    def _known_worlds(self) -> Iterator[tuple[str, str]]:
        """Names that a page may choose, and what each is loaded by."""
        for world in worlds():
            yield world.name, world.name
        folder = data_folder() / "worlds"
        for file in sorted(folder.glob(f"*{SUFFIX}")):
            yield file.stem, str(file)
        if self._options.world.endswith(SUFFIX):
            yield Path(self._options.world).stem, self._options.world

    # ---- what pages ask for -----------------------------------------------------------------------------------

    def robot(self, name: str | None = None) -> StageRobot:
        """The robot of a name; without one the first. Raises NotThere."""
        if not self.robots:
            raise NotThere("the robots are being put into another world: wait a moment")
        name = name or next(iter(self.robots))
        if name not in self.robots:
            raise NotThere(f"there is no robot {name!r}: {did_you_mean(name, self.robots)}")
        return self.robots[name]

    def several(self, name: str | None) -> list[StageRobot]:
        """The robot of a name; without one all of them. Raises NotThere."""
        return [self.robot(name)] if name else list(self.robots.values())

    async def stop(self, name: str | None = None) -> None:
        """Emergency stop. name: of one robot; without it all."""
        await asyncio.gather(*(robot.stop() for robot in self.several(name)))

    def release(self, name: str | None = None) -> None:
        """Take the latch off."""
        for robot in self.several(name):
            robot.release()

    @property
    def busy(self) -> bool:
        """Whether a turn of any robot is under way or waits."""
        return any(robot.busy for robot in self.robots.values())

    @property
    def history(self) -> str | None:
        """The URL of the database that keeps conversations; None: they are not kept."""
        return self._options.history

    @property
    def time(self) -> float:
        """Seconds of the robots' clock, which begins when the first of them is reached."""
        lives = any(robot.watcher.sight is not None for robot in self.robots.values())
        return round(self.clock.now(), 3) if lives else 0.0

    @property
    def pace(self) -> p.Pace | None:
        """How fast time passes; None for real robots."""
        clock = self.clock
        return p.Pace(rate=clock.rate, paused=clock.paused) if isinstance(clock, PacedClock) else None

    def change_pace(self, rate: float | None, paused: bool | None) -> None:
        """Let time pass at another rate, or stand still. Raises NotThere for real robots."""
        self._paced().change(rate=rate, paused=paused)
        self._tell_pace()

    def step(self, seconds: float) -> None:
        """Let so much time pass, then stand still."""
        self._paced().step(seconds, self._tell_pace)
        self._tell_pace()

    def _paced(self) -> PacedClock:
        if not isinstance(self.clock, PacedClock):
            raise NotThere("that is for virtual robots: real time cannot be changed")
        return self.clock

    def _tell_pace(self) -> None:
        if self.pace is not None:
            self._tell(p.PaceChanged(pace=self.pace))

    def report(self) -> dict[str, Any]:
        """What was said and done so far, as bolt-report/1. Raises LookupError where nothing can be measured."""
        first, *others = [robot.assembly.report() for robot in self.robots.values()]
        measured = dict(zip(list(self.robots)[1:], others, strict=True))
        return {**first, "others": measured} if others else first

    # ---- what pages are told ----------------------------------------------------------------------------------

    def hello(self) -> p.Hello:
        """All there is to know now."""
        return p.Hello(
            version=bolt_agent.__version__,
            languages=LANGUAGES,
            robots=[robot.describe() for robot in self.robots.values()],
            world=self._geometry,
            things=self._loose_things(),
            worlds=list(self._offered_worlds()),
            top_speed=self._options.safety.top_speed,
            t=self.time,
            pace=self.pace,
            microphone=microphone(),
        )

    def look(self) -> p.State | None:
        """What has changed since the last look; None where nothing has, and that not for long."""
        changed = [state for robot in self.robots.values() if (state := robot.watcher.look()) is not None]
        for robot in self.robots.values():
            robot.look_at_latch()
        things = self._moved_things()
        now = asyncio.get_running_loop().time()
        if not changed and things is None and now - self._sent < AT_LEAST:
            return None
        self._sent = now
        return p.State.model_construct(t=self.time, robots=changed, things=things)

    def _offered_worlds(self) -> Iterator[p.WorldName]:
        if not self.virtual:
            return
        shipped = worlds()
        yield from shipped
        for name, file in self._known_worlds():
            if file.endswith(SUFFIX):
                with suppress(WorldError):  # one that cannot be read is none to choose
                    spec = load_world(file)
                    yield p.WorldName(name=name, about=spec.about, balls=len(spec.balls))

    def _moved_things(self) -> list[p.ThingPlace] | None:
        before, self._things = self._things, self._loose_things()
        return None if self._things == before else self._things

    def _loose_things(self) -> list[p.ThingPlace]:
        return [] if self._world is None else [_place(thing) for thing in self._world.things]


def _place(thing: Thing) -> p.ThingPlace:
    w, i, j, k = (round(part, 3) for part in thing.quaternion)
    return round(thing.x, 1), round(thing.y, 1), round(thing.z, 1), w, i, j, k
