"""All that is kept of one customer, as the services ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from nba_desktop.backend.subject.records import ErasureRow, Subject


class SubjectStore(Protocol):
    """One customer's rows in every table; tables go by the names in `subject.tables`."""

    def own_numbers(self, customer_id: str) -> tuple[str, ...]:
        """Return the customer's telephone numbers that no other customer has."""

    def rows(self, table: str, subject: Subject) -> Iterator[Mapping[str, Any]]:
        """Return the customer's rows of a table, oldest first, a few at a time; agents by their pseudonyms alone."""

    def count(self, table: str, subject: Subject) -> int:
        """Return how many rows of a table are the customer's."""

    def remove(self, table: str, subject: Subject) -> int:
        """Delete the customer's rows of a table and return how many there were."""

    def unlink(self, table: str, subject: Subject, stand_in: str, values: Mapping[str, Any]) -> int:
        """Put `values` into the customer's rows, and the stand-in where his id stands; return how many there were."""

    def rewrite(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put other values into rows of a table, each named by its primary key."""

    def add_erasure(self, erasure: ErasureRow) -> None:
        """Append that somebody was erased."""

    def erasures(self, customer_hash: str | None = None) -> Sequence[ErasureRow]:
        """Return every erasure, or those of one hash, oldest first."""
