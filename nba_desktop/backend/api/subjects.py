"""The consent officer hands a customer what is known about him."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from nba_desktop.backend.api.auth import ConsentOfficer
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.subject.export import LONGEST_REASON, ExportService, as_json
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReadOperation


def subjects_router(exports: ExportService) -> APIRouter:
    """Return the route of a customer's own data."""
    router = APIRouter(prefix="/v1/customers", tags=["customers"], responses=PROBLEM_RESPONSES)

    @router.get(
        "/{customer_no}/export",
        operation_id="export_customer",
        response_class=Response,
        responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
    )
    def export_customer(
        caller: ConsentOfficer,
        customer_no: str,
        reason: Annotated[str, Query(max_length=LONGEST_REASON, pattern=r"^[^\x00]*$")] = "",
        language: Language = "de",
    ) -> Response:
        """Return everything stored about a customer (Art. 15 GDPR); `reason` is needed and kept."""
        with exports.export(caller, ReadOperation.EXPORT_CUSTOMER, customer_no, reason, language) as export:
            return Response("".join(as_json(export)), media_type="application/json")

    return router
