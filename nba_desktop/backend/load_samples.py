"""Put the sample customers into an empty store."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Final

from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead, chained
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.decisions import ResponseRow
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.samples.customer import SampleConsent, SampleCustomer
from nba_desktop.backend.samples.generator import sample_customers
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ResponseCode, ReviewMode

_SOURCE: Final = "sample"
_AGREEMENT: Final = timedelta(days=365)


def load_samples(store: Store, resources: Path, now: datetime) -> int:
    """Load the sample customers with journeys, consents and responses, all or none; return how many.

    A store that has any customer is left as it is: 0. Raises `SampleDataError` when the files are not usable.
    """
    with store.write() as unit:
        if unit.customers.any():
            return 0
        samples = list(sample_customers(resources, now))
        unit.customers.add(
            [sample.record for sample in samples],
            list(chain.from_iterable(sample.touchpoints for sample in samples)),
        )
        unit.consents.append_all(_ledger(samples, unit.consents.head()))
        # Made up like the customers, so that the review of single agents can be seen.
        until = now.date() + _AGREEMENT
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.COACHING, "Muster-BV 2026/07", until, now, _SOURCE))
        for sample in samples:
            for past in sample.past:
                unit.decisions.add_response(
                    ResponseRow(
                        event_id=new_id(),
                        retracts=None,
                        contact_id=None,
                        customer_id=sample.record.customer_id,
                        decision_id=None,
                        action_id=past.action_id,
                        code=ResponseCode(past.code),
                        note="",
                        at=past.at,
                    )
                )
    return len(samples)


def _ledger(samples: list[SampleCustomer], head: LedgerHead) -> list[LedgerEntry]:
    """Return every sample consent as an entry on paper, chained in order of time."""
    said = sorted(((consent, sample) for sample in samples for consent in sample.consents), key=lambda one: one[0].at)
    entries: list[LedgerEntry] = []
    for consent, sample in said:
        entry = chained(sample_entry(consent, sample), head)
        head = LedgerHead(entry.position, entry.hash)
        entries.append(entry)
    return entries


def sample_entry(consent: SampleConsent, sample: SampleCustomer) -> LedgerEntry:
    """Return a sample consent as an entry on paper that has no place in the chain yet."""
    record = sample.record
    address = f"{record.street}, {record.postcode} {record.city}"
    points = {"EMAIL": record.email or "", "POST": address}
    phone = record.phones[0].e164 if record.phones else ""
    return LedgerEntry(
        position=0,
        event_id=new_id(),
        customer_id=record.customer_id,
        person_first_name=record.first_name,
        person_last_name=record.last_name,
        postal_address=address,
        contact_point=points.get(consent.channel.value, phone),
        purpose=consent.purpose,
        channel=consent.channel,
        event=consent.event,
        at=consent.at,
        at_local=consent.at.isoformat(timespec="seconds"),
        manner="paper",
        call_id=None,
        recipient_code=_SOURCE,
        authenticated_level=AuthLevel.NONE,
        wording_id=None,
        wording_sha256=None,
        read_aloud_confirmed=False,
        customer_words="",
        evidence_type="signed_paper",
        evidence_ref="",
        source_system=_SOURCE,
        note="",
    )
