"""The outbox delivers: a verdict for each event."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, WrapValidator

from nba_desktop.backend.api.auth import Agent
from nba_desktop.backend.api.batches import read_alone
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.contract.base import Said
from nba_desktop.contract.events import MAX_BATCH, AnyEvent, BatchVerdict


class EventBatch(Said):
    """What the outbox sends: events of any number of contacts, in order within each."""

    events: Annotated[
        tuple[Annotated[AnyEvent, WrapValidator(read_alone)], ...], Field(min_length=1, max_length=MAX_BATCH)
    ]


def events_router(service: EventService) -> APIRouter:
    """Return the routes under `/v1/events`."""
    router = APIRouter(prefix="/v1/events", tags=["events"], responses=PROBLEM_RESPONSES)

    @router.post("", operation_id="record_events")
    def record_events(caller: Agent, batch: EventBatch) -> BatchVerdict:
        """Take events in, each once; what is accepted is on disk before the answer."""
        return service.record(caller, batch.events)

    return router
