"""The progress of imports, as the services ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.imports import CustomersInBrief, ImportRow


class ImportStore(Protocol):
    """How far files were taken in, and what is known of many customers at once."""

    def customer_ids(self, customer_nos: Sequence[str]) -> Mapping[str, str]:
        """Return the ids of customers by their numbers, as `fold_code` writes them."""

    def of_customers(self, customer_ids: Sequence[str]) -> CustomersInBrief:
        """Return which of some customers there are, and what there is of them."""

    def known_events(self, event_ids: Sequence[UUID]) -> set[UUID]:
        """Return which of some ids an outcome or an event of a contact has."""

    def by_id(self, import_id: str) -> ImportRow | None:
        """Return how far, or None for a file that was never begun."""

    def put(self, progress: ImportRow) -> None:
        """Say how far, in place of what was said before."""
