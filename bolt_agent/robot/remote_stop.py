"""The emergency stop from another terminal: each session listens on a socket that only its own user can reach.

A Unix socket in the user's runtime folder; on Windows a port of this machine with a key kept in a file there. Both
take one word, `stop`, and answer `stopped` when the robot has heard it.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

__all__ = ["listening", "stop_all"]

STOP, STOPPED = b"stop\n", b"stopped\n"

ANSWER_TIME = 3.0
"""Seconds of wall time within which a session must say that it has stopped."""

_numbers = itertools.count(1)


@asynccontextmanager
async def listening(stop: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """While the block runs, a `stop_all` of the same user calls `stop`.

    Where no socket can be made (a home that cannot be written), the session goes on without.
    """
    key = os.urandom(16).hex().encode() if sys.platform == "win32" else b""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ValueError):
            if await reader.readline() == key + STOP:
                await stop()
                writer.write(STOPPED)
                await writer.drain()
            writer.close()

    try:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{os.getpid()}-{next(_numbers)}"
        if sys.platform == "win32":
            server = await asyncio.start_server(serve, "127.0.0.1", 0)
            path.write_text(f"{server.sockets[0].getsockname()[1]} {key.decode()}", encoding="ascii")
        else:
            server = await asyncio.start_unix_server(serve, path)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        server.close()
        with suppress(OSError):
            path.unlink()


async def stop_all() -> tuple[int, int]:
    """Stop every session of this user: how many did, and how many there are. Forgets those that are gone."""
    folder = _folder()
    doors = sorted(folder.iterdir()) if folder.is_dir() else []
    answers = await asyncio.gather(*(_knock(door) for door in doors))
    return answers.count(True), len(answers) - answers.count(None)


async def _knock(path: Path) -> bool | None:
    """Whether the session behind it has stopped; None when there is none any more."""
    key = b""
    try:
        if sys.platform == "win32":
            port, _, key_text = path.read_text(encoding="ascii").partition(" ")
            key = key_text.encode()
            reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
        else:
            reader, writer = await asyncio.open_unix_connection(path)
    except (OSError, ValueError):
        with suppress(OSError):
            path.unlink()  # its session was killed
        return None
    try:
        writer.write(key + STOP)
        async with asyncio.timeout(ANSWER_TIME):
            return await reader.readline() == STOPPED
    except OSError:
        return False
    finally:
        writer.close()


def _folder() -> Path:
    """Where sessions are found. BOLT_AGENT_RUNTIME names another place."""
    if place := os.environ.get("BOLT_AGENT_RUNTIME"):
        return Path(place)
    import platformdirs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where the system has no such folder, its substitute is as good
        return platformdirs.user_runtime_path("bolt-agent") / "sessions"
