"""What the review's facts come of, as the services ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.review.records import Material
from nba_desktop.backend.rows.contacts import ContactRecord


class ReviewMaterialStore(Protocol):
    """What the facts of calls are made from."""

    def of(
        self, contact_ids: Sequence[UUID], team_of: Callable[[ContactRecord], str], within: timedelta
    ) -> Sequence[Material]:
        """Return what is known of those of some contacts that there are; repeats are asked apart."""

    def next_calls(self, contact_ids: Sequence[UUID], days: int) -> Mapping[UUID, UUID | None]:
        """Return for each contact that ended the customer's next call for the same concern within some days."""

    def before(self, contact_ids: Sequence[UUID], days: int) -> set[UUID]:
        """Return the contacts that one of these may be a repeat of."""

    def chances_before(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, date | None]:
        """Return for each call with facts of the customers of some contacts when their opportunity call before was."""
