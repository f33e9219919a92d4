"""The outbox delivers, and other systems report: a verdict for each event."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, WrapValidator

from nba_desktop.backend.api.auth import Reporter
from nba_desktop.backend.api.batches import read_alone
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.decisions.intake import Intake
from nba_desktop.contract.base import Said
from nba_desktop.contract.events import MAX_BATCH, AnyEvent, BatchVerdict
from nba_desktop.contract.outcome import OutcomeReported

Entry = Annotated[
    Annotated[AnyEvent | OutcomeReported, Field(discriminator="type")],
    WrapValidator(read_alone),
]


class EventBatch(Said):
    """Events of any number of contacts, in order within each, and outcomes."""

    events: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=MAX_BATCH)]


def events_router(service: Intake) -> APIRouter:
    """Return the routes under `/v1/events`."""
    router = APIRouter(prefix="/v1/events", tags=["events"], responses=PROBLEM_RESPONSES)

    @router.post("", operation_id="record_events")
    def record_events(caller: Reporter, batch: EventBatch) -> BatchVerdict:
        """Take events in, each once; what is accepted is on disk before the answer.

        An agent tells what happens in his contacts, other systems what became of recommendations (`outcome_reported`).
        """
        return service.record(caller, batch.events)

    return router
