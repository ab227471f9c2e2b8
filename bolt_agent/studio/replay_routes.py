"""Past conversations over HTTP: /api/conversations, and pictures of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bolt_agent.rendering import MEDIA_TYPES, render
from bolt_agent.studio.gallery_routes import read_body
from bolt_agent.studio.protocol import Conversations, Recording
from bolt_agent.studio.replays import Replays, read_report, recording_of

__all__ = ["replay_routes"]

LONGEST_REPORT = 100_000_000
"""Bytes."""


def replay_routes(replays: Replays) -> Sequence[BaseRoute]:
    """The routes under /api."""

    async def conversations(_: Request) -> Response:
        return _json(await asyncio.to_thread(replays.listed))

    async def conversation(request: Request) -> Response:
        return _json(await asyncio.to_thread(replays.recording, request.path_params["id"]))

    async def rendered(request: Request) -> Response:
        suffix = f".{request.path_params['suffix']}"
        if suffix not in MEDIA_TYPES:
            raise HTTPException(404, f"there are {', '.join(MEDIA_TYPES)} of a conversation, but no {suffix}")
        report = await asyncio.to_thread(replays.report, request.path_params["id"])
        picture = await asyncio.to_thread(render, report, suffix)
        return Response(picture, media_type=MEDIA_TYPES[suffix])

    async def opened(request: Request) -> Response:
        return _json(recording_of("opened", read_report(await read_body(request, LONGEST_REPORT))))

    return [
        Route("/conversations", conversations),
        Route("/conversations/{id}.{suffix}", rendered),
        Route("/conversations/{id}", conversation),
        Route("/recordings", opened, methods=["POST"]),
    ]


def _json(model: Conversations | Recording) -> Response:
    return Response(model.model_dump_json(), media_type="application/json")
