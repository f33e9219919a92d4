"""What an event does besides being kept: checked first, written in the event's own transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from typing import Literal
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.service import ConsentRecorder
from nba_desktop.backend.contacts.identification import VouchedBy, security_policy, vouched_by
from nba_desktop.backend.contacts.masking import security_items
from nba_desktop.backend.contacts.state import ContactState
from nba_desktop.backend.decisions.teaching import Learn
from nba_desktop.backend.decisions.topics import group_decided
from nba_desktop.backend.errors import Conflict, InvalidMessage, NotFound, UnknownCustomer
from nba_desktop.backend.ports import Unit
from nba_desktop.backend.rows import Caller, ContactRecord, ExposureRow, ResponseRow
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    CallerAuthenticated,
    ConsentRecorded,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
)


class Effects:
    """Carries out what an event says; raises a `Refused` when it must not count."""

    def __init__(self, catalogues: LiveCatalogues, learn: Learn) -> None:
        self._catalogues = catalogues
        self._learn = learn

    def verified(self, unit: Unit, contact: ContactRecord, event: AnyEvent) -> AnyEvent:
        """Return the event as it is to be kept: by whom a caller was vouched for is found here, never taken on trust.

        Raises the `Refused` that says why somebody cannot be the caller.
        """
        if not isinstance(event, CallerAuthenticated):
            return event
        return event.model_copy(update={"vouched_by": self._check_caller(unit, contact, event)})

    def apply(self, unit: Unit, caller: Caller, contact: ContactRecord, state: ContactState, event: AnyEvent) -> None:
        """Apply one event of a contact; `state` is the contact's just before it."""
        match event:
            case ActionsShown():
                _expose(unit, state, event, "shown", event.decision_id, event.action_ids)
            case ActionAddressed():
                _expose(unit, state, event, "addressed", event.decision_id, (event.action_id,))
            case ObjectionRaised():
                _expose(unit, state, event, "objection", event.decision_id, (event.action_id,), event.objection_id)
            case ResponseRecorded():
                self._learn_from(unit, _respond(unit, state, event))
            case ResponseRetracted():
                self._learn_from(unit, _retract(unit, event))
            case ConsentRecorded():
                zone = self._catalogues.for_customer(unit, event.customer_id).zone
                ConsentRecorder(partial(_local_time, zone)).record(unit, caller, contact, state, event)
            case _:
                pass

    def _check_caller(self, unit: Unit, contact: ContactRecord, event: CallerAuthenticated) -> VouchedBy | None:
        """Return who vouches for the caller, None where nobody has to."""
        customer = unit.customers.by_id(event.customer_id)
        if customer is None:
            raise UnknownCustomer("no customer has the id of the caller")
        if event.level is not AuthLevel.AUTHENTICATED:
            return None
        policy = security_policy(self._catalogues.in_force(unit).live)
        askable = {item.code for item in security_items(customer, policy.items, contact.language)}
        passed = set(event.items_passed)
        if not passed <= askable:
            raise InvalidMessage("an item passed is none that this customer can be asked")
        if len(passed - set(event.items_failed)) >= policy.required:
            return None
        by = vouched_by(unit, contact, event.customer_id, policy)
        if by is None:
            raise InvalidMessage(f"{policy.required} different items must be passed to authenticate")
        return by

    def _learn_from(self, unit: Unit, response: ResponseRow) -> None:
        if response.decision_id is not None and response.action_id is not None:
            self._learn(unit, response.decision_id, response.action_id, response.event_id)


def _expose(
    unit: Unit,
    state: ContactState,
    event: AnyEvent,
    fact: Literal["shown", "addressed", "objection"],
    decision_id: UUID,
    action_ids: tuple[str, ...],
    objection_id: str | None = None,
) -> None:
    _check_decided(unit, event.contact_id, decision_id, action_ids)
    decision = unit.decisions.stored(decision_id)
    unit.decisions.add_exposures(
        [
            ExposureRow(
                event_id=event.event_id,
                action_id=action_id,
                fact=fact,
                objection_id=objection_id,
                decision_id=decision_id,
                contact_id=event.contact_id,
                customer_id=state.customer_id,
                at=event.at,
                group_id=group_decided(decision, action_id),
            )
            for action_id in dict.fromkeys(action_ids)
        ]
    )


def _respond(unit: Unit, state: ContactState, event: ResponseRecorded) -> ResponseRow:
    group_id = None
    if event.decision_id is not None:
        _check_decided(unit, event.contact_id, event.decision_id, (event.action_id,) if event.action_id else ())
        if event.action_id is not None:
            group_id = group_decided(unit.decisions.stored(event.decision_id), event.action_id)
    return _added(
        unit,
        ResponseRow(
            event_id=event.event_id,
            retracts=None,
            contact_id=event.contact_id,
            customer_id=state.customer_id,
            decision_id=event.decision_id,
            action_id=event.action_id,
            code=event.code,
            note=event.note,
            at=event.at,
            group_id=group_id,
        ),
    )


def _retract(unit: Unit, event: ResponseRetracted) -> ResponseRow:
    response = unit.decisions.response(event.retracts, event.contact_id)
    if response is None:
        raise NotFound("this contact has no response by the id to retract")
    if unit.decisions.is_retracted(event.retracts):
        raise Conflict("the response was retracted before")
    return _added(unit, replace(response, event_id=event.event_id, retracts=event.retracts, note="", at=event.at))


def _added(unit: Unit, response: ResponseRow) -> ResponseRow:
    if unit.outcomes.by_id(response.event_id) is not None:
        raise Conflict("an outcome is stored under this id")
    unit.decisions.add_response(response)
    return response


def _check_decided(unit: Unit, contact_id: UUID, decision_id: UUID, action_ids: tuple[str, ...]) -> None:
    """Nothing may be learned of an action that no decision of this contact recommended."""
    shown = unit.decisions.shown(decision_id, contact_id)
    if shown is None:
        raise NotFound("this contact has no decision by that id")
    if not set(action_ids) <= set(shown):
        raise InvalidMessage("the decision did not recommend that action")


def _local_time(zone: tzinfo, moment: datetime) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
