"""Conversations that are kept, with a robot that answers at once, and the store they are kept in."""

import asyncio

from bolt_agent.brains.brain import Exchange
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.keeper import StoreKeeper
from bolt_agent.ghost.history.records import Account
from bolt_agent.ghost.history.store import Store
from bolt_agent.ghost.history.summary import Past
from bolt_agent.ghost.messages import Turn, TurnBegan, TurnEnded
from bolt_agent.ghost.turns.telling import Teller
from drivers.clock import RealClock

CODE = "def run(moss):\n    moss.face.show('heart')\n"


class Talker:
    """The session of a robot that says "You said ...", and writes a program for what begins with "show"."""

    stopped = False

    def __init__(self, past=None):
        self.past = past or Past()
        self.turns = []

    async def say(self, text, context=None):
        items = []
        number = self.past.turns + 1
        teller = Teller(items.append, number)
        yield TurnBegan(turn=number, say=text)
        teller.grow("text", f"You said {text}.")
        code = CODE if text.startswith("show") else None
        if code:
            teller.grow("code", code)
            teller.result("printed\n")
        teller.end()
        for item in items:
            yield item
        self.turns.append(Turn(say=text, reply=f"You said {text}.", code=code))
        self.past.add(Exchange(text, f"You said {text}.", code, "ok"))
        yield TurnEnded(turn=self.turns[-1])

    def account(self):
        return Account(turn=self.turns[-1], context={"module": "toy"}, summary=self.past.news())

    async def stop(self):
        pass

    async def close(self):
        pass


def talk(url, *texts, opened=None, about=None, resumed=None):
    """Say these in a conversation that is kept; what was seen of it."""

    async def main():
        going_on = {"thread": resumed.thread.id, "head": resumed.thread.head} if resumed and resumed.thread else {}
        keeper = StoreKeeper(opened or (lambda: Store(url)), about or {"world": "open"}, **going_on)
        session = Talker(resumed.past() if resumed else None)
        conversation = Conversation(session, RealClock(), keeper=keeper)
        seen = []
        conversation.watch(seen.append)
        for text in texts:
            async for _ in conversation.talk(text):
                pass
        await conversation.close()
        return seen

    return asyncio.run(main())


def notices(seen):
    return [item.message.text for item in seen if item.item == "tail" and item.message.kind == "notice"]


def ended(seen):
    return [item.turn.say for item in seen if item.item == "ended"]
