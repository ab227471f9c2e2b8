"""`bolt-agent studio`: the page."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bolt_agent.cli.options import Choices
from bolt_agent.studio.security import is_loopback
from bolt_agent.studio.serving import Place, open_browser, serve

__all__ = ["open_studio"]


def open_studio(choices: Choices, place: Place, *, balls: int | None, browser: bool) -> int:
    """Serve the page until Ctrl-C. browser: open it."""

    async def started(link: str) -> None:
        print(f"The studio is open: {link}\nCtrl-C closes it.", flush=True)
        if not is_loopback(place.host):
            print(
                "Whoever has this link can move the robot; browsers give it no microphone over plain http.", flush=True
            )
        if browser:
            await open_browser(link)

    with suppress(KeyboardInterrupt):  # the usual way to end it
        asyncio.run(serve(choices.options(), place, balls=balls, report=choices.report, started=started))
    return 0
