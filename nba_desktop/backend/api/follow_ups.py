"""What an agent promised: his list between calls, its end, and the same as a calendar."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from nba_desktop.backend.api.auth import Agent, Reporter
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.contacts.calendar import CALENDAR_TYPE
from nba_desktop.backend.contacts.follow_ups import FollowUpService
from nba_desktop.contract.base import CalendarDay, Language
from nba_desktop.contract.follow_up import FollowUp, FollowUps

Until = Annotated[CalendarDay | None, Query(description="the last day at the site; without it today")]


def follow_ups_router(service: FollowUpService) -> APIRouter:
    """Return the routes under `/v1/follow-ups`."""
    router = APIRouter(prefix="/v1/follow-ups", tags=["follow-ups"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="open_follow_ups")
    def open_follow_ups(caller: Agent, until: Until = None, language: Language = "de") -> FollowUps:
        """The agent's own open promises up to a day; whom they were made to is masked."""
        return service.open(caller, until, language)

    @router.get(
        ".ics",
        operation_id="follow_up_calendar",
        response_class=Response,
        responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    )
    def follow_up_calendar(caller: Agent, language: Language = "de") -> Response:
        """All of them as a calendar, with a reference in place of names."""
        return Response(
            content=service.calendar(caller, language),
            media_type=CALENDAR_TYPE,
            headers={"Content-Disposition": 'attachment; filename="follow-ups.ics"'},
        )

    @router.post("/{follow_up_id}/done", operation_id="finish_follow_up")
    def finish_follow_up(caller: Reporter, follow_up_id: UUID, language: Language = "de") -> FollowUp:
        """A promise was kept: an agent says so of his own, other systems of any; again it changes nothing."""
        return service.done(caller, follow_up_id, language)

    return router
