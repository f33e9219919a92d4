"""A call that comes from a colleague: which of his contacts it was before, and what was settled there.

Everything is computed anew for each answer, because what a colleague's panel recorded may arrive after the call does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.backend.ports import ContactStore
from nba_desktop.backend.rows import ContactRecord
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.events import ActionsShown, AnyEvent, CallerAuthenticated, ContactEnded, ContactStarted

_LONGEST_CALL: Final = timedelta(hours=12)
_LONGEST_WAIT: Final = timedelta(hours=1)
"""Nobody is put through for longer: some telephones count their calls anew each day, and name another one alike."""
_LONGEST_PROBABLE: Final = timedelta(hours=2)
"""A contact whose end was never reported and that began earlier is taken for one that was left, not for a call."""
_PROBABLE_GAP: Final = timedelta(minutes=2)
_MOST_PARTS: Final = 8
_NEVER_TALKED: Final = frozenset({"missed", "elsewhere"})


@dataclass(frozen=True, slots=True)
class Part:
    """One earlier contact of the call; `certain` when the telephone system says that it is the same call.

    `events` are those that arrived without a gap before them: what is still on its way may say that the rest is about
    somebody else. `is_whole` says that there was no gap.
    """

    contact: ContactRecord
    events: tuple[AnyEvent, ...]
    heard_at: datetime
    ended_at: datetime | None
    certain: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """What a call was before this contact, oldest part first."""

    parts: tuple[Part, ...]

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
        """The customer whose identity was checked in what certainly is this call, or None."""
        if not self.certain or not all(part.is_whole for part in self.parts if part.certain):
            return None
        return self._as_sure_as_the_newest.authenticated_customer

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
    return Handed(tuple(reversed(parts[:_MOST_PARTS]))) if parts else None


def vouched_by_colleague(contacts: ContactStore, contact: ContactRecord) -> str | None:
    """Return the customer whom a colleague authenticated in this very call, or None."""
    parts = _certain(contacts, contact, certain=True)
    return Handed(tuple(reversed(parts))).vouched_customer if parts else None


def _certain(contacts: ContactStore, contact: ContactRecord, certain: bool) -> list[Part]:
    """The earlier contacts that the telephone system says are the same call, newest first."""
    if not contact.source:
        return []
    begins = contact.started_at
    found = contacts.of_interaction(contact, begins - _LONGEST_CALL, _MOST_PARTS)
    parts: list[Part] = []
    for part in _worked_on(contacts, (one for one in found if not _other_number(one, contact)), certain):
        if part.ended_at is not None and begins - part.ended_at > _LONGEST_WAIT:
            break
        parts.append(part)
        begins = part.contact.started_at
    return parts


def _probable(contacts: ContactStore, contact: ContactRecord) -> list[Part]:
    """The newest earlier contact of a colleague with the same number at the same time."""
    number = contact.number
    if number.e164 is None or number.presentation == "restricted" or contact.direction != "inbound":
        return []
    start = contact.started_at
    found = contacts.around(contact, start - _LONGEST_PROBABLE, start - _PROBABLE_GAP, _MOST_PARTS)
    newest = next(_worked_on(contacts, found, certain=False), None)
    return [] if newest is None else [newest]


def _worked_on(contacts: ContactStore, found: Iterable[ContactRecord], certain: bool) -> Iterator[Part]:
    """Those in which something was done: a telephone that rang in a group and was not picked up handed nothing over."""
    for contact in found:
        events = contacts.events_of(contact.contact_id)
        ends = [event.cause for event in events if isinstance(event, ContactEnded)]
        done = any(not isinstance(event, ContactStarted | ContactEnded | ActionsShown) for event in events)
        if not _NEVER_TALKED.isdisjoint(ends) or not (done or "transferred" in ends):
            continue
        arrived = _without_gap(events)
        yield Part(
            contact=contact,
            events=arrived,
            heard_at=max(event.at for event in events),
            ended_at=state_of(events).ended_at,
            certain=certain,
            is_whole=len(arrived) == len(events),
        )


def _other_number(one: ContactRecord, other: ContactRecord) -> bool:
    return None not in (one.number.e164, other.number.e164) and one.number.e164 != other.number.e164


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
