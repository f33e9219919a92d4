"""Other systems ask whether somebody may be contacted, and say what happened to consents; the officer proves them."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field, WrapValidator

from nba_desktop.backend.api.auth import ConsentKeeper, ConsentOfficer
from nba_desktop.backend.api.batches import read_alone
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.consent.handing_over import LONGEST_REASON, HandOver, ProofRequest
from nba_desktop.backend.consent.permission import PermissionService
from nba_desktop.backend.consent.reports import ConsentReports
from nba_desktop.backend.errors import Conflict, ProofError
from nba_desktop.contract.base import Language, Said
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ReadOperation
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


def consent_proof_router(proofs: HandOver) -> APIRouter:
    """Return the route of what proves a customer's consents."""
    router = APIRouter(prefix="/v1/customers", tags=["consents"], responses=PROBLEM_RESPONSES)

    @router.get(
        "/{customer_no}/consents/proof",
        operation_id="prove_consents",
        response_class=Response,
        responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
    )
    def prove_consents(
        caller: ConsentOfficer,
        customer_no: str,
        reason: Annotated[str, Query(max_length=LONGEST_REASON, pattern=r"^[^\x00]*$")] = "",
        purpose: ConsentPurpose | None = None,
        channel: ConsentChannel | None = None,
        language: Language = "de",
    ) -> Response:
        """Return the proof (§ 7a UWG) that `verify_proof.py` checks, also of who was erased; `reason` is kept."""
        try:
            proof = proofs.proof(
                caller, ReadOperation.PROVE_CONSENTS, ProofRequest(customer_no, reason, purpose, channel, language)
            )
        except ProofError as error:
            raise Conflict(str(error)) from error
        return Response(json.dumps(proof.content, ensure_ascii=False), media_type="application/json")

    return router
