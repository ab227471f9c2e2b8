"""A scripted session for chats, and what a chat has shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from bolt_agent.cli.chat_conversation import ChatLog
from bolt_agent.cli.picture import Scene
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.records import Account
from bolt_agent.ghost.history.summary import Past
from bolt_agent.ghost.messages import Item, Turn, TurnBegan, TurnEnded
from bolt_agent.ghost.turns.telling import Teller
from drivers.clock import Clock, RealClock

CODE = "def run(moss):\n    moss.body.new_move(run=True).spin(360, 1)\n"
FAILED = TurnEnded(turn=Turn(say="", status="error", error="no answer from the model"))


def told(tell: Callable[[Teller], object]) -> list[Item]:
    """The stream that comes of telling this."""
    items: list[Item] = []
    teller = Teller(items.append, 1)
    tell(teller)
    teller.end()
    return items


def said(*pieces: str) -> list[Item]:
    """The robot says this."""
    return told(lambda teller: [teller.grow("text", piece) for piece in pieces])


class Scripted:
    """A robot whose turns are written down, in a real conversation; a turn that is `None` rolls until it is stopped."""

    greeting = "Hello, I am a ball."

    def __init__(self, *turns: list[Item] | list[Exception] | None, clock: Clock | None = None) -> None:
        self.script = list(turns)
        self.heard: list[str] = []
        self.stops = 0
        self.rolling = asyncio.Event()
        self.stopping = asyncio.Event()
        self.stopped = False
        self.past = Past()
        self._teller = Teller(lambda item: self._meanwhile.append(item), 9)
        self._meanwhile: list[Item] = []
        self.conversation = Conversation(self, clock or RealClock())  # type: ignore[arg-type]

    async def say(self, text: str, _: object = None) -> AsyncIterator[Item]:
        self.heard.append(text)
        yield TurnBegan(turn=len(self.heard), say=text)
        turn = self.script.pop(0) if self.script else []
        if turn is None:
            for item in said("Rolling."):
                yield item
            self.rolling.set()
            await self.stopping.wait()
            turn = [*self._meanwhile, *said("Stopped.")]
        for item in turn:
            if isinstance(item, Exception):
                raise item
            yield item
        if not (turn and isinstance(turn[-1], TurnEnded)):
            yield TurnEnded(turn=Turn(say=text))

    async def stop(self) -> None:
        self.stops += 1
        self.stopping.set()

    def interrupt(self, _: str) -> None:
        self.stopping.set()

    def overhear(self, text: str) -> None:
        self._teller.heard(text)

    def account(self) -> Account:
        return Account(turn=Turn(say=""))

    def scene(self) -> Scene:
        return Scene(trail=[(0, 0), (0, 50)], y=50)


def shown(conversation: ChatLog) -> list[tuple[str, str]]:
    return [(entry.kind, entry.text.rstrip()) for entry in conversation.entries]


def texts(conversation: Conversation, kind: str) -> list[str]:
    return [text for its, text in shown(conversation) if its == kind]
