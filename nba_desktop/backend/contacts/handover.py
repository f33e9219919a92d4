"""A call that comes from a colleague: which of his contacts it was before, and what was settled there.

Everything is computed anew for each answer, because what a colleague's panel recorded may arrive after the call does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from nba_desktop.backend.contacts.state import ContactState, masked, state_of
from nba_desktop.backend.ports.contacts import ContactStore
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.codes import AuthLevel, CallFlag, Speaker
from nba_desktop.contract.events import AnyEvent, CallerAuthenticated

_LONGEST_CALL: Final = timedelta(hours=12)
_LONGEST_WAIT: Final = timedelta(hours=1)
"""Nobody is put through for longer: some telephones count their calls anew each day, and name another one alike."""
_LONGEST_PROBABLE: Final = timedelta(hours=2)
"""A contact whose end was never reported and that began earlier is taken for one that was left, not for a call."""
_PROBABLE_GAP: Final = timedelta(minutes=2)
_MOST_PARTS: Final = 8
_GOES_ON: Final = ("transferred", "panel_closed")
"""Ends of a contact that are not the call's."""


@dataclass(frozen=True, slots=True)
class Part:
    """One earlier contact of the call; `certain` when the telephone system says that it is the same call.

    `vouches` when nothing at all speaks against it, so that who was authenticated there need not be asked again.
    `events` are those that arrived without a gap before them: what is still on its way may say that the rest is about
    somebody else. `is_whole` says that there was no gap. `failed_items` are those of all that arrived.
    """

    contact: ContactRecord
    events: tuple[AnyEvent, ...]
    heard_at: datetime
    ended_at: datetime | None
    certain: bool
    vouches: bool
    is_whole: bool
    failed_items: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Handed:
    """What a call was before this contact, oldest part first; `own` when the newest was this agent's own."""

    parts: tuple[Part, ...]
    own: bool = False

    @property
    def certain(self) -> bool:
        """Whether the telephone system says so."""
        return self.parts[-1].certain

    @property
    def at(self) -> datetime:
        """When the newest part ended, or was last heard of."""
        return self.parts[-1].ended_at or self.parts[-1].heard_at

    @property
    def settled(self) -> ContactState:
        """What the parts come to, the newest word on each thing."""
        return state_of(event for part in self.parts for event in part.events)

    @property
    def authenticated(self) -> bool:
        """Whether the caller was authenticated; what only probably is this call says nothing where another is sure."""
        return self._as_sure_as_the_newest.authenticated_customer is not None

    @property
    def _as_sure_as_the_newest(self) -> ContactState:
        return state_of(event for part in self.parts if part.certain is self.certain for event in part.events)

    @property
    def vouched_customer(self) -> str | None:
        """The customer whose identity was checked in what beyond doubt is this call, or None.

        Where somebody else spoke for him last, it is not known who is on the line now.
        """
        parts = list(takewhile(lambda part: part.vouches, reversed(self.parts)))
        if not all(part.is_whole for part in parts):
            return None
        state = state_of(event for part in reversed(parts) for event in part.events)
        return state.authenticated_customer if state.speaker is Speaker.CUSTOMER else None

    @property
    def failed_items(self) -> frozenset[tuple[str, str]]:
        """What was answered wrongly in what certainly is this call."""
        return frozenset().union(*(part.failed_items for part in self.parts if part.certain))

    def carried_into(self, state: ContactState) -> ContactState:
        """Return the contact with what its call brings along, as long as its own agent says nothing else.

        Who speaks is who spoke last in what certainly is this call. What holds sales back is told like the details.
        """
        before = state_of(event for part in self.parts if part.certain for event in part.events)
        vouching_over = state.vouching_over or (before.vouching_over and self.vouched_customer is None)
        after = replace(state, vouching_over=vouching_over)
        if state.speaks_for is None:
            after = replace(after, named_speaker=before.named_speaker, speaks_for=before.speaks_for)
        after = masked(after) if after.speaker is Speaker.UNAUTHORISED else after
        return replace(after, flags=after.flags | (self.flags_told(after) - after.flags_taken_back))

    def flags_told(self, state: ContactState) -> frozenset[CallFlag]:
        """Return what was noticed of the customer who is authenticated in the contact, or vouched for."""
        customer_id = state.authenticated_customer
        if customer_id is None and state.customer_id in (None, self.vouched_customer) and not state.vouching_over:
            customer_id = self.vouched_customer
        return frozenset() if customer_id is None else state_of(self.events_about(customer_id)).flags

    def events_about(self, customer_id: str) -> tuple[AnyEvent, ...]:
        """Return what was recorded while a contact was this customer's, or before anybody was settled on but him.

        A contact in which nobody was settled on tells nothing: its agent may still say that it is somebody else's.
        """
        return tuple(event for part in self.parts for event, owner in _with_owners(part.events) if owner == customer_id)


