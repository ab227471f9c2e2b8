"""Conversations for programs: `bolt_agent.open_conversation`, with `async with` or, in a script, with `with`."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import Future
from contextlib import AsyncExitStack, ExitStack
from types import TracebackType
from typing import Any, TypeVar

from bolt_agent.assembly import Assembly, Options, assemble, opened
from bolt_agent.container import Container
from bolt_agent.ghost.context import Context
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.messages import Item, Turn, TurnEnded
from bolt_agent.settings import read_settings
from drivers.clock import Clock

__all__ = ["OpenConversation", "ScriptConversation", "open_conversation"]

T = TypeVar("T")


def open_conversation(container: Container | None = None, **options: Any) -> OpenConversation:
    """A robot to talk with; at the end of the block it stands still.

    In an asynchronous program the block is given a `Conversation`:

        async with bolt_agent.open_conversation(world="walled") as conversation:
            async for item in conversation.talk("roll until you hit something"):
                print(item)

    In a script it is given a `ScriptConversation`, whose calls wait:

        with bolt_agent.open_conversation(clock="fast") as conversation:
            turn = conversation.talk("roll in a square, then show a heart")
            print(turn.reply, turn.status)

    options: those of `bolt_agent.assembly.Options`, such as driver, brain, clock, world, seed, history.
    container: instead of options, one from `bolt_agent.assembly.assemble` in which the program has put its own brain
    or driver. Opening raises UnknownChoice, RobotError, MossError, BrainError, HistoryError.
    """
    if container is None:
        container = assemble(Options(**{"settings": read_settings(), **options}))
    elif options:
        raise TypeError("give open_conversation a container or options, not both")
    return OpenConversation(container)


class OpenConversation:
    """What `open_conversation` returns: enter it with `async with` or with `with`."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._stack = AsyncExitStack()
        self._script: ScriptConversation | None = None

    async def __aenter__(self) -> Conversation:
        assembly = await self._stack.enter_async_context(opened(self._container, spare=True))
        return assembly.conversation

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, traceback)

    def __enter__(self) -> ScriptConversation:
        self._script = ScriptConversation(self._container)
        return self._script

    def __exit__(self, *_: object) -> None:
        if self._script is not None:
            self._script.close()


class ScriptConversation:
    """A conversation whose calls wait for their turn to end. The robot lives in a thread of its own meanwhile.

    Simulated time stands still between the calls.
    """

    def __init__(self, container: Container) -> None:
        self._container = container
        self._clock = container.force_fetch(Clock)
        self._still = ExitStack()
        self._calls = 0
        self._assembly: Future[Assembly] = Future()
        self._thread = threading.Thread(target=self._live, name="bolt-agent", daemon=True)
        self._thread.start()
        self._assembly.result()

    def talk(self, text: str, context: Context | None = None) -> Turn:
        """Say something, and wait for what came of it. "stop" from another thread ends it at once."""
        return self._call(_last_turn(lambda: self._conversation.talk(text, context)))

    def run(self, code: str) -> Turn:
        """Run a program that defines `run(moss)`, and wait for its end."""
        return self._call(_last_turn(lambda: self._conversation.run(code)))

    def stop(self) -> None:
        """Emergency stop."""
        self._call(self._conversation.stop())

    def report(self) -> dict[str, Any]:
        """What the virtual robot did so far. Raises LookupError for a real robot."""
        return self._assembly.result().report()

    def close(self) -> None:
        """End what is under way; the robot stands still."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._left.set)
            self._thread.join()

    @property
    def _conversation(self) -> Conversation:
        return self._assembly.result().conversation

    def _live(self) -> None:
        try:
            self._clock.run(self._main())
        except BaseException as error:
            if self._assembly.done():
                raise
            self._assembly.set_exception(error)  # whoever opens it is told

    async def _main(self) -> None:
        self._loop, self._left = asyncio.get_running_loop(), asyncio.Event()
        async with opened(self._container, spare=True) as assembly:
            self._let_time_pass()
            self._assembly.set_result(assembly)
            await self._left.wait()
            self._still.close()

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        async def timed() -> T:
            self._calls += 1
            self._let_time_pass()
            try:
                return await work
            finally:
                self._calls -= 1
                self._let_time_pass()

        called = asyncio.run_coroutine_threadsafe(timed(), self._loop)
        try:
            return called.result()
        except KeyboardInterrupt:
            asyncio.run_coroutine_threadsafe(self._conversation.stop(), self._loop).result()
            raise

    def _let_time_pass(self) -> None:
        self._still.close()
        if not self._calls:
            self._still.enter_context(self._clock.held())


async def _last_turn(begin: Any) -> Turn:
    items: AsyncIterator[Item] = begin()
    turn = Turn(say="", status="refused", reply="This was not taken: see `interruptions`.")
    async for item in items:
        if isinstance(item, TurnEnded):
            turn = item.turn
    return turn
