"""What the review works out the facts of made-up calls from, without reading them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nba_desktop.backend.review.records import DecidedThen, Material
from nba_desktop.backend.samples.half_year.told import Told
from nba_desktop.contract.codes import ConsentPurpose, OutcomeCode

_Became = tuple[datetime, str, OutcomeCode]


@dataclass(frozen=True, slots=True)
class _Decided:
    """A call with a decision, its candidates, and what was known then of what the customer did of these afterwards."""

    contact_id: UUID
    customer_id: str
    started_at: datetime
    candidates: frozenset[str]
    known: Mapping[str, Sequence[OutcomeCode]]


class Materials:
    """Makes materials of calls in order of time, and knows which of them later calls have added to.

    `within` is the time after a call in which what the customer does may have come of it.
    """

    def __init__(self, within: timedelta) -> None:
        self._within = within
        self._became: dict[str, list[_Became]] = defaultdict(list)
        self._decided: list[_Decided] = []

    def of(self, told: Told) -> Material:
        """Return what is known of a call."""
        customer_id = told.person.customer_id
        self._became[customer_id] += [(one.at, one.action_id, one.code) for one in told.outcomes]
        own: dict[str, list[OutcomeCode]] = defaultdict(list)
        for one in sorted(told.outcomes, key=lambda one: one.at):
            if one.decision_id is not None:
                own[one.action_id].append(one.code)
        decided = told.decision
        anyway: Mapping[str, Sequence[OutcomeCode]] = {}
        if decided is not None and told.offer is not None:
            candidates = frozenset(one.action_id for one in told.offer.candidates)
            at = told.contact.started_at
            anyway = self._soon_after(customer_id, at, candidates)
            self._decided.append(_Decided(told.contact.contact_id, customer_id, at, candidates, anyway))
        return Material(
            contact=told.contact,
            agent=told.agent.code,
            team_id=told.agent.team.team_id,
            events=told.events,
            decisions=()
            if decided is None
            else (
                DecidedThen(
                    decided.decision_id,
                    decided.decided_at,
                    decided.customer_id,
                    decided.arm,
                    decided.shown,
                    decided.record,
                ),
            ),
            outcomes=own,
            anyway=anyway,
            confirmed=frozenset((ConsentPurpose.ADV_OWN, one.channel) for one in told.confirmations),
        )

    def outdated(self) -> list[UUID]:
        """Return the calls whose material has become another one since."""
        return [
            one.contact_id
            for one in self._decided
            if self._soon_after(one.customer_id, one.started_at, one.candidates) != one.known
        ]

    def _soon_after(
        self, customer_id: str, started_at: datetime, candidates: frozenset[str]
    ) -> dict[str, list[OutcomeCode]]:
        found: dict[str, list[OutcomeCode]] = defaultdict(list)
        for at, action_id, code in sorted(self._became[customer_id], key=lambda one: one[0]):
            if action_id in candidates and started_at <= at <= started_at + self._within:
                found[action_id].append(code)
        return found
