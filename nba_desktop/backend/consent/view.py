"""What the consent drawer shows: the states, and what may be asked now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, Literal
from uuid import UUID

from nba_desktop.backend.consent.ledger import ConsentKey, LedgerEntry, consent_facts, is_objected, statuses
from nba_desktop.backend.consent.wording import is_in_force
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.codes import ConsentPurpose, ConsentState
from nba_desktop.contract.consent import Consents, ConsentStatus, ConsentWording

REST_DAYS: Final = 180
"""How long a refusal is left alone; days end at local midnight."""

_MayNotAsk = Literal["", "objected", "refused_recently", "withdrawn", "open_complaint", "representative"]


def consents_view(
    ledger: Sequence[LedgerEntry],
    wordings: tuple[ConsentWording, ...],
    contact_id: UUID,
    open_complaint: bool,
    now: datetime,
    zone: tzinfo,
    representative: bool = False,
) -> Consents:
    """Return every status and whether the agent may ask; another person cannot consent for the customer.

    A consent to be recorded holds for the call in which it was given: one of another call is no status of this one.
    The wordings come even when he may not: a customer who asks for it himself is read the wording all the same.
    """
    today = now.astimezone(zone).date()
    ledger = [one for one in ledger if one.purpose is not ConsentPurpose.RECORDING or one.call_id == contact_id]
    wordings = tuple(one for one in wordings if is_in_force(one, today))
    keys = tuple((wording.purpose, channel) for wording in wordings for channel in wording.channels)
    because: _MayNotAsk = "representative"
    if not representative:
        advertising = [key for key in keys if key[0] is not ConsentPurpose.RECORDING]
        because = _may_not_ask(ledger, advertising, contact_id, open_complaint, now, zone)
    return Consents(
        statuses=tuple(_at_rest(one, ledger, contact_id, now, zone) for one in statuses(ledger, keys)),
        objected=is_objected(ledger),
        may_ask=not because,
        may_not_ask_because=because,
        wordings=wordings,
    )


def _at_rest(
    status: ConsentStatus, ledger: Sequence[LedgerEntry], contact_id: UUID, now: datetime, zone: tzinfo
) -> ConsentStatus:
    """The status with what is left alone: one channel refused or withdrawn leaves the others open."""
    if status.state is ConsentState.WITHDRAWN:
        return status.model_copy(update={"rests": "withdrawn"})
    if status.state is not ConsentState.REFUSED:
        return status
    # A refusal of this very call may still be put right in it.
    refused_at = _before(ledger, contact_id).refused_at.get((status.purpose, status.channel))
    if refused_at is None or not _rests(refused_at, now, zone):
        return status
    return status.model_copy(update={"rests": "refused_recently", "rests_until": _rests_until(refused_at, zone)})


def _before(ledger: Sequence[LedgerEntry], contact_id: UUID) -> ConsentFacts:
    return consent_facts([entry for entry in ledger if entry.call_id != contact_id])


def _may_not_ask(
    ledger: Sequence[LedgerEntry],
    keys: Sequence[ConsentKey],
    contact_id: UUID,
    open_complaint: bool,
    now: datetime,
    zone: tzinfo,
) -> _MayNotAsk:
    if is_objected(ledger):
        return "objected"
    if open_complaint:
        return "open_complaint"
    # What was said in this very contact does not close its drawer: the other channels are still open.
    before = _before(ledger, contact_id)
    refused = {
        key
        for key, state in before.states.items()
        if state is ConsentState.REFUSED and _rests(before.refused_at[key], now, zone)
    }
    withdrawn = {key for key, state in before.states.items() if state is ConsentState.WITHDRAWN}
    settled = {
        key
        for key, state in before.states.items()
        if state in (ConsentState.GRANTED, ConsentState.PENDING_CONFIRMATION)
    }
    # One channel refused leaves the others open; nobody is asked when nothing is left to ask.
    if not refused | withdrawn or not set(keys) <= refused | withdrawn | settled:
        return ""
    return "refused_recently" if refused else "withdrawn"


def _rests(refused_at: datetime, now: datetime, zone: tzinfo) -> bool:
    return now.astimezone(zone).date() < _rests_until(refused_at, zone)


def _rests_until(refused_at: datetime, zone: tzinfo) -> date:
    return refused_at.astimezone(zone).date() + timedelta(days=REST_DAYS)
