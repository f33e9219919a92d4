"""The portal asks what to show a customer who is logged in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from nba_desktop.backend.api.auth import Machine
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.decisions.teasers import TeaserService
from nba_desktop.contract.base import Code, Language
from nba_desktop.contract.teaser import Teasers


def teasers_router(service: TeaserService) -> APIRouter:
    """Return the routes under `/v1/teasers`."""
    router = APIRouter(prefix="/v1/teasers", tags=["teasers"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="read_teasers")
    def read_teasers(
        caller: Machine,
        customer: Annotated[str, Query(min_length=1, max_length=64, pattern=r"^[^\x00]*$")],
        placement: Code,
        language: Language | None = None,
    ) -> Teasers:
        """Decide on the teasers of one placement for a customer, named by id or number; the decision is recorded."""
        return service.teasers(caller, customer, placement, language)

    return router
