"""No request is read further than the longest that may be sent."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nba_desktop.backend.api.problems import refusal_response
from nba_desktop.backend.errors import TooLarge


class BodyLimit:
    """Refuses a body longer than `limit` bytes: at once when it is announced, or where it gets too long."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit
        self._way_out = f"at most {limit} bytes at once: send it in parts"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on that is short enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._announced(scope) > self._limit:
            await refusal_response(TooLarge(self._way_out))(scope, receive, send)
            return
        total = 0

        async def counting_receive() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self._limit:
                # FastAPI passes only this kind of error on while it reads a body.
                raise HTTPException(413, self._way_out)
            return message

        await self._app(scope, counting_receive, send)

    @staticmethod
    def _announced(scope: Scope) -> int:
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit():
                return int(value)
        return 0
