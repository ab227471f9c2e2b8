"""Talking to the robot in a terminal: a full screen, plain lines, or one turn under a command.

The full screen and what it needs are imported only when it opens.
"""

from __future__ import annotations

from bolt_agent.cli.chat_plain import plain_chat, show_turn
from bolt_agent.cli.chat_turns import ChatSession
from drivers.clock import Clock

__all__ = ["ChatSession", "chat", "plain_chat", "show_turn"]


async def chat(session: ChatSession, clock: Clock) -> None:
    """Chat on a full screen until the person leaves."""
    from bolt_agent.cli.chat_screen import ChatScreen

    await ChatScreen(session, clock).run()
