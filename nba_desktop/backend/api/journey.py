"""The whole journey of an authenticated contact, page by page."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from nba_desktop.backend.api.auth import Agent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.contacts.history import HistoryService
from nba_desktop.contract.journey import JourneyPage


def journey_router(service: HistoryService) -> APIRouter:
    """Return the route under `/v1/contacts/{contact_id}/journey`; it answers with bytes, as the others there do."""
    router = APIRouter(prefix="/v1/contacts", tags=["contacts"], responses=PROBLEM_RESPONSES)

    @router.get("/{contact_id}/journey", operation_id="contact_journey", response_model=JourneyPage)
    def contact_journey(
        caller: Agent,
        contact_id: UUID,
        before: Annotated[str | None, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*$")] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 500,
    ) -> Response:
        """The touchpoints before one of the journey, or the newest; only of an authenticated contact of one's own."""
        page = service.page(caller, contact_id, before, limit)
        return Response(content=page.model_dump_json(), media_type="application/json")

    return router