def handed_over(contacts: ContactStore, contact: ContactRecord, is_shared: Callable[[], bool]) -> Handed | None:
    """Return what the call was before this contact, or None.

    `is_shared` says whether so many share its number that it makes nothing probable; asked only where that counts.
    """
    parts: list[Part] = []
    current, certain = contact, True
    while len(parts) < _MOST_PARTS:
        found = _certain(contacts, current, certain)
        if not found:
            certain = False
            found = _probable(contacts, current)
            # Asked last: few calls seem to be another's at all.
            if not found or is_shared():
                break
        parts += found
        current = found[-1].contact
    if not parts:
        return None
    return Handed(tuple(reversed(parts[:_MOST_PARTS])), own=parts[0].contact.agent_id == contact.agent_id)


def certainly_handed_over(contacts: ContactStore, contact: ContactRecord) -> Handed | None:
    """Return what the telephone system says the call was before this contact, or None."""
    parts = _certain(contacts, contact, certain=True)
    return Handed(tuple(reversed(parts))) if parts else None


def _certain(contacts: ContactStore, contact: ContactRecord, certain: bool) -> list[Part]:
    """The earlier contacts that the telephone system says are the same call, newest first."""
    if not contact.source:
        return []
    begins = contact.started_at
    parts: list[Part] = []
    for found in contacts.of_interaction(contact, begins - _LONGEST_CALL, _MOST_PARTS):
        events = contacts.events_of(found.contact_id)
        state = state_of(events)
        if state.ended_at is not None and begins - state.ended_at > _LONGEST_WAIT:
            break
        if found.agent_id == contact.agent_id and not _was_passed_on(state, begins):
            # He closed it himself: somebody else is on the line.
            continue
        vouches = certain and _same_number(found, contact) and _was_passed_on(state, begins)
        parts.append(_part(found, events, certain, vouches))
        begins = found.started_at
    return parts


def _probable(contacts: ContactStore, contact: ContactRecord) -> list[Part]:
    """The newest earlier contact of a colleague with the same number at the same time."""
    number = contact.number
    if number.e164 is None or number.presentation == "restricted" or contact.direction != "inbound":
        return []
    start = contact.started_at
    newest = contacts.around(contact, start - _LONGEST_PROBABLE, start - _PROBABLE_GAP, 1)
    return [_part(one, contacts.events_of(one.contact_id), certain=False, vouches=False) for one in newest]


def _part(contact: ContactRecord, events: Sequence[AnyEvent], certain: bool, vouches: bool) -> Part:
    arrived, state = _without_gap(events), state_of(events)
    return Part(
        contact=contact,
        events=arrived,
        heard_at=max(event.at for event in events),
        ended_at=state.ended_at,
        certain=certain,
        vouches=vouches,
        is_whole=len(arrived) == len(events),
        failed_items=state.failed_items,
    )


def _same_number(one: ContactRecord, other: ContactRecord) -> bool:
    """Two numbers that are not known are two callers."""
    return one.number.e164 is not None and one.number.presentation != "restricted" and _caller(one) == _caller(other)


def _caller(contact: ContactRecord) -> tuple[str | None, str]:
    return contact.number.e164, contact.number.presentation


def _was_passed_on(state: ContactState, begins: datetime) -> bool:
    """Whether the call went on: one that was hung up before the next began is over, whatever name the next one has."""
    return state.ended_at is None or state.ended_at >= begins or state.end_cause in _GOES_ON


def _without_gap(events: Sequence[AnyEvent]) -> tuple[AnyEvent, ...]:
    arrived: list[AnyEvent] = []
    last = 0
    for event in events:
        if event.seq > last + 1:
            break
        arrived.append(event)
        last = event.seq
    return tuple(arrived)


def _with_owners(events: Sequence[AnyEvent]) -> Iterator[tuple[AnyEvent, str | None]]:
    """Each event with the customer the contact was about then: while nobody is settled on, the next one who is."""
    owner: str | None = None
    owners: list[str | None] = []
    for event in reversed(events):
        if isinstance(event, CallerAuthenticated) and event.level is not AuthLevel.NONE:
            owner = event.customer_id
        owners.append(owner)
    owners.reverse()
    settled = False
    current: str | None = None
    for event, following in zip(events, owners, strict=True):
        if isinstance(event, CallerAuthenticated):
            settled = event.level is not AuthLevel.NONE
            current = event.customer_id
        yield event, current if settled else following
