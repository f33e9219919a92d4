"""Other systems ask whether somebody may be contacted, and say what happened to consents elsewhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, WrapValidator

from nba_desktop.backend.api.auth import ConsentKeeper
from nba_desktop.backend.api.batches import read_alone
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.consent.permission import PermissionService
from nba_desktop.backend.consent.reports import ConsentReports
from nba_desktop.contract.base import Said
from nba_desktop.contract.consent import MAX_CONSENT_EVENTS, ConsentReported, MayContactAnswer, MayContactQuestion
from nba_desktop.contract.events import BatchVerdict


class ConsentEventBatch(Said):
    """Events of any number of customers; each gets a verdict of its own."""

    events: Annotated[
        tuple[Annotated[ConsentReported, WrapValidator(read_alone)], ...],
        Field(min_length=1, max_length=MAX_CONSENT_EVENTS),
    ]


def consents_router(permissions: PermissionService, reports: ConsentReports) -> APIRouter:
    """Return the routes under `/v1/consents`."""
    router = APIRouter(prefix="/v1/consents", tags=["consents"], responses=PROBLEM_RESPONSES)

    @router.post("/may-contact", operation_id="may_contact")
    def may_contact(caller: ConsentKeeper, question: MayContactQuestion) -> MayContactAnswer:
        """Say whether somebody may be contacted, and why; a use is on disk before the answer."""
        return permissions.may_contact(caller, question)

    @router.post("/events", operation_id="record_consent_events")
    def record_consent_events(caller: ConsentKeeper, batch: ConsentEventBatch) -> BatchVerdict:
        """Take events in, each once; what is accepted is on disk before the answer."""
        return reports.record(caller, batch.events)

    return router
