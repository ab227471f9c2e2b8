"""Serving the studio: from options to a page in the browser, until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import secrets
import socket
import webbrowser
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from bolt_agent.assembly import Options, UnknownChoice, assemble
from bolt_agent.ghost.turns.report import write_report
from bolt_agent.studio.app import Studio
from bolt_agent.studio.security import is_loopback
from bolt_agent.studio.stage import Stage
from simulator import load_world

__all__ = ["LONGEST_MESSAGE", "Place", "PortTaken", "serve"]

LONGEST_MESSAGE = 1_000_000
"""Bytes of one message of a page; a longer one ends its connection."""

LAST_WORDS = 3
"""Seconds that pages have to go when the server ends."""


class PortTaken(OSError):
    """The studio cannot listen there; the message says what to do."""


@dataclass(frozen=True)
class Place:
    """Where the studio is served. host: an address of this machine.   port: 0, any that is free."""

    host: str = "127.0.0.1"
    port: int = 8765


async def serve(
    options: Options,
    place: Place,
    *,
    balls: int | None = None,
    report: Path | None = None,
    started: Callable[[str], Awaitable[None]] | None = None,
) -> None:
    """Serve until Ctrl-C. report: where to write what the robots did.   started: is told the link to the page.

    Raises PortTaken, UnknownChoice, WorldError.
    """
    _check(options, balls)
    token = None if is_loopback(place.host) else secrets.token_urlsafe(16)
    studio = Studio(lambda tell: Stage(options, tell, balls=balls), token=token)
    if report is not None:
        studio.stage.on_end(lambda: _write(report, studio.stage))
    config = uvicorn.Config(
        studio.app,
        lifespan="on",
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
        ws_per_message_deflate=False,  # costs more time than it saves on a loopback or a home network
        timeout_graceful_shutdown=LAST_WORDS,
        server_header=False,
    )
    with _listening(place) as door:
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[door]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.005)
        if server.started and started is not None:
            await started(link_to(place.host, door.getsockname()[1], token))
        await serving


def _check(options: Options, balls: int | None) -> None:
    """Tell wrong choices before anything starts."""
    if options.clock != "real":
        raise UnknownChoice("the studio shows robots as they move: use --clock real, and choose the speed on the page")
    if options.driver == "sim":
        load_world(options.world)
    elif balls is not None:
        raise UnknownChoice("--balls is for virtual robots: a studio has one real robot")
    assemble(options)


def _write(file: Path, stage: Stage) -> None:
    with contextlib.suppress(LookupError):  # no robot was reached, or a real one, of which nothing is measured
        write_report(file, stage.report())


def link_to(host: str, port: int, token: str | None) -> str:
    """The link that opens the page.

    >>> link_to("127.0.0.1", 8765, None), link_to("::1", 80, "secret")
    ('http://127.0.0.1:8765/', 'http://[::1]:80/?token=secret')
    """
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{port}/" + ("" if token is None else f"?token={token}")


async def open_browser(link: str) -> None:
    """Show the page; a browser that takes its time, or is not there, holds up nothing."""
    with contextlib.suppress(webbrowser.Error):
        await asyncio.to_thread(webbrowser.open, link)


@contextlib.contextmanager
def _listening(place: Place) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((place.host, place.port))
    except OSError as error:
        door.close()
        if error.errno == errno.EADDRINUSE:
            why = f"port {place.port} is taken, perhaps by another studio: choose another with --port, or 0 for any"
        else:
            why = f"cannot listen on {place.host}:{place.port}: {error.strerror}"
        raise PortTaken(why) from None
    with door:
        yield door
