"""Find the caller when the number does not tell."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from nba_desktop.backend.api.auth import CustomerReader
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.contacts.search import SearchService
from nba_desktop.contract.base import Language
from nba_desktop.contract.customer import SearchAnswer


def customers_router(service: SearchService) -> APIRouter:
    """Return the routes under `/v1/customers`."""
    router = APIRouter(prefix="/v1/customers", tags=["customers"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="search_customers")
    def search_customers(
        caller: CustomerReader,
        q: Annotated[str, Query(min_length=2, max_length=100)],
        contact_id: UUID | None = None,
        reason: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = "",
        language: Language = "de",
    ) -> SearchAnswer:
        """Search by customer number, contract, phone, name or address; outside a contact `reason` is needed."""
        return service.search(caller, q, contact_id, reason, language)

    return router
