"""What the site's figures come of, as the services ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from nba_desktop.backend.rows.site_figures import ConsentSaid, QueueCallRow, QueueCounts, WayPoint


class SiteFactsStore(Protocol):
    """What the site's figures count besides the facts of calls."""

    def add_queue_calls(self, calls: Sequence[QueueCallRow]) -> None:
        """Append offered calls."""

    def queue_counts(self, first: datetime, until: datetime, service_ms: int) -> QueueCounts:
        """Return the counts of the calls offered in [first, until); in time is within so many milliseconds."""

    def consents_said(self, first: datetime, until: datetime) -> Sequence[ConsentSaid]:
        """Return what was asked and given in calls in [first, until), in the ledger's order."""

    def consents_after(self, since: datetime) -> Sequence[ConsentSaid]:
        """Return the confirmations and withdrawals since a moment, in the ledger's order."""

    def ways(self, first: datetime, until: datetime) -> Iterator[WayPoint]:
        """Return every contact in [first, until) of customers who are known, by customer and moment."""
