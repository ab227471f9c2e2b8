"""`bolt-agent replay`: a conversation runs again, as it was or thought anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bolt_agent.assembly import Assembly
from bolt_agent.cli.options import Choices
from bolt_agent.cli.turns import show, with_session
from bolt_agent.ghost.history.export import read_chat
from bolt_agent.ghost.history.replay import replayed

__all__ = ["replay_chat"]


def replay_chat(choices: Choices, file: Path, *, rethink: bool, as_recorded: frozenset[str]) -> int:
    """Run it again. 1 when a turn failed. as_recorded: which of world and seed the person leaves to the file."""
    chat = read_chat(file)
    recorded = {name: getattr(chat, name) for name in as_recorded}
    choices = replace(choices, store="off", **recorded)  # it is kept already

    async def take(assembly: Assembly) -> None:
        for step in replayed(chat, assembly.conversation, rethink=rethink):
            for line in (f"> {step.say}" if step.say else "", step.reply):
                if line:
                    print(line, flush=True)
            if step.items is not None:
                await show(assembly, step.items)

    return with_session(choices, take)
