"""The page itself: built files beside this module, with the caching that they need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["STATIC", "page_routes"]

STATIC = Path(__file__).parent / "static"

NOT_BUILT = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>bolt-agent studio</title>
<h1>The page is not built</h1>
<p>The studio's server runs, but its page is missing. In a clone of the repository, run:
<pre>npm --prefix frontend install &amp;&amp; npm --prefix frontend run build</pre></html>
"""


def page_routes(folder: Path = STATIC) -> Sequence[BaseRoute]:
    """The routes of the page and its files."""

    async def index(_: Request) -> Response:
        try:
            page = (folder / "index.html").read_text(encoding="utf-8")
        except OSError:
            page = NOT_BUILT
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    return [
        Route("/", index),
        Route("/index.html", index),
        Mount("/assets", Cached(folder / "assets", "public, max-age=31536000, immutable")),
        Mount("/", Cached(folder, "no-cache")),
    ]


class Cached(StaticFiles):
    """Files of a folder, which may not be there (yet), with one Cache-Control for all."""

    def __init__(self, folder: Path, caching: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._caching = caching

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = self._caching
        return response
