"""No answer takes for ever: whoever waits is told to try again."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nba_desktop.backend.api.problems import refusal_response
from nba_desktop.backend.errors import TookTooLong

LONGEST_S: Final = 60.0
"""Longer than any answer takes, the export of a customer's whole life included."""


class TimeLimit:
    """Ends a request after `seconds`, the reading of a slow client included; `streams` are paths without an end.

    A thread that works on it is not ended: what it writes counts, and the same request sent again finds it.
    """

    def __init__(self, app: ASGIApp, streams: Set[str], seconds: float = LONGEST_S) -> None:
        self._app = app
        self._streams = streams
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and wait for it."""
        if scope["type"] != "http" or scope["path"] in self._streams:
            await self._app(scope, receive, send)
            return
        started = False

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            async with asyncio.timeout(self._seconds) as limit:
                await self._app(scope, receive, noting_send)
        except TimeoutError:
            if not limit.expired():
                raise
            if started:
                # Half an answer: the connection ends with it.
                raise
            await refusal_response(TookTooLong("the request took too long: send it again"))(scope, receive, send)
