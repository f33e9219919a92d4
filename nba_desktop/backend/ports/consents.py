"""Consents and their proof, as the services ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.consent.checking import Batch
from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.rows.consents import ConsentRestriction


class ConsentStore(Protocol):
    """The proof ledger and the wordings it refers to."""

    def head(self) -> LedgerHead:
        """Return the end of the chain, held against other writers until the transaction ends."""

    def append(self, entry: LedgerEntry) -> LedgerHead:
        """Append one entry behind the end of the chain, whatever place it names, and return the new end."""

    def append_all(self, entries: Sequence[LedgerEntry]) -> None:
        """Append entries that follow one another and move the end of the chain to the last."""

    def of_customer(self, customer_id: str) -> tuple[LedgerEntry, ...]:
        """Return the customer's entries in order."""

    def end(self) -> LedgerHead | None:
        """Return the end of the chain as it is recorded, without holding it; None when that is missing."""

    def by_event_id(self, event_id: UUID) -> LedgerEntry | None:
        """Return the entry of an event, or None."""

    def batches(self) -> Iterable[Batch]:
        """Return every entry in order, as `checking` takes them; raise `UnreadableEntry` where one is."""

    def damage(self) -> str:
        """Return what the database itself finds damaged in the ledger's tables and their indexes, or nothing."""

    def named_wordings(self) -> Sequence[tuple[str, str | None, str | None]]:
        """Return id, hash of the text and hash of the whole record of every wording that an entry names."""

    def hashes(self, until: int) -> Iterable[Sequence[str]]:
        """Return the hash of every entry up to a position, in order, in batches."""

    def pending_since(self, before: datetime) -> Sequence[str]:
        """Return the customers who gave a consent before a moment that was not confirmed or ended since."""

    def customer_ids(self) -> Sequence[str]:
        """Return every customer the ledger has an entry of, in order."""

    def restriction(self, customer_id: str) -> ConsentRestriction | None:
        """Return since when a customer's proof is for the consent officer alone, or None."""

    def restriction_of_number(self, customer_no: str) -> ConsentRestriction | None:
        """Return the restriction of the customer who had a number, or None."""

    def restrict(self, restriction: ConsentRestriction) -> None:
        """Let only the consent officer read a customer's proof from now on."""

    def wordings(self) -> tuple[Wording, ...]:
        """Return every wording there ever was."""

    def introduce_wording(self, wording: Wording) -> None:
        """Add a version of a wording."""

    def set_retired(self, wording: Wording, at: datetime | None) -> None:
        """Mark a version as no longer in force since `at`, or with None as in force again."""
