"""A site's rows in bulk, as the services ask for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from nba_desktop.backend.consent.ledger import LedgerEntry


class SiteDataStore(Protocol):
    """A site's own data, many rows at once; columns by their names in the store, all of one length."""

    def prepare(self) -> None:
        """Make room for much that is written."""

    def customer_ids(self, folded: Iterable[str]) -> dict[str, str]:
        """Return ids by the folded number, of those that there are."""

    def customers(self, folded: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return whole rows by the folded number, of those that there are."""

    def erased(self, numbers: Collection[str], hashes: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return which customer numbers, and which hashes of some, are those of erased customers."""

    def contracts(self, contract_nos: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return rows by their number, of those that there are."""

    def phones(self, customer_ids: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the numbers of some customers, by customer and number."""

    def touchpoints(self, touchpoint_ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """Return by id: customer, moment, channel, type, params, experience, case, whether open, media break."""

    def consents(self, event_ids: Iterable[UUID]) -> dict[UUID, LedgerEntry]:
        """Return entries of the ledger by their event, of those that there are."""

    def consents_of(self, customer_ids: Iterable[str]) -> Sequence[tuple[str, str, str, str, datetime]]:
        """Return customer, purpose, channel, event and moment of every entry of some customers."""

    def add_customers(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add customers."""

    def change_customers(self, customer_ids: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Change columns of customers."""

    def add_contracts(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add contracts."""

    def change_contracts(self, contract_nos: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Change columns of contracts."""

    def add_phones(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add numbers of customers."""

    def change_phones(
        self, customer_ids: Sequence[str], numbers: Sequence[str], columns: Mapping[str, Sequence[Any]]
    ) -> None:
        """Change columns of customers' numbers."""

    def add_touchpoints(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add touchpoints."""

    def change_touchpoints(self, touchpoint_ids: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Change columns of touchpoints."""

    def forget_features(self, customer_ids: Iterable[str]) -> None:
        """Have what the touchpoints of some customers come to made anew when it is asked for."""

    def end_contracts(self, source: str, said_by: str, on: date) -> int:
        """End the running contracts that a system said before and not by the file `said_by`; return how many."""

    def remove_phones(self, source: str, said_by: str) -> int:
        """Remove the numbers that a system said before and not by the file `said_by`; return how many."""
