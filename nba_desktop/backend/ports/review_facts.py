"""The review's facts, as the services ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.review.counts import Sieve
from nba_desktop.backend.review.records import CallFact, FollowUpCounts
from nba_desktop.backend.review.segments import WeekRows
from nba_desktop.backend.rows.review_facts import PendingRow, SegmentRow


class ReviewStore(Protocol):
    """The facts of calls: rows, the packed weeks made of them, and which contacts wait."""

    def changed(self, contact_id: UUID, at: datetime) -> None:
        """Say that something of a contact is new, so that its facts are worked out anew."""

    def changed_customer(self, customer_id: str, since: datetime, at: datetime) -> None:
        """Say the same of a customer's contacts since a moment, as when he confirms a consent he gave in one."""

    def changed_agent(self, agent_id: str, since: datetime, at: datetime) -> None:
        """Say the same of an agent's contacts since a moment, as when he was in another team."""

    def changed_all(self, at: datetime) -> None:
        """Say the same of every contact."""

    def pending(self, limit: int) -> Sequence[PendingRow]:
        """Return the first changes that wait."""

    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many changes wait, and since when the oldest does."""

    def still_pending(self, changes: Sequence[PendingRow]) -> Sequence[PendingRow]:
        """Return those of some changes that still wait: nobody else has done them."""

    def done(self, changes: Sequence[PendingRow]) -> None:
        """Take changes that still wait off the list."""

    def put(self, facts: Sequence[CallFact], contact_ids: Iterable[UUID]) -> None:
        """Put the facts in place of all there is of these contacts; a contact without facts has none from now on."""

    def repeated_by(self, contact_ids: Iterable[UUID]) -> set[UUID]:
        """Return the contacts with facts that count one of these as their repeat."""

    def set_repeats(self, repeats: Mapping[UUID, UUID | None]) -> None:
        """Say which call repeats each of these, where there are facts of it."""

    def set_chances_before(self, days: Mapping[UUID, date | None]) -> None:
        """Say of each of these when the customer's opportunity call before was, where there are facts of it."""

    def follow_ups(self, team_id: str, weeks: Iterable[date], until: date, sieve: Sieve) -> Sequence[FollowUpCounts]:
        """Count by agent what was due in some weeks (Mondays) before a day, under a filter."""

    def rows_of(self, week: date, team_id: str) -> WeekRows:
        """Return the facts of a team's week."""

    def segments(
        self, team_id: str | None, first: date, last: date, known: Mapping[tuple[date, str], int]
    ) -> Sequence[SegmentRow]:
        """Return the weeks (Mondays within [first, last]) of a team, or with None of all, by team and week.

        The content is None where it is not of the newest facts, and where `known` says this very revision is at hand.
        """

    def stale(self) -> Mapping[tuple[date, str], int]:
        """Return the revisions of the weeks that are not packed as of their newest facts, oldest week first."""

    def keep_segment(self, segment: SegmentRow) -> None:
        """Keep what a week was packed into, unless a newer one is kept."""
