"""Other systems say what became of recommendations: a verdict for each outcome."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, WrapValidator

from nba_desktop.backend.api.auth import Machine
from nba_desktop.backend.api.batches import read_alone
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.contract.base import Said
from nba_desktop.contract.events import BatchVerdict
from nba_desktop.contract.outcome import MAX_OUTCOMES, OutcomeReported


class OutcomeBatch(Said):
    """Outcomes of any number of customers; each gets a verdict of its own."""

    outcomes: Annotated[
        tuple[Annotated[OutcomeReported, WrapValidator(read_alone)], ...], Field(min_length=1, max_length=MAX_OUTCOMES)
    ]


def outcomes_router(service: OutcomeService) -> APIRouter:
    """Return the routes under `/v1/outcomes`."""
    router = APIRouter(prefix="/v1/outcomes", tags=["outcomes"], responses=PROBLEM_RESPONSES)

    @router.post("", operation_id="record_outcomes")
    def record_outcomes(_caller: Machine, batch: OutcomeBatch) -> BatchVerdict:
        """Take outcomes in, each once; what is accepted is on disk before the answer."""
        return service.record(batch.outcomes)

    return router
