"""The proof of a customer's consents: what it shows, how long it is kept, and that a change is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from nba_desktop.backend.consent.ledger import LedgerEntry, entry_hash, is_unchanged
from nba_desktop.backend.consent.proof import ProofService, consent_proof
from nba_desktop.backend.contacts.masking import mask_contact_point
from nba_desktop.backend.errors import Forbidden, UnknownContact
from nba_desktop.backend.store.schema.consents import consent_events
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, Speaker
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.events import ConsentRecorded
from tests.fakes.backend_ledger import chain, entry
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import WORDINGS, Services
from tests.fakes.backend_site import NOW
from tests.fakes.handed_calls import Desk, call

BERLIN = ZoneInfo("Europe/Berlin")
Event = ConsentEventType
PHONE, EMAIL, SMS, POST, ANY = (
    ConsentChannel.PHONE,
    ConsentChannel.EMAIL,
    ConsentChannel.SMS,
    ConsentChannel.POST,
    ConsentChannel.ANY,
)
CALLS = WORDINGS["de"][0]


def proved(*entries: LedgerEntry, years: int = 3) -> ConsentProof:
    return consent_proof(chain(entries), (), new_id(), years, BERLIN)


# What was said on which day by a channel, and until which day the proof is kept.
KEPT: list[tuple[ConsentChannel, list[tuple[ConsentEventType, date]], date | None]] = [
    (PHONE, [(Event.GRANTED, date(2026, 3, 12))], date(2031, 3, 12)),
    (PHONE, [(Event.GRANTED, date(2020, 3, 12)), (Event.USED, date(2024, 6, 1))], date(2029, 6, 1)),
    (PHONE, [(Event.GRANTED, date(2020, 3, 12)), (Event.WITHDRAWN, date(2025, 1, 2))], date(2030, 1, 2)),
    (PHONE, [(Event.USED, date(2024, 6, 1)), (Event.ASKED, date(2026, 3, 12))], date(2029, 6, 1)),
    (PHONE, [(Event.GRANTED, date(2024, 2, 29))], date(2029, 2, 28)),
    (PHONE, [(Event.REFUSED, date(2026, 3, 12))], None),
    (ANY, [(Event.OBJECTED, date(2026, 3, 12))], None),
    (EMAIL, [(Event.GRANTED, date(2026, 3, 12))], date(2029, 3, 12)),
    (SMS, [(Event.GRANTED, date(2024, 2, 29))], date(2027, 2, 28)),
]


@pytest.mark.parametrize(("channel", "said", "until"), KEPT)
def test_the_proof_is_kept_from_the_last_thing_that_counts(
    channel: ConsentChannel, said: list[tuple[ConsentEventType, date]], until: date | None
) -> None:
    entries = [
        entry(channel=channel, event=event, at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        for event, day in said
    ]
    assert {one.keep_until for one in proved(*entries).entries} == {until}


def test_the_day_is_the_sites() -> None:
    (one,) = proved(entry(at=datetime(2026, 3, 12, 23, 30, tzinfo=UTC))).entries
    assert one.keep_until == date(2031, 3, 13)


def test_a_site_says_how_long_other_channels_are_kept_and_the_law_how_long_calls_are() -> None:
    proof = proved(entry(channel=EMAIL), entry(channel=PHONE), years=1)
    assert [one.keep_until for one in proof.entries] == [date(2031, 3, 12), date(2027, 3, 12)]


def test_purposes_and_channels_are_kept_apart() -> None:
    other = entry(purpose=ConsentPurpose.RESEARCH, at=NOW + timedelta(days=365))
    assert [one.keep_until for one in proved(entry(), other).entries] == [date(2032, 3, 12), date(2031, 3, 12)]


def test_nothing_said_is_no_proof_and_not_broken() -> None:
    assert proved() == ConsentProof(entries=(), intact=True)


@pytest.mark.parametrize(
    ("channel", "point", "shown"),
    [
        (PHONE, "+4915112345678", "••• 678"),
        (SMS, "+4915112345678", "••• 678"),
        (EMAIL, "lisa@example.org", "l•••@example.org"),
        (POST, "Lindenweg 12, 01067 Dresden", "Lin•••, 01•••"),
        (ANY, "K-104233", "K-104 •••"),
        (PHONE, "", ""),
    ],
)
def test_numbers_and_addresses_are_masked(channel: ConsentChannel, point: str, shown: str) -> None:
    assert mask_contact_point(channel, point) == shown


def forged(entries: list[LedgerEntry], place: int, **changes: Any) -> list[LedgerEntry]:
    return [replace(one, **changes) if at == place else one for at, one in enumerate(entries)]


def test_an_entry_that_was_changed_is_seen() -> None:
    entries = chain([entry(), entry(), entry()])
    assert is_unchanged(entries)
    assert is_unchanged([entries[0], entries[2]])
    assert not is_unchanged(forged(entries, 1, customer_words="Nein"))
    rehashed = replace(entries[1], customer_words="Nein")
    rehashed = replace(rehashed, hash=entry_hash(rehashed))
    assert not is_unchanged([entries[0], rehashed, entries[2]])
    assert not is_unchanged([entries[1], entries[0]])


@pytest.fixture
def proofs(services: Services) -> ProofService:
    return ProofService(services.store, services.catalogues, services.clock)


@pytest.fixture
def desk(services: Services) -> Desk:
    desk = call(services, services.agent)
    desk.settles()
    return desk


def says_yes(desk: Desk) -> ConsentRecorded:
    event = ConsentRecorded(
        **desk.head(),
        customer_id="c-lisa",
        purpose=ConsentPurpose.ADV_OWN,
        channel=PHONE,
        event=Event.GRANTED,
        wording_id=CALLS.wording_id,
        wording_sha256=CALLS.text_sha256,
        read_aloud_confirmed=True,
        customer_words="Ja, gern",
    )
    desk.tell(event)
    return event


def test_the_proof_says_what_was_read_and_answered(desk: Desk, proofs: ProofService) -> None:
    event = says_yes(desk)
    proof = proofs.of_contact(desk.caller, desk.start.contact_id)
    (one,) = proof.entries
    assert proof.intact
    assert (one.event_id, one.at, one.event, one.manner) == (event.event_id, event.at, Event.GRANTED, "inbound_call")
    assert one.wording is not None
    assert (one.wording.text, one.wording.version, one.wording.text_sha256) == (CALLS.text, 1, CALLS.text_sha256)
    assert (one.read_aloud_confirmed, one.customer_words, one.evidence_type) == (True, "Ja, gern", "agent_record")
    assert (one.contact_point, one.recipient_code) == ("••• 678", desk.caller.recipient_code)
    assert (one.keep_until, one.in_this_call) == (date(2031, 3, 12), True)


def test_the_newest_comes_first_and_other_calls_are_told_apart(desk: Desk, proofs: ProofService) -> None:
    first = says_yes(desk)
    later = call(desk.services, desk.caller, minutes=5, interaction_id="later")
    later.settles()
    second = says_yes(later)
    proof = proofs.of_contact(desk.caller, later.start.contact_id)
    assert [(one.event_id, one.in_this_call) for one in proof.entries] == [
        (second.event_id, True),
        (first.event_id, False),
    ]


def test_of_other_customers_nothing_is_shown(desk: Desk, proofs: ProofService) -> None:
    says_yes(desk)
    other = call(desk.services, desk.caller, "+4935198765432", minutes=5, interaction_id="other")
    other.settles("c-ann")
    assert proofs.of_contact(desk.caller, other.start.contact_id).entries == ()


def test_reading_the_proof_is_kept(desk: Desk, proofs: ProofService) -> None:
    proofs.of_contact(desk.caller, desk.start.contact_id)
    (row,) = kept(desk.services.store, "consent_proof")
    assert (row.agent_id, row.customer_id) == (desk.caller.agent_id, "c-lisa")
    assert (row.basis, row.contact_id) == ("contact", desk.start.contact_id)


def test_a_proof_that_was_changed_behind_the_programs_back_says_so(desk: Desk, proofs: ProofService) -> None:
    says_yes(desk)
    with desk.services.store._database.writing() as connection:
        connection.execute(update(consent_events).values(customer_words="Nein"))
    assert not proofs.of_contact(desk.caller, desk.start.contact_id).intact


def test_only_the_contacts_own_agent_sees_the_proof_of_an_authenticated_customer(
    services: Services, proofs: ProofService
) -> None:
    desk = call(services, services.agent)
    with pytest.raises(UnknownContact):
        proofs.of_contact(desk.caller, new_id())
    for _ in range(2):
        with pytest.raises(Forbidden):
            proofs.of_contact(desk.caller, desk.start.contact_id)
        desk.identifies()
    desk.settles()
    with pytest.raises(Forbidden):
        proofs.of_contact(services.colleague, desk.start.contact_id)
    proofs.of_contact(desk.caller, desk.start.contact_id)
    desk.is_spoken_by(Speaker.UNAUTHORISED)
    with pytest.raises(Forbidden):
        proofs.of_contact(desk.caller, desk.start.contact_id)
    assert len(kept(services.store, "consent_proof")) == 1
