"""Runs a conversation again, from its file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

from bolt_agent.ghost.conversation import Conversation
from bolt_agent.ghost.history.export import Chat
from bolt_agent.ghost.messages import Item

__all__ = ["Step", "replayed"]


class Step(NamedTuple):
    """One thing of a conversation that is done again. say: what was said then.   items: None where nothing is done."""

    say: str
    reply: str
    items: AsyncIterator[Item] | None


def replayed(chat: Chat, conversation: Conversation, *, rethink: bool = False) -> Iterator[Step]:
    """The steps of a conversation, each begun when it is asked for.

    rethink: say the words again, and let the brain that is there now answer them, instead of running the programs.
    A turn that had neither a program nor (with rethink) words is only told.
    """
    for turn in chat.turns:
        if rethink and turn.say:
            yield Step(turn.say, "", conversation.talk(turn.say))
            continue
        yield Step(turn.say, turn.reply, conversation.run(turn.code[0]) if turn.code else None)
        for code in turn.code[1:]:
            yield Step("", "", conversation.run(code))
