"""Take events in: each once, durable before its verdict, none refused because of another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.backend.errors import Conflict, Forbidden, InvalidMessage, Refused, UnknownContact
from nba_desktop.backend.messages import UnreadableEvent, check_kept
from nba_desktop.backend.outbound.telling import tell_event
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.problem import problem_of
from nba_desktop.backend.review.records import SOON
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.events import (
    EVENT_ADAPTER,
    AnyEvent,
    BatchVerdict,
    CallerAuthenticated,
    ContactEnded,
    ContactStarted,
    EventVerdict,
    ResponseRecorded,
    ResponseRetracted,
    WrapUpFinished,
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Appended:
    """A contact with its state after the event that was just taken in."""

    contact: ContactRecord
    state: ContactState


class EventService:
    """Appends events of contacts and carries out what they say."""

    def __init__(self, store: Store, effects: Effects, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._effects = effects
        self._clock = clock

    def record(self, caller: Caller, events: Sequence[AnyEvent | UnreadableEvent]) -> BatchVerdict:
        """Take a batch in and return one verdict for each event, in its order.

        The accepted ones are on disk when this returns. A store that fails raises `StoreUnavailable`: then none is.
        """
        with self._store.write() as unit:
            verdicts = tuple(self.verdict(unit, caller, event) for event in events)
        return BatchVerdict(verdicts=verdicts)

    def verdict(self, unit: Unit, caller: Caller, event: AnyEvent | UnreadableEvent) -> EventVerdict:
        """Take one event in, within the transaction of whoever asks; a refused one leaves nothing behind."""
        try:
            if isinstance(event, UnreadableEvent):
                raise InvalidMessage("the event breaks the contract", event.errors)
            # What a refused event began to write must not stay.
            with unit.part():
                appended = self.append(unit, caller, event, unit.contacts.by_id(event.contact_id))
        except Refused as refusal:
            _log.info("event refused: %s", refusal.code.value)
            return EventVerdict(event_id=event.event_id, verdict="refused", problem=problem_of(refusal))
        return EventVerdict(event_id=event.event_id, verdict="accepted" if appended else "duplicate")

    def append(self, unit: Unit, caller: Caller, event: AnyEvent, contact: ContactRecord | None) -> Appended | None:
        """Take one event of a contact in and return what it makes of that, or None when it was taken in before.

        Raises the `Refused` that says why it must not count; what it began to write is to be undone then.
        """
        known = unit.contacts.event_body(event.event_id)
        if known is not None:
            if _as_told(EVENT_ADAPTER.validate_json(known)) != _as_told(event):
                raise Conflict("another event is stored under this id")
            return None
        _check_keepable(event)
        is_new = contact is None
        if contact is None:
            contact = _begin(unit, caller, event)
        elif isinstance(event, ContactStarted):
            raise Conflict("the contact began with another event")
        if contact.agent_id != caller.agent_id:
            raise Forbidden("the contact is another agent's")
        history = () if is_new else unit.contacts.events_of(event.contact_id)
        event = self._effects.verified(unit, contact, history, event)
        unit.contacts.add_event(event, event.model_dump_json(), caller.agent_id, self._clock())
        self._effects.apply(unit, caller, contact, history, event)
        after = state_of(sorted((*history, event), key=lambda one: one.seq))
        if after != state_of(history):
            unit.contacts.set_state(event.contact_id, after.columns())
        tell_event(unit, event, after, self._clock())
        if after.ended_at is not None:
            unit.review.changed(event.contact_id, self._clock())
        if after.customer_id is not None and _may_complete(event):
            # What a customer has done here counts for his calls before, as if another system had reported it.
            unit.review.changed_customer(after.customer_id, event.at - SOON, self._clock())
        return Appended(contact, after)


def _begin(unit: Unit, caller: Caller, event: AnyEvent) -> ContactRecord:
    if not isinstance(event, ContactStarted):
        raise UnknownContact("no contact began under that id")
    contact = ContactRecord(
        contact_id=event.contact_id,
        agent_id=caller.agent_id,
        started_at=event.at,
        direction=event.direction,
        number=event.number,
        attached_customer_no=event.customer_no,
        language=event.language,
        waiting=event.waiting,
        queue=event.queue,
        interaction_id=event.interaction_id,
        source=event.source,
        ivr_path=event.ivr_path,
        ivr_level=event.ivr_level,
    )
    unit.contacts.add(contact, event)
    return contact


def _may_complete(event: AnyEvent) -> bool:
    return isinstance(event, ResponseRetracted) or (
        isinstance(event, ResponseRecorded) and event.code is ResponseCode.ACCEPTED_DONE
    )


def _as_told(event: AnyEvent) -> AnyEvent:
    """The event without what is found here, whatever the panel took it for, and in whatever language it asks."""
    match event:
        case CallerAuthenticated():
            return event.model_copy(update={"vouched_by": None})
        case ContactStarted():
            return event.model_copy(update={"language": "de"})
        case _:
            return event


def _check_keepable(event: AnyEvent) -> None:
    """Raise `InvalidMessage` for what no database could keep."""
    match event:
        case ContactEnded():
            numbers: tuple[int, ...] = (event.seq, event.duration_s, event.held_s or 0, event.waited_s or 0)
        case WrapUpFinished():
            numbers = (event.seq, event.seconds)
        case ContactStarted():
            numbers = (event.seq, event.waiting or 0)
        case _:
            numbers = (event.seq,)
    check_kept(event.at, numbers, event.model_dump())
