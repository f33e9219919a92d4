"""Other systems report touchpoints as CloudEvents: a verdict for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from nba_desktop.backend.api.auth import Machine
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES, problem_response
from nba_desktop.backend.arrivals.cloud_event import (
    BATCH,
    MOST,
    PLAIN,
    STRUCTURED,
    TouchpointData,
    TouchpointEvent,
    is_batch,
    read_request,
)
from nba_desktop.backend.arrivals.service import ArrivalService
from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.errors import TooManyRequests
from nba_desktop.contract.arrival import ArrivalVerdict, ArrivalVerdicts

REQUESTS_PER_S: Final = 50
"""So many requests one system may send, each with one event or a batch."""

_EVENT: Final = TouchpointEvent.model_json_schema(ref_template="#/components/schemas/{model}")
_DATA: Final = TouchpointData.model_json_schema()


def _published(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without definitions of its own: what it refers to stands in it."""
    definitions = schema.get("$defs", {})

    def inside(part: Any) -> Any:
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name in definitions:
                return inside(definitions[name])
            return {key: inside(value) for key, value in part.items() if key != "$defs"}
        return [inside(one) for one in part] if isinstance(part, list) else part

    found: dict[str, Any] = inside(schema)
    return found


_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            STRUCTURED: {"schema": _published(_EVENT)},
            BATCH: {"schema": {"type": "array", "minItems": 1, "maxItems": MOST, "items": _published(_EVENT)}},
            PLAIN: {"schema": _published(_DATA)},
        },
    },
    "parameters": [
        {
            "name": f"ce-{name}",
            "in": "header",
            "required": False,
            "description": "An attribute of the event whose data are the body.",
            "schema": {"type": "string"},
        }
        for name in ("specversion", "id", "source", "type", "time")
    ],
}


def touchpoints_router(service: ArrivalService, taken: Callable[[], None], rate: RateLimit) -> APIRouter:
    """Return `/v1/touchpoints`; `taken` is called whenever something was taken in."""
    router = APIRouter(prefix="/v1/touchpoints", tags=["touchpoints"], responses=PROBLEM_RESPONSES)

    @router.post(
        "", operation_id="record_touchpoints", response_model=ArrivalVerdict | ArrivalVerdicts, openapi_extra=_BODY
    )
    async def record_touchpoints(caller: Machine, request: Request) -> Response:
        """Take touchpoints in as CloudEvents 1.0: one as JSON, one in headers, or a batch.

        Each counts once by its source and id, whenever it comes; what is accepted is on disk before the answer. A
        batch is answered by a verdict for each of its events, a single event that is refused by the problem itself.
        """
        wait_s = rate.wait_s(caller.agent_id, REQUESTS_PER_S)
        if wait_s:
            raise TooManyRequests("the system sends more than it may", wait_s)
        events = read_request(request.headers, await request.body())
        verdicts = await to_thread.run_sync(service.take, events)
        taken()
        if is_batch(request.headers):
            return JSONResponse(ArrivalVerdicts(verdicts=verdicts).model_dump(mode="json"))
        (verdict,) = verdicts
        if verdict.problem is not None:
            return problem_response(verdict.problem)
        return JSONResponse(verdict.model_dump(mode="json"))

    return router
