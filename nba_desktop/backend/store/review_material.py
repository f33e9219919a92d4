"""What the facts of calls are made from, read for some contacts at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BindParameter, Connection, and_, bindparam, or_, select

from nba_desktop.backend.review.records import ConsentKey, DecidedThen, Material
from nba_desktop.backend.rows import ContactRecord
from nba_desktop.backend.store.contacts import Contacts
from nba_desktop.backend.store.decisions import place_of_outcome
from nba_desktop.backend.store.schema import agents, consent_events, contacts, decision_actions, decisions, outcomes
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, OutcomeCode

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
        return [
            Material(
                contact=contact,
                agent=whose[contact.contact_id].recipient_code,
                team_id=team_of(contact),
                events=events[contact.contact_id],
                decisions=decided[contact.contact_id],
                outcomes=_by_action(decided[contact.contact_id], became),
                anyway=_soon_after(contact, anyway.get(whose[contact.contact_id].customer_id, ()), within),
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

    def _anyway(self, customer_ids: set[str]) -> Mapping[str, list[tuple[datetime, str, OutcomeCode]]]:
        rows = self._connection.execute(_ANYWAY, {"ids": sorted(customer_ids)}).all()
        found: dict[str, list[tuple[datetime, str, OutcomeCode]]] = defaultdict(list)
        for row in sorted(rows, key=place_of_outcome):
            found[row.customer_id].append((row.at, row.action_id, OutcomeCode(row.code)))
        return found

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
    contact: ContactRecord, became: Sequence[tuple[datetime, str, OutcomeCode]], within: timedelta
) -> Mapping[str, Sequence[OutcomeCode]]:
    found: dict[str, list[OutcomeCode]] = defaultdict(list)
    for at, action_id, code in became:
        if contact.started_at <= at <= contact.started_at + within:
            found[action_id].append(code)
    return found
