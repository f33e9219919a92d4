"""Telephone systems report calls: each with its own secret, in its own words."""

from __future__ import annotations

import asyncio
from typing import Any, Final
from urllib.parse import quote, urlencode

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response

from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.calls import placetel, sipgate
from nba_desktop.backend.calls.body import fields_of
from nba_desktop.backend.calls.hub import Hub
from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.calls.report import Fields
from nba_desktop.backend.calls.source import Source, is_genuine
from nba_desktop.backend.calls.sources import KnownSources
from nba_desktop.backend.errors import TooLarge, TooManyRequests, Unauthenticated
from nba_desktop.backend.rows.hooks import HookDialect

PATH: Final = "/v1/hooks"
_LONGEST_BODY: Final = 65_536
_LONGEST_TOKEN: Final = 512

_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Taken. A sipgate source is answered in XML that asks for the call's further events.",
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "application/xml": {"schema": {"type": "string"}},
        },
    }
}
_PARAMETERS: Final = {
    "parameters": [
        {
            "name": "token",
            "in": "query",
            "required": False,
            "description": "The source's secret, unless its webhooks are signed.",
            "schema": {"type": "string"},
        }
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        },
    },
    "security": [],
}


def hooks_router(hub: Hub, sources: KnownSources, rate: RateLimit) -> APIRouter:
    """Return `/v1/hooks/{source}`."""
    router = APIRouter(prefix=PATH, tags=["calls"], responses=PROBLEM_RESPONSES)
    asking = asyncio.Lock()

    @router.post(
        "/{source}",
        operation_id="report_call",
        responses=_ANSWERS,
        response_class=Response,
        openapi_extra=_PARAMETERS,
    )
    async def report_call(source: str, request: Request) -> Response:
        """Take a webhook of a telephone system; instead of a bearer token it carries the source's own secret.

        A wrong secret and an unknown source get the same answer. What came twice, late or out of order is taken and
        changes nothing.
        """
        body = await _short_body(request)
        # One asks the store; the others go on with what was known, or wait where nothing was.
        if not sources.is_fresh and not (sources.is_known and asking.locked()):
            async with asking:
                if not sources.is_fresh:
                    await to_thread.run_sync(sources.refresh)
        known = sources.get(source)
        token = request.query_params.get("token", "")[:_LONGEST_TOKEN]
        if not is_genuine(known, token, request.headers.get(placetel.SIGNATURE_HEADER, ""), body) or known is None:
            raise Unauthenticated("the source or its secret is not known here")
        # Counted only now: a stranger must not be able to use up what the source may send.
        wait_s = rate.wait_s(known.name, known.events_per_s)
        if wait_s:
            raise TooManyRequests("the source sends more than it may", wait_s)
        fields = fields_of(body)
        report = known.read(fields)
        if report is not None:
            hub.receive(known, report)
        return _answer(known, fields, token)

    return router


async def _short_body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            raise TooLarge(f"at most {_LONGEST_BODY} bytes")
    return bytes(body)


def _answer(source: Source, fields: Fields, token: str) -> Response:
    if source.dialect is not HookDialect.SIPGATE:
        return Response("{}\n", media_type="application/json")
    # Not the address the request came to: behind a proxy that is not the one the world knows.
    url = f"{source.public_url.rstrip('/')}{hook_path(source.name)}?{urlencode({'token': token})}"
    return Response(sipgate.reply(fields, url), media_type="application/xml")


def hook_path(source: str) -> str:
    """Return the path a source reports to."""
    return f"{PATH}/{quote(source, safe='')}"
