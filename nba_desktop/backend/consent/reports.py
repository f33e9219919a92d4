"""Take in what other systems say happened to consents – double opt-in, withdrawal, correction – each once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.canonical import FORM
from nba_desktop.backend.consent.ledger import LedgerEntry, effective, strengthens
from nba_desktop.backend.consent.service import postal_address
from nba_desktop.backend.consent.states import PointState, point_state, same_point
from nba_desktop.backend.errors import (
    Conflict,
    ConsentProofMissing,
    Forbidden,
    InvalidMessage,
    Refused,
    UnknownCustomer,
)
from nba_desktop.backend.messages import UnreadableEvent, check_kept
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.outbound.telling import tell_consents
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.problem import problem_of
from nba_desktop.backend.review.records import SOON
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ConsentEventType, ConsentState, Role
from nba_desktop.contract.consent import ConsentReported
from nba_desktop.contract.events import BatchVerdict, EventVerdict

_AHEAD: Final = timedelta(minutes=5)
"""How far another system's clock may be ahead of ours."""

_STANDS: Final = frozenset({ConsentState.GRANTED, ConsentState.PENDING_CONFIRMATION})
_NEEDS: Final = {
    ConsentEventType.DOI_SENT: frozenset({ConsentState.PENDING_CONFIRMATION}),
    ConsentEventType.DOI_CONFIRMED: _STANDS,
    ConsentEventType.EXPIRED: _STANDS,
}
"""The states in which an event makes sense: a confirmation of what nobody gave, or what lapsed, proves nothing."""

_COUNTED: Final = frozenset({ConsentEventType.DOI_CONFIRMED, ConsentEventType.EXPIRED})
"""What becomes of a consent that a call asked for, which the review counts there."""

_SYSTEM: Final = "nba-desktop"
_log = logging.getLogger(__name__)


class ConsentReports:
    """Appends what other systems report to the ledger."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def record(self, caller: Caller, reports: Sequence[ConsentReported | UnreadableEvent]) -> BatchVerdict:
        """Take a batch in and return one verdict for each event, in its order; the accepted ones are on disk then."""
        with self._store.write() as unit:
            verdicts = tuple(self._verdict(unit, caller, one) for one in reports)
        return BatchVerdict(verdicts=verdicts)

    def expire(self, now: datetime) -> int:
        """End every consent that was not confirmed within the site's days; return how many."""
        with self._store.write() as unit:
            return sum(self._expire(unit, customer_id, now) for customer_id in unit.consents.pending_since(now))

    def _verdict(self, unit: Unit, caller: Caller, report: ConsentReported | UnreadableEvent) -> EventVerdict:
        try:
            if isinstance(report, UnreadableEvent):
                raise InvalidMessage("the event breaks the contract", report.errors)
            with unit.part():
                is_new = self._append(unit, caller, report)
        except Refused as refusal:
            _log.info("consent event refused: %s", refusal.code.value)
            return EventVerdict(event_id=report.event_id, verdict="refused", problem=problem_of(refusal))
        return EventVerdict(event_id=report.event_id, verdict="accepted" if is_new else "duplicate")

    def _append(self, unit: Unit, caller: Caller, report: ConsentReported) -> bool:
        check_kept(report.at, (), report.model_dump())
        if report.at > self._clock() + _AHEAD:
            raise InvalidMessage("the moment is in the future")
        event = ConsentEventType(report.event)
        if event is ConsentEventType.CORRECTED and Role.CONSENT_OFFICER not in caller.roles:
            raise Forbidden("the consent officer alone corrects an entry")
        customer = _customer_of(unit, report)
        zone = self._catalogues.for_customer(unit, customer.customer_id).zone
        ledger = unit.consents.of_customer(customer.customer_id)
        entry = _entry(caller, report, event, customer, zone)
        known = unit.consents.by_event_id(report.event_id)
        if known is not None:
            if not _is_same(known, entry):
                raise Conflict("another event is stored under this id")
            return False
        if unit.contacts.event_body(report.event_id) is not None:
            raise Conflict("an event of a contact is stored under this id")
        if event is ConsentEventType.CORRECTED:
            entry = _correcting(ledger, entry)
        elif event in _NEEDS:
            entry = _about(ledger, entry, event)
        unit.consents.append(entry)
        tell_consents(unit, ledger, entry, self._clock())
        if event in _COUNTED:
            self._count_anew(unit, ledger, entry)
        return True

    def _count_anew(self, unit: Unit, ledger: Sequence[LedgerEntry], entry: LedgerEntry) -> None:
        """Say that the calls in which the consent was given count otherwise from now on."""
        given = [
            one.at
            for one in ledger
            if (one.purpose, one.channel, one.event) == (entry.purpose, entry.channel, ConsentEventType.GRANTED)
        ]
        unit.review.changed_customer(entry.customer_id, min(given, default=entry.at) - SOON, self._clock())

    def _expire(self, unit: Unit, customer_id: str, now: datetime) -> int:
        catalogue = self._catalogues.for_customer(unit, customer_id)
        before = now - timedelta(days=catalogue.entry.contact_rules.confirm_within_days)
        ledger = unit.consents.of_customer(customer_id)
        done = 0
        for given in ledger:
            state = point_state(ledger, given.contact_point, given.purpose, given.channel)
            waits = state.state is ConsentState.PENDING_CONFIRMATION and state.given == given.event_id
            if waits and given.at < before:
                expiry = _expiry_of(given, now, catalogue.zone)
                unit.consents.append(expiry)
                tell_consents(unit, ledger, expiry, now)
                self._count_anew(unit, ledger, expiry)
                done += 1
        return done


