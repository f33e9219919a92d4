"""An agent's own contacts of today, for him to look after what he recorded until the day ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from nba_desktop.backend.access.reading import keep_list
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.decided import DecidedActions
from nba_desktop.backend.contacts.masking import mask_name
from nba_desktop.backend.contacts.promises import live_follow_ups, live_responses
from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.codes import RESPONSE_GROUPS, ReadBasis, ReadOperation, Role
from nba_desktop.contract.day import AgentDay, DayContact, DayFollowUp, DayResponse
from nba_desktop.contract.events import AnyEvent, FollowUpPlanned, ResponseRecorded

_NOT_TAKEN: Final = frozenset({"missed", "elsewhere"})
_ALL_CODES: Final = tuple(code for codes in RESPONSE_GROUPS.values() for code in codes)


class DayService:
    """Answers with the caller's own contacts alone."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def today(self, caller: Caller) -> AgentDay:
        """Return the contacts that began on the site's day of now, newest first; calls nobody took are left out."""
        now = self._clock()
        with self._store.read() as unit:
            zone = self._catalogues.in_force(unit).live.zone
            today = now.astimezone(zone).date()
            begin = datetime.combine(today, time(), zone)
            end = datetime.combine(today + timedelta(days=1), time(), zone)
            found = unit.contacts.of_agent(caller.agent_id, begin, end)
            events = unit.contacts.events_of_several([one.contact_id for one in found])
            states = {contact_id: state_of(of_contact) for contact_id, of_contact in events.items()}
            ids = {state.customer_id for state in states.values() if state.customer_id is not None}
            customers = {one.customer_id: one for one in unit.customers.several(sorted(ids))}
            contacts = [
                self._contact(unit, one, events[one.contact_id], states[one.contact_id], customers) for one in found
            ]
        shown = [one.contact_id for one in contacts if one is not None]
        reading = Reading(now, caller.agent_id, Role.AGENT, ReadOperation.CONTACTS_OF_TODAY, ReadBasis.CONTACT)
        keep_list(self._store, reading, [(one, states[one].customer_id) for one in shown])
        return AgentDay(day=today, contacts=tuple(one for one in contacts if one is not None))

    def _contact(
        self,
        unit: Unit,
        contact: ContactRecord,
        events: Sequence[AnyEvent],
        state: ContactState,
        customers: Mapping[str, CustomerRecord],
    ) -> DayContact | None:
        responses = live_responses(events)
        if state.end_cause in _NOT_TAKEN and not responses:
            return None
        customer = customers.get(state.customer_id or "")
        promised = live_follow_ups(events)
        actions = DecidedActions(unit, self._catalogues, contact.language)
        return DayContact(
            contact_id=contact.contact_id,
            started_at=contact.started_at,
            last_seq=max(one.seq for one in events),
            caller="" if customer is None else mask_name(customer, contact.language),
            queue=contact.queue,
            concern=state.concern,
            responses=tuple(_response(one, promised, actions) for one in responses),
            follow_ups=_promised(promised, None),
        )


def _response(event: ResponseRecorded, promised: Sequence[FollowUpPlanned], actions: DecidedActions) -> DayResponse:
    if event.action_id is None:
        return DayResponse(event_id=event.event_id, at=event.at, code=event.code, codes=())
    entry = actions.entry(event.decision_id, event.action_id)
    return DayResponse(
        event_id=event.event_id,
        at=event.at,
        code=event.code,
        # An action whose version cannot be read any more may have offered any.
        codes=_ALL_CODES if entry is None else entry.responses,
        decision_id=event.decision_id,
        action_id=event.action_id,
        title=actions.title(event.decision_id, event.action_id),
        follow_ups=_promised(promised, event.action_id),
    )


def _promised(promised: Sequence[FollowUpPlanned], action_id: str | None) -> tuple[DayFollowUp, ...]:
    """What stands promised together with an action, or with None for a concern."""
    return tuple(
        DayFollowUp(event_id=one.event_id, kind=one.kind, due=one.due, at_time=one.at_time)
        for one in promised
        if one.action_id == action_id
    )
