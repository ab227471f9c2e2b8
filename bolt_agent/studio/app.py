"""The studio as a web application: its routes, and its life from the first page to the last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bolt_agent.ghost.history.errors import HistoryError
from bolt_agent.rendering import NoVideo
from bolt_agent.studio.gallery import Gallery
from bolt_agent.studio.gallery_routes import gallery_routes
from bolt_agent.studio.hub import Client, Hub
from bolt_agent.studio.pages import Page, serve_page
from bolt_agent.studio.protocol import GalleryChanged, ServerMessage
from bolt_agent.studio.replay_routes import replay_routes
from bolt_agent.studio.replays import Replays
from bolt_agent.studio.security import Door
from bolt_agent.studio.stage import Stage
from bolt_agent.studio.static_files import page_routes

__all__ = ["STATES_A_SECOND", "Studio"]

log = logging.getLogger(__name__)

STATES_A_SECOND = 30
FIRST_MOVEMENT = 0.008
"""Seconds between looks at robots that are busy and do not move yet: that they begin is told at once."""
GALLERY_INTERVAL = 1.0
"""Seconds between looks at the files of what is kept."""


class Studio:
    """One stage, and the pages that watch it.

    make_stage: is given where the stage tells what is new.   token: what a link must hold; None: loopback only.
    """

    def __init__(
        self, make_stage: Callable[[Callable[[ServerMessage], None]], Stage], *, token: str | None = None
    ) -> None:
        self.hub = Hub()
        self.stage = make_stage(self.hub.tell)
        self.gallery = Gallery(lambda: self.hub.tell(GalleryChanged()))
        self.replays = Replays(self.stage)
        self.app = Door(self._routes(), token)

    def _routes(self) -> Starlette:
        routes: list[BaseRoute] = [
            Route("/stop", self._stop, methods=["POST"]),
            Route("/release", self._release, methods=["POST"]),
            WebSocketRoute("/ws", self._page),
            Mount("/api", routes=[*gallery_routes(self.gallery), *replay_routes(self.replays)]),
            *page_routes(),
        ]
        complaints = dict.fromkeys((HistoryError, HTTPException, LookupError, NoVideo, OSError, ValueError), _complain)
        return Starlette(routes=routes, lifespan=self._life, exception_handlers=complaints)

    @asynccontextmanager
    async def _life(self, _: object) -> AsyncIterator[None]:
        await self.stage.open()
        watching = [asyncio.create_task(self._watch()), asyncio.create_task(self._watch_gallery())]
        try:
            yield
        finally:
            for task in watching:
                task.cancel()
            await asyncio.wait(watching)
            await self.stage.close()

    async def _stop(self, request: Request) -> Response:
        await self.stage.stop(request.query_params.get("robot"))
        return JSONResponse({"stopped": True})

    async def _release(self, request: Request) -> Response:
        self.stage.release(request.query_params.get("robot"))
        return JSONResponse({"stopped": False})

    async def _page(self, socket: WebSocket) -> None:
        await socket.accept()
        await serve_page(Page(self.stage, self.hub, self.gallery, Client(self.stage.hello)), socket)

    async def _watch(self) -> None:
        """Look at the robots, and tell what changes."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            pause = 1 / STATES_A_SECOND
            try:
                state = self.stage.look()
                if state is not None:
                    self.hub.tell(state)
                elif self.stage.busy:
                    pause = FIRST_MOVEMENT
            except Exception:  # a defect of ours: pages miss a state, but not those after it
                log.exception("looking at the robots failed")
            due = max(due + pause, loop.time())
            await asyncio.sleep(due - loop.time())

    async def _watch_gallery(self) -> None:
        while True:
            await asyncio.sleep(GALLERY_INTERVAL)
            with suppress(OSError):
                self.gallery.look()


async def _complain(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code)
    status = 404 if isinstance(error, LookupError) else 501 if isinstance(error, NoVideo) else 400
    return JSONResponse({"error": " ".join(str(error).split())}, status)
