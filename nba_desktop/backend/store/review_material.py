"""What the facts of calls are made from, read for some contacts at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BindParameter, Connection, and_, bindparam, or_, select

from nba_desktop.backend.review.records import ConsentKey, DecidedThen, Material
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.store.contacts import Contacts
from nba_desktop.backend.store.decisions import place_of_outcome
from nba_desktop.backend.store.schema.access import agents
from nba_desktop.backend.store.schema.consents import consent_events
from nba_desktop.backend.store.schema.contacts import contacts
from nba_desktop.backend.store.schema.decisions import decision_actions, decisions, responses
from nba_desktop.backend.store.schema.follow_ups import follow_ups
from nba_desktop.backend.store.schema.outcomes import outcomes
from nba_desktop.backend.store.schema.review_facts import review_calls
from nba_desktop.contract.codes import (
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    OutcomeCode,
    ResponseCode,
)

TeamOf = Callable[[ContactRecord], str]
"""The team the agent of a contact was in then, "" for none."""

_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_CODES = (
    select(contacts.c.contact_id, contacts.c.customer_id, agents.c.recipient_code)
    .join(agents, agents.c.agent_id == contacts.c.agent_id)
    # What retention parted from its agent keeps the facts it has.
    .where(contacts.c.contact_id.in_(_IDS), agents.c.stand_in_since.is_(None))
)
_DECISIONS = select(
    decisions.c.decision_id,
    decisions.c.contact_id,
    decisions.c.decided_at,
    decisions.c.customer_id,
    decisions.c.arm,
    decisions.c.record,
).where(decisions.c.contact_id.in_(_IDS))
_SHOWN = (
    select(decision_actions.c.decision_id, decision_actions.c.action_id)
    .where(decision_actions.c.decision_id.in_(_IDS))
    .order_by(decision_actions.c.decision_id, decision_actions.c.rank)
)
_OUTCOMES = select(outcomes).where(outcomes.c.decision_id.in_(_IDS))
_ANYWAY = select(outcomes).where(outcomes.c.customer_id.in_(_IDS))
_counter = responses.alias("counter")
# What a customer accepts in a call and has done there is a completion, too, and no system reports it.
_DONE_IN_CALLS = select(
    responses.c.customer_id, responses.c.contact_id, responses.c.action_id, responses.c.at, responses.c.event_id
).where(
    responses.c.customer_id.in_(_IDS),
    responses.c.code == ResponseCode.ACCEPTED_DONE.value,
    responses.c.retracts.is_(None),
    responses.c.action_id.is_not(None),
    ~select(_counter.c.event_id).where(_counter.c.retracts == responses.c.event_id).exists(),
)
_FOLLOW_UPS_DONE = select(follow_ups.c.follow_up_id, follow_ups.c.contact_id, follow_ups.c.done_at).where(
    follow_ups.c.contact_id.in_(_IDS), follow_ups.c.done_at.is_not(None)
)
_CUSTOMERS = select(contacts.c.customer_id).where(contacts.c.contact_id.in_(_IDS), contacts.c.customer_id.is_not(None))
_CHANCES = (
    select(contacts.c.contact_id, contacts.c.customer_id, review_calls.c.day, review_calls.c.opportunity)
    .join(review_calls, review_calls.c.contact_id == contacts.c.contact_id)
    .where(contacts.c.customer_id.in_(_CUSTOMERS))
    .order_by(contacts.c.started_at, contacts.c.contact_id)
)
_CONFIRMED = select(
    consent_events.c.customer_id, consent_events.c.purpose, consent_events.c.channel, consent_events.c.at
).where(consent_events.c.customer_id.in_(_IDS), consent_events.c.event == ConsentEventType.DOI_CONFIRMED.value)
_later = contacts.alias("later")
_NEXT = (
    select(_later.c.contact_id)
    .select_from(contacts)
    .join(
        _later,
        and_(
            _later.c.customer_id == contacts.c.customer_id,
            _later.c.concern == contacts.c.concern,
            _later.c.started_at > contacts.c.ended_at,
            _later.c.started_at <= bindparam("until"),
            _later.c.auth_level == AuthLevel.AUTHENTICATED.value,
            _later.c.direction == "inbound",
            # What a colleague went on with is no second call.
            or_(
                contacts.c.source.is_(None),
                _later.c.source.is_(None),
                _later.c.source != contacts.c.source,
                _later.c.interaction_id != contacts.c.interaction_id,
            ),
        ),
    )
    .where(contacts.c.contact_id == bindparam("contact_id"), contacts.c.auth_level == AuthLevel.AUTHENTICATED.value)
    .order_by(_later.c.started_at, _later.c.contact_id)
    .limit(1)
)
_EARLIER = (
    select(_later.c.contact_id)
    .select_from(contacts)
    .join(
        _later,
        and_(
            _later.c.customer_id == contacts.c.customer_id,
            _later.c.started_at < contacts.c.started_at,
            _later.c.ended_at >= bindparam("since"),
        ),
    )
    .where(contacts.c.contact_id == bindparam("contact_id"))
)
_TIMES = select(contacts.c.contact_id, contacts.c.started_at, contacts.c.ended_at).where(
    contacts.c.contact_id.in_(_IDS)
)


@dataclass(frozen=True, slots=True)
class _Became:
    """What became of an action for a customer; `contact_id` is the call he said it in."""

    at: datetime
    action_id: str
    code: OutcomeCode
    contact_id: UUID | None = None


class ReviewMaterial:
    """Reads within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._contacts = Contacts(connection)

    def of(self, contact_ids: Sequence[UUID], team_of: TeamOf, within: timedelta) -> Sequence[Material]:
        """Return what is known of some contacts, with what customers did `within` a time after; no repeats."""
        ids = list(contact_ids)
        events = self._contacts.events_of_several(ids)
        whose = {row.contact_id: row for row in self._connection.execute(_CODES, {"ids": ids})}
        decided = self._decided(ids)
        became = self._outcomes([one.decision_id for several in decided.values() for one in several])
        anyway = self._anyway({row.customer_id for row in whose.values() if row.customer_id is not None})
        confirmed = self._confirmed({row.customer_id for row in whose.values() if row.customer_id is not None})
        done_at: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
        for row in self._connection.execute(_FOLLOW_UPS_DONE, {"ids": ids}):
            done_at[row.contact_id][row.follow_up_id] = row.done_at
        return [
            Material(
                contact=contact,
                agent=whose[contact.contact_id].recipient_code,
                team_id=team_of(contact),
                events=events[contact.contact_id],
                decisions=decided[contact.contact_id],
                outcomes=_by_action(decided[contact.contact_id], became),
                anyway=_soon_after(contact, anyway.get(whose[contact.contact_id].customer_id, ()), within),
                done_at=done_at.get(contact.contact_id, {}),
                confirmed=frozenset(
                    key
                    for key, at in confirmed.get(whose[contact.contact_id].customer_id, ())
                    if at >= contact.started_at
                ),
            )
            for contact in self._contacts.several(ids)
            if contact.contact_id in whose
        ]

    def next_calls(self, contact_ids: Sequence[UUID], days: int) -> Mapping[UUID, UUID | None]:
        """Return for each contact that ended the customer's next call for the same concern within some days."""
        found: dict[UUID, UUID | None] = {}
        for row in self._connection.execute(_TIMES, {"ids": list(contact_ids)}):
            if row.ended_at is not None:
                asked = {"contact_id": row.contact_id, "until": row.ended_at + timedelta(days=days)}
                found[row.contact_id] = self._connection.execute(_NEXT, asked).scalar()
        return found

    def before(self, contact_ids: Sequence[UUID], days: int) -> set[UUID]:
        """Return the contacts that one of these may be a repeat of."""
        found: set[UUID] = set()
        for row in self._connection.execute(_TIMES, {"ids": list(contact_ids)}):
            asked = {"contact_id": row.contact_id, "since": row.started_at - timedelta(days=days)}
            found.update(self._connection.execute(_EARLIER, asked).scalars())
        return found

    def chances_before(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, date | None]:
        """Return for each call with facts of the customers of some contacts when their opportunity call before was."""
        found: dict[UUID, date | None] = {}
        last: dict[str, date] = {}
        for row in self._connection.execute(_CHANCES, {"ids": list(contact_ids)}):
            found[row.contact_id] = last.get(row.customer_id)
            if row.opportunity:
                last[row.customer_id] = row.day
        return found

    def _decided(self, ids: Sequence[UUID]) -> Mapping[UUID, list[DecidedThen]]:
        rows = self._connection.execute(_DECISIONS, {"ids": ids}).all()
        shown: dict[UUID, list[str]] = defaultdict(list)
        for one in self._connection.execute(_SHOWN, {"ids": [row.decision_id for row in rows]}):
            shown[one.decision_id].append(one.action_id)
        found: dict[UUID, list[DecidedThen]] = {contact_id: [] for contact_id in ids}
        for row in rows:
            found[row.contact_id].append(
                DecidedThen(
                    row.decision_id, row.decided_at, row.customer_id, row.arm, tuple(shown[row.decision_id]), row.record
                )
            )
        return found

    def _outcomes(self, decision_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, OutcomeCode]]:
        rows = sorted(self._connection.execute(_OUTCOMES, {"ids": decision_ids}).all(), key=place_of_outcome)
        return [(row.decision_id, row.action_id, OutcomeCode(row.code)) for row in rows]

    def _anyway(self, customer_ids: set[str]) -> Mapping[str, list[_Became]]:
        ids = {"ids": sorted(customer_ids)}
        found: dict[str, list[_Became]] = defaultdict(list)
        for row in self._connection.execute(_DONE_IN_CALLS.order_by(responses.c.event_id), ids):
            found[row.customer_id].append(_Became(row.at, row.action_id, OutcomeCode.COMPLETED, row.contact_id))
        for row in sorted(self._connection.execute(_ANYWAY, ids).all(), key=place_of_outcome):
            found[row.customer_id].append(_Became(row.at, row.action_id, OutcomeCode(row.code)))
        # What was said in the call comes before what other systems say at the same moment.
        return {customer_id: sorted(became, key=lambda one: one.at) for customer_id, became in found.items()}

    def _confirmed(self, customer_ids: set[str]) -> Mapping[str, list[tuple[ConsentKey, datetime]]]:
        found: dict[str, list[tuple[ConsentKey, datetime]]] = defaultdict(list)
        for row in self._connection.execute(_CONFIRMED, {"ids": sorted(customer_ids)}):
            found[row.customer_id].append(((ConsentPurpose(row.purpose), ConsentChannel(row.channel)), row.at))
        return found


def _by_action(
    decided: Sequence[DecidedThen], became: Sequence[tuple[UUID, str, OutcomeCode]]
) -> Mapping[str, Sequence[OutcomeCode]]:
    ids = {one.decision_id for one in decided}
    found: dict[str, list[OutcomeCode]] = defaultdict(list)
    for decision_id, action_id, code in became:
        if decision_id in ids:
            found[action_id].append(code)
    return found


def _soon_after(
    contact: ContactRecord, became: Sequence[_Became], within: timedelta
) -> Mapping[str, Sequence[OutcomeCode]]:
    """What was completed soon after a contact; what the customer said in it its own responses say."""
    found: dict[str, list[OutcomeCode]] = defaultdict(list)
    for one in became:
        if one.contact_id != contact.contact_id and contact.started_at <= one.at <= contact.started_at + within:
            found[one.action_id].append(one.code)
    return found
