"""What every answer tells a browser that should never be the one to ask."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = (
    # Answers hold personal data: no proxy on the way may keep them.
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
"""On every answer."""

# A year; a browser that was once here over TLS never comes without it.
_ENCRYPTED: Final = (*HEADERS, (b"strict-transport-security", b"max-age=31536000"))
_NAMES: Final = frozenset(name for name, _ in _ENCRYPTED)


class SecurityHeaders:
    """Puts the headers on, in place of any that a route gave."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protecting_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Said by the layers behind, where a server stands in front.
                ours = _ENCRYPTED if scope["scheme"] == "https" else HEADERS
                message["headers"] = [*(one for one in message["headers"] if one[0] not in _NAMES), *ours]
            await send(message)

        await self._app(scope, receive, protecting_send)
