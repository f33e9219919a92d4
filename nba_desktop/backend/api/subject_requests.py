"""Other systems ask to erase or to correct a customer, and answer what he asked for in a call."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Request

from nba_desktop.backend.api.auth import Machine
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.subject.asking import PLAIN, STRUCTURED, Asked, CorrectionAsked, ErasureAsked, read_asked
from nba_desktop.backend.subject.requests import SubjectRequests
from nba_desktop.backend.subject.wishes import WishService
from nba_desktop.contract.arrival import ArrivalVerdict
from nba_desktop.contract.wish import WishAnswered, WishVerdict


def _body(kind: type[Asked]) -> dict[str, Any]:
    plain = kind.model_json_schema()
    inside = {name: one for name, one in plain["properties"].items() if name not in ("source", "id")}
    data = plain | {
        "properties": inside,
        "required": [name for name in plain["required"] if name in inside],
    }
    named = {name: {"type": "string"} for name in ("id", "source", "type")}
    event = {
        "type": "object",
        "properties": {"specversion": {"const": "1.0"}, **named, "data": data},
        "required": ["specversion", "id", "source", "data"],
    }
    content = {PLAIN: {"schema": plain}, STRUCTURED: {"schema": event}}
    return {"requestBody": {"required": True, "content": content}}


_ERASURE: Final = _body(ErasureAsked)
_CORRECTION: Final = _body(CorrectionAsked)


def subject_requests_router(service: SubjectRequests, wishes: WishService) -> APIRouter:
    """Return `/v1/subjects`."""
    router = APIRouter(prefix="/v1/subjects", tags=["customers"], responses=PROBLEM_RESPONSES)

    @router.post("/erasures", operation_id="erase_customer", openapi_extra=_ERASURE)
    async def erase_customer(caller: Machine, request: Request) -> ArrivalVerdict:
        """Erase a customer (Art. 17 GDPR), once by source and id; what proves his consents is kept as the law wants it.

        The other systems that get results are told.
        """
        asked = read_asked(ErasureAsked, request.headers, await request.body())
        verdict = await to_thread.run_sync(service.erase, caller, asked)
        return ArrivalVerdict(source=asked.source, id=asked.id, verdict=verdict)

    @router.post("/corrections", operation_id="correct_customer", openapi_extra=_CORRECTION)
    async def correct_customer(caller: Machine, request: Request) -> ArrivalVerdict:
        """Correct a customer's master data (Art. 16 GDPR), once by source and id; the other systems are told."""
        asked = read_asked(CorrectionAsked, request.headers, await request.body())
        verdict = await to_thread.run_sync(service.correct, caller, asked)
        return ArrivalVerdict(source=asked.source, id=asked.id, verdict=verdict)

    @router.post("/wishes/{wish_id}/answer", operation_id="answer_wish")
    def answer_wish(caller: Machine, wish_id: UUID, answered: WishAnswered) -> WishVerdict:
        """Say what became of a correction or an erasure that a customer asked for in a call; the agent reads it.

        The id is that of the event `correction.requested` or `erasure.requested`. The same again changes nothing.
        """
        return wishes.answer(caller.agent_id, wish_id, answered)

    return router
