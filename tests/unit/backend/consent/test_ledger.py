"""The chain shows every change, and the entries come to the right state."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.consent.ledger import (
    BEGINNING,
    GENESIS,
    LedgerEntry,
    chained,
    consent_facts,
    entry_hash,
    statuses,
)
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState
from tests.fakes.backend_ledger import chain, checked, entry, head_of

Event = ConsentEventType
State = ConsentState
PHONE, EMAIL, SMS, POST, ANY = (
    ConsentChannel.PHONE,
    ConsentChannel.EMAIL,
    ConsentChannel.SMS,
    ConsentChannel.POST,
    ConsentChannel.ANY,
)


def state(*events: ConsentEventType, channel: ConsentChannel = PHONE) -> ConsentState:
    entries = chain([entry(event=event, channel=channel) for event in events])
    return consent_facts(entries).states[(ConsentPurpose.ADV_OWN, channel)]


def test_the_first_entry_continues_nothing() -> None:
    first = chained(entry(), BEGINNING)
    assert (first.position, first.prev_hash) == (1, GENESIS)
    assert first.hash == entry_hash(first)


def test_the_hash_is_the_same_on_every_machine_and_in_every_zone() -> None:
    # Kept from the first day: another result would break every ledger there is.
    first = entry(event_id=UUID(int=1), call_id=UUID(int=2), form=1)
    assert entry_hash(first) == "8e4faa920b2e2113b047b87979000299e9fd87a3e447040b5827268acfbf138f"
    fixed = replace(first, form=2, campaign_id="autumn", corrects=UUID(int=3), wording_record_sha256="2" * 64)
    assert entry_hash(fixed) == "026c47077998ac7ef3e58f1074e27363a3eaa3d816c252ec970d444095cad7f6"
    elsewhere = replace(fixed, at=fixed.at.astimezone(timezone(timedelta(hours=5))))
    assert entry_hash(elsewhere) == entry_hash(fixed)


def test_a_whole_chain_holds() -> None:
    entries = chain([entry() for _ in range(20)])
    check = checked(entries, head_of(entries))
    assert (check.entries, check.broken_at) == (20, None)


def test_an_empty_ledger_holds() -> None:
    assert checked([], BEGINNING).broken_at is None


@pytest.mark.parametrize("name", [field.name for field in fields(LedgerEntry) if field.name != "hash"])
def test_a_change_of_any_field_breaks_the_chain(name: str) -> None:
    entries = chain([entry() for _ in range(3)])
    old = getattr(entries[1], name)
    changed: Any
    match old:
        case bool():
            changed = not old
        case int():
            changed = old + 7
        case ConsentPurpose():
            changed = ConsentPurpose.RESEARCH
        case ConsentChannel():
            changed = ConsentChannel.PUSH
        case ConsentEventType():
            changed = ConsentEventType.REFUSED
        case AuthLevel():
            changed = AuthLevel.NONE
        case str():
            changed = old + "x"
        case None:
            changed = "x"
        case _:
            changed = new_id() if name in ("event_id", "call_id") else old + timedelta(microseconds=1)
    entries[1] = replace(entries[1], **{name: changed})
    assert checked(entries, head_of(entries)).broken_at == 2


def test_a_changed_entry_with_a_new_hash_breaks_the_next() -> None:
    entries = chain([entry() for _ in range(3)])
    forged = replace(entries[1], customer_words="Nein")
    entries[1] = replace(forged, hash=entry_hash(forged))
    assert checked(entries, head_of(entries)).broken_at == 3


def test_a_missing_entry_is_found() -> None:
    entries = chain([entry() for _ in range(3)])
    assert checked([entries[0], entries[2]], head_of(entries)).broken_at == 2


def test_a_cut_off_end_is_found() -> None:
    entries = chain([entry() for _ in range(3)])
    check = checked(entries[:2], head_of(entries))
    assert (check.entries, check.broken_at) == (2, 3)
    assert checked([], head_of(entries)).broken_at == 1


@given(st.data())
def test_whatever_is_swapped_or_dropped_is_found(data: st.DataObject) -> None:
    entries = chain([entry(customer_words=str(number)) for number in range(6)])
    places = data.draw(st.lists(st.integers(0, 5), max_size=7))
    shuffled = [entries[place] for place in places]
    assert (checked(shuffled, head_of(entries)).broken_at is None) == (shuffled == entries)


@pytest.mark.parametrize(
    ("events", "channel", "expected"),
    [
        ((Event.NOT_ASKED,), PHONE, State.NOT_ASKED),
        ((Event.ASKED,), PHONE, State.ASKED_OPEN),
        ((Event.ASKED, Event.GRANTED), PHONE, State.GRANTED),
        ((Event.GRANTED, Event.ASKED), PHONE, State.GRANTED),
        ((Event.GRANTED, Event.NOT_ASKED), PHONE, State.GRANTED),
        ((Event.REFUSED,), PHONE, State.REFUSED),
        ((Event.REFUSED, Event.GRANTED), PHONE, State.GRANTED),
        ((Event.GRANTED, Event.WITHDRAWN), PHONE, State.WITHDRAWN),
        ((Event.GRANTED, Event.EXPIRED), PHONE, State.EXPIRED),
        ((Event.GRANTED,), EMAIL, State.PENDING_CONFIRMATION),
        ((Event.GRANTED,), SMS, State.PENDING_CONFIRMATION),
        ((Event.GRANTED,), POST, State.GRANTED),
        ((Event.GRANTED,), ANY, State.GRANTED),
        ((Event.GRANTED, Event.DOI_SENT), EMAIL, State.PENDING_CONFIRMATION),
        ((Event.GRANTED, Event.DOI_SENT, Event.DOI_CONFIRMED), EMAIL, State.GRANTED),
        ((Event.DOI_CONFIRMED,), EMAIL, State.NOT_ASKED),
        ((Event.GRANTED, Event.WITHDRAWN, Event.DOI_CONFIRMED), EMAIL, State.WITHDRAWN),
        ((Event.GRANTED, Event.DOI_CONFIRMED, Event.USED), EMAIL, State.GRANTED),
    ],
)
def test_the_entries_come_to(
    events: tuple[ConsentEventType, ...], channel: ConsentChannel, expected: ConsentState
) -> None:
    assert state(*events, channel=channel) is expected


def test_what_only_an_agent_recorded_is_weakly_proved() -> None:
    said = chain([entry(event=Event.GRANTED, evidence_type="agent_record")])
    signed = chain([entry(event=Event.GRANTED, evidence_type="signed_paper")])
    assert [one.weak_proof for one in statuses(said, ())] == [True]
    assert [one.weak_proof for one in statuses(signed, ())] == [False]


def test_every_purpose_and_channel_with_a_wording_has_a_status() -> None:
    entries = chain([entry(event=Event.GRANTED)])
    keys = [(ConsentPurpose.PROFILE_USAGE, ANY), (ConsentPurpose.ADV_OWN, EMAIL), (ConsentPurpose.ADV_OWN, PHONE)]
    found = statuses(entries, keys)
    assert [(one.purpose, one.channel, one.state) for one in found] == [
        (ConsentPurpose.ADV_OWN, PHONE, State.GRANTED),
        (ConsentPurpose.ADV_OWN, EMAIL, State.NOT_ASKED),
        (ConsentPurpose.PROFILE_USAGE, ANY, State.NOT_ASKED),
    ]


def test_an_objection_stands_until_it_is_lifted() -> None:
    granted, objected, lifted = (entry(event=one) for one in (Event.GRANTED, Event.OBJECTED, Event.OBJECTION_LIFTED))
    assert consent_facts(chain([granted, objected])).objected
    assert not consent_facts(chain([granted, objected, lifted])).objected
    # The objection overrides the state and does not change it.
    assert consent_facts(chain([granted, objected])).states[(ConsentPurpose.ADV_OWN, PHONE)] is State.GRANTED


def test_a_refusal_is_dated_while_it_stands() -> None:
    refused = chain([entry(event=Event.REFUSED)])
    assert consent_facts(refused).refused_at == {(ConsentPurpose.ADV_OWN, PHONE): refused[0].at}
    assert consent_facts(chain([entry(event=Event.REFUSED), entry(event=Event.GRANTED)])).refused_at == {}
