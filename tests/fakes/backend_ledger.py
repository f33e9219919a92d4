"""Ledger entries for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from nba_desktop.backend.consent.checking import Batch, LedgerCheck, verify
from nba_desktop.backend.consent.ledger import BEGINNING, LedgerEntry, LedgerHead, chained, row_of
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose
from tests.fakes.backend_site import NOW


def entry(**changes: Any) -> LedgerEntry:
    """An entry that is not chained yet: Lisa said yes to calls."""
    values: dict[str, Any] = {
        "position": 0,
        "event_id": new_id(),
        "customer_id": "c-lisa",
        "person_first_name": "Lisa",
        "person_last_name": "Müller",
        "postal_address": "Lindenweg 12, 01067 Dresden",
        "contact_point": "+4915112345678",
        "purpose": ConsentPurpose.ADV_OWN,
        "channel": ConsentChannel.PHONE,
        "event": ConsentEventType.GRANTED,
        "at": NOW,
        "at_local": "2026-03-12T10:30:00+01:00",
        "manner": "inbound_call",
        "call_id": new_id(),
        "recipient_code": "A-23456789",
        "authenticated_level": AuthLevel.AUTHENTICATED,
        "wording_id": "CALLS.de.v1",
        "wording_sha256": "1" * 64,
        "read_aloud_confirmed": True,
        "customer_words": "Ja, gern",
        "evidence_type": "agent_record",
        "evidence_ref": "",
        "source_system": "nba-desktop",
        "note": "",
    }
    return LedgerEntry(**values | changes)


def chain(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Chain entries in their order."""
    done: list[LedgerEntry] = []
    for one in entries:
        head = LedgerHead(done[-1].position, done[-1].hash) if done else BEGINNING
        done.append(chained(one, head))
    return done


def head_of(entries: Sequence[LedgerEntry]) -> LedgerHead:
    """The end of a chain."""
    return LedgerHead(entries[-1].position, entries[-1].hash) if entries else BEGINNING


def checked(entries: Iterable[LedgerEntry], head: LedgerHead | None) -> LedgerCheck:
    """What a check says of these entries."""
    return verify([Batch(partial(list, [row_of(one) for one in entries]))], head)
