"""What the review works out the facts of made-up calls from, without reading them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.records import DecidedThen, Material
from nba_desktop.backend.samples.half_year.told import Told
from nba_desktop.backend.store.review_material import SOON
from nba_desktop.contract.codes import ConsentPurpose, OutcomeCode

_Became = tuple[datetime, str, OutcomeCode]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A call in which nothing was shown, and what was known then of the customer's doings afterwards."""

    contact_id: UUID
    customer_id: str
    started_at: datetime
    known: Mapping[str, Sequence[OutcomeCode]]


class Materials:
    """Makes materials of calls in order of time, and knows which of them later calls have added to."""

    def __init__(self) -> None:
        self._became: dict[str, list[_Became]] = defaultdict(list)
        self._withheld: list[_Shown] = []

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
        if decided is not None and decided.arm == Arm.NOTHING.value:
            anyway = self._soon_after(customer_id, told.contact.started_at)
            self._withheld.append(_Shown(told.contact.contact_id, customer_id, told.contact.started_at, anyway))
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
            one.contact_id for one in self._withheld if self._soon_after(one.customer_id, one.started_at) != one.known
        ]

    def _soon_after(self, customer_id: str, started_at: datetime) -> dict[str, list[OutcomeCode]]:
        found: dict[str, list[OutcomeCode]] = defaultdict(list)
        for at, action_id, code in sorted(self._became[customer_id], key=lambda one: one[0]):
            if started_at <= at <= started_at + SOON:
                found[action_id].append(code)
        return found
