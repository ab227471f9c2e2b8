"""The gallery over HTTP: /api/gallery, /api/moves/NAME, /api/animations/NAME."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bolt_agent.studio.gallery import Gallery
from bolt_agent.studio.protocol import Animation, NewMove

__all__ = ["gallery_routes", "read_body"]

_M = TypeVar("_M", bound=BaseModel)

LONGEST_BODY = 2_000_000
"""Bytes of what a page sends over HTTP, unless it is a recording."""

FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
"""For what has its version in its address."""


class _Painted(BaseModel):
    description: str = ""
    animation: Animation


class _NewName(BaseModel):
    name: str = Field(min_length=1, max_length=100)


def gallery_routes(gallery: Gallery) -> Sequence[BaseRoute]:
    """The routes under /api."""
    routes = _GalleryRoutes(gallery)
    return [
        Route("/gallery", routes.contents),
        Route("/moves", routes.save_program, methods=["POST"]),
        Route("/moves/{name}.svg", routes.path),
        Route("/animations/{name}.gif", routes.frames),
        Route("/animations/{name}", routes.save_animation, methods=["PUT"]),
        Route("/moves/{name}", routes.save_move, methods=["PUT"]),
        *(
            route
            for kind in ("moves", "animations")
            for route in (
                Route(f"/{kind}/{{name}}.py", routes.file, methods=["GET"]),
                Route(f"/{kind}/{{name}}", routes.delete, methods=["DELETE"]),
                Route(f"/{kind}/{{name}}/name", routes.rename, methods=["POST"]),
            )
        ),
    ]


async def read_body(request: Request, most: int = LONGEST_BODY) -> bytes:
    """What was sent. Raises HTTPException where it is more than that."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"that is too much: {most // 1_000_000} MB at most")
    return body


class _GalleryRoutes:
    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery

    async def contents(self, _: Request) -> Response:
        return Response(self._gallery.contents().model_dump_json(), media_type="application/json")

    async def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        source = self._gallery.source(_kind(request), name)
        # The name was checked by reading the file: it is an identifier, though perhaps not an ASCII one.
        disposition = f"attachment; filename*=UTF-8''{_quoted(name)}.py"
        return Response(source, media_type="text/x-python", headers={"Content-Disposition": disposition})

    async def path(self, request: Request) -> Response:
        picture = await self._gallery.picture_of_move(request.path_params["name"])
        return Response(picture, media_type="image/svg+xml", headers=FOREVER)

    async def frames(self, request: Request) -> Response:
        picture = self._gallery.picture_of_animation(request.path_params["name"])
        return Response(picture, media_type="image/gif", headers=FOREVER)

    async def save_move(self, request: Request) -> Response:
        self._gallery.save("moves", request.path_params["name"], await _text(request))
        return _done()

    async def save_animation(self, request: Request) -> Response:
        name = request.path_params["name"]
        if request.headers.get("content-type", "").startswith("application/json"):
            painted = await _model(request, _Painted)
            self._gallery.save_painted(name, painted.description, painted.animation)
        else:
            self._gallery.save("animations", name, await _text(request))
        return _done()

    async def save_program(self, request: Request) -> Response:
        await self._gallery.save_program(await _model(request, NewMove))
        return _done()

    async def delete(self, request: Request) -> Response:
        self._gallery.delete(_kind(request), request.path_params["name"])
        return _done()

    async def rename(self, request: Request) -> Response:
        self._gallery.rename(_kind(request), request.path_params["name"], (await _model(request, _NewName)).name)
        return _done()


def _kind(request: Request) -> str:
    return "moves" if "/moves/" in request.url.path else "animations"


def _done() -> Response:
    return JSONResponse({"done": True})


def _quoted(name: str) -> str:

    return quote(name, safe="")


async def _text(request: Request) -> str:
    try:
        return (await read_body(request)).decode()
    except UnicodeDecodeError:
        raise HTTPException(400, "that is no text in UTF-8") from None


async def _model(request: Request, kind: type[_M]) -> _M:
    try:
        return kind.model_validate_json(await read_body(request))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise HTTPException(400, f"{where or 'this'}: {first['msg']}") from None