def _expiry_of(given: LedgerEntry, now: datetime, zone: tzinfo) -> LedgerEntry:
    """Return the entry, without its place in the chain, that ends a consent which was not confirmed in time."""
    return replace(
        given,
        event_id=new_id(),
        event=ConsentEventType.EXPIRED,
        at=now,
        at_local=_local(now, zone),
        manner="",
        call_id=None,
        recipient_code=_SYSTEM,
        authenticated_level=AuthLevel.NONE,
        read_aloud_confirmed=False,
        customer_words="",
        evidence_type="",
        evidence_ref=str(given.event_id),
        source_system=_SYSTEM,
        note="not confirmed in time",
        form=FORM,
    )


def _customer_of(unit: Unit, report: ConsentReported) -> CustomerRecord:
    if report.customer_id is not None:
        customer = unit.customers.by_id(report.customer_id)
    else:
        customer = unit.customers.by_customer_no(report.customer_no or "")
    if customer is None:
        raise UnknownCustomer("no customer has the id or number of the event")
    return customer


def _entry(
    caller: Caller, report: ConsentReported, event: ConsentEventType, customer: CustomerRecord, zone: tzinfo
) -> LedgerEntry:
    return LedgerEntry(
        position=0,
        event_id=report.event_id,
        customer_id=customer.customer_id,
        person_first_name=customer.first_name,
        person_last_name=customer.last_name,
        postal_address=postal_address(customer),
        contact_point=report.contact_point,
        purpose=report.purpose,
        channel=report.channel,
        event=event,
        at=report.at,
        at_local=_local(report.at, zone),
        manner=report.manner,
        call_id=None,
        recipient_code=caller.recipient_code,
        authenticated_level=AuthLevel.NONE,
        wording_id=None,
        wording_sha256=None,
        read_aloud_confirmed=False,
        customer_words=report.customer_words,
        evidence_type=report.evidence_type,
        evidence_ref=report.evidence_ref,
        source_system=report.source,
        note=report.note,
        corrects=report.corrects,
    )


def _is_same(known: LedgerEntry, again: LedgerEntry) -> bool:
    """What the entry was given when it came first does not count: its place, and what was looked up then."""
    told = ("customer_id", "contact_point", "purpose", "channel", "event", "at", "manner", "customer_words",
            "evidence_type", "evidence_ref", "source_system", "note", "corrects")  # fmt: skip
    return all(getattr(known, name) == getattr(again, name) for name in told)


def _correcting(ledger: Sequence[LedgerEntry], entry: LedgerEntry) -> LedgerEntry:
    wrong = next((one for one in ledger if one.event_id == entry.corrects), None)
    if wrong is None:
        raise ConsentProofMissing("the customer has no entry by the id that is corrected")
    if (wrong.purpose, wrong.channel) != (entry.purpose, entry.channel):
        raise InvalidMessage("the correction names another purpose or channel than the wrong entry")
    if any(one.corrects == wrong.event_id for one in ledger):
        raise Conflict("the entry was corrected before: correct the correction")
    return entry


def _about(ledger: Sequence[LedgerEntry], entry: LedgerEntry, event: ConsentEventType) -> LedgerEntry:
    """Return the entry with the wording of the consent that it is about."""
    state = point_state(ledger, entry.contact_point, entry.purpose, entry.channel)
    if event is not ConsentEventType.EXPIRED and state.state is ConsentState.GRANTED and state.given is not None:
        _check_adds(ledger, entry, state)
    if state.state not in _NEEDS[event] or state.given is None:
        raise ConsentProofMissing(f"there is no consent to that number or address for which {event.value} makes sense")
    given = next(one for one in ledger if one.event_id == state.given)
    if entry.at < given.at:
        raise InvalidMessage("the event is from before the consent")
    if event is ConsentEventType.DOI_CONFIRMED and not entry.evidence_type:
        raise ConsentProofMissing("a confirmation needs its evidence: 'evidence_type'")
    return replace(
        entry,
        wording_id=given.wording_id,
        wording_sha256=given.wording_sha256,
        wording_record_sha256=given.wording_record_sha256,
    )


def _check_adds(ledger: Sequence[LedgerEntry], entry: LedgerEntry, state: PointState) -> None:
    """Raise `ConsentProofMissing` for what adds nothing to a consent that was confirmed.

    A second confirmation would keep the proof for longer; one that is the proof still missing counts all the same.
    """
    confirmed = any(
        one.event is ConsentEventType.DOI_CONFIRMED
        and (one.purpose, one.channel) == (entry.purpose, entry.channel)
        and same_point(one.channel, one.contact_point, entry.contact_point)
        and state.since is not None
        and one.at >= state.since
        for one in effective(ledger)
    )
    if confirmed and not (state.weak_proof and strengthens(entry)):
        raise ConsentProofMissing("the consent to that number or address is confirmed already")


def _local(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
