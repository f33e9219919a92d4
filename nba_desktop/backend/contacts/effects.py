"""What an event does besides being kept: checked first, written in the event's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from typing import Literal
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.service import ConsentRecorder
from nba_desktop.backend.contacts.decided import DecidedActions, check_decided
from nba_desktop.backend.contacts.handover import certainly_handed_over
from nba_desktop.backend.contacts.identification import VouchedBy, security_policy, vouched_by
from nba_desktop.backend.contacts.masking import security_items
from nba_desktop.backend.contacts.promises import check_cancelled, check_confirmation, check_planned
from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.backend.decisions.teaching import Learn
from nba_desktop.backend.decisions.topics import group_decided
from nba_desktop.backend.errors import Conflict, Forbidden, InvalidMessage, NotFound, UnknownCustomer
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.rows.decisions import ExposureRow, ResponseRow
from nba_desktop.backend.rows.feedback import FeedbackRow
from nba_desktop.backend.rows.follow_ups import FollowUpRow
from nba_desktop.backend.subject.wishes import keep_wish
from nba_desktop.contract.codes import NOT_ADDRESSED_CODES, AuthLevel, Speaker
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    CallerAuthenticated,
    ConfirmationRequested,
    ConsentRecorded,
    CorrectionRequested,
    ErasureRequested,
    FollowUpCancelled,
    FollowUpPlanned,
    ObjectionRaised,
    RecommendationQuestioned,
    ResponseRecorded,
    ResponseRetracted,
    SecurityItemCorrected,
    SecurityItemFailed,
    SpeakerNamed,
)


class Effects:
    """Carries out what an event says; raises a `Refused` when it must not count."""

    def __init__(self, catalogues: LiveCatalogues, learn: Learn) -> None:
        self._catalogues = catalogues
        self._learn = learn

    def verified(self, unit: Unit, contact: ContactRecord, history: Sequence[AnyEvent], event: AnyEvent) -> AnyEvent:
        """Return the event as it is to be kept: by whom a caller was vouched for is found here, never taken on trust.

        `history` is all that arrived of the contact. Raises the `Refused` that says why somebody cannot be the caller.
        """
        if not isinstance(event, CallerAuthenticated):
            return event
        return event.model_copy(update={"vouched_by": self._check_caller(unit, contact, history, event)})

    def apply(
        self, unit: Unit, caller: Caller, contact: ContactRecord, history: Sequence[AnyEvent], event: AnyEvent
    ) -> None:
        """Apply one event of a contact; `history` is all that arrived of it before."""
        state = state_before(history, event)
        match event:
            case SecurityItemFailed() | SecurityItemCorrected():
                _check_customer(unit, event.customer_id)
            case SpeakerNamed():
                _check_speaker(unit, state, event)
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
                handed = certainly_handed_over(unit.contacts, contact)
                # Who speaks for the customer may be what a colleague said of this call.
                state = state if handed is None else handed.carried_into(state)
                ConsentRecorder(partial(_local_time, zone)).record(unit, caller, contact, state, event)
            case FollowUpPlanned():
                check_planned(unit, contact, self._catalogues.in_force(unit).live.zone, event)
                unit.follow_ups.add(_follow_up(contact, event))
            case FollowUpCancelled():
                check_cancelled(history, event)
                unit.follow_ups.cancel(event.cancels, event.at)
            case RecommendationQuestioned():
                check_decided(unit, event.contact_id, event.decision_id, (event.action_id,))
                unit.feedback.add(_feedback(contact, event))
            case CorrectionRequested() | ErasureRequested():
                handed = certainly_handed_over(unit.contacts, contact)
                keep_wish(unit, contact, state if handed is None else handed.carried_into(state), event)
            case ConfirmationRequested():
                actions = DecidedActions(unit, self._catalogues, contact.language)
                check_confirmation(unit, history, actions, event)
            case _:
                pass

    def _check_caller(
        self, unit: Unit, contact: ContactRecord, history: Sequence[AnyEvent], event: CallerAuthenticated
    ) -> VouchedBy | None:
        """Return who vouches for the caller, None where nobody has to."""
        customer = _check_customer(unit, event.customer_id)
        if event.level is not AuthLevel.AUTHENTICATED:
            return None
        before = state_before(history, event)
        if before.named_speaker is Speaker.UNAUTHORISED and before.speaks_for == event.customer_id:
            raise Conflict("somebody without authority speaks: name the customer as the speaker first")
        policy = security_policy(self._catalogues.in_force(unit).live)
        askable = {item.code for item in security_items(customer, policy.items, contact.language, policy.declared)}
        passed = set(event.items_passed)
        if not passed <= askable:
            raise InvalidMessage("an item passed is none that this customer can be asked")
        handed = certainly_handed_over(unit.contacts, contact)
        # Of what arrived here, wherever it stands: an item is not passed because its failure was told late.
        failed = state_of((*history, event)).failed_items | (frozenset() if handed is None else handed.failed_items)
        locked = policy.is_locked_by(failed)
        wrong = {item for customer_id, item in failed if customer_id == event.customer_id}
        if not locked and len(passed - wrong) >= policy.required:
            return None
        over = before.vouching_over if handed is None else handed.carried_into(before).vouching_over
        by = None if over else vouched_by(unit, contact, event.customer_id, handed, policy)
        if by is not None:
            return by
        if locked:
            raise Forbidden(f"more than {policy.most_failed} items failed: nobody can be authenticated in this contact")
        raise InvalidMessage(f"{policy.required} different items must be passed to authenticate")

    def _learn_from(self, unit: Unit, response: ResponseRow) -> None:
        if response.decision_id is not None and response.action_id is not None:
            self._learn(unit, response.decision_id, response.action_id, response.event_id)


def state_before(history: Sequence[AnyEvent], event: AnyEvent) -> ContactState:
    """Return what a contact had come to just before an event."""
    return state_of(one for one in history if one.seq <= event.seq)


def _check_customer(unit: Unit, customer_id: str) -> CustomerRecord:
    customer = unit.customers.by_id(customer_id)
    if customer is None:
        raise UnknownCustomer("no customer has the id that the event names")
    return customer


def _check_speaker(unit: Unit, state: ContactState, event: SpeakerNamed) -> None:
    _check_customer(unit, event.customer_id)
    if state.customer_id is not None and state.customer_id != event.customer_id:
        raise Conflict("the speaker speaks for another customer than the contact's")


def _expose(
    unit: Unit,
    state: ContactState,
    event: AnyEvent,
    fact: Literal["shown", "addressed", "objection"],
    decision_id: UUID,
    action_ids: tuple[str, ...],
    objection_id: str | None = None,
) -> None:
    check_decided(unit, event.contact_id, decision_id, action_ids)
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
        check_decided(unit, event.contact_id, event.decision_id, (event.action_id,) if event.action_id else ())
        if event.action_id is not None:
            group_id = group_decided(unit.decisions.stored(event.decision_id), event.action_id)
    if state.customer_id is not None and event.action_id is not None and event.code not in NOT_ADDRESSED_CODES:
        unit.arrivals.use(state.customer_id, event.action_id, event.at, event.event_id)
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


def _follow_up(contact: ContactRecord, event: FollowUpPlanned) -> FollowUpRow:
    return FollowUpRow(
        follow_up_id=event.event_id,
        contact_id=event.contact_id,
        agent_id=contact.agent_id,
        kind=event.kind,
        due=event.due,
        # It is the customer's, wherever he is: a zone that came with it says nothing.
        at_time=None if event.at_time is None else event.at_time.replace(tzinfo=None),
        words=event.words,
        concern=event.concern,
        decision_id=event.decision_id,
        action_id=event.action_id,
        planned_at=event.at,
    )


def _feedback(contact: ContactRecord, event: RecommendationQuestioned) -> FeedbackRow:
    return FeedbackRow(
        feedback_id=event.event_id,
        contact_id=event.contact_id,
        agent_id=contact.agent_id,
        decision_id=event.decision_id,
        action_id=event.action_id,
        reason=event.reason,
        note=event.note,
        at=event.at,
    )


def _retract(unit: Unit, event: ResponseRetracted) -> ResponseRow:
    response = unit.decisions.response(event.retracts, event.contact_id)
    if response is None:
        raise NotFound("this contact has no response by the id to retract")
    if unit.decisions.is_retracted(event.retracts):
        raise Conflict("the response was retracted before")
    unit.arrivals.give_back(event.retracts)
    return _added(unit, replace(response, event_id=event.event_id, retracts=event.retracts, note="", at=event.at))


def _added(unit: Unit, response: ResponseRow) -> ResponseRow:
    if unit.outcomes.by_id(response.event_id) is not None:
        raise Conflict("an outcome is stored under this id")
    unit.decisions.add_response(response)
    return response


def _local_time(zone: tzinfo, moment: datetime) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
