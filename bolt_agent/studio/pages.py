"""One page's connection: what it says is done, what is new is sent, and what its microphone hears is understood."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bolt_agent.robot.errors import RobotError
from bolt_agent.studio.gallery import Gallery
from bolt_agent.studio.hub import Client, Hub
from bolt_agent.studio.microphone import Listener
from bolt_agent.studio.protocol import Heard
from bolt_agent.studio.requests import answer_page
from bolt_agent.studio.robots import NotThere
from bolt_agent.studio.stage import Stage
from simulator import WorldError

__all__ = ["Page", "serve_page"]

log = logging.getLogger(__name__)


@dataclass
class Page:
    """What a message of a page may reach. spoken_to: the robot for which its microphone was switched on."""

    stage: Stage
    hub: Hub
    gallery: Gallery
    client: Client
    spoken_to: str | None = None
    microphone: Listener = field(init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.microphone = Listener(self)

    def apart(self, work: Coroutine[Any, Any, None], request: str | None = None) -> None:
        """Do something for which the next message need not wait. request: the id of what asked for it."""
        task = asyncio.create_task(self.told(work, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """The page is gone; what it has asked for is still done."""
        await self.microphone.close()
        if self._tasks:
            await asyncio.wait(self._tasks)

    @property
    def moving(self) -> bool:
        """Whether the robot that is spoken to is busy."""
        robot = self.stage.robots.get(self.spoken_to or "")
        return robot is not None and robot.busy

    def heard(self, message: Heard) -> None:
        """Words, for the page to show."""
        self.client.tell(message)

    def said(self, text: str) -> None:
        """Words, for the robot."""
        try:
            self.stage.robot(self.spoken_to).say(text)
        except NotThere as error:
            self.client.fail(str(error))

    def stop(self) -> None:
        """The emergency word."""
        self.apart(self.stage.stop(self.spoken_to))

    async def told(self, work: Awaitable[None], request: str | None) -> None:
        """Do what the page asks for, or tell it in one line why not. Nothing that a page sends ends the server."""
        try:
            await work
        except (RobotError, WorldError, LookupError, OSError) as error:
            self.client.fail(str(error), request)
        except Exception as error:  # a defect of ours must not end the connection
            log.exception("what a page asked for failed")
            self.client.fail(f"something went wrong here: {type(error).__name__}: {error}", request)


async def serve_page(page: Page, socket: WebSocket) -> None:
    """Talk with one page until it goes."""
    page.hub.clients.add(page.client)
    sending = asyncio.create_task(page.client.send_all(socket.send_text))
    try:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if (text := message.get("text")) is not None:
                await answer_page(page, text)
            elif (sound := message.get("bytes")) is not None:
                page.microphone.feed(sound)
    except (WebSocketDisconnect, RuntimeError):
        return  # it went while something was on its way
    finally:
        page.hub.clients.discard(page.client)
        sending.cancel()
        await asyncio.wait({sending})
        await page.close()
