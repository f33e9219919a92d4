"""What the review works out the facts of made-up calls from, without reading them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

from nba_desktop.backend.contacts.promises import live_responses
from nba_desktop.backend.review.records import DecidedThen, Material
from nba_desktop.backend.samples.half_year import timetable
from nba_desktop.backend.samples.half_year.told import Told
from nba_desktop.contract.codes import ConsentPurpose, OutcomeCode, ResponseCode


@dataclass(frozen=True, slots=True)
class _Became:
    """What became of an action for a customer; `contact_id` is the call he said it in."""

    at: datetime
    action_id: str
    code: OutcomeCode
    contact_id: UUID | None = None


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

    `within` is the time after a call in which what the customer does may have come of it; days are those of `zone`.
    """

    def __init__(self, within: timedelta, zone: tzinfo) -> None:
        self._within = within
        self._zone = zone
        self._became: dict[str, list[_Became]] = defaultdict(list)
        self._last_chance: dict[str, date] = {}
        self._decided: list[_Decided] = []

    def of(self, told: Told) -> Material:
        """Return what is known of a call."""
        customer_id = told.person.customer_id
        self._became[customer_id] += _completions(told)
        self._became[customer_id] += [_Became(one.at, one.action_id, one.code) for one in told.outcomes]
        chance_before = self._last_chance.get(customer_id)
        if told.opportunity:
            self._last_chance[customer_id] = told.contact.started_at.astimezone(self._zone).date()
        own: dict[str, list[OutcomeCode]] = defaultdict(list)
        for one in sorted(told.outcomes, key=lambda one: one.at):
            if one.decision_id is not None:
                own[one.action_id].append(one.code)
        decided = told.decision
        anyway: Mapping[str, Sequence[OutcomeCode]] = {}
        if decided is not None and told.offer is not None:
            candidates = frozenset(one.action_id for one in told.offer.candidates)
            at = told.contact.started_at
            anyway = self._soon_after(told.contact.contact_id, customer_id, at, candidates)
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
            done_at=told.done,
            confirmed=frozenset((ConsentPurpose.ADV_OWN, one.channel) for one in told.confirmations),
            # Whom nobody asked for his name is nobody's call before.
            chance_before=None if told.incoming.level == timetable.NONE else chance_before,
        )

    def outdated(self) -> list[UUID]:
        """Return the calls whose material has become another one since."""
        return [
            one.contact_id
            for one in self._decided
            if self._soon_after(one.contact_id, one.customer_id, one.started_at, one.candidates) != one.known
        ]

    def _soon_after(
        self, contact_id: UUID, customer_id: str, started_at: datetime, candidates: frozenset[str]
    ) -> dict[str, list[OutcomeCode]]:
        found: dict[str, list[OutcomeCode]] = defaultdict(list)
        for one in sorted(self._became[customer_id], key=lambda one: one.at):
            soon = one.contact_id != contact_id and started_at <= one.at <= started_at + self._within
            if soon and one.action_id in candidates:
                found[one.action_id].append(one.code)
        return found


def _completions(told: Told) -> list[_Became]:
    """What the customer accepted in a call and had done there."""
    return [
        _Became(one.at, one.action_id, OutcomeCode.COMPLETED, told.contact.contact_id)
        for one in live_responses(told.events)
        if one.action_id is not None and one.code is ResponseCode.ACCEPTED_DONE
    ]
