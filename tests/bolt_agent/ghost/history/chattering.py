"""A process that talks to itself, and prints each turn when it is shown as done; to be killed at any moment."""

import argparse
import itertools

from history_stage import Talker

from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.keeper import StoreKeeper
from bolt_agent.ghost.history.resuming import resume
from bolt_agent.ghost.history.store import Store
from drivers.clock import RealClock


async def main(url, name, turns):
    resumed = resume(url) if turns is None else None
    thread = resumed.thread if resumed else None
    going_on = {"thread": thread.id, "head": thread.head} if thread else {}
    keeper = StoreKeeper(lambda: Store(url), {"world": "open"}, **going_on)
    conversation = Conversation(Talker(resumed.past() if resumed else None), RealClock(), keeper=keeper)
    for number in itertools.count() if turns is None else range(turns):
        async for item in conversation.talk(f"{name} {number}"):
            if item.item == "ended" and turns is None:
                print(item.turn.say, flush=True)
    await conversation.close()


parser = argparse.ArgumentParser()
parser.add_argument("url")
parser.add_argument("--name", default="turn")
parser.add_argument("--turns", type=int)
given = parser.parse_args()
RealClock().run(main(given.url, given.name, given.turns))
