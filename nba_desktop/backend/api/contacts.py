"""A contact begins and goes on: each answer fills the whole panel."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from nba_desktop.backend.api.auth import Agent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.consent.proof import ProofService
from nba_desktop.backend.contacts.day import DayService
from nba_desktop.backend.contacts.service import ContactService
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.day import AgentDay
from nba_desktop.contract.events import (
    CallerAuthenticated,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactStarted,
    SpeakerNamed,
)

ConcernEvent = Annotated[ConcernChosen | ConcernSolved, Body(discriminator="type")]
SituationEvent = Annotated[SpeakerNamed | CallFlagged, Body(discriminator="type")]


def contacts_router(service: ContactService, proofs: ProofService, days: DayService) -> APIRouter:
    """Return the routes under `/v1/contacts`; they answer with bytes, so that no answer is checked a second time."""
    router = APIRouter(prefix="/v1/contacts", tags=["contacts"], responses=PROBLEM_RESPONSES)

    @router.get("/today", operation_id="contacts_of_today", response_model=AgentDay)
    def contacts_of_today(caller: Agent) -> Response:
        """The agent's own contacts of this day at the site, with the responses that count now."""
        return _answer(days.today(caller))

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

    @router.post("/{contact_id}/situation", operation_id="settle_situation", response_model=ContactView)
    def settle_situation(caller: Agent, contact_id: UUID, event: SituationEvent) -> Response:
        """The agent said who speaks for the customer, or noticed what holds sales back: decide again."""
        return _answer(service.step(caller, contact_id, event))

    @router.get("/{contact_id}/consents/proof", operation_id="consent_proof", response_model=ConsentProof)
    def consent_proof(caller: Agent, contact_id: UUID) -> Response:
        """What proves the consents of an authenticated contact of one's own; who looked is kept."""
        return _answer(proofs.of_contact(caller, contact_id))

    return router


def _answer(answer: ContactView | ConsentProof | AgentDay) -> Response:
    return Response(content=answer.model_dump_json(), media_type="application/json")
