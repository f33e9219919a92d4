"""Customers, as the services ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from nba_desktop.backend.model import CustomerRecord, PhoneKind, TouchpointRecord

SearchMatch = Literal["customer_no", "name", "contract", "address", "phone"]


class CustomerStore(Protocol):
    """Customers and what happened before."""

    def by_id(self, customer_id: str) -> CustomerRecord | None:
        """Return the customer, or None."""

    def by_customer_no(self, customer_no: str) -> CustomerRecord | None:
        """Return the customer by his number, however it is written, or None."""

    def by_phone(self, e164: str, limit: int) -> Sequence[tuple[CustomerRecord, PhoneKind]]:
        """Return who may be calling from this number, by name."""

    def touchpoints(self, customer_id: str) -> tuple[TouchpointRecord, ...]:
        """Return all touchpoints, newest first."""

    def search(self, text: str, limit: int) -> Sequence[tuple[CustomerRecord, SearchMatch]]:
        """Return at most `limit` customers found by `text`, best first."""

    def add(self, customers: Sequence[CustomerRecord], touchpoints: Sequence[TouchpointRecord]) -> None:
        """Add many customers with their touchpoints."""

    def any(self) -> bool:
        """Say whether there is any customer."""

    def ids(self) -> Sequence[str]:
        """Return every customer's id, in order."""

    def several(self, customer_ids: Sequence[str]) -> Sequence[CustomerRecord]:
        """Return these customers in the order asked for, without those that there are not."""
