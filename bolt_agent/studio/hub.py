"""The pages that watch: what each still has to get, so that a slow one holds up nobody and never falls far behind."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bolt_agent.studio.protocol import Failed, Hello, ServerMessage, State
from bolt_agent.studio.watching import merged

__all__ = ["Client", "Hub"]

MOST_WAITING = 1000
"""Messages that wait for a slow page; one that falls behind further is told everything anew instead."""


class Client:
    """One page. hello: makes the message that holds everything there is to know."""

    def __init__(self, hello: Callable[[], Hello]) -> None:
        self._hello = hello
        self._waiting: deque[str] = deque()
        self._state: State | None = None
        """States that it has not got yet, as one: of those only the newest counts."""
        self._state_text: str | None = None
        self._news = asyncio.Event()
        self.tell(hello())

    def tell(self, message: ServerMessage, text: str | None = None) -> None:
        """Put a message on its way. text: the same as JSON, where somebody has it already."""
        if isinstance(message, State):
            self._tell_state(message, text)
        elif isinstance(message, Hello) or len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            self._state = None
            whole = message if isinstance(message, Hello) else self._hello()
            self._waiting.append(whole.model_dump_json())
        else:
            self._waiting.append(text or message.model_dump_json())
        self._news.set()

    def fail(self, text: str, request: str | None = None) -> None:
        """Tell this page that what it asked for did not work."""
        self.tell(Failed(request=request, text=" ".join(text.split())))

    async def send_all(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Send what there is, as fast as the page takes it, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            while (text := self._next()) is not None:
                await send(text)

    def _tell_state(self, state: State, text: str | None) -> None:
        if self._state is None:
            self._state, self._state_text = state, text
            return
        things = state.things if state.things is not None else self._state.things
        robots = merged(self._state.robots, state.robots)
        self._state = state.model_copy(update={"robots": robots, "things": things})
        self._state_text = None

    def _next(self) -> str | None:
        if self._waiting:
            return self._waiting.popleft()
        state, self._state = self._state, None
        return None if state is None else self._state_text or state.model_dump_json()


class Hub:
    """All pages that watch."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()

    def tell(self, message: ServerMessage) -> None:
        """Put a message on its way to every page."""
        if self.clients:
            text = message.model_dump_json()
            for client in list(self.clients):
                client.tell(message, text)
