"""Behind a server with TLS: its word on who asks is believed, and nobody else is answered in plain text."""

from __future__ import annotations

from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn._types import ASGI3Application
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from nba_desktop.backend.api.problems import refusal_response
from nba_desktop.backend.errors import Forbidden
from nba_desktop.backend.networks import Networks, is_loopback


class Proxies:
    """Takes address and scheme of who asks from `X-Forwarded-For` and `-Proto`, if a peer in `networks` says them."""

    def __init__(self, app: ASGIApp, networks: Networks) -> None:
        self._networks = networks
        self._app = ProxyHeadersMiddleware(cast(ASGI3Application, app), [str(one) for one in networks.all])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it came around the proxies without encryption."""
        if scope["type"] == "http" and scope["scheme"] == "http":
            peer = (scope["client"] or ("",))[0]
            if not is_loopback(peer) and peer not in self._networks:
                refusal = Forbidden("this address answers the server in front of it alone: use that one's, with https")
                await refusal_response(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)  # type: ignore[arg-type]
