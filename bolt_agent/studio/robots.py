"""A robot on the studio's stage: its session while it is open, its conversation, and what a page must know of it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bolt_agent.assembly import Assembly, Options, assemble, opened
from bolt_agent.brains.brain import Brain
from bolt_agent.brains.errors import BrainError
from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.ghost.history.keeper import Keeper
from bolt_agent.ghost.messages import ApprovalAsked, Code, Head, Item, Line, Tail, TurnBegan, TurnEnded
from bolt_agent.moss.errors import MossError
from bolt_agent.robot.animation import Animation as Moving
from bolt_agent.robot.driver import Driver
from bolt_agent.robot.errors import RobotError
from bolt_agent.robot.motions import Clear, Play
from bolt_agent.robot.player import Player
from bolt_agent.studio.geometry import fence_from, placed
from bolt_agent.studio.mirror import Mirror
from bolt_agent.studio.protocol import (
    Animation,
    Faults,
    ItemCame,
    Link,
    LinkChanged,
    Point,
    Predicted,
    Robot,
    ServerMessage,
    StopChanged,
)
from bolt_agent.studio.radio import StudioRadio
from bolt_agent.studio.trying import thinned, try_program
from bolt_agent.studio.watching import Watcher, sight_of
from drivers import BoltDriver
from drivers.clock import Clock
from drivers.events import RobotEvent
from drivers.link import Link as RadioLink
from simulator import Pose, VirtualBolt

__all__ = ["COLORS", "Cast", "NotThere", "StageRobot"]

log = logging.getLogger(__name__)

COLORS = ("#3f8fe0", "#e0703f", "#4fb05a", "#b05fd0", "#d0b030", "#30b8b8", "#d0507a", "#8a8f98")
"""By which robots are told apart."""

MOST_ITEMS = 50_000
"""Of a conversation that can be replayed while it goes on; hours of talking."""

LONGEST_STOP = 3.0
"""Seconds of wall time for a stopped robot to say so; in time that stands still it never does."""

ORIGIN = Pose(0.0, 0.0, 0.0)


class NotThere(LookupError):
    """A robot that cannot be reached now, or is none of ours; the message says what to do."""


@dataclass(frozen=True)
class Cast:
    """What a robot is played by.

    bolt: the virtual one; without it a real one is reached as the options say.   start: where it is put down.
    """

    options: Options
    clock: Clock
    name: str
    color: str
    bolt: VirtualBolt | None = None
    start: Pose = ORIGIN


class StageRobot:
    """One robot and its conversation. tell: takes what pages should hear of it."""

    def __init__(self, cast: Cast, tell: Callable[[ServerMessage], None]) -> None:
        self.name = cast.name
        self.items: deque[tuple[float, Item]] = deque(maxlen=MOST_ITEMS)
        """What was said and done, with its time."""
        self.watcher = Watcher(cast.name)
        self.radio: StudioRadio | None = None
        self._cast = cast
        self._tell = tell
        self._link = Link(status="connecting")
        self._assembly: Assembly | None = None
        self._living: asyncio.Task[None] | None = None
        self._leave = asyncio.Event()
        self._stopped = False
        self._asked: dict[str, ApprovalAsked] = {}
        self._predicted: dict[str, list[Point]] = {}
        self._predicting: asyncio.Task[None] | None = None
        self._code: str | None = None
        self._line: dict[str, int] = {}
        self.thread: int | None = None
        """The number of its conversation in the history, where one is kept."""
        self._finding: asyncio.Task[None] | None = None
        self._preview: Animation | None = None
        self._showing: asyncio.Task[None] | None = None

    # ---- coming and going -------------------------------------------------------------------------------------

    def enter(self, *, spare: bool) -> None:
        """Begin to reach the robot; the link tells how that goes. Harmless where it is reached.

        spare: keep a second worker ready, for when a program is stopped.
        """
        if self._living is None or self._living.done():
            self._leave.clear()
            self._living = asyncio.create_task(self._live(spare=spare), name=f"robot {self.name}")

    async def leave(self) -> None:
        """Let the robot go; it stands still."""
        self._leave.set()
        if self._living is not None:
            if self._assembly is None:
                self._living.cancel()
            await asyncio.wait({self._living})

    async def ready(self) -> None:
        """Wait until the robot is reached, or cannot be."""
        while self._link.status == "connecting":
            await asyncio.sleep(0.01)

    async def _live(self, *, spare: bool) -> None:
        self._linked("connecting")
        container = assemble(self._cast.options)
        container.set(Clock, self._cast.clock)
        seen: VirtualBolt | Mirror
        if self._cast.bolt is None:
            seen = Mirror(container.force_fetch(RadioLink), self._cast.clock)
            container.set(RadioLink, seen)
        else:
            seen = self._cast.bolt
            self.radio = StudioRadio(self._cast.bolt, self._cast.clock)
            container.set(VirtualBolt, self._cast.bolt)
            container.set(Driver, BoltDriver(self.radio, self._cast.clock))
        try:
            brain = container.force_fetch(Brain)
            warming = asyncio.create_task(asyncio.to_thread(getattr(brain, "warm_up", lambda: None)))
            async with opened(container, spare=spare) as assembly:
                await warming  # so that the first answer is as quick as the others
                await self._perform(assembly, seen)
        except (RobotError, MossError, BrainError, OSError) as error:
            self._linked("failed", " ".join(str(error).split()))
        except Exception as error:  # a defect of ours must not look like a robot that is on its way
            log.exception("the robot %s could not be opened", self.name)
            self._linked("failed", f"something went wrong here: {type(error).__name__}: {error}")
        finally:
            self._assembly = self.watcher.sight = None
            for task in (self._predicting, self._showing, self._finding):
                if task is not None:
                    task.cancel()
            if self.radio is not None:
                await self.radio.end()

    async def _perform(self, assembly: Assembly, seen: VirtualBolt | Mirror) -> None:
        driver = assembly.container.force_fetch(Driver)
        driver.on_event(self._robot_event)
        assembly.session.attended = True  # a question waits for the next page that comes
        assembly.conversation.watch(self._came)
        self.watcher.sight = sight_of(seen, driver)
        self._assembly = assembly
        self._linked("connected")
        await self._leave.wait()

    # ---- what pages ask for -----------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say something to it. What comes of it is told as items. Raises NotThere, as all that follow."""
        self.assembly.conversation.talk(text)

    def run(self, code: str) -> None:
        """Let it run a program."""
        self.assembly.conversation.run(code)

    async def stop(self) -> None:
        """Emergency stop; harmless where there is no robot."""
        if self._assembly is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_STOP):
                await self._assembly.conversation.stop()
        self.look_at_latch()

    def release(self) -> None:
        """Take the latch of the emergency stop off."""
        if self._assembly is not None:
            self._assembly.conversation.release()
            self.look_at_latch()

    def spoil(self, faults: Faults) -> None:
        """Make the radio bad, or good again. Raises NotThere for a real robot."""
        if self.radio is None:
            raise NotThere("that is for virtual robots: the radio of a real one is as it is")
        self.radio.change(faults)

    def answer(self, approval: str, yes: bool) -> None:
        """Answer an ApprovalAsked. Raises LookupError where nobody waits for it."""
        self.assembly.conversation.answer(approval, yes)
        self._asked.pop(approval, None)

    def preview(self, animation: Animation | None) -> None:
        """Show an animation that is being painted; None: the face goes dark. Only the newest counts."""
        self._player()
        self._preview = animation
        if self._showing is None or self._showing.done():
            self._showing = asyncio.create_task(self._show())

    def look_at_latch(self) -> None:
        """Tell when the emergency stop was latched or released, wherever that was done."""
        stopped = self._assembly is not None and self._assembly.conversation.stopped
        if stopped != self._stopped:
            self._stopped = stopped
            self._tell(StopChanged(robot=self.name, stopped=stopped))

    # ---- what pages are told ----------------------------------------------------------------------------------

    def describe(self) -> Robot:
        """All there is to know of it."""
        conversation = None if self._assembly is None else self._assembly.conversation
        options = self._cast.options
        return Robot(
            id=self.name,
            name=self.name,
            color=self._cast.color,
            virtual=self._cast.bolt is not None,
            driver=options.driver,
            brain=self.brain,
            link=self._link,
            stopped=self._stopped,
            busy=self.busy,
            messages=conversation.transcript.messages if conversation is not None else [],
            asked=list(self._asked.values()),
            predicted=self._predicted,
            code=self._code,
            line=self._line,
            state=self.watcher.present(),
            fence=fence_from(options.safety.fence, self._cast.start),
            faults=self._faults,
        )

    @property
    def assembly(self) -> Assembly:
        """What it was put together from. Raises NotThere."""
        if self._assembly is None:
            raise NotThere(f"{self.name} is not connected: {self._link.text or 'wait a moment'}")
        return self._assembly

    @property
    def busy(self) -> bool:
        """Whether a turn is under way or waits."""
        return self._assembly is not None and self._assembly.conversation.busy

    @property
    def brain(self) -> str:
        """The name of its mind."""
        if self._assembly is None:
            return self._cast.options.brain
        return str(self._assembly.container.force_fetch(Brain).name)

    def _came(self, item: Item) -> None:
        self.items.append((round(self._cast.clock.now(), 3), item))
        match item:
            case TurnBegan():
                self._code, self._line = None, {}
            case Head(id=identity, kind="code") | Tail(message=Code(id=identity)) if identity != self._code:
                self._code, self._line = identity, {}
            case Line(line=line, track=track):
                self._line = {**self._line, track: line}
            case ApprovalAsked(id=identity):
                self._asked[identity] = item
                self._predicting = asyncio.create_task(self._predict(identity))
            case TurnEnded():
                if self.thread is None:
                    self._finding = asyncio.create_task(self._find_thread())
                self._asked.clear()
                self._predicted.clear()
                self._line = {}
        self._tell(ItemCame(robot=self.name, item=item))
        self.look_at_latch()

    def _robot_event(self, event: RobotEvent) -> None:
        if event.name == "disconnected":
            self._linked("lost", str(event.error or ""))
        elif event.name == "reconnected":
            self._linked("connected")

    def _linked(self, status: str, text: str = "") -> None:
        self._link = Link.model_validate({"status": status, "text": text})
        brain = None if self._assembly is None else self.brain
        self._tell(LinkChanged(robot=self.name, link=self._link, brain=brain))

    @property
    def _faults(self) -> Faults | None:
        if self._cast.bolt is None:
            return None
        return Faults() if self.radio is None else self.radio.faults

    async def _predict(self, approval: str) -> None:
        """Tell which way the program would take that waits for a yes, from here on and with nothing in its way."""
        written = next((m.text for m in self.assembly.conversation.transcript.messages if m.id == self._code), None)
        if written is None:
            return
        now, forward = self.watcher.state, self._cast.start.heading
        here = Pose(now.x, now.y, forward)
        trial = await asyncio.to_thread(try_program, written, (now.heading - forward) % 360)
        if approval in self._asked:
            self._predicted[approval] = [placed(x, y, here) for x, y in thinned(trial.path)]
            self._tell(Predicted(robot=self.name, approval=approval, path=self._predicted[approval]))

    async def _find_thread(self) -> None:
        """Learn the number of the conversation: it is the one that was used last."""
        with suppress(HistoryError):
            newest = await self.assembly.container.force_fetch(Keeper).ask(lambda store: store.thread())
            self.thread = None if newest is None else newest.id

    def _player(self) -> Player:
        return self.assembly.container.force_fetch(Player)

    async def _show(self) -> None:
        player = self._player()
        while True:
            animation = self._preview
            with suppress(RobotError):
                player.perform(Clear() if animation is None else Play(animation=as_animation(animation)))
                await player.wait(track="face")
            if self._preview is animation:
                return


def as_animation(painted: Animation) -> Moving:
    """A painted animation as the robot plays it: again and again, until the next stroke."""
    return Moving(**painted.model_dump(exclude={"duration", "loop"}))
