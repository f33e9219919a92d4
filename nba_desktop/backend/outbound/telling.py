"""What other systems are told: written in the transaction of what it tells, so that neither is without the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final
from uuid import UUID, uuid5

from nba_desktop.backend.consent.ledger import LedgerEntry, consent_facts
from nba_desktop.backend.contacts.state import ContactState
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.backend.outbound.records import ResultEvent, ResultType
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.follow_ups import FollowUpRow
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentPurpose, ConsentState, OutcomeCode
from nba_desktop.contract.events import (
    AnyEvent,
    ConfirmationRequested,
    ConsentRecorded,
    ContactNoteWritten,
    CorrectionRequested,
    ErasureRequested,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    ResponseRetracted,
)

_IDS: Final = UUID("5a8c1b52-6f0e-5d0b-9a55-3f1a0a9d7e21")
"""What the ids of results are made from that are told once of a promise, whoever tells them."""
WRITTEN_AS_FILES: Final = "results_as_files"
"""The setting that says since when results leave as files."""
_OF_TEASERS: Final = frozenset({OutcomeCode.TEASER_SEEN, OutcomeCode.TEASER_CLICKED, OutcomeCode.TEASER_DISMISSED})


def tell_event(unit: Unit, event: AnyEvent, state: ContactState, now: datetime) -> None:
    """Tell what an event of a contact means to others, if anything; `state` is the contact's with the event."""
    told = _of_event(unit, event)
    if told is None:
        return
    kind, about = told
    data = {"contact_id": event.contact_id, "auth_level": state.auth_level, **about}
    _tell(unit, event.event_id, kind, event.at, now, state.customer_id, event.contact_id, data)


def tell_outcome(unit: Unit, outcome: OutcomeRow) -> None:
    """Tell what became of a recommendation; what the portal says of its own teasers is its own."""
    if outcome.code in _OF_TEASERS:
        return
    data = {
        "decision_id": outcome.decision_id,
        "action_id": outcome.action_id,
        "code": outcome.code,
        "reported_by": outcome.source,
    }
    kind, at, now = ResultType.OUTCOME_RECORDED, outcome.at, outcome.received_at
    _tell(unit, outcome.event_id, kind, at, now, outcome.customer_id, None, data)


def tell_consents(unit: Unit, before: Sequence[LedgerEntry], entry: LedgerEntry, now: datetime) -> None:
    """Tell which states an entry of a customer's ledger changes, `before` being all entries before it."""
    data = consent_changes(consent_facts(before), consent_facts((*before, entry)))
    if data is not None:
        kind, customer_id = ResultType.CONSENT_CHANGED, entry.customer_id
        _tell(unit, entry.event_id, kind, entry.at, now, customer_id, entry.call_id, data)


def consent_changes(before: ConsentFacts, after: ConsentFacts) -> dict[str, Any] | None:
    """Return which states are others now, None where none is. A consent to be recorded is its call's alone."""
    changed = [
        {"purpose": key[0], "channel": key[1], "state": state}
        for key, state in after.states.items()
        if key[0] is not ConsentPurpose.RECORDING and before.states.get(key, ConsentState.NOT_ASKED) is not state
    ]
    if not changed and before.objected == after.objected:
        return None
    return {"states": changed, "objected": after.objected}


def tell_follow_up_done(unit: Unit, follow_up: FollowUpRow, at: datetime) -> None:
    """Tell that a promise was kept."""
    _tell_follow_up(unit, ResultType.FOLLOW_UP_DONE, follow_up, at)


def tell_follow_up_late(unit: Unit, follow_up: FollowUpRow, now: datetime) -> bool:
    """Tell, once, that a promise was not kept on its day; False when it was told before."""
    if unit.outbound.knows(_id_of(ResultType.FOLLOW_UP_LATE, follow_up.follow_up_id)):
        return False
    _tell_follow_up(unit, ResultType.FOLLOW_UP_LATE, follow_up, now)
    return True


def tell_erased(unit: Unit, customer_no: str, now: datetime) -> None:
    """Tell that a customer was erased, if there is anybody to tell (Art. 19 GDPR).

    Until it is over its time, nothing but this names him here.
    """
    wanted = any(not one.types or ResultType.CUSTOMER_ERASED in one.types for one in unit.outbound.endpoints())
    if not wanted and unit.settings.get(WRITTEN_AS_FILES) is None:
        return
    _append(unit, new_id(), ResultType.CUSTOMER_ERASED, now, now, None, customer_no, None, {})


