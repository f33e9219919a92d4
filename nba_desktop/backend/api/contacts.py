"""A contact begins and goes on: each answer fills the whole panel."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from nba_desktop.backend.api.auth import Agent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.contacts.service import ContactService
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallerAuthenticated, ConcernChosen, ConcernSolved, ContactStarted

ConcernEvent = Annotated[ConcernChosen | ConcernSolved, Body(discriminator="type")]


def contacts_router(service: ContactService) -> APIRouter:
    """Return the routes under `/v1/contacts`; they answer with bytes, so that no view is checked a second time."""
    router = APIRouter(prefix="/v1/contacts", tags=["contacts"], responses=PROBLEM_RESPONSES)

    @router.post("", operation_id="start_contact", response_model=ContactView)
    def start_contact(caller: Agent, event: ContactStarted) -> Response:
        """A contact begins: who may be calling, masked."""
        return _answer(service.start(caller, event))

    @router.post("/{contact_id}/caller", operation_id="settle_caller", response_model=ContactView)
    def settle_caller(caller: Agent, contact_id: UUID, event: CallerAuthenticated) -> Response:
        """The agent settled who is calling; once authenticated, the answer is complete."""
        return _answer(service.step(caller, contact_id, event))

    @router.post("/{contact_id}/concern", operation_id="settle_concern", response_model=ContactView)
    def settle_concern(caller: Agent, contact_id: UUID, event: ConcernEvent) -> Response:
        """The agent chose the concern, or marked it solved or not: the actions are ranked again."""
        return _answer(service.step(caller, contact_id, event))

    return router


def _answer(view: ContactView) -> Response:
    return Response(content=view.model_dump_json(), media_type="application/json")
