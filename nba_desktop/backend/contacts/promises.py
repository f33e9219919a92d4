"""What is promised in a call: follow-ups for a day, and the confirmation in text form of what was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta, tzinfo
from typing import Final

from nba_desktop.backend.contacts.decided import DecidedActions, check_decided
from nba_desktop.backend.errors import Conflict, InvalidMessage, NotFound
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.codes import ClosingForm, Duty, FollowUpKind, ResponseCode
from nba_desktop.contract.events import (
    AnyEvent,
    ConfirmationRequested,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    ResponseRetracted,
)

FURTHEST: Final = timedelta(days=400)
_YESTERDAY: Final = timedelta(days=1)
"""The workstation's day may be another one than the site's."""
_ACCEPTED: Final = frozenset({ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING})


def check_planned(unit: Unit, contact: ContactRecord, zone: tzinfo, event: FollowUpPlanned) -> None:
    """Raise the `Refused` that says why nobody could keep this promise."""
    day = contact.started_at.astimezone(zone).date()
    if not day - _YESTERDAY <= event.due <= day + FURTHEST:
        raise InvalidMessage(f"a follow-up is due on the contact's day or at most {FURTHEST.days} days later")
    if (event.decision_id is None) is not (event.action_id is None):
        raise InvalidMessage("a follow-up names an action together with its decision")
    if event.decision_id is None or event.action_id is None:
        return
    if event.kind is FollowUpKind.CONCERN:
        raise InvalidMessage("a follow-up of the concern names no action")
    check_decided(unit, contact.contact_id, event.decision_id, (event.action_id,))


def check_cancelled(history: Iterable[AnyEvent], event: FollowUpCancelled) -> None:
    """Raise the `Refused` that says why there is nothing to take back."""
    planned = {one.event_id for one in history if isinstance(one, FollowUpPlanned)}
    if event.cancels not in planned:
        raise NotFound("this contact has no follow-up by the id to cancel")
    if any(isinstance(one, FollowUpCancelled) and one.cancels == event.cancels for one in history):
        raise Conflict("the follow-up was cancelled before")


def check_confirmation(
    unit: Unit, history: Sequence[AnyEvent], actions: DecidedActions, event: ConfirmationRequested
) -> None:
    """Raise the `Refused` that says why the customer is not owed this confirmation."""
    check_decided(unit, event.contact_id, event.decision_id, (event.action_id,))
    entry = actions.entry(event.decision_id, event.action_id)
    # A version that cannot be read any more says nothing against what was promised by it.
    if entry is not None and not is_confirmed_in_text(entry.closing_form, entry.duties):
        raise InvalidMessage("the action is not closed in text form, and owes no confirmation")
    if not any(one.code in _ACCEPTED and one.action_id == event.action_id for one in live_responses(history)):
        raise Conflict("the customer has not accepted the action in this contact")


def is_confirmed_in_text(closing_form: ClosingForm, duties: Sequence[Duty]) -> bool:
    """Whether what a customer accepts is to be confirmed in text form."""
    return closing_form is ClosingForm.TEXT_FORM or Duty.CONFIRMATION_DURABLE_MEDIUM in duties


def live_follow_ups(history: Sequence[AnyEvent]) -> tuple[FollowUpPlanned, ...]:
    """Return the promises of a contact that were not taken back, in their order."""
    cancelled = {one.cancels for one in history if isinstance(one, FollowUpCancelled)}
    return tuple(one for one in history if isinstance(one, FollowUpPlanned) and one.event_id not in cancelled)


def live_responses(history: Sequence[AnyEvent]) -> tuple[ResponseRecorded, ...]:
    """Return the responses of a contact that were not taken back, in their order."""
    retracted = {one.retracts for one in history if isinstance(one, ResponseRetracted)}
    return tuple(one for one in history if isinstance(one, ResponseRecorded) and one.event_id not in retracted)
