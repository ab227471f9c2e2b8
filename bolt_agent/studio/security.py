"""Who may talk to the studio: the token in the link, the Origin and Host of a request, and what a page may load."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Door", "is_loopback"]

CONTENT_POLICY = "; ".join((
    "default-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
"""What a page may load: what comes from here, and nothing else."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",  # a link with a token in it goes nowhere else
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

NO_TOKEN = "this studio needs the link that `bolt-agent studio` has printed, with its token"
WRONG_ORIGIN = "this request comes from a page of another site"
WRONG_HOST = "this studio is not served under that name: open the link that `bolt-agent studio` has printed"

OPEN = ("/assets/", "/icon.svg", "/licenses.md")
"""What anybody may have: files that tell nothing of this robot."""

WRONG_PLACE = 1008
"""The WebSocket's code for "against the rules"."""


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("localhost"), is_loopback("192.168.0.2")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass
class Door:
    """Lets in whoever may come, as ASGI middleware.

    token: what a link must hold; None: only this machine can come, and only under its own names.
    """

    app: ASGIApp
    token: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        why = self._refusal(scope)
        if why is None:
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await _turn_away(why, receive, send)
        else:
            answer = PlainTextResponse(why, 403) if scope["path"] == "/" else JSONResponse({"error": why}, 403)
            await answer(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> str | None:
        """Why a request is turned away; None: it is not."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if self.token is None and not is_loopback(_without_port(host)):
            return WRONG_HOST  # a name of somebody else that leads here
        if origin is not None and origin.partition("://")[2] != host:
            return WRONG_ORIGIN
        if self.token is not None and not scope["path"].startswith(OPEN):
            given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
            if not hmac.compare_digest(given.encode(), self.token.encode()):
                return NO_TOKEN
        return None


def _without_port(host: str) -> str:
    """The name in a Host header.

    >>> _without_port("localhost:80"), _without_port("[::1]:80"), _without_port("[::1]")
    ('localhost', '[::1]', '[::1]')
    """
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            message["headers"] = headers.raw
        await send(message)

    return sending


async def _turn_away(why: str, receive: Receive, send: Send) -> None:
    """Accept a WebSocket only to tell why it is closed: a refused handshake tells a page nothing."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": WRONG_PLACE, "reason": why})
