"""The outbox delivers: a verdict for each event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from nba_desktop.backend.api.auth import Agent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES, field_problems
from nba_desktop.backend.contacts.events import EventService, UnreadableEvent
from nba_desktop.contract.base import Said
from nba_desktop.contract.events import MAX_BATCH, AnyEvent, BatchVerdict

NO_ID: Final = UUID(int=0)
"""What a verdict names when not even the event's id can be read; its place in the batch says which it is."""


def _read_alone(raw: Any, read: ValidatorFunctionWrapHandler) -> AnyEvent | UnreadableEvent:
    """Read one event, so that a broken one is refused without the others."""
    try:
        event: AnyEvent = read(raw)
    except ValidationError as error:
        return UnreadableEvent(_id_of(raw), field_problems(error.errors(include_url=False, include_input=False)))
    return event


def _id_of(raw: object) -> UUID:
    try:
        return UUID(str(raw["event_id"])) if isinstance(raw, Mapping) else NO_ID
    except (KeyError, ValueError):
        return NO_ID


class EventBatch(Said):
    """What the outbox sends: events of any number of contacts, in order within each."""

    events: Annotated[
        tuple[Annotated[AnyEvent, WrapValidator(_read_alone)], ...], Field(min_length=1, max_length=MAX_BATCH)
    ]


def events_router(service: EventService) -> APIRouter:
    """Return the routes under `/v1/events`."""
    router = APIRouter(prefix="/v1/events", tags=["events"], responses=PROBLEM_RESPONSES)

    @router.post("", operation_id="record_events")
    def record_events(caller: Agent, batch: EventBatch) -> BatchVerdict:
        """Take events in, each once; what is accepted is on disk before the answer."""
        return service.record(caller, batch.events)

    return router
