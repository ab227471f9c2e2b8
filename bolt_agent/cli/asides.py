"""What a robot says that nobody has asked for just now: other ghosts have found something."""

from __future__ import annotations

from bolt_agent.cli.chat_conversation import printable
from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.messages import Item, TurnEnded

__all__ = ["print_asides"]


def print_asides(conversation: Conversation) -> None:
    """Print it from now on, where only the turns that a person takes are shown."""

    def listen(item: Item) -> None:
        if isinstance(item, TurnEnded) and not item.turn.say and item.turn.code is None:
            print(printable(item.turn.reply), flush=True)

    conversation.watch(listen)
