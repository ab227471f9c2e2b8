"""The keys of `bolt-agent listen`, read while everything else goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from prompt_toolkit.input import Input, create_input

__all__ = ["keys_pressed"]

ESCAPE_WAIT = 0.05
"""Seconds after Esc in which it may still turn out to be the beginning of another key."""


@asynccontextmanager
async def keys_pressed(actions: Mapping[str, Callable[[], None]], source: Input | None = None) -> AsyncIterator[None]:
    """Within the block, a key calls its action. actions: by the names that prompt_toolkit has: 'escape', ' ', 'c-c'."""
    terminal = source or create_input()
    loop = asyncio.get_running_loop()

    def act() -> None:
        for press in terminal.read_keys():
            _do(actions, press.key)
        loop.call_later(ESCAPE_WAIT, flush)

    def flush() -> None:
        for press in terminal.flush_keys():
            _do(actions, press.key)

    with terminal.raw_mode(), terminal.attach(act):
        yield


def _do(actions: Mapping[str, Callable[[], None]], key: object) -> None:
    action = actions.get(str(getattr(key, "value", key)))
    if action is not None:
        action()
