"""How long the proof of a consent is kept, and which may go.

§ 7a UWG: five years from the consent on, and anew from each time it is used; the withdrawal counts, too, by caution.
The site says how long it is for the other channels. The proof is of a consent as a whole – asked, granted, used,
withdrawn – so that its entries have one date. What was never a consent proves nothing that would age: refusals and
objections are needed for as long as there is a customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from nba_desktop.backend.consent.ledger import LedgerEntry, is_objected
from nba_desktop.backend.consent.states import months_later, point_state
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState

PHONE_YEARS: Final = 5

_KEPT_SINCE: Final = frozenset(
    {
        ConsentEventType.GRANTED,
        ConsentEventType.DOI_CONFIRMED,
        ConsentEventType.USED,
        ConsentEventType.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class KeptProof:
    """The proof of one purpose and channel of a customer, and the moment until which it is kept."""

    customer_id: str
    purpose: ConsentPurpose
    channel: ConsentChannel
    entries: int
    retention_until: datetime


def keep_until(
    ledger: Sequence[LedgerEntry], entry: LedgerEntry, other_channels_years: int, zone: tzinfo
) -> date | None:
    """Return the day at whose end the proof may go; None where there is no consent, whose proof would age."""
    counted = [
        one.at
        for one in ledger
        if (one.purpose, one.channel) == (entry.purpose, entry.channel) and one.event in _KEPT_SINCE
    ]
    if not counted:
        return None
    advertising = entry.purpose is not ConsentPurpose.RECORDING
    years = PHONE_YEARS if entry.channel is ConsentChannel.PHONE and advertising else other_channels_years
    return months_later(max(counted).astimezone(zone).date(), 12 * years)


def retention_until(
    ledger: Sequence[LedgerEntry], entry: LedgerEntry, other_channels_years: int, zone: tzinfo
) -> datetime | None:
    """Return the moment until which the proof is kept: the end of that day in the zone, in UTC."""
    day = keep_until(ledger, entry, other_channels_years, zone)
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def may_go(
    ledger: Sequence[LedgerEntry], other_channels_years: int, zone: tzinfo, now: datetime
) -> tuple[KeptProof, ...]:
    """Return the proofs of a customer that need not be kept any longer.

    A consent that still stands and is not spent stays: whoever may still use it must be able to prove it.
    """
    if is_objected(ledger):
        return ()
    found: list[KeptProof] = []
    for purpose, channel in sorted({(one.purpose, one.channel) for one in ledger}):
        part = [one for one in ledger if (one.purpose, one.channel) == (purpose, channel)]
        until = retention_until(ledger, part[0], other_channels_years, zone)
        # A consent to be recorded ended with its call.
        stands = purpose is not ConsentPurpose.RECORDING and any(
            point_state(ledger, one.contact_point, purpose, channel).state is ConsentState.GRANTED for one in part
        )
        if until is not None and until <= now and not stands:
            found.append(KeptProof(part[0].customer_id, purpose, channel, len(part), until))
    return tuple(found)
