"""The site's figures for everybody who steers or watches over it; no person is in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from nba_desktop.backend.api.auth import SiteReader
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.review.site.service import SiteService
from nba_desktop.contract.base import CalendarDay
from nba_desktop.contract.review import JourneyFlow, SiteFigures, TalkTime

_First = Annotated[
    CalendarDay | None, Query(alias="from", description="A day of the first week; else half a year ago.")
]
_Last = Annotated[
    CalendarDay | None, Query(alias="to", description="A day of the last week; else the last that is over.")
]


def site_router(service: SiteService) -> APIRouter:
    """Return the routes under `/v1/site`; they answer with bytes, so that no answer is checked a second time."""
    router = APIRouter(prefix="/v1/site", tags=["site"], responses=PROBLEM_RESPONSES)

    @router.get("/weeks", operation_id="site_weeks", response_model=SiteFigures)
    def site_weeks(caller: SiteReader, first: _First = None, last: _Last = None) -> Response:
        """The site's figures week by week."""
        return _answer(service.weeks(first, last, caller))

    @router.get("/talk-time", operation_id="site_talk_time", response_model=TalkTime)
    def site_talk_time(caller: SiteReader, first: _First = None, last: _Last = None) -> Response:
        """Acceptance by talk time: a correlation."""
        return _answer(service.talk_time(first, last, caller))

    @router.get("/journey-flow", operation_id="site_journey_flow", response_model=JourneyFlow)
    def site_journey_flow(_caller: SiteReader, first: _First = None, last: _Last = None) -> Response:
        """The ways by which customers came to call."""
        return _answer(service.journey_flow(first, last))

    return router


def _answer(answer: BaseModel) -> Response:
    return Response(content=answer.model_dump_json(), media_type="application/json")
