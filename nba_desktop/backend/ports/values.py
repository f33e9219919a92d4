"""Customers' lifetime values, as the services ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from nba_desktop.backend.model import ValueRecord
from nba_desktop.backend.rows.values import ValueBasis, ValueRunRow


class ValueStore(Protocol):
    """Lifetime values: what they are calculated from, and the runs that do so."""

    def count(self) -> int:
        """Return how many customers there are."""

    def page(self, after: str, limit: int, purchases: tuple[str, str] | None) -> Sequence[ValueBasis]:
        """Return the next customers behind the id `after`; `purchases` names a touchpoint type and its amount."""

    def put(self, values: Mapping[str, ValueRecord | None]) -> None:
        """Replace the values of customers, by their ids; with None it is removed."""

    def last_run(self) -> ValueRunRow | None:
        """Return the run that began last, or None."""

    def keep_run(self, run: ValueRunRow) -> None:
        """Keep a run, in place of what was said of it before."""
