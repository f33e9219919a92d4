"""What is over its time, as the services ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from nba_desktop.backend.subject.records import Removed, RetentionKind, RetentionReport


class RetentionStore(Protocol):
    """What is older than a moment; each step does at most `limit`."""

    def due(self, kind: RetentionKind, since: datetime | None, before: datetime) -> Removed:
        """Return what there is of a kind from within (since, before), without touching it."""

    def remove(self, kind: RetentionKind, before: datetime, limit: int) -> Removed:
        """Delete the oldest rows of a kind: touchpoints, teasers, readings or the review's facts."""

    def remove_contacts(self, kind: RetentionKind, before: datetime, limit: int) -> Removed:
        """Delete the oldest contacts with their events, decisions and exposures; responses are let loose of them."""

    def clear_inputs(
        self, since: datetime | None, before: datetime, limit: int, clear: Callable[[str], str]
    ) -> tuple[Removed, datetime | None]:
        """Put `clear` of the record in place of the oldest decisions' records; return also the last one's moment."""

    def stand_in_for_agents(
        self, since: datetime | None, before: datetime, limit: int, stand_ins: dict[str, str], at: datetime
    ) -> tuple[Removed, datetime | None]:
        """Put stand-ins in place of the agents of the oldest contacts; return also the last one's moment."""

    def keep_report(self, report: RetentionReport) -> None:
        """Keep what a run did with a kind so far."""

    def reports(self, since: datetime) -> Sequence[RetentionReport]:
        """Return what the runs that began since a moment did, newest run first."""

    def last_run(self) -> datetime | None:
        """Return when the last run began, or None."""
