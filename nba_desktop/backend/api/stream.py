"""Server-sent events for one agent's panels: the calls of the hub, and what is new in them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from math import inf
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from nba_desktop.backend.api.auth import Agent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.calls.feed import Frame, Subscription
from nba_desktop.backend.calls.hub import Hub
from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.calls import HubCallEvent

PATH: Final = "/v1/stream"
HEARTBEAT_S: Final = 15.0
LIFETIME_S: Final = 3600.0
"""After so long a panel asks again, so that a token that was revoked hears no more."""

_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # No proxy may wait until there is more to pass on.
    (b"x-accel-buffering", b"no"),
]
_BEAT: Final = b":\n\n"
_HELLO: Final = b"retry: 1000\n\n"


class _Published(JSONResponse):
    """How the published document words it: the schema is that of each event's data."""

    media_type = "text/event-stream"


def stream_router(
    hub: Hub,
    clock: Callable[[], datetime],
    heartbeat_s: float = HEARTBEAT_S,
    lifetime_s: float = LIFETIME_S,
) -> APIRouter:
    """Return `/v1/stream`; no stream lasts longer than the token that it was asked with."""
    router = APIRouter(prefix=PATH, tags=["calls"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="stream_calls", response_model=HubCallEvent | OfferNews, response_class=_Published)
    async def stream_calls(caller: Agent, request: Request) -> Response:
        """Stream the agent's calls as events named `call`: `id` is the sequence, `data` a HubCallEvent.

        What happened to the customer of a running call and raises actions comes as `news`, with an OfferNews.

        A panel that names the `Last-Event-ID` it saw gets what it missed, and then a `snapshot`. Where that is not
        known any more, and without one, the `snapshot` comes first, and then each live call as it stands. A line
        without event is sent when nothing else was for 15 seconds. A reader that does not keep up is cut off.
        """
        left_s = inf if caller.until is None else (caller.until - clock()).total_seconds()
        return _Stream(hub, caller.agent_id, _last_seen(request), heartbeat_s, min(lifetime_s, left_s))

    return router


class _Stream(Response):
    """Sends what waits, until the panel or the server goes."""

    def __init__(self, hub: Hub, agent_id: str, last_seen: int | None, heartbeat_s: float, lifetime_s: float) -> None:
        super().__init__()
        self._hub = hub
        self._agent_id = agent_id
        self._last_seen = last_seen
        self._heartbeat_s = heartbeat_s
        self._lifetime_s = lifetime_s

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a stream."""
        awake = asyncio.Event()
        subscription = self._hub.subscribe(self._agent_id, self._last_seen, awake.set)
        leaving = asyncio.create_task(_wait_until_gone(receive, subscription))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await _send_body(send, _HELLO)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._lifetime_s):
                    await self._pass_on(subscription, awake, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._hub.unsubscribe(self._agent_id, subscription)
            leaving.cancel()
            await asyncio.gather(leaving, return_exceptions=True)

    async def _pass_on(self, subscription: Subscription, awake: asyncio.Event, send: Send) -> None:
        while subscription.is_open:
            awake.clear()
            frames = subscription.take()
            if frames:
                await _send_body(send, _lines(frames))
                continue
            try:
                await asyncio.wait_for(awake.wait(), self._heartbeat_s)
            except TimeoutError:
                await _send_body(send, _BEAT)


async def _wait_until_gone(receive: Receive, subscription: Subscription) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    subscription.close()


async def _send_body(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


def _lines(frames: Iterable[Frame]) -> bytes:
    return b"".join(
        b"event: %b\nid: %d\ndata: %b\n\n" % (frame.name.encode(), frame.sequence, frame.text) for frame in frames
    )


def _last_seen(request: Request) -> int | None:
    """Return the id that the panel saw last, None when it names none that was ever given out."""
    text = request.headers.get("last-event-id", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