def tell_corrected(unit: Unit, customer_id: str, changed: Mapping[str, str | None], by: str, now: datetime) -> None:
    """Tell what is there now, by field, and which system said so."""
    data = {"changed": dict(changed), "reported_by": by}
    _tell(unit, new_id(), ResultType.CUSTOMER_CORRECTED, now, now, customer_id, None, data)


def _of_event(unit: Unit, event: AnyEvent) -> tuple[ResultType, dict[str, Any]] | None:
    about: dict[str, Any]
    match event:
        case ResponseRecorded():
            about = {"decision_id": event.decision_id, "action_id": event.action_id, "code": event.code}
            return ResultType.RESPONSE_RECORDED, about | {"note": event.note}
        case ResponseRetracted():
            response = unit.decisions.response(event.retracts, event.contact_id)
            action_id = None if response is None else response.action_id
            return ResultType.RESPONSE_RETRACTED, {"retracts": event.retracts, "action_id": action_id}
        case ConfirmationRequested():
            about = {"decision_id": event.decision_id, "action_id": event.action_id, "channel": event.channel}
            return ResultType.COMPLETION_REQUESTED, about
        case FollowUpPlanned():
            about = {
                "follow_up_id": event.event_id,
                "kind": event.kind,
                "due": event.due,
                "at_time": event.at_time,
                "words": event.words,
                "concern": event.concern,
                "decision_id": event.decision_id,
                "action_id": event.action_id,
            }
            return ResultType.FOLLOW_UP_PLANNED, about
        case FollowUpCancelled():
            return ResultType.FOLLOW_UP_CANCELLED, {"follow_up_id": event.cancels}
        case CorrectionRequested():
            return ResultType.CORRECTION_REQUESTED, {"field": event.field, "words": event.words}
        case ErasureRequested():
            return ResultType.ERASURE_REQUESTED, {"words": event.words}
        case ContactNoteWritten():
            return ResultType.NOTE_WRITTEN, {"text": event.text}
        case ConsentRecorded():
            return _of_consent(unit, event)
        case _:
            return None


def _of_consent(unit: Unit, event: ConsentRecorded) -> tuple[ResultType, dict[str, Any]] | None:
    ledger = unit.consents.of_customer(event.customer_id)
    before = [one for one in ledger if one.event_id != event.event_id]
    data = consent_changes(consent_facts(before), consent_facts(ledger))
    return None if data is None else (ResultType.CONSENT_CHANGED, data)


def _tell_follow_up(unit: Unit, kind: ResultType, follow_up: FollowUpRow, now: datetime) -> None:
    about = {
        "follow_up_id": follow_up.follow_up_id,
        "contact_id": follow_up.contact_id,
        "kind": follow_up.kind,
        "due": follow_up.due,
    }
    event_id, contact_id = _id_of(kind, follow_up.follow_up_id), follow_up.contact_id
    _tell(unit, event_id, kind, now, now, follow_up.customer_id, contact_id, about)


def _id_of(kind: ResultType, follow_up_id: UUID) -> UUID:
    return uuid5(_IDS, f"{kind.value} {follow_up_id}")


def _tell(
    unit: Unit,
    event_id: UUID,
    kind: ResultType,
    at: datetime,
    now: datetime,
    customer_id: str | None,
    contact_id: UUID | None,
    data: Mapping[str, Any],
) -> None:
    customer = None if customer_id is None else unit.customers.by_id(customer_id)
    customer_no = None if customer is None else customer.customer_no
    _append(unit, event_id, kind, at, now, customer_id, customer_no, contact_id, data)


def _append(
    unit: Unit,
    event_id: UUID,
    kind: ResultType,
    at: datetime,
    now: datetime,
    customer_id: str | None,
    customer_no: str | None,
    contact_id: UUID | None,
    data: Mapping[str, Any],
) -> None:
    unit.outbound.append(
        ResultEvent(
            event_id=event_id,
            type=kind,
            at=at,
            recorded_at=now,
            customer_id=customer_id,
            customer_no=customer_no,
            contact_id=contact_id,
            data={"customer_no": customer_no} | {name: _plain(value) for name, value in data.items()},
        )
    )


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    match value:
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
    return value
